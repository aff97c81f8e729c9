"""An import is looked at first, is all or nothing, and is read back; what it replaces stays in the bin."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from exchange_values import NOW, READING
from storage_clock import Clock

from sleepcalm.diary.entry import Entry
from sleepcalm.minerals.intake import DayIntake
from sleepcalm.storage.database import NIGHTS, Database
from sleepcalm.storage.errors import StorageError
from sleepcalm.storage.exchange import ImportPlan, carry_out, plan_import, read_export
from sleepcalm.storage.exchange_diary_csv import write_diary
from sleepcalm.storage.exchange_forms import plain
from sleepcalm.storage.exchange_intake_csv import write_intake
from sleepcalm.storage.exchange_json import read_demo, write_json
from sleepcalm.storage.exchange_rows import Contents
from sleepcalm.storage.opening import open_database, read_database
from sleepcalm.storage.record_book import RecordBook
from sleepcalm.storage.records import Recorded

SEEDS = Path(__file__).parents[2] / "seeds"


def night(day: int, awakenings: int | None = 1) -> Entry:
    return Entry(date(2026, 11, day), "Europe/Berlin", awakenings=awakenings)


def contents(*values: Recorded) -> Contents:
    sections: dict[str, list[Recorded]] = {
        "nights": [value for value in values if isinstance(value, Entry)],
        "intake_days": [value for value in values if isinstance(value, DayIntake)],
    }
    return read_export(write_json(sections, NOW, "sleepcalm").encode(), READING)


def keys(plan: ImportPlan) -> tuple[list[str], list[str], list[str]]:
    added, same, conflicting = ([row.key for row in r] for r in (plan.added, plan.same, plan.conflicting))
    return added, same, conflicting


@pytest.fixture
def book(database: Database, clock: Clock) -> RecordBook:
    book = RecordBook(database, clock)
    book.put(night(20))
    book.put(night(21))
    return book


@pytest.fixture
def read_anew(book: RecordBook, data_folder: Path, clock: Clock) -> Callable[[], RecordBook]:
    def read() -> RecordBook:
        database = read_database(data_folder, now=clock)
        assert database is not None
        return RecordBook(database, clock)

    return read


def test_the_preview_tells_added_same_and_conflicting_apart_and_changes_nothing(book: RecordBook) -> None:
    before = book.database.generation
    plan = plan_import(book, contents(night(20), night(21, 5), night(22)))
    assert keys(plan) == (["2026-11-22"], ["2026-11-20"], ["2026-11-21"])
    assert book.database.generation == before


def test_when_it_was_first_filled_in_makes_no_conflict(book: RecordBook) -> None:
    book.save_entry(night(22))
    assert keys(plan_import(book, contents(night(22)))) == ([], ["2026-11-22"], [])


def test_a_day_on_which_nothing_is_recorded_is_the_same_as_no_day(book: RecordBook) -> None:
    empty = DayIntake(date(2026, 11, 20))
    assert keys(plan_import(book, contents(empty))) == ([], ["2026-11-20"], [])
    book.save_day(empty)
    recorded = replace(empty, nothing_taken=True)
    assert keys(plan_import(book, contents(recorded))) == (["2026-11-20"], [], [])


def test_what_is_recorded_stays_unless_it_may_be_replaced(
    book: RecordBook, read_anew: Callable[[], RecordBook]
) -> None:
    plan = plan_import(book, contents(night(20), night(21, 5), night(22)))
    assert carry_out(book, read_anew, plan, over=False) == 1
    assert book.entry(date(2026, 11, 21)) == night(21)
    assert book.entry(date(2026, 11, 22)) == night(22)
    plan = plan_import(book, contents(night(20), night(21, 5), night(22)))
    assert carry_out(book, read_anew, plan, over=True) == 1
    assert book.entry(date(2026, 11, 21)) == night(21, 5)
    book.undelete_entry(date(2026, 11, 21))
    assert book.entry(date(2026, 11, 21)) == night(21)


def test_all_of_it_is_one_save(book: RecordBook, read_anew: Callable[[], RecordBook]) -> None:
    before = book.database.generation
    carry_out(
        book, read_anew, plan_import(book, contents(night(21, 5), *map(night, range(1, 15)))), over=True
    )
    assert book.database.generation == before + 1


def test_an_import_that_does_not_read_back_is_taken_back(
    book: RecordBook, read_anew: Callable[[], RecordBook]
) -> None:
    before = book.database.tables()
    plan = plan_import(book, contents(night(21, 5), night(22)))

    with pytest.raises(StorageError, match=r"1 of 2 values differ, .* nothing was imported"):
        carry_out(book, lambda: _Forgetful(read_anew()), plan, over=True)
    assert book.database.tables() == before


class _Forgetful(RecordBook):
    """What a disk that lost a night would show."""

    def __init__(self, found: RecordBook) -> None:
        super().__init__(found.database, lambda: NOW)

    def like(self, value: Recorded) -> Recorded | None:
        return None if value == night(22) else super().like(value)


def test_an_unreadable_night_conflicts_and_is_set_aside_when_it_is_replaced(
    book: RecordBook, read_anew: Callable[[], RecordBook]
) -> None:
    book.database.put(NIGHTS, "2026-11-22", {"wake_date": 3})
    plan = plan_import(book, contents(night(22)))
    assert keys(plan) == ([], [], ["2026-11-22"])
    assert carry_out(book, read_anew, plan, over=True) == 1
    assert book.entry(date(2026, 11, 22)) == night(22)


def test_on_a_full_disk_nothing_is_imported(small_disk: Path, tmp_path: Path, clock: Clock) -> None:
    folder = small_disk / "data"
    with RecordBook(
        open_database(folder, lock_folder=tmp_path / "locks", program="a test", now=clock), clock
    ) as book:
        book.put(night(20))
        long = [replace(night(day), notes="a word " * 2000) for day in range(1, 20)]
        crowd = (replace(one, wake_date=one.wake_date.replace(month=m)) for m in range(1, 11) for one in long)
        plan = plan_import(book, contents(*crowd))
        before = book.database.tables()
        with pytest.raises(StorageError, match="No space left"):
            carry_out(book, lambda: book, plan, over=False)
        assert book.database.tables() == before
    again = read_database(folder, now=clock)
    assert again is not None
    assert again.tables() == before
    assert again.report is None


@pytest.fixture(scope="module")
def exports() -> list[bytes]:
    """Small exports of real shape, of each kind, to be damaged."""
    demo = read_demo(SEEDS / "demo_diary.json")
    sections: dict[str, list[Recorded]] = {}
    for row in demo.rows:
        sections.setdefault(row.section, []).append(row.value)
    few = {section: values[:4] for section, values in sections.items()}
    entries = [value for value in few["nights"] if isinstance(value, Entry)]
    days = [value for value in few["intake_days"] if isinstance(value, DayIntake)]
    return [
        write_json(few, NOW, "sleepcalm").encode(),
        write_diary(entries).encode(),
        write_intake(days).encode(),
    ]


_SNIPPETS = [b'"', b",", b"{", b"}", b"[", b"]", b"\n", b"\\", b"\\ud800", b"null", b"-1", b"1e999", b"NaN"]
_SNIPPETS += [b"\xff", b"\0", b";", b"2031-01-01", b"true", b":", b"9" * 40, "é".encode(), b"\r", b" "]


def damaged(content: bytes, rng: random.Random) -> bytes:
    """The content with a few bytes changed, moved, doubled or cut out."""
    for _ in range(rng.randrange(1, 5)):
        start = rng.randrange(len(content) + 1)
        end = min(len(content), start + rng.choice([0, 0, 1, 1, 5, 40]))
        middle = rng.choice([b"", rng.choice(_SNIPPETS), content[end : end + rng.randrange(60)]])
        content = content[:start] + middle + content[end:]
    return content


def hold_against_damage(exports: list[bytes], cases: int, seed: int) -> int:
    """Read so many damaged exports; returns how many rows were rejected in all."""
    rng = random.Random(seed)  # noqa: S311
    rejected = 0
    for number in range(cases):
        content = damaged(rng.choice(exports), rng)
        found = read_export(content, READING)
        lines = content.count(b"\n") + content.count(b"\r") + 1
        for row in found.rejected:
            assert row.reason.isprintable(), (seed, number)
            assert 0 < len(row.reason) < 400, (seed, number)
            assert 1 <= row.line <= lines, (seed, number)
        assert len({(row.section, row.key) for row in found.rows}) == len(found.rows), (seed, number)
        for row in found.rows:
            json.dumps(plain(row.value), allow_nan=False).encode()
        rejected += len(found.rejected)
    return rejected


def test_any_file_gives_rows_and_reasons_and_nothing_else(exports: list[bytes]) -> None:
    assert hold_against_damage(exports, 1_000, 20261122) > 500


@pytest.mark.torture
def test_any_file_gives_rows_and_reasons_and_nothing_else_100_000_times(exports: list[bytes]) -> None:
    assert hold_against_damage(exports, 100_000, random.SystemRandom().randrange(1 << 30)) > 50_000
