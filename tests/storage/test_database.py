"""The record as its callers use it: by table and date, with a bin, with one writer and many readers."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from storage_clock import Clock

from sleepcalm.storage.database import INTAKE_DAYS, NIGHTS, PRACTICES, SET_ASIDE, Database
from sleepcalm.storage.errors import ReadOnlyRecordError, RecordLockedError, StorageError
from sleepcalm.storage.opening import open_database, read_database


def test_a_saved_night_is_there_after_opening_again(reopen: Callable[..., Database]) -> None:
    reopen().put(NIGHTS, "2026-11-22", {"awakenings": 2, "restedness": None})
    assert reopen().get(NIGHTS, "2026-11-22") == {"awakenings": 2, "restedness": None}
    assert reopen().get(NIGHTS, "2026-11-23") is None


def test_files_and_folders_belong_to_the_user_alone(
    database: Database, data_folder: Path, tmp_path: Path, clock: Clock
) -> None:
    database.put(NIGHTS, "2026-11-22", {})
    database.backups.make(clock())
    made = [data_folder, *data_folder.rglob("*"), tmp_path / "locks", *(tmp_path / "locks").iterdir()]
    for path in made:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_a_second_save_replaces_the_night_whole(database: Database) -> None:
    database.put(NIGHTS, "2026-11-22", {"awakenings": 2})
    database.put(NIGHTS, "2026-11-22", {"notes": "calm"})
    assert database.get(NIGHTS, "2026-11-22") == {"notes": "calm"}
    assert database.in_bin() == []


def test_a_range_is_by_date_whatever_the_order_of_saving(database: Database) -> None:
    for day in ("2026-11-30", "2026-10-31", "2026-11-01", "2026-12-01"):
        database.put(NIGHTS, day, {"day": day})
    assert list(database.range(NIGHTS, "2026-11-01", "2026-11-30")) == ["2026-11-01", "2026-11-30"]
    assert database.keys(NIGHTS) == ["2026-10-31", "2026-11-01", "2026-11-30", "2026-12-01"]
    assert database.range(INTAKE_DAYS) == {}


def test_what_a_caller_does_with_a_document_stays_with_the_caller(database: Database) -> None:
    mine = {"naps": {"count": 1}}
    database.put(NIGHTS, "2026-11-22", mine)
    mine["naps"]["count"] = 5
    got = database.get(NIGHTS, "2026-11-22")
    assert got is not None
    got["naps"]["count"] = 9
    database.range(NIGHTS)["2026-11-22"]["naps"]["count"] = 9
    assert database.get(NIGHTS, "2026-11-22") == {"naps": {"count": 1}}


@pytest.mark.parametrize("key", ["2026-2-1", "22.11.2026", "2026-02-30", "", "20261122"])
def test_a_night_without_a_proper_date_is_refused(database: Database, key: str) -> None:
    with pytest.raises(StorageError, match="not a date"):
        database.put(NIGHTS, key, {})
    assert database.keys(NIGHTS) == []


def test_a_practice_has_an_id_of_its_own(database: Database) -> None:
    database.put(PRACTICES, "2026-11-21T23:01:00+01:00 pmr-7", {"minutes_heard_min": 11.0, "completed": True})
    assert database.range(PRACTICES, "2026-11-21", "2026-11-22")


def test_a_deleted_night_can_be_taken_back(reopen: Callable[..., Database], clock: Clock) -> None:
    database = reopen()
    database.put(NIGHTS, "2026-11-22", {"awakenings": 2})
    entry_id = database.delete(NIGHTS, "2026-11-22")
    assert database.get(NIGHTS, "2026-11-22") is None
    database = reopen()
    (entry,) = database.in_bin()
    assert (entry.entry_id, entry.key, entry.replaced) == (entry_id, "2026-11-22", False)
    assert entry.deleted_at == clock()
    assert database.undelete(entry_id).key == "2026-11-22"
    assert database.get(NIGHTS, "2026-11-22") == {"awakenings": 2}
    assert database.in_bin() == []


def test_taking_back_a_night_that_was_entered_anew_loses_neither(database: Database) -> None:
    database.put(NIGHTS, "2026-11-22", {"version": "first"})
    entry_id = database.delete(NIGHTS, "2026-11-22")
    database.put(NIGHTS, "2026-11-22", {"version": "second"})
    database.undelete(entry_id)
    assert database.get(NIGHTS, "2026-11-22") == {"version": "first"}
    assert [(entry.document, entry.replaced) for entry in database.in_bin()] == [
        ({"version": "second"}, True)
    ]


def test_a_replaced_night_goes_to_the_bin_when_asked_for_and_different(database: Database) -> None:
    for version in ("first", "first", "second"):
        database.put(NIGHTS, "2026-11-22", {"version": version}, keep_previous=True)
    assert [entry.document for entry in database.in_bin()] == [{"version": "first"}]


def test_the_bin_lists_the_newest_first_and_keeps_thirty_days(database: Database, clock: Clock) -> None:
    for day in ("2026-11-20", "2026-11-21"):
        database.put(NIGHTS, day, {})
        database.delete(NIGHTS, day)
    assert [entry.key for entry in database.in_bin()] == ["2026-11-21", "2026-11-20"]
    clock.advance(days=30)
    assert database.purge_bin() == 0
    clock.advance(seconds=1)
    assert database.purge_bin() == 2
    assert database.in_bin() == []


def test_a_document_that_is_set_aside_is_kept_with_the_reason(database: Database) -> None:
    database.put(NIGHTS, "2026-11-22", {"awakenings": "many"})
    database.set_aside(NIGHTS, "2026-11-22", "awakenings: not a number")
    assert database.keys(NIGHTS) == []
    (kept,) = database.range(SET_ASIDE).values()
    assert (kept["table"], kept["key"], kept["reason"], kept["document"]) == (
        NIGHTS,
        "2026-11-22",
        "awakenings: not a number",
        {"awakenings": "many"},
    )
    with pytest.raises(StorageError, match="nothing was set aside"):
        database.set_aside(NIGHTS, "2026-11-22", "again")


def test_deleting_or_taking_back_what_is_not_there_says_so(database: Database) -> None:
    with pytest.raises(StorageError, match="no 2026-11-22"):
        database.delete(NIGHTS, "2026-11-22")
    with pytest.raises(StorageError, match="in the bin"):
        database.undelete("never")


def test_a_delete_is_one_save(database: Database) -> None:
    database.put(NIGHTS, "2026-11-22", {})
    before = database.generation
    database.delete(NIGHTS, "2026-11-22")
    assert database.generation == before + 1


def test_a_second_writer_is_refused_by_name_and_let_in_later(
    database: Database, data_folder: Path, tmp_path: Path, clock: Clock
) -> None:
    def second() -> Database:
        return open_database(data_folder, lock_folder=tmp_path / "locks", program="second", now=clock)

    with pytest.raises(RecordLockedError, match=rf"a test \(process {os.getpid()}, since 2026-11-22 07:15\)"):
        second()
    database.close()
    second().close()


def test_another_path_to_the_same_folder_is_the_same_record(
    database: Database, data_folder: Path, tmp_path: Path, clock: Clock
) -> None:
    (tmp_path / "link").symlink_to(data_folder)
    with pytest.raises(RecordLockedError):
        open_database(tmp_path / "link", lock_folder=tmp_path / "locks", program="second", now=clock)


def test_the_lock_of_a_killed_writer_is_free(tmp_path: Path, data_folder: Path, clock: Clock) -> None:
    program = (
        "import sys, datetime, pathlib, signal\n"
        "from sleepcalm.storage.opening import open_database\n"
        "now = lambda: datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)\n"
        "database = open_database(pathlib.Path(sys.argv[1]), lock_folder=pathlib.Path(sys.argv[2]),\n"
        "                         program='the other one', now=now)\n"
        "print('open', flush=True)\n"
        "signal.pause()\n"
    )
    locks = tmp_path / "locks"
    with subprocess.Popen(
        [sys.executable, "-c", program, data_folder, locks], stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(RecordLockedError, match=f"the other one .process {other.pid}"):
            open_database(data_folder, lock_folder=locks, program="a test", now=clock)
        other.kill()
    open_database(data_folder, lock_folder=locks, program="a test", now=clock).close()


def test_the_lock_lies_outside_the_data(database: Database, data_folder: Path, tmp_path: Path) -> None:
    database.put(NIGHTS, "2026-11-22", {})
    assert {entry.name for entry in data_folder.iterdir()} == {"record.json", "generations"}
    assert list((tmp_path / "locks").iterdir())


def test_a_reader_reads_beside_the_writer_and_leaves_no_trace(
    database: Database, data_folder: Path, clock: Clock
) -> None:
    database.put(NIGHTS, "2026-11-22", {"awakenings": 1})
    reader = read_database(data_folder, now=clock)
    assert reader is not None
    assert reader.report is None
    database.put(NIGHTS, "2026-11-22", {"awakenings": 2})
    assert reader.get(NIGHTS, "2026-11-22") == {"awakenings": 2}
    with pytest.raises(ReadOnlyRecordError):
        reader.put(NIGHTS, "2026-11-22", {})


def test_a_reader_of_a_folder_without_a_record_finds_none_and_makes_none(
    tmp_path: Path, clock: Clock
) -> None:
    assert read_database(tmp_path / "nothing", now=clock) is None
    assert not (tmp_path / "nothing").exists()


def test_a_folder_that_cannot_be_made_is_one_clear_error(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageError, match="cannot be used"):
        open_database(tmp_path / "file" / "data", lock_folder=tmp_path / "locks", program="a", now=clock)
