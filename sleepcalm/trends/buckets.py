"""What is drawn as one mark: a night, or the nights of a week, a month or a year with their spread."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sleepcalm.trends.averages import Mean, known_ends, mean_of_figures, time_in_bed_min
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
    inside = iter([night for night in nights if night.wake_date in period])
    waiting = next(inside, None)
    found: list[Bucket] = []
    for first, last in _spans(period, grain_of(period), week_starts):
        members: list[NightFigures] = []
        while waiting is not None and waiting.wake_date <= last:
            members.append(waiting)
            waiting = next(inside, None)
        found.append(_bucket(first, last, members))
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
    return Bucket(
        first=first,
        last=last,
        cells={series: _cell([night.values[series] for night in nights]) for series in Series},
        time_in_bed=_cell([time_in_bed_min(night) for night in nights]),
        nights_recorded=sum(night.recorded for night in nights),
        nights_excluded=sum(night.excluded for night in nights),
    )


def _cell(figures: Sequence[Figure]) -> Cell | None:
    mean, ends = mean_of_figures(figures), known_ends(figures)
    if mean is None or ends is None:
        return None
    high = _quartile(ends[1], 3)
    return Cell(mean, _quartile(ends[0], 1), high if math.isfinite(high) else None)


def _quartile(figures: Sequence[float], quarter: int) -> float:
    """The inclusive quartile; `statistics.quantiles` knows it neither of one figure nor beside infinity."""
    ordered = sorted(figures)
    below, quarters = divmod((len(ordered) - 1) * quarter, 4)
    if quarters == 0:
        return ordered[below]
    return (ordered[below] * (4 - quarters) + ordered[below + 1] * quarters) / 4
