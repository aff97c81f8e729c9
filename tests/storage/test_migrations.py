"""The ladder of schema versions: every rung with a backup before it, all or nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from storage_clock import Clock

from sleepcalm.diary.practice import Ending, InterruptedBy, PlaceLeft
from sleepcalm.storage.archive import record_in_archive
from sleepcalm.storage.database import NIGHTS, Database
from sleepcalm.storage.errors import ReadOnlyRecordError
from sleepcalm.storage.migrations import LADDER, Ladder, MigrationError, Rung, Tree
from sleepcalm.storage.opening import read_database
from sleepcalm.storage.record_book import RecordBook
from sleepcalm.storage.restore import plan_restore, restore
from sleepcalm.trends.trial import Condition

Open = Callable[..., Database]
RECORDS = Path(__file__).parent / "records_of_versions"


def rename_awakenings(tree: Tree) -> Tree:
    for night in tree[NIGHTS].values():
        night["times_awake"] = night.pop("awakenings")
    return tree


def add_source(tree: Tree) -> Tree:
    return {**tree, NIGHTS: {key: {**night, "source": "diary"} for key, night in tree[NIGHTS].items()}}


TALLER = Ladder((Rung(1, "awakenings get another name", rename_awakenings), Rung(2, "a source", add_source)))

NEWER = Ladder((*LADDER.rungs_from(1), Rung(LADDER.version, "what a later program adds", add_source)))


@pytest.fixture
def of_version_1(reopen: Open) -> None:
    database = reopen(ladder=Ladder())
    database.put(NIGHTS, "2026-11-22", {"awakenings": 2})
    database.close()


@pytest.mark.usefixtures("of_version_1")
def test_all_rungs_are_climbed_with_a_backup_before_each(reopen: Open) -> None:
    database = reopen(ladder=TALLER)
    assert database.get(NIGHTS, "2026-11-22") == {"times_awake": 2, "source": "diary"}
    versions = {
        backup.occasion: record_in_archive(backup.path).header.schema_version
        for backup in database.backups.existing()
    }
    assert versions == {"before-version-2": 1, "before-version-3": 2}
    generation = database.generation
    assert reopen(ladder=TALLER).generation == generation


@pytest.mark.usefixtures("of_version_1")
def test_a_rung_that_fails_leaves_the_record_as_it_was(reopen: Open, data_folder: Path) -> None:
    def fail(tree: Tree) -> Tree:
        tree[NIGHTS].clear()
        raise KeyError("half way")

    before = (data_folder / "record.json").read_bytes()
    with pytest.raises(MigrationError, match="could not be brought to version 2"):
        reopen(ladder=Ladder((Rung(1, "broken", fail),)))
    assert (data_folder / "record.json").read_bytes() == before
    assert reopen().get(NIGHTS, "2026-11-22") == {"awakenings": 2}


@pytest.mark.usefixtures("of_version_1")
def test_a_reader_climbs_in_memory_only(data_folder: Path, clock: Clock) -> None:
    before = {path: path.read_bytes() for path in data_folder.rglob("*") if path.is_file()}
    reader = read_database(data_folder, now=clock, ladder=TALLER)
    assert reader is not None
    assert reader.get(NIGHTS, "2026-11-22") == {"times_awake": 2, "source": "diary"}
    assert {path: path.read_bytes() for path in data_folder.rglob("*") if path.is_file()} == before


@pytest.mark.usefixtures("of_version_1")
def test_a_record_from_a_newer_version_opens_read_only(reopen: Open, data_folder: Path) -> None:
    reopen(ladder=NEWER).close()
    before = (data_folder / "record.json").read_bytes()
    database = reopen()
    assert database.from_newer_version
    assert database.read_only
    assert database.keys(NIGHTS) == ["2026-11-22"]
    with pytest.raises(ReadOnlyRecordError):
        database.put(NIGHTS, "2026-11-23", {})
    database.tidy()
    database.close()
    assert (data_folder / "record.json").read_bytes() == before


@pytest.mark.usefixtures("of_version_1")
def test_a_backup_of_an_earlier_version_is_restored_as_the_present_one(
    reopen: Open, data_folder: Path, clock: Clock
) -> None:
    backup = reopen(ladder=Ladder()).backups.make(clock())
    database = reopen(ladder=TALLER)
    database.put(NIGHTS, "2026-11-22", {"times_awake": 7, "source": "diary"})
    destinations: dict[str, Path] = {}
    restore(database, plan_restore(database, backup, destinations), destinations, clock())
    assert database.get(NIGHTS, "2026-11-22") == {"times_awake": 2, "source": "diary"}


def test_a_ladder_without_a_rung_is_refused() -> None:
    with pytest.raises(ValueError, match="without a gap"):
        Ladder((Rung(2, "the second without the first", add_source),))


def test_there_is_a_record_of_every_version_to_test_with() -> None:
    assert [path.name for path in sorted(RECORDS.iterdir())] == [
        f"version-{version}.json" for version in range(1, LADDER.version + 1)
    ]


@pytest.mark.parametrize("version", range(1, LADDER.version + 1))
def test_a_record_of_every_version_opens_and_loses_nothing(
    reopen: Open, data_folder: Path, version: int
) -> None:
    data_folder.mkdir()
    (data_folder / "record.json").write_bytes((RECORDS / f"version-{version}.json").read_bytes())
    database = reopen()
    assert database.report is None
    nights: dict[str, Any] = database.range(NIGHTS)
    assert list(nights) == ["2026-03-28", "2026-03-29", "2026-10-25"]
    assert nights["2026-10-25"]["notes"] == 'Ümläute, "quotes", a \\ and\na second line'
    assert nights["2026-03-29"]["sleep_onset_latency_min"] is None
    assert nights["2026-03-28"]["sleep_onset_latency_min"] == 0
    assert [entry.key for entry in database.in_bin()] == ["2026-03-27"]


def test_the_rungs_so_far_change_nothing_that_was_recorded_and_begin_after_backups(
    reopen: Open, data_folder: Path
) -> None:
    data_folder.mkdir()
    old = (RECORDS / "version-1.json").read_bytes()
    (data_folder / "record.json").write_bytes(old)
    before = reopen(ladder=Ladder()).tables()
    database = reopen()
    assert database.tables() == before
    versions = {
        backup.occasion: record_in_archive(backup.path).header.schema_version
        for backup in database.backups.existing()
    }
    assert versions == {"before-version-2": 1, "before-version-3": 2, "before-version-4": 3}


def test_a_record_of_version_2_keeps_its_trials_and_questions(
    reopen: Open, data_folder: Path, clock: Clock
) -> None:
    data_folder.mkdir()
    (data_folder / "record.json").write_bytes((RECORDS / "version-2.json").read_bytes())
    book = RecordBook(reopen(), clock)
    (trial,) = book.trials()
    assert (trial.factor, trial.seed, trial.ended_early) == ("späte Bildschirmzeit", 7, date(2026, 11, 20))
    assert [(night.wake_date, night.condition) for night in trial.kept] == [
        (date(2026, 10, 27), Condition.WITHOUT)
    ]
    assert [shortfall.code for shortfall in trial.accepted] == ["too_few_nights"]
    assert [question.key for question in book.questions()] == ["alcohol hypnic_jerks"]
    assert book.unreadable == {}


def test_a_record_of_version_3_keeps_what_happened_in_its_practices(
    reopen: Open, data_folder: Path, clock: Clock
) -> None:
    data_folder.mkdir()
    (data_folder / "record.json").write_bytes((RECORDS / "version-3.json").read_bytes())
    (practice,) = RecordBook(reopen(), clock).practices()
    assert practice.left_at is None
    assert [jolt.wall.minute for jolt in practice.jolts] == [44]
    assert [each.by for each in practice.interruptions] == [InterruptedBy.AFTER_A_JOLT]
    assert (practice.ending, practice.reached_share) == (Ending.TIMER, 0.62)


def test_a_record_of_version_4_keeps_the_place_of_its_practices(
    reopen: Open, data_folder: Path, clock: Clock
) -> None:
    data_folder.mkdir()
    (data_folder / "record.json").write_bytes((RECORDS / "version-4.json").read_bytes())
    practices = RecordBook(reopen(), clock).practices()
    assert [practice.left_at for practice in practices] == [
        None,
        PlaceLeft("Right hand and arm", "tense", "right_hand_arm", 0, 2),
        PlaceLeft("Calm", "guide", None, 3, 1, 0.25),
    ]
