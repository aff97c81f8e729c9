"""The nights of a record with what belongs to them, read from a real one."""

from __future__ import annotations

import gc
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from storage_clock import Clock

from sleepcalm.diary.civil_time import Instant
from sleepcalm.diary.entry import Entry
from sleepcalm.diary.entry_format import entry_from_json
from sleepcalm.diary.practice import Practice
from sleepcalm.minerals import checklist
from sleepcalm.minerals.intake import Amount, ChecklistItem, DayIntake, Item, MineralContent, Source
from sleepcalm.minerals.reference_intakes import TargetRange
from sleepcalm.preferences import Preferences
from sleepcalm.recorded_nights import read_figures, recorded_span
from sleepcalm.storage.database import NIGHTS, Database
from sleepcalm.storage.record_book import RecordBook
from sleepcalm.storage.records import Recorded
from sleepcalm.trends.figures import NightFigures, Series

SEEDS = Path(__file__).parents[2] / "seeds"
ZONE = "Europe/Berlin"
MONDAY = date(2026, 11, 16)
DAY = timedelta(days=1)
CAPSULE = Item("capsule", "Capsule", "1", Source.SUPPLEMENT, magnesium=MineralContent(200))


def night(wake_date: date, **fields: object) -> Entry:
    given = {
        "wake_date": wake_date.isoformat(),
        "time_zone": ZONE,
        "into_bed": "22:30",
        "tried_to_sleep": "23:00",
        "sleep_onset_latency_min": 30,
        "awakenings": 0,
        "final_awakening": "06:30",
        "out_of_bed": "07:00",
    }
    return entry_from_json(given | fields, default_zone=ZONE, now=datetime(2030, 1, 1, tzinfo=UTC))


def played(text: str, minutes: float, routine: str = "pmr-short") -> Practice:
    started = Instant.as_written(datetime.fromisoformat(f"{text}+01:00"), ZONE)
    return Practice(routine, started, minutes_heard=minutes)


def taken(day: date) -> DayIntake:
    return checklist.add(DayIntake(day), CAPSULE, Amount(1), None)


@pytest.fixture
def book(database: Database, clock: Clock) -> RecordBook:
    return RecordBook(database, clock)


def figures(
    book: RecordBook, *values: Recorded, nights: int = 7, preferences: Preferences | None = None
) -> list[NightFigures]:
    book.put_all(values)
    return list(
        read_figures(
            book,
            SEEDS,
            preferences or Preferences(),
            rest_routines={"quiet-rest"},
            first=MONDAY,
            last=MONDAY + (nights - 1) * DAY,
        )
    )


def test_a_row_for_every_night_recorded_or_not(book: RecordBook) -> None:
    rows = figures(book, night(MONDAY + 2 * DAY), night(MONDAY - DAY), night(MONDAY + 7 * DAY))
    assert [row.wake_date for row in rows] == [MONDAY + n * DAY for n in range(7)]
    assert [row.recorded for row in rows] == [False, False, True, False, False, False, False]


def test_minerals_are_those_of_the_day_before(book: RecordBook) -> None:
    rows = figures(book, taken(MONDAY - DAY), taken(MONDAY + 6 * DAY))
    assert [row.values[Series.MAGNESIUM] for row in rows] == [200, *[None] * 6]
    assert rows[0].values[Series.CALCIUM] is None


def test_a_day_only_looked_at_is_not_recorded_and_nothing_taken_is_zero(book: RecordBook) -> None:
    daily = ChecklistItem(CAPSULE, daily=True)
    looked_at = checklist.offer_daily_items(DayIntake(MONDAY - DAY), [daily])
    nothing = checklist.record_nothing_taken(DayIntake(MONDAY))
    rows = figures(book, looked_at, nothing)
    assert [row.values[Series.MAGNESIUM] for row in rows[:2]] == [None, 0]
    assert rows[0].intake is None


def test_references_are_those_of_the_person_in_that_year(book: RecordBook) -> None:
    preferences = Preferences(sex="female", birth_year=1990, mineral_region="eu")
    row = figures(book, taken(MONDAY - DAY), preferences=preferences)[0]
    assert row.intake is not None
    assert row.intake.magnesium.reference.target == 300
    anybody = figures(book, taken(MONDAY - DAY))[0]
    assert anybody.intake is not None
    assert isinstance(anybody.intake.magnesium.reference.target, TargetRange)


def test_quiet_rest_is_no_practice(book: RecordBook) -> None:
    rows = figures(
        book,
        night(MONDAY),
        played("2026-11-15T22:35:00", 12),
        played("2026-11-15T22:50:00", 9, "quiet-rest"),
    )
    assert rows[0].values[Series.PRACTICE] == 12


def test_practice_beyond_the_ends_is_told_apart_by_the_nights_there(book: RecordBook) -> None:
    """At 8 in the morning the night of a shift worker is not over, whichever period one looks at."""
    by_day = {
        "into_bed": "08:30",
        "tried_to_sleep": "09:00",
        "final_awakening": "15:00",
        "out_of_bed": "15:30",
    }
    before, last = night(MONDAY - DAY, **by_day), night(MONDAY, **by_day)
    rows = figures(
        book,
        before,
        last,
        played("2026-11-15T08:35:00", 5),
        played("2026-11-16T08:35:00", 7),
        played("2026-11-16T16:00:00", 11),
        nights=1,
    )
    assert rows[0].values[Series.PRACTICE] == 7


def test_practice_after_sleep_began_is_shown_and_not_counted(book: RecordBook) -> None:
    row = figures(book, night(MONDAY), played("2026-11-16T02:00:00", 5))[0]
    assert row.values[Series.PRACTICE] == 0
    assert [each.minutes_heard for each in row.practice_in_the_night] == [5]


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_ends_of_the_calendar_are_empty_and_no_error(book: RecordBook, day: date) -> None:
    rows = read_figures(book, SEEDS, Preferences(), rest_routines=(), first=day, last=day)
    assert not any(row.recorded for row in rows)


def test_reading_leaves_the_collector_as_it_was(book: RecordBook) -> None:
    assert gc.isenabled()
    figures(book, night(MONDAY))
    assert gc.isenabled()
    gc.disable()
    try:
        figures(book, night(MONDAY))
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_the_recorded_span_is_that_of_the_nights(book: RecordBook) -> None:
    assert recorded_span(book) is None
    book.put_all([night(MONDAY), night(date(2020, 2, 29)), taken(date(2019, 1, 1))])
    assert recorded_span(book) == (date(2020, 2, 29), MONDAY)


def test_a_key_that_is_no_date_does_not_hide_the_others(book: RecordBook) -> None:
    book.put_all([night(MONDAY)])
    tables = book.database.tables()
    tables[NIGHTS] = {"": {}, **tables[NIGHTS], "someday": {}}
    book.database.replace_everything(tables)
    assert recorded_span(book) == (MONDAY, MONDAY)
