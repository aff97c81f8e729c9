"""Backups: whole or not there, rotating, and a restore that is shown first and can be undone."""

from __future__ import annotations

import errno
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recorded_files import FailingFiles
from storage_clock import Clock

from sleepcalm.storage.archive import read_manifest
from sleepcalm.storage.backups import Backups, worth_keeping
from sleepcalm.storage.database import NIGHTS, Database
from sleepcalm.storage.differences import Change
from sleepcalm.storage.errors import DamagedRecordError, StorageError
from sleepcalm.storage.restore import plan_restore, restore

Open = Callable[..., Database]


@pytest.fixture
def places(data_folder: Path) -> dict[str, Path]:
    return {name: data_folder / name for name in ("preferences.json", "routines", "sounds")}


@pytest.fixture
def filled(database: Database, places: dict[str, Path]) -> Database:
    database.put(NIGHTS, "2026-11-21", {"awakenings": 1})
    database.put(NIGHTS, "2026-11-22", {"awakenings": 2})
    places["preferences.json"].write_bytes(b'{"voice_volume": 0.8}')
    (places["routines"] / "own").mkdir(parents=True)
    (places["routines"] / "own" / "short.toml").write_bytes(b'title = "Short"')
    places["sounds"].mkdir()
    (places["sounds"] / "rain.flac").write_bytes(bytes(range(256)) * 5000)
    return database


def test_a_backup_holds_everything_of_the_users_and_reads_back(
    filled: Database, clock: Clock, data_folder: Path
) -> None:
    backup = filled.backups.make(clock())
    assert backup == data_folder / "backups" / "sleepcalm-2026-11-22T071500-on-demand.zip"
    assert set(read_manifest(backup).sha256) == {
        "record.json",
        "preferences.json",
        "routines/own/short.toml",
        "sounds/rain.flac",
    }
    assert backup.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(backup) as archive:
        assert archive.read("record.json") == (data_folder / "record.json").read_bytes()


def test_a_backup_on_demand_goes_where_it_is_wanted_and_replaces_none(
    filled: Database, clock: Clock, tmp_path: Path
) -> None:
    made = [filled.backups.make(clock(), folder=tmp_path / "stick") for _ in range(3)]
    assert len(set(made)) == 3
    assert {path.parent for path in made} == {tmp_path / "stick"}


def test_there_is_one_daily_backup_a_day(filled: Database, clock: Clock) -> None:
    assert filled.backups.make_if_due(clock()) is not None
    clock.advance(hours=12)
    assert filled.backups.make_if_due(clock()) is None
    clock.advance(hours=12)
    assert filled.backups.make_if_due(clock()) is not None


def test_seven_days_five_weeks_and_twelve_months_stay(database: Database, clock: Clock) -> None:
    on_demand = database.backups.make(clock())
    for _ in range(60):
        clock.advance(days=10)
        database.backups.make_if_due(clock())
    for _ in range(20):
        clock.advance(days=1)
        database.backups.make_if_due(clock())
    existing = database.backups.existing()
    daily = [backup.made_at.date() for backup in existing if backup.occasion == "daily"]
    today = clock().date()
    assert daily[:7] == [today - timedelta(days=number) for number in range(7)]
    assert len({day.isocalendar()[:2] for day in daily}) >= 5
    assert len({(day.year, day.month) for day in daily}) == 12
    assert len(daily) <= 7 + 5 + 12
    assert on_demand in [backup.path for backup in existing]


@given(st.sets(st.datetimes(timezones=st.just(UTC)), max_size=60))
def test_rotation_keeps_the_newest_and_never_empties(moments: set[datetime]) -> None:
    kept = worth_keeping(moments)
    assert kept <= moments
    assert len(kept) <= 24
    if moments:
        assert max(moments) in kept
    days = sorted({moment.date() for moment in moments}, reverse=True)[:7]
    assert {moment.date() for moment in kept} >= set(days)
    assert worth_keeping(kept) == kept


@pytest.mark.parametrize("step", range(4))
def test_a_backup_that_fails_leaves_none_and_removes_none(
    filled: Database, data_folder: Path, clock: Clock, step: int
) -> None:
    for _ in range(10):
        clock.advance(days=1)
        filled.backups.make_if_due(clock())
    before = sorted((data_folder / "backups").iterdir())
    clock.advance(days=1)
    files = FailingFiles(errno.ENOSPC, step, persists=True)
    failing = Backups(data_folder / "backups", {"record.json": data_folder / "record.json"}, files)
    with pytest.raises(StorageError, match="No backup was made"):
        failing.make_if_due(clock())
    assert sorted((data_folder / "backups").iterdir()) == before


def test_a_damaged_record_is_not_backed_up_over_good_ones(
    filled: Database, data_folder: Path, clock: Clock
) -> None:
    (data_folder / "record.json").write_bytes(b"damaged")
    with pytest.raises(DamagedRecordError, match="not backed up"):
        filled.backups.make_if_due(clock())
    assert filled.backups.existing() == []


@pytest.mark.parametrize("place", [0.1, 0.5, 0.9])
def test_a_damaged_backup_is_noticed_and_named(filled: Database, clock: Clock, place: float) -> None:
    backup = filled.backups.make(clock())
    content = bytearray(backup.read_bytes())
    content[int(len(content) * place)] ^= 0xFF
    backup.write_bytes(content)
    with pytest.raises(DamagedRecordError, match=backup.name):
        read_manifest(backup)


@pytest.mark.parametrize("name", ["../outside.txt", "/etc/outside", "routines/../../outside", "a\\b"])
def test_a_backup_that_would_write_elsewhere_is_refused(
    filled: Database, clock: Clock, tmp_path: Path, name: str
) -> None:
    with (
        zipfile.ZipFile(filled.backups.make(clock())) as good,
        zipfile.ZipFile(tmp_path / "bad.zip", "w") as bad,
    ):
        manifest = good.read("manifest.json")
        bad.writestr("record.json", good.read("record.json"))
        own = good.read("routines/own/short.toml")
        for other in ("preferences.json", "sounds/rain.flac"):
            bad.writestr(other, good.read(other))
        bad.writestr(name, own)
        bad.writestr(
            "manifest.json", manifest.replace(b"routines/own/short.toml", name.replace("\\", "\\\\").encode())
        )
    with pytest.raises(DamagedRecordError, match=r"elsewhere|damaged"):
        read_manifest(tmp_path / "bad.zip")


def test_a_restore_shows_what_differs_and_changes_nothing_yet(
    filled: Database, places: dict[str, Path], clock: Clock
) -> None:
    backup = filled.backups.make(clock())
    filled.put(NIGHTS, "2026-11-21", {"awakenings": 9})
    filled.put(NIGHTS, "2026-11-23", {})
    filled.delete(NIGHTS, "2026-11-22")
    places["preferences.json"].write_bytes(b"{}")
    (places["routines"] / "own" / "short.toml").unlink()
    generation = filled.generation
    plan = plan_restore(filled, backup, places)
    nights = {difference.key: difference for difference in plan.documents if difference.table == NIGHTS}
    assert {key: difference.change for key, difference in nights.items()} == {
        "2026-11-21": Change.CHANGED,
        "2026-11-22": Change.ADDED,
        "2026-11-23": Change.REMOVED,
    }
    assert nights["2026-11-21"].fields == ("awakenings",)
    assert plan.files == ("preferences.json", "routines/own/short.toml")
    assert filled.generation == generation
    assert places["preferences.json"].read_bytes() == b"{}"


def test_a_restore_puts_everything_back_and_can_be_undone(
    filled: Database, places: dict[str, Path], clock: Clock, reopen: Open
) -> None:
    backup = filled.backups.make(clock())
    saved = filled.tables()
    filled.put(NIGHTS, "2026-11-21", {"awakenings": 9})
    filled.put(NIGHTS, "2026-11-23", {"new": True})
    places["preferences.json"].write_bytes(b'{"voice_volume": 0.1}')
    later = filled.tables()

    undo = restore(filled, plan_restore(filled, backup, places), places, clock())
    assert filled.tables() == saved
    assert places["preferences.json"].read_bytes() == b'{"voice_volume": 0.8}'
    assert plan_restore(filled, backup, places).changes_nothing

    clock.advance(minutes=1)
    restore(filled, plan_restore(filled, undo, places), places, clock())
    assert filled.tables() == later
    assert places["preferences.json"].read_bytes() == b'{"voice_volume": 0.1}'
    assert reopen().tables() == later


def test_a_backup_that_changed_since_it_was_shown_is_not_restored(
    filled: Database, places: dict[str, Path], clock: Clock
) -> None:
    backup = filled.backups.make(clock())
    plan = plan_restore(filled, backup, places)
    filled.put(NIGHTS, "2026-11-23", {})
    filled.backups.make(clock()).replace(backup)
    with pytest.raises(StorageError, match="has changed"):
        restore(filled, plan, places, clock())
    assert "2026-11-23" in filled.keys(NIGHTS)


def test_something_that_is_no_backup_is_refused(
    filled: Database, places: dict[str, Path], tmp_path: Path
) -> None:
    (tmp_path / "letter.zip").write_text("Dear diary")
    with pytest.raises(DamagedRecordError, match=r"letter\.zip"):
        plan_restore(filled, tmp_path / "letter.zip", places)
    with pytest.raises(StorageError, match="could not be read"):
        plan_restore(filled, tmp_path / "nowhere.zip", places)
