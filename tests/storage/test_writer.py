"""Saving on a thread of its own: nothing lost, errors delivered, few after another merged into one."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sleepcalm.storage.database import NIGHTS, Database
from sleepcalm.storage.errors import BadDocumentError, StorageError
from sleepcalm.storage.writer import RecordWriter


@pytest.fixture
def writer(database: Database) -> Iterator[RecordWriter]:
    writer = RecordWriter(database)
    yield writer
    writer.close()


def test_a_save_is_done_when_its_future_is(writer: RecordWriter, reopen: Callable[..., Database]) -> None:
    writer.put(NIGHTS, "2026-11-22", {"awakenings": 2}).result(timeout=30)
    assert reopen().get(NIGHTS, "2026-11-22") == {"awakenings": 2}


def test_what_is_asked_for_during_a_save_becomes_one_save(writer: RecordWriter, database: Database) -> None:
    started, go_on = threading.Event(), threading.Event()

    def slow(_: Database) -> None:
        started.set()
        assert go_on.wait(30)

    writer.submit(slow)
    assert started.wait(30)
    before = database.generation
    saves = [writer.put(NIGHTS, "2026-11-22", {"typed": "x" * number}) for number in range(20)]
    go_on.set()
    for save in saves:
        save.result(timeout=30)
    assert database.generation == before + 1
    assert database.get(NIGHTS, "2026-11-22") == {"typed": "x" * 19}


def test_one_bad_document_fails_alone(writer: RecordWriter, database: Database) -> None:
    started, go_on = threading.Event(), threading.Event()

    def slow(_: Database) -> None:
        started.set()
        assert go_on.wait(30)

    writer.submit(slow)
    assert started.wait(30)
    good = writer.put(NIGHTS, "2026-11-21", {"awakenings": 1})
    bad = writer.put(NIGHTS, "2026-11-22", {"awakenings": float("nan")})
    also_good = writer.put(NIGHTS, "2026-11-23", {"awakenings": 3})
    go_on.set()
    with pytest.raises(BadDocumentError):
        bad.result(timeout=30)
    good.result(timeout=30)
    also_good.result(timeout=30)
    assert database.keys(NIGHTS) == ["2026-11-21", "2026-11-23"]


def test_a_save_that_the_disk_refuses_reaches_whoever_asked(
    writer: RecordWriter, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer.put(NIGHTS, "2026-11-21", {"awakenings": 1}).result(timeout=30)

    def refuse(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", refuse)
        with pytest.raises(StorageError, match="No space left on device"):
            writer.put(NIGHTS, "2026-11-22", {"awakenings": 2}).result(timeout=30)
    assert database.keys(NIGHTS) == ["2026-11-21"]
    writer.put(NIGHTS, "2026-11-22", {"awakenings": 2}).result(timeout=30)
    assert database.keys(NIGHTS) == ["2026-11-21", "2026-11-22"]


def test_close_saves_what_waits_and_refuses_more(writer: RecordWriter, database: Database) -> None:
    saves = [writer.put(NIGHTS, f"2026-11-{day:02d}", {}) for day in range(1, 29)]
    writer.close()
    assert all(save.done() and save.exception() is None for save in saves)
    assert len(database.keys(NIGHTS)) == 28
    with pytest.raises(StorageError, match="closed"):
        writer.put(NIGHTS, "2026-11-22", {})


def test_flush_waits_for_everything_before_it(writer: RecordWriter, database: Database) -> None:
    for day in range(1, 10):
        writer.put(NIGHTS, f"2026-11-{day:02d}", {})
    writer.flush()
    assert len(database.keys(NIGHTS)) == 9


def test_a_program_that_ends_without_closing_still_saves(
    tmp_path: Path, data_folder: Path, reopen: Callable[..., Database]
) -> None:
    program = (
        "import sys, datetime, pathlib\n"
        "from sleepcalm.storage.opening import open_database\n"
        "from sleepcalm.storage.writer import RecordWriter\n"
        "now = lambda: datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)\n"
        "database = open_database(pathlib.Path(sys.argv[1]), lock_folder=pathlib.Path(sys.argv[2]),\n"
        "                         program='careless', now=now)\n"
        "RecordWriter(database).put('nights', '2026-11-22', {'awakenings': 1})\n"
    )
    subprocess.run([sys.executable, "-c", program, data_folder, tmp_path / "locks"], check=True, timeout=60)
    assert reopen().get(NIGHTS, "2026-11-22") == {"awakenings": 1}
