"""What is drawn as one mark: a night, or the nights of a week, a month or a year with their spread."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from operator import attrgetter

from sleepcalm.trends.averages import Mean, known_ends, mean_between
from sleepcalm.trends.figures import Figure, NightFigures, Series
from sleepcalm.trends.periods import MONDAY, Period, Span, period_around, week_around


class Grain(StrEnum):
    NIGHT = "night"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


_FINEST: tuple[tuple[int, Grain], ...] = (
    (6 * 7, Grain.NIGHT),
    (27 * 7, Grain.WEEK),
    (10 * 366, Grain.MONTH),
)
"""The most nights for each grain: a month by night, three months by week, years by month, decades by year."""


_wake_date = attrgetter("wake_date")


@dataclass(frozen=True, slots=True)
class Cell:
    """The mean of one series in a bucket, and the middle half of its nights.

    The spread reaches from the lower quartile of the nights' low ends to the upper quartile of their high
    ends, so it holds the middle half wherever in its band each night truly was; None is open. With exact
    figures these are the quartiles themselves (the inclusive ones, R's type 7).
    """

    mean: Mean
    spread_low: float
    spread_high: float | None


@dataclass(frozen=True, slots=True)
class Bucket:
    """Wake dates from `first` to `last`, both inside the period: a week that it cuts is shorter here."""

    first: date
    last: date
    cells: Mapping[Series, Cell | None]
    """Every series has its key; None where no night has a figure."""
    time_in_bed: Cell | None
    """Minutes, of the nights that add up."""
    nights_recorded: int
    nights_excluded: int
    """Recorded, but they do not add up."""


def grain_of(period: Period) -> Grain:
    """What one mark stands for, by the length of the period: a short "all" is drawn by night, too."""
    return next((grain for most, grain in _FINEST if period.nights <= most), Grain.YEAR)


def buckets_of(
    period: Period, nights: Sequence[NightFigures], week_starts: int = MONDAY
) -> tuple[Bucket, ...]:
    """The buckets of a period in their order, empty ones too.

    `nights` are in order of wake date; those outside the period are passed over.
    """
    found: list[Bucket] = []
    begin = bisect_left(nights, period.first, key=_wake_date)
    for first, last in _spans(period, grain_of(period), week_starts):
        end = bisect_right(nights, last, lo=begin, key=_wake_date)
        found.append(_bucket(first, last, nights[begin:end]))
        begin = end
    return tuple(found)


def _spans(period: Period, grain: Grain, week_starts: int) -> Iterator[tuple[date, date]]:
    """First and last day of each bucket, cut to the period."""
    first = period.first
    while True:
        last = min(_last_of(grain, first, week_starts), period.last)
        yield first, last
        if last == period.last:
            return
        first = date.fromordinal(last.toordinal() + 1)


def _last_of(grain: Grain, day: date, week_starts: int) -> date:
    match grain:
        case Grain.NIGHT:
            return day
        case Grain.WEEK:
            return week_around(day, week_starts).last
        case Grain.MONTH:
            return period_around(Span.MONTH, day).last
        case Grain.YEAR:
            return period_around(Span.YEAR, day).last


def _bucket(first: date, last: date, nights: Sequence[NightFigures]) -> Bucket:
    values = [night.values for night in nights]
    adding_up = [night.measures for night in nights if night.measures and not night.excluded]
    recorded = sum(night.recorded for night in nights)
    return Bucket(
        first=first,
        last=last,
        cells={series: _cell([of_night[series] for of_night in values]) for series in Series},
        time_in_bed=_cell([measures.time_in_bed_min for measures in adding_up]),
        nights_recorded=recorded,
        nights_excluded=recorded - len(adding_up),
    )


def _cell(figures: Sequence[Figure]) -> Cell | None:
    ends = known_ends(figures)
    if ends is None:
        return None
    lows, highs = ends
    high = _quartile(highs, 3)
    return Cell(mean_between(lows, highs), _quartile(lows, 1), high if math.isfinite(high) else None)


def _quartile(figures: Sequence[float], quarter: int) -> float:
    """The inclusive quartile; `statistics.quantiles` knows it neither of one figure nor beside infinity."""
    ordered = sorted(figures)
    below, quarters = divmod((len(ordered) - 1) * quarter, 4)
    if quarters == 0:
        return ordered[below]
    return (ordered[below] * (4 - quarters) + ordered[below + 1] * quarters) / 4
