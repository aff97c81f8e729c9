"""A night as a row of the two-week grid that sleep clinics use: where its times stand on 24 hours.

Positions are minutes since the row's first hour, by the clock as it was shown at each moment. A night in
which clocks or the zone changed is therefore as wide as its clock times say, and `clock_change` says how
far that is from its true length; lengths in figures are always true ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from sleepcalm.diary.civil_time import Instant
from sleepcalm.diary.entry import Entry, Exercise
from sleepcalm.trends.figures import NightFigures

DAY_MIN = 1440
NOON_BEFORE_H = -12
"""The usual first hour of a row, counted from the midnight with which its wake date begins."""
_FIRST_HOURS = (NOON_BEFORE_H, -6, 0)
_ONE_MARK_MIN = 30
"""Medicines that are taken together are one letter."""
_MINUTE = timedelta(minutes=1)


class Letter(StrEnum):
    """What the diary's letters stand for."""

    CAFFEINE = "C"
    ALCOHOL = "A"
    MEDICINE = "M"
    EXERCISE = "E"
    PRACTICE = "P"


@dataclass(frozen=True, slots=True)
class Stretch:
    """From `start_min` to `end_min`; either may lie outside the row."""

    start_min: float
    end_min: float


@dataclass(frozen=True, slots=True)
class ClockChange:
    """By how much clocks showed more (or, negative, less) at the end of a night than its length explains."""

    minutes: int
    by_travel: bool
    """The zone changed, not only its clocks."""


@dataclass(frozen=True, slots=True)
class GridRow:
    """What one row shows; None and empty where it is not recorded."""

    night: NightFigures
    into_bed_min: float | None = None
    out_of_bed_min: float | None = None
    in_bed: Stretch | None = None
    """From going to bed, else trying to sleep, to rising, else waking."""
    asleep: Stretch | None = None
    """From falling asleep to the final awakening; none where the answers contradict one another."""
    onset_known: bool = True
    """False where the minutes to fall asleep are not recorded, so that `asleep` begins with trying."""
    other_sleeps: tuple[Stretch, ...] = ()
    letters: tuple[tuple[Letter, float], ...] = ()
    """In their order of time, all within the row."""
    earlier_letters: tuple[Letter, ...] = ()
    """Of the day before, ahead of the row's first hour or at a time not recorded."""
    clock_change: ClockChange | None = None


def grid_rows(
    nights: Sequence[NightFigures], *, with_medicines: bool, first_hour: int | None = None
) -> tuple[GridRow, ...]:
    """One row a night. `first_hour` counts from the midnight of the wake date; else see `best_first_hour`."""
    hour = best_first_hour(nights) if first_hour is None else first_hour
    return tuple(_row(night, hour, with_medicines) for night in nights)


def best_first_hour(nights: Iterable[NightFigures]) -> int:
    """Noon, unless sleeping by day would run off the row less with a later first hour."""
    recorded = [night for night in nights if night.entry is not None]

    def outside_min(hour: int) -> float:
        beds = (_stretch(_bed_of(night.entry), night.wake_date, hour) for night in recorded)
        return sum(max(-bed.start_min, 0) + max(bed.end_min - DAY_MIN, 0) for bed in beds if bed is not None)

    return min(_FIRST_HOURS, key=outside_min)


def _row(night: NightFigures, hour: int, with_medicines: bool) -> GridRow:
    practices = [
        (Letter.PRACTICE, played.started) for played in (*night.practice, *night.practice_in_the_night)
    ]
    entry = night.entry
    if entry is None:
        timed, earlier = _placed(practices, night.wake_date, hour)
        return GridRow(night, letters=timed, earlier_letters=earlier)
    letters = [*_evening(entry, with_medicines), *practices]
    timed, earlier = _placed(letters, night.wake_date, hour)
    others = (
        _stretch((sleep.started, sleep.ended), night.wake_date, hour) for sleep in entry.other_sleeps or ()
    )
    return GridRow(
        night,
        into_bed_min=_place(entry.into_bed, night.wake_date, hour),
        out_of_bed_min=_place(entry.out_of_bed, night.wake_date, hour),
        in_bed=_stretch(_bed_of(entry), night.wake_date, hour),
        asleep=_stretch(_asleep(entry, night), night.wake_date, hour),
        onset_known=entry.sleep_onset_latency_min is not None,
        other_sleeps=tuple(stretch for stretch in others if stretch is not None),
        letters=timed,
        earlier_letters=earlier,
        clock_change=_clock_change(entry),
    )


_Bounds = tuple[Instant | None, Instant | None]


def _bed_of(entry: Entry | None) -> _Bounds | None:
    if entry is None:
        return None
    return entry.into_bed or entry.tried_to_sleep, entry.out_of_bed or entry.final_awakening


def _asleep(entry: Entry, night: NightFigures) -> _Bounds | None:
    tried, woke = entry.tried_to_sleep, entry.final_awakening
    if night.excluded or entry.did_not_sleep or tried is None or woke is None:
        return None
    return _later(tried, entry.sleep_onset_latency_min or 0), woke


def _later(instant: Instant, minutes: int) -> Instant:
    """What the clock showed some minutes on, clocks being changed in between where the zone says so."""
    plain = Instant(instant.wall + minutes * _MINUTE, instant.utc_offset_s, instant.zone)
    if instant.zone is None:
        return plain
    if Instant.from_moment(instant.utc, instant.zone).utc_offset_s != instant.utc_offset_s:
        return plain  # the zone's rules are not those of the day on which it was recorded
    return Instant.from_moment(plain.utc, instant.zone)


def _evening(entry: Entry, with_medicines: bool) -> Iterator[tuple[Letter, Instant | None]]:
    evening = entry.evening
    if evening.caffeine_mg or (evening.caffeine_mg is None and evening.caffeine_last is not None):
        yield Letter.CAFFEINE, evening.caffeine_last
    if evening.alcohol_drinks or (evening.alcohol_drinks is None and evening.alcohol_last is not None):
        yield Letter.ALCOHOL, evening.alcohol_last
    if evening.exercise not in (None, Exercise.NONE):
        yield Letter.EXERCISE, evening.exercise_ended
    if with_medicines:
        for medicine in evening.medicines or ():
            yield Letter.MEDICINE, medicine.time


def _placed(
    letters: Iterable[tuple[Letter, Instant | None]], wake_date: date, hour: int
) -> tuple[tuple[tuple[Letter, float], ...], tuple[Letter, ...]]:
    timed: list[tuple[Letter, float]] = []
    earlier: list[Letter] = []
    for letter, at in letters:
        place = _place(at, wake_date, hour)
        if place is None or place < 0:
            if letter not in earlier:
                earlier.append(letter)
        else:
            timed.append((letter, min(place, DAY_MIN)))
    timed.sort(key=lambda mark: mark[1])
    shown: list[tuple[Letter, float]] = []
    for letter, minute in timed:
        if not any(letter is other and minute - at < _ONE_MARK_MIN for other, at in shown):
            shown.append((letter, minute))
    return tuple(shown), tuple(earlier)


def _place(instant: Instant | None, wake_date: date, hour: int) -> float | None:
    if instant is None:
        return None
    begin = datetime.combine(wake_date, time()) + timedelta(hours=hour)
    return (instant.wall - begin) / _MINUTE


def _stretch(bounds: _Bounds | None, wake_date: date, hour: int) -> Stretch | None:
    if bounds is None:
        return None
    start, end = (_place(instant, wake_date, hour) for instant in bounds)
    return None if start is None or end is None else Stretch(start, max(start, end))


def _clock_change(entry: Entry) -> ClockChange | None:
    times = list(entry.night_times.values())
    if not times or times[0].utc_offset_s == times[-1].utc_offset_s:
        return None
    minutes = round((times[-1].utc_offset_s - times[0].utc_offset_s) / 60)
    return ClockChange(minutes, by_travel=times[0].zone != times[-1].zone)
