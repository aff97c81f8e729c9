"""The nights of the record with what belongs to them, as chart, report and commands read them."""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from sleepcalm.diary.entry import Entry
from sleepcalm.diary.practice import Practice
from sleepcalm.minerals.intake import DayIntake
from sleepcalm.minerals.reference_intakes import DayReference, ReferenceTables, load_reference_tables
from sleepcalm.minerals.totals import DayTotals, day_totals
from sleepcalm.person import profile_of, region_of
from sleepcalm.preferences import Preferences
from sleepcalm.relaxation.catalogue import Catalogue
from sleepcalm.relaxation.routine import Kind
from sleepcalm.storage.database import INTAKE_DAYS, NIGHTS, PRACTICES
from sleepcalm.trends.figures import NightFigures, night_figures
from sleepcalm.trends.periods import RecordedSpan
from sleepcalm.trends.trial import Trial

if TYPE_CHECKING:
    from sleepcalm.storage.record_book import RecordBook

_DAY = timedelta(days=1)


class RecordedDays(Protocol):
    """A record as far as it is read here: `RecordBook`, or one with what is not on disk yet laid over it."""

    def entries(self, first: date, last: date) -> Mapping[date, Entry]: ...

    def days(self, first: date, last: date) -> Mapping[date, DayIntake]: ...

    def practices_between(self, first: date, last: date) -> Sequence[Practice]: ...


def read_figures(
    book: RecordedDays,
    seeds: Path,
    preferences: Preferences,
    *,
    rest_routines: Collection[str],
    first: date,
    last: date,
) -> tuple[NightFigures, ...]:
    """A row for each wake date from `first` to `last`, both included.

    `seeds` is the folder of the shipped facts; `rest_routines` are the ids of what is played but is no
    practice. Raises SeedFileError and StorageError.
    """
    # No day comes before the first of the calendar, and none after the last.
    first, last = max(first, date.min + _DAY), min(last, date.max - _DAY)
    tables = load_reference_tables(seeds / "reference_intakes.toml")
    with _nothing_collected():
        played = book.practices_between(first - _DAY, last)
        return night_figures(
            entries=book.entries(first - _DAY, last + _DAY),
            totals=_totals(book.days(first - _DAY, last), tables, preferences),
            practice=[practice for practice in played if practice.routine not in rest_routines],
            first=first,
            last=last,
        )


def read_trial_figures(
    book: RecordedDays, seeds: Path, preferences: Preferences, trial: Trial
) -> tuple[NightFigures, ...]:
    """The rows of a trial's nights, among whose practice is quiet rest: it tells how a night was kept."""
    return read_figures(book, seeds, preferences, rest_routines=(), first=trial.start, last=trial.end)


def rest_routines(catalogue: Catalogue) -> frozenset[str]:
    """The ids of quiet rest, which is what practice is compared with."""
    return frozenset(head.id for head in catalogue.heads if head.kind is Kind.REST)


def recorded_span(book: RecordBook) -> RecordedSpan | None:
    """The wake dates of the first and the last night that was recorded, or None; reads no night."""
    keys = book.database.keys(NIGHTS)
    first, last = _first_date(keys), _first_date(reversed(keys))
    return None if first is None or last is None else (first, last)


def known_span(book: RecordBook) -> RecordedSpan | None:
    """The first and the last day on which anything is recorded, be it intake or practice; reads no value."""
    keys = [book.database.keys(table) for table in (NIGHTS, INTAKE_DAYS, PRACTICES)]
    firsts = [day for day in map(_first_date, keys) if day is not None]
    lasts = [day for day in map(_first_date, map(reversed, keys)) if day is not None]
    return (min(firsts), max(lasts)) if firsts else None


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """All that reading makes is still needed: to have it looked through for rubbish doubles the time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _first_date(keys: Iterable[str]) -> date | None:
    for key in keys:
        with suppress(ValueError):  # a record that was edited by hand may have any key
            return date.fromisoformat(key[:10])  # that of a practice begins with its day
    return None


def _totals(
    days: Mapping[date, DayIntake], tables: ReferenceTables, preferences: Preferences
) -> dict[date, DayTotals]:
    """Of the recorded days: one that was only looked at is no day of zero."""
    region = region_of(preferences)
    by_year: dict[int, DayReference] = {}
    found: dict[date, DayTotals] = {}
    for day in days.values():
        if not day.recorded:
            continue
        reference = by_year.get(day.date.year)
        if reference is None:
            # All that is known of the person's age is the year of birth.
            reference = tables.reference_for(region, profile_of(preferences, day.date))
            by_year[day.date.year] = reference
        found[day.date] = day_totals(day, reference, tables.thresholds)
    return found
