"""Nights with and without something, side by side: a look at what was recorded, which proves nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import TypeAlias

from sleepcalm.diary.jerk_counts import CountRange
from sleepcalm.trends.factors import Factor, known_factor
from sleepcalm.trends.figures import NightFigures, Series

FEWEST_NIGHTS = 30
FEWEST_NIGHTS_A_SIDE = 8
DEFAULT_SEED = 1

OUTCOMES = (
    Series.HYPNIC_JERKS,
    Series.SLEEP_ONSET_LATENCY,
    Series.TOTAL_SLEEP_TIME,
    Series.SLEEP_QUALITY,
)
"""What is compared; the other series are what nights are with or without."""

Dot: TypeAlias = tuple[date, float]
"""A wake date and its value."""


@dataclass(frozen=True, slots=True)
class Missing:
    """How many nights more are needed before any number is shown."""

    in_all: int
    with_factor: int
    without_factor: int

    @property
    def any(self) -> bool:
        return self.in_all > 0 or self.with_factor > 0 or self.without_factor > 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """Below the minimum of nights `missing` says what is short, and every number is None, no dot is given.

    Nights count where both the factor and the outcome are known.
    """

    factor: Factor
    outcome: Series
    nights_with: int
    nights_without: int
    nights_without_exact_number: int
    """Left out because jerks were recorded in a band, with the factor known."""
    values_with: tuple[Dot, ...]
    values_without: tuple[Dot, ...]
    median_with: float | None
    median_without: float | None
    difference: float | None
    """Median with minus median without."""
    interval_95: tuple[float, float] | None
    """Of the difference, by moving-block bootstrap."""
    missing: Missing

    @property
    def enough(self) -> bool:
        return not self.missing.any


def compare(
    nights: Sequence[NightFigures], factor_id: str, outcome: Series, seed: int = DEFAULT_SEED
) -> Comparison:
    """`nights` in the order of the calendar; a night that is not recorded may be among them.

    Raises ValueError for a factor or an outcome that is not compared.
    """
    factor = known_factor(factor_id)
    if outcome not in OUTCOMES:
        raise ValueError(f"{outcome} is not compared; there are {', '.join(OUTCOMES)}")
    known: list[tuple[date, float, bool]] = []
    in_bands = 0
    for night, with_factor in zip(nights, factor.conditions(nights), strict=True):
        value = night.values[outcome]
        if with_factor is None or value is None:
            continue
        if isinstance(value, CountRange):
            in_bands += 1
        else:
            known.append((night.wake_date, value, with_factor))
    dots_with = tuple((day, value) for day, value, with_factor in known if with_factor)
    dots_without = tuple((day, value) for day, value, with_factor in known if not with_factor)
    missing = Missing(
        max(FEWEST_NIGHTS - len(known), 0),
        max(FEWEST_NIGHTS_A_SIDE - len(dots_with), 0),
        max(FEWEST_NIGHTS_A_SIDE - len(dots_without), 0),
    )
    counts = (len(dots_with), len(dots_without), in_bands)
    if missing.any:
        return Comparison(factor, outcome, *counts, (), (), None, None, None, None, missing)
    # numpy is loaded only where there is something to compute.
    from sleepcalm.trends.bootstrap import interval_of_median_difference  # noqa: PLC0415

    median_with = float(median(value for _, value in dots_with))
    median_without = float(median(value for _, value in dots_without))
    interval = interval_of_median_difference(
        [value for _, value, _ in known], [with_factor for _, _, with_factor in known], seed
    )
    return Comparison(
        factor,
        outcome,
        *counts,
        dots_with,
        dots_without,
        median_with,
        median_without,
        median_with - median_without,
        interval,
        missing,
    )
