"""Means over nights. Each says how many nights it rests on; a night without the figure is left out."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sleepcalm.diary.averages import PooledEfficiency, pooled_efficiency
from sleepcalm.diary.jerk_counts import CountRange
from sleepcalm.trends.figures import Figure, NightFigures, Series


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean lies from `low` to `high` (None: open) and rests on `nights` nights, at least one."""

    low: float
    high: float | None
    nights: int

    @property
    def exact(self) -> bool:
        return self.low == self.high


def mean_of(series: Series, nights: Iterable[NightFigures]) -> Mean | None:
    """The mean of a series over the nights that have a figure of it; None if no night has.

    A mean over bands is a range: from the mean of their low ends to that of their high ends, which is open
    as soon as one of them is.
    """
    return mean_of_figures([night.values[series] for night in nights])


def means(nights: Sequence[NightFigures]) -> Mapping[Series, Mean | None]:
    """The mean of every series."""
    return {series: mean_of(series, nights) for series in Series}


def mean_of_figures(figures: Iterable[Figure]) -> Mean | None:
    """See `mean_of`."""
    ends = known_ends(figures)
    return None if ends is None else mean_between(*ends)


def mean_between(lows: Sequence[float], highs: Sequence[float]) -> Mean:
    """The mean of figures with these ends, which are at least one; see `known_ends`."""
    # fsum is exact before its one rounding, so equal nights in another order give an equal mean.
    low = math.fsum(lows) / len(lows)
    if highs is lows:
        return Mean(low, low, len(lows))
    high = math.fsum(highs) / len(highs)
    return Mean(low, high if math.isfinite(high) else None, len(lows))


def known_ends(figures: Iterable[Figure]) -> tuple[list[float], list[float]] | None:
    """The low and the high ends of the known figures, an open one infinite; None if none is known.

    Where every figure is a number the two are the same list.
    """
    known = [figure for figure in figures if figure is not None]
    if not known:
        return None
    numbers = [figure for figure in known if not isinstance(figure, CountRange)]
    if len(numbers) == len(known):
        return numbers, numbers
    ends = [(each.low, each.high) if isinstance(each, CountRange) else (each, each) for each in known]
    return [low for low, _ in ends], [math.inf if high is None else high for _, high in ends]


def sleep_efficiency(nights: Iterable[NightFigures]) -> PooledEfficiency:
    """Sum of total sleep time over sum of time in bed, and the nights that could not enter it."""
    return pooled_efficiency(night.measures for night in nights if night.measures is not None)


def time_in_bed_min(night: NightFigures) -> int | None:
    """For the bar behind the sleep; None in a night that does not add up, as its sleep is."""
    return None if night.measures is None or night.excluded else night.measures.time_in_bed_min
