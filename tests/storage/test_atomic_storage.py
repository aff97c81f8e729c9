"""What TinyDB's own storage gets wrong, done to ours."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tinydb import TinyDB, where
from tinydb.operations import increment
from tinydb.table import Document

from sleepcalm.storage.atomic_storage import AtomicStorage
from sleepcalm.storage.documents import plain_copy
from sleepcalm.storage.errors import BadDocumentError, DamagedRecordError, ReadOnlyRecordError, StorageError
from sleepcalm.storage.tables import RecordTinyDB

plain_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda values: (
        st.lists(values, max_size=3) | st.dictionaries(st.text('abé\n"\\', max_size=3), values, max_size=3)
    ),
    max_leaves=8,
)
trees = st.dictionaries(
    st.text('abcdé "\\\n', max_size=4),
    st.dictionaries(st.text('0123é"\n-', max_size=4), plain_values, max_size=4),
    max_size=3,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "record.json"


def on_disk(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_bytes())["tables"]
    return content


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(tree=trees)
def test_what_is_written_is_read_again_and_is_readable_json(tmp_path: Path, tree: dict[str, Any]) -> None:
    path = tmp_path / "any.json"
    storage = AtomicStorage(path)
    storage.write(tree)
    assert plain_copy(storage.read()) == tree
    assert plain_copy(AtomicStorage(path).read()) == tree
    assert on_disk(path) == tree


def test_one_document_stands_on_one_line(path: Path) -> None:
    AtomicStorage(path).write({"nights": {"2026-11-21": {"jolts": 1}, "2026-11-22": {"jolts": 2}}})
    lines = [line for line in path.read_text().splitlines() if '"jolts"' in line]
    assert len(lines) == 2


def test_changing_what_was_read_changes_nothing_kept(path: Path) -> None:
    storage = AtomicStorage(path)
    storage.write({"nights": {"2026-11-22": {"naps": {"count": 1}}}})
    tree = storage.read()
    tree["nights"]["2026-11-22"]["naps"]["count"] = 99
    del tree["nights"]["2026-11-22"]
    tree["nights"]["2026-11-23"] = {}
    assert plain_copy(storage.read()) == {"nights": {"2026-11-22": {"naps": {"count": 1}}}}


def test_a_tree_that_was_read_changed_and_written_is_saved_as_changed(path: Path) -> None:
    storage = AtomicStorage(path)
    storage.write({"nights": {"a": {"naps": {"count": 1}}, "b": {}, "c": {"x": 1}}})
    tree = storage.read()
    tree["nights"]["a"]["naps"]["count"] = 2
    tree["nights"]["d"] = {"new": True}
    del tree["nights"]["b"]
    storage.write(tree)
    assert on_disk(path) == {"nights": {"a": {"naps": {"count": 2}}, "c": {"x": 1}, "d": {"new": True}}}


def test_documents_taken_into_a_changed_tree_before_it_grew_keep_their_changes(path: Path) -> None:
    storage = AtomicStorage(path)
    storage.write({"nights": {"a": {"n": 1}}})
    tree = storage.read()
    document = tree["nights"]["a"]
    assert dict(tree["nights"].items())["a"] is document
    document["n"] = 2
    storage.write(tree)
    assert on_disk(path) == {"nights": {"a": {"n": 2}}}


def test_an_edited_search_result_does_not_come_back_in_the_next_search(path: Path) -> None:
    with RecordTinyDB(path, storage=AtomicStorage) as tinydb:
        table = tinydb.keyed("nights")
        table.replace("2026-11-22", {"jolts": 1, "naps": {"count": 0}})
        found = table.search(where("jolts") == 1)
        found[0]["jolts"] = 7
        found[0]["naps"]["count"] = 7
        assert table.search(where("jolts") == 1) == [{"jolts": 1, "naps": {"count": 0}}]


def test_an_update_that_raises_half_way_leaves_everything_as_it_was(path: Path) -> None:
    tinydb = TinyDB(path, storage=AtomicStorage)
    tinydb.insert_multiple([{"n": 1}, {"n": 2}, {"n": "not a number"}])
    with pytest.raises(TypeError):
        tinydb.update(increment("n"))
    assert tinydb.all() == [{"n": 1}, {"n": 2}, {"n": "not a number"}]
    assert on_disk(path)["_default"] == {"1": {"n": 1}, "2": {"n": 2}, "3": {"n": "not a number"}}


def test_a_keyed_document_is_replaced_not_merged(path: Path) -> None:
    table = RecordTinyDB(path, storage=AtomicStorage).keyed("nights")
    table.replace("2026-11-22", {"old": 1})
    table.replace("2026-11-22", {"new": 2})
    assert table.document("2026-11-22") == {"new": 2}


def test_tinydb_can_insert_and_find_by_its_own_means(path: Path) -> None:
    table = RecordTinyDB(path, storage=AtomicStorage).keyed("nights")
    table.insert(Document({"jolts": 3}, doc_id="2026-11-22"))  # type: ignore[arg-type]
    assert table.get(doc_id="2026-11-22") == {"jolts": 3}  # type: ignore[arg-type]
    assert table.get(where("jolts") > 2).doc_id == "2026-11-22"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "value",
    [
        float("nan"),
        float("inf"),
        "\ud800",
        {1, 2},
        b"bytes",
        {1: "a"},
        object(),
        {"deep": [{"er": float("nan")}]},
    ],
    ids=["nan", "inf", "surrogate", "set", "bytes", "number as name", "object", "deep"],
)
def test_what_json_would_change_or_lose_is_refused_and_nothing_is_saved(path: Path, value: object) -> None:
    storage = AtomicStorage(path)
    storage.write({"nights": {"2026-11-22": {"jolts": 1}}})
    before = path.read_bytes()
    with pytest.raises(BadDocumentError):
        storage.write({"nights": {"2026-11-22": {"jolts": value}}})
    assert path.read_bytes() == before
    assert plain_copy(storage.read()) == {"nights": {"2026-11-22": {"jolts": 1}}}


def test_a_name_that_json_cannot_hold_is_refused_too(path: Path) -> None:
    storage = AtomicStorage(path)
    with pytest.raises(BadDocumentError):
        storage.write({"nights": {"\ud800": {}}})
    assert storage.read() == {}


def test_an_empty_file_is_not_an_empty_record(path: Path) -> None:
    AtomicStorage(path).write({"nights": {"2026-11-22": {}}})
    path.write_bytes(b"")
    with pytest.raises(DamagedRecordError, match="empty"):
        AtomicStorage(path)


def test_a_missing_file_is_not_a_new_record_while_generations_are_there(path: Path) -> None:
    AtomicStorage(path).write({"nights": {"2026-11-22": {}}})
    path.unlink()
    with pytest.raises(DamagedRecordError, match="missing"):
        AtomicStorage(path)


def test_a_handful_of_generations_is_kept_each_as_it_was(path: Path) -> None:
    storage = AtomicStorage(path, keep_generations=3)
    for number in range(20):
        storage.write({"nights": {"2026-11-22": {"jolts": number}}})
        assert len(list((path.parent / "generations").iterdir())) <= 6
    storage.tidy()
    kept = sorted((path.parent / "generations").iterdir())
    assert [on_disk(file)["nights"]["2026-11-22"]["jolts"] for file in kept] == [17, 18, 19]
    assert kept[-1].stat().st_ino == path.stat().st_ino


def test_a_reader_sees_what_the_writer_saves_and_cannot_write(path: Path) -> None:
    writer = AtomicStorage(path)
    reader = AtomicStorage(path, read_only=True)
    writer.write({"nights": {"2026-11-22": {"jolts": 5}}})
    assert plain_copy(reader.read()) == {"nights": {"2026-11-22": {"jolts": 5}}}
    with pytest.raises(ReadOnlyRecordError):
        reader.write({})


def test_a_reader_of_nothing_is_told_so(path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        AtomicStorage(path, read_only=True)


def test_a_record_that_may_never_end_is_an_error(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "record.json")
    with pytest.raises(StorageError, match="could not be read"):
        AtomicStorage(tmp_path / "record.json")


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"cannot be made \(No such file"):
        AtomicStorage(tmp_path / "nowhere" / "record.json")


def test_nothing_is_written_after_close(path: Path) -> None:
    storage = AtomicStorage(path)
    storage.close()
    with pytest.raises(StorageError, match="closed"):
        storage.write({"nights": {}})


@pytest.mark.parametrize("change", ["edited in place", "replaced", "emptied", "removed"])
def test_a_file_changed_from_outside_while_open_is_kept_and_memory_goes_on(path: Path, change: str) -> None:
    storage = AtomicStorage(path)
    storage.write({"nights": {"2026-11-21": {"jolts": 1}}})
    foreign = path.read_bytes().replace(b'"jolts":1', b'"jolts":11')
    if change == "edited in place":
        path.write_bytes(foreign)
    elif change == "replaced":
        beside = path.with_name("edited")
        beside.write_bytes(foreign)
        beside.replace(path)
    elif change == "emptied":
        foreign = b""
        path.write_bytes(foreign)
    else:
        path.unlink()
    tree = storage.read()
    storage.write({"nights": {**tree["nights"], "2026-11-22": {"jolts": 2}}})
    assert on_disk(path) == {"nights": {"2026-11-21": {"jolts": 1}, "2026-11-22": {"jolts": 2}}}
    kept = [file.read_bytes() for file in storage.replaced_from_outside]
    assert kept == ([] if change == "removed" else [foreign])


def write_and_raise(storage: AtomicStorage, tree: dict[str, Any]) -> None:
    with storage.batch():
        storage.write(tree)
        raise KeyError("on purpose")


def test_a_batch_is_one_save_and_an_inner_one_can_fail_alone(path: Path) -> None:
    storage = AtomicStorage(path)
    before = storage.generation
    with storage.batch():
        storage.write({"nights": {"a": {}}})
        with pytest.raises(KeyError):
            write_and_raise(storage, {"nights": {"a": {}, "b": {}}})
        assert plain_copy(storage.read()) == {"nights": {"a": {}}}
        assert on_disk(path) == {}
    assert on_disk(path) == {"nights": {"a": {}}}
    assert storage.generation == before + 1


def test_a_batch_that_raises_saves_nothing(path: Path) -> None:
    storage = AtomicStorage(path)
    with pytest.raises(KeyError):
        write_and_raise(storage, {"nights": {"a": {}}})
    assert storage.read() == {}
    assert on_disk(path) == {}
