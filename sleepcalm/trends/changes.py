"""The facts behind "In words": how a period's means stand beside those of the period before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sleepcalm.trends.averages import Mean, mean_of
from sleepcalm.trends.figures import NightFigures, Series

FEWEST_NIGHTS = 4
"""A mean over fewer nights is not held against another."""


class Direction(StrEnum):
    HIGHER = "higher"
    LOWER = "lower"
    SAME = "same"
    OPEN = "open"
    """The means are ranges that overlap: it cannot be told."""


@dataclass(frozen=True, slots=True)
class Change:
    """A series in the period that is looked at and in the one before."""

    series: Series
    now: Mean
    before: Mean

    @property
    def direction(self) -> Direction:
        """Where the mean of now lies beside that of before; neither is better or worse here."""
        now, before = self.now, self.before
        if now.exact and before.exact and now.low == before.low:
            return Direction.SAME
        if before.high is not None and now.low > before.high:
            return Direction.HIGHER
        if now.high is not None and now.high < before.low:
            return Direction.LOWER
        return Direction.OPEN


def changes(now: Sequence[NightFigures], before: Sequence[NightFigures]) -> tuple[Change, ...]:
    """The series of which both periods have at least four nights, in the order of `Series`."""
    found = ((series, mean_of(series, now), mean_of(series, before)) for series in Series)
    return tuple(
        Change(series, mean, mean_before)
        for series, mean, mean_before in found
        if mean is not None and mean_before is not None
        if min(mean.nights, mean_before.nights) >= FEWEST_NIGHTS
    )
