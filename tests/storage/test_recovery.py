"""Damage is noticed, kept, mended from the newest good generation, and told; a hand edit is asked about."""

from __future__ import annotations

import json
import os
import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from damages import KINDS, damage
from storage_clock import Clock

from sleepcalm.storage.database import NIGHTS, Database
from sleepcalm.storage.differences import Change
from sleepcalm.storage.errors import DamagedRecordError, StorageError
from sleepcalm.storage.opening import read_database
from sleepcalm.storage.record_file import Damaged, Edited, Header, Intact, compose, judge
from sleepcalm.storage.recovery import ChangedOutsideError, Problem, WhenChanged

Open = Callable[..., Database]


@pytest.fixture
def record(reopen: Open, data_folder: Path) -> Path:
    """The file of a record with two nights, saved one after the other, that nobody has open."""
    database = reopen()
    database.put(NIGHTS, "2026-11-21", {"awakenings": 1})
    database.put(NIGHTS, "2026-11-22", {"awakenings": 2, "notes": "calm"})
    database.close()
    return data_folder / "record.json"


def damage_in_place(path: Path, content: bytes) -> None:
    """As a disk does it: a generation that shares the file is damaged with it."""
    path.write_bytes(content)


def replace_file(path: Path, content: bytes) -> None:
    """As an editor does it: the generations stay as they are."""
    beside = path.with_name("editor's own")
    beside.write_bytes(content)
    beside.replace(path)


@pytest.mark.parametrize("kind", KINDS)
def test_damage_is_set_aside_and_the_generation_before_comes_back(
    record: Path, reopen: Open, kind: str
) -> None:
    damaged = damage(record.read_bytes(), kind, random.Random(kind))  # noqa: S311
    damage_in_place(record, damaged)
    database = reopen(when_changed=WhenChanged.RESTORE)
    assert database.range(NIGHTS) == {"2026-11-21": {"awakenings": 1}}
    assert database.report is not None
    assert database.report.set_aside is not None
    assert database.report.set_aside.read_bytes() == damaged
    assert database.report.set_aside.name.startswith("record-2026-11-22T071500-")
    assert reopen().report is None


def test_the_report_names_what_the_damaged_file_still_shows(record: Path, reopen: Open) -> None:
    damage_in_place(record, record.read_bytes()[:-3])
    report = reopen().report
    assert report is not None
    assert report.problem is Problem.DAMAGED
    assert report.perhaps_missing == ("2026-11-22",)
    assert "Perhaps missing: 2026-11-22." in str(report)
    assert str(report.set_aside) in str(report)


def test_a_file_that_an_editor_broke_loses_no_night(record: Path, reopen: Open) -> None:
    replace_file(record, record.read_bytes().replace(b'"calm"', b'"calm'))
    database = reopen()
    assert list(database.range(NIGHTS)) == ["2026-11-21", "2026-11-22"]
    assert database.report is not None
    assert database.report.problem is Problem.DAMAGED


def test_two_damaged_files_in_one_second_are_both_kept(record: Path, reopen: Open) -> None:
    for content in (b"first", b"second"):
        damage_in_place(record, content)
        reopen().close()
    kept = [path.read_bytes() for path in (record.parent / "set-aside").iterdir()]
    assert sorted(kept) == [b"first", b"second"]


def test_damaged_generations_are_passed_over(record: Path, reopen: Open) -> None:
    generations = sorted((record.parent / "generations").iterdir(), reverse=True)
    damage_in_place(record, b"")
    damage_in_place(generations[1], b"\0" * 100)
    database = reopen()
    assert database.range(NIGHTS) == {}
    assert database.report is not None
    assert database.report.went_on_from == generations[2]
    assert database.report.perhaps_missing == ()
    assert "What was saved after that may be missing." in str(database.report)


def test_a_missing_file_comes_back_from_its_generation(record: Path, reopen: Open) -> None:
    record.unlink()
    database = reopen()
    assert list(database.range(NIGHTS)) == ["2026-11-21", "2026-11-22"]
    assert database.report is not None
    assert database.report.problem is Problem.MISSING


def test_without_a_good_generation_the_newest_good_backup_is_used(
    record: Path, reopen: Open, clock: Clock
) -> None:
    database = reopen()
    good = database.backups.make(clock())
    clock.advance(days=1)
    bad = database.backups.make(clock())
    database.close()
    bad.write_bytes(bad.read_bytes()[:200])
    for path in [record, *(record.parent / "generations").iterdir()]:
        damage_in_place(path, b"gone")
    database = reopen()
    assert list(database.range(NIGHTS)) == ["2026-11-21", "2026-11-22"]
    assert database.report is not None
    assert database.report.went_on_from == good


def test_with_nothing_good_left_it_begins_empty_and_says_so(record: Path, reopen: Open) -> None:
    for path in [record, *(record.parent / "generations").iterdir()]:
        damage_in_place(path, b"")
    database = reopen()
    assert database.range(NIGHTS) == {}
    assert database.report is not None
    assert database.report.went_on_from is None
    assert "begins empty" in str(database.report)


@pytest.mark.parametrize("write", [damage_in_place, replace_file])
def test_a_hand_edit_is_asked_about_and_nothing_is_touched_meanwhile(
    record: Path, reopen: Open, write: Callable[[Path, bytes], None]
) -> None:
    edited = record.read_bytes().replace(b'"awakenings":2', b'"awakenings":3')
    write(record, edited)
    with pytest.raises(ChangedOutsideError) as asked:
        reopen()
    assert record.read_bytes() == edited
    assert not (record.parent / "set-aside").exists()
    assert asked.value.problem is Problem.CHANGED_OUTSIDE
    assert asked.value.offered is not None
    (difference,) = asked.value.differences
    assert difference.key == "2026-11-22"
    if write is replace_file:
        assert (difference.change, difference.fields) == (Change.CHANGED, ("awakenings",))
    else:
        assert difference.change is Change.REMOVED


def test_an_accepted_hand_edit_is_what_the_record_goes_on_from(record: Path, reopen: Open) -> None:
    replace_file(
        record,
        json.dumps(json.loads(record.read_bytes()), indent=2).replace('"calm"', '"less calm"').encode(),
    )
    database = reopen(when_changed=WhenChanged.ACCEPT)
    assert database.get(NIGHTS, "2026-11-22") == {"awakenings": 2, "notes": "less calm"}
    assert reopen().report is None


def test_a_refused_hand_edit_is_set_aside(record: Path, reopen: Open) -> None:
    edited = record.read_bytes().replace(b'"calm"', b'"loud"')
    replace_file(record, edited)
    database = reopen(when_changed=WhenChanged.RESTORE)
    assert database.get(NIGHTS, "2026-11-22") == {"awakenings": 2, "notes": "calm"}
    assert database.report is not None
    assert database.report.set_aside is not None
    assert database.report.set_aside.read_bytes() == edited


def test_an_earlier_file_put_in_place_is_asked_about(record: Path, reopen: Open) -> None:
    earlier = record.read_bytes()
    database = reopen()
    database.put(NIGHTS, "2026-11-23", {"awakenings": 3})
    database.close()
    replace_file(record, earlier)
    with pytest.raises(ChangedOutsideError) as asked:
        reopen()
    assert asked.value.problem is Problem.OLDER
    assert [difference.key for difference in asked.value.differences] == ["2026-11-23"]
    assert "2026-11-23" not in reopen(when_changed=WhenChanged.ACCEPT).keys(NIGHTS)
    assert reopen().report is None


def test_an_edit_that_names_a_date_twice_is_no_record(record: Path) -> None:
    content = record.read_bytes().replace(b'"2026-11-22"', b'"2026-11-21"')
    assert judge(content) == Damaged('not readable as JSON ("2026-11-21" is there twice)')


@pytest.mark.parametrize(
    "content",
    [b"{}", b"[]", b"null", b'{"format":"sleepcalm-record"}', b"\xff\xfe", b"[" * 100_000, b'{"a": NaN}'],
    ids=["object", "list", "null", "no tables", "not text", "deep", "nan"],
)
def test_other_json_is_no_record(content: bytes) -> None:
    assert isinstance(judge(content), Damaged)


def test_a_right_checksum_over_something_else_is_no_record(clock: Clock) -> None:
    content = bytes(compose(Header(1, 1, clock()), {}))
    assert isinstance(judge(content), Intact)
    assert isinstance(judge(content.replace(b"sleepcalm-record", b"sleepcalm-retord")), Damaged)
    assert isinstance(judge(content.replace(b'"generation":1', b'"generation":2')), Edited)


def test_a_file_that_cannot_be_read_is_not_damage(
    record: Path, reopen: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    system_open = os.open

    def refuse(path: Path, *flags: int) -> int:
        if path == record:
            raise PermissionError(13, "Permission denied")
        return system_open(path, *flags)

    monkeypatch.setattr("os.open", refuse)
    with pytest.raises(StorageError, match="Permission denied"):
        reopen()
    assert not (record.parent / "set-aside").exists()


def test_a_folder_that_cannot_be_read_is_an_error_of_the_record(
    record: Path, data_folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    record.unlink()
    monkeypatch.setattr(Path, "is_dir", refuse)
    with pytest.raises(StorageError, match=r"cannot be read \(Permission denied\)"):
        read_database(data_folder, now=clock)


def test_a_reader_of_a_damaged_record_sees_the_good_generation_and_changes_nothing(
    record: Path, data_folder: Path, clock: Clock
) -> None:
    damage_in_place(record, b"")
    before = {path: path.read_bytes() for path in data_folder.rglob("*") if path.is_file()}
    reader = read_database(data_folder, now=clock)
    assert reader is not None
    assert reader.range(NIGHTS) == {"2026-11-21": {"awakenings": 1}}
    assert reader.report is not None
    assert {path: path.read_bytes() for path in data_folder.rglob("*") if path.is_file()} == before


def test_a_reader_with_nothing_good_to_read_says_so(record: Path, data_folder: Path, clock: Clock) -> None:
    for path in [record, *(record.parent / "generations").iterdir()]:
        damage_in_place(path, b"")
    with pytest.raises(DamagedRecordError, match="damaged"):
        read_database(data_folder, now=clock)


def test_stale_temporary_files_go_at_the_next_start(record: Path, reopen: Open) -> None:
    stale = record.with_name(".record.json.4711-abcd.tmp")
    stale.write_bytes(b"half a record")
    other = record.with_name(".preferences.json.4711-abcd.tmp")
    other.write_bytes(b"not ours")
    reopen()
    assert not stale.exists()
    assert other.exists()


def test_without_hard_links_generations_are_copies(
    reopen: Open, data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    database = reopen()
    database.put(NIGHTS, "2026-11-21", {"awakenings": 1})
    database.put(NIGHTS, "2026-11-22", {"awakenings": 2})
    database.close()
    damage_in_place(data_folder / "record.json", b"")
    database = reopen()
    assert list(database.range(NIGHTS)) == ["2026-11-21", "2026-11-22"]
    assert database.report is not None
    assert database.report.set_aside is not None
    assert database.report.set_aside.read_bytes() == b""


def test_a_backup_that_is_no_zip_is_passed_over(record: Path, reopen: Open) -> None:
    backups = record.parent / "backups"
    backups.mkdir()
    with zipfile.ZipFile(backups / "sleepcalm-2026-11-20T000000-daily.zip", "w") as archive:
        archive.writestr("manifest.json", "{}")
    (backups / "sleepcalm-2026-11-21T000000-daily.zip").write_bytes(b"no zip")
    for path in [record, *(record.parent / "generations").iterdir()]:
        damage_in_place(path, b"")
    report = reopen().report
    assert report is not None
    assert report.went_on_from is None
