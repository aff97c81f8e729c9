"""Nights, days, items and practices in the record, with the bin behind them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from storage_clock import Clock

from sleepcalm.diary.civil_time import Instant
from sleepcalm.diary.entry import Entry
from sleepcalm.diary.practice import Practice
from sleepcalm.diary.values import EntryError
from sleepcalm.minerals.intake import ChecklistItem, DayIntake, Item, Source
from sleepcalm.storage.database import NIGHTS, SET_ASIDE, Database
from sleepcalm.storage.errors import ReadOnlyRecordError, StorageError
from sleepcalm.storage.record_book import RecordBook, empty_database

DATE = date(2026, 11, 22)
NIGHT = Entry(DATE, "Europe/Berlin", awakenings=2)


@pytest.fixture
def book(database: Database, clock: Clock) -> RecordBook:
    return RecordBook(database, clock)


def test_the_first_saving_is_remembered_through_later_ones(book: RecordBook, clock: Clock) -> None:
    first = book.save_entry(NIGHT)
    assert first.recorded_at == Instant.from_moment(clock(), "Europe/Berlin")
    clock.advance(days=2)
    book.save_entry(replace(NIGHT, awakenings=3))
    saved = book.entry(DATE)
    assert saved is not None
    assert (saved.awakenings, saved.recorded_at) == (3, first.recorded_at)


def test_what_a_night_replaces_goes_to_the_bin_and_comes_back(book: RecordBook) -> None:
    book.save_entry(NIGHT)
    book.save_entry(replace(NIGHT, awakenings=3))
    book.undelete_entry(DATE)
    taken_back = book.entry(DATE)
    assert taken_back is not None
    assert taken_back.awakenings == 2
    book.undelete_entry(DATE)
    again = book.entry(DATE)
    assert again is not None
    assert again.awakenings == 3


def test_a_filling_in_that_goes_on_leaves_nothing_in_the_bin(book: RecordBook) -> None:
    book.save_entry(NIGHT)
    book.save_entry(replace(NIGHT, awakenings=3), keep_previous=False)
    assert book.database.in_bin() == []


def test_a_deleted_night_comes_back_as_it_was(book: RecordBook) -> None:
    saved = book.save_entry(NIGHT)
    book.delete_entry(DATE)
    assert book.entry(DATE) is None
    book.undelete_entry(DATE)
    assert book.entry(DATE) == saved


def test_what_is_not_there_cannot_be_deleted_or_taken_back(book: RecordBook) -> None:
    with pytest.raises(StorageError, match="nothing was deleted"):
        book.delete_entry(DATE)
    with pytest.raises(StorageError, match="no night 2026-11-22 in the bin"):
        book.undelete_entry(DATE)


def test_a_night_in_the_future_is_refused(book: RecordBook) -> None:
    with pytest.raises(EntryError, match="in the future"):
        book.save_entry(replace(NIGHT, wake_date=date(2026, 11, 24)))
    assert book.entries() == {}


def test_days_items_and_practices_are_kept(reopen: Callable[..., Database], clock: Clock) -> None:
    kept = ChecklistItem(Item("own-a", "A", "1 cup", Source.FOOD), favourite=True)
    day = DayIntake(date(2026, 11, 21), nothing_taken=True)
    early, late = (
        Practice("pmr-7", Instant(datetime.fromisoformat(f"2026-11-21T{hour}:00"), 3600)) for hour in (22, 23)
    )
    book = RecordBook(reopen(), clock)
    book.save_item(kept)
    book.save_day(day)
    book.save_practice(late)
    book.save_practice(early)
    book = RecordBook(reopen(), clock)
    assert book.items() == {"own-a": kept}
    assert book.days(date(2026, 11, 21), date(2026, 11, 21)) == {day.date: day}
    assert book.day(DATE) is None
    assert book.practices() == [early, late]
    book.delete_item("own-a")
    assert book.items() == {}


def test_one_unreadable_night_is_named_and_the_others_are_read(book: RecordBook) -> None:
    book.save_entry(NIGHT)
    book.database.put(
        NIGHTS, "2026-11-21", {"wake_date": "2026-11-21", "time_zone": "UTC", "awakenings": "2"}
    )
    assert list(book.entries()) == [DATE]
    ((place, found),) = book.unreadable.items()
    assert place == (NIGHTS, "2026-11-21")
    assert "awakenings" in str(found)


def test_a_new_night_sets_an_unreadable_one_aside(book: RecordBook) -> None:
    odd = {"wake_date": "2026-11-22", "time_zone": "Europe/Berlin", "awakenings": "2"}
    book.database.put(NIGHTS, "2026-11-22", odd)
    book.save_entry(NIGHT, keep_previous=False)
    (kept,) = book.database.range(SET_ASIDE).values()
    assert kept["document"] == odd
    saved = book.entry(DATE)
    assert saved is not None
    assert saved.awakenings == 2


def test_where_there_is_no_record_yet_there_is_nothing_and_nothing_can_be_saved(
    data_folder: Path, clock: Clock
) -> None:
    book = RecordBook(empty_database(data_folder, clock), clock)
    assert book.entries() == {}
    assert book.items() == {}
    with pytest.raises(ReadOnlyRecordError):
        book.save_entry(NIGHT)
