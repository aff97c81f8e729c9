"""Counts of hypnic jerks, exact or in bands, as ranges: a mean over bands is a range too."""

from collections.abc import Iterable
from dataclasses import dataclass

from sleepcalm.diary.entry import JerkCountBand

_BANDS: dict[JerkCountBand, tuple[int, int | None]] = {
    JerkCountBand.ZERO: (0, 0),
    JerkCountBand.ONE_TO_TWO: (1, 2),
    JerkCountBand.THREE_TO_FIVE: (3, 5),
    JerkCountBand.SIX_OR_MORE: (6, None),
}


@dataclass(frozen=True, slots=True)
class CountRange:
    """At least `low`, at most `high`; a `high` of None is open."""

    low: int
    high: int | None

    @property
    def exact(self) -> bool:
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class MeanJerkCount:
    """The mean count a night lies from `low` to `high` (None: open), resting on `nights` nights."""

    low: float
    high: float | None
    nights: int


def count_range(count: int | JerkCountBand | None) -> CountRange | None:
    """What an answer says about the count; None if not recorded or not known."""
    if count is None or count is JerkCountBand.UNKNOWN:
        return None
    if isinstance(count, JerkCountBand):
        return CountRange(*_BANDS[count])
    return CountRange(count, count)


def mean_jerk_count(counts: Iterable[int | JerkCountBand | None]) -> MeanJerkCount | None:
    """The mean over the nights with a known count; None if there is no such night."""
    known = [found for found in map(count_range, counts) if found is not None]
    if not known:
        return None
    highs = [found.high for found in known if found.high is not None]
    high = sum(highs) / len(known) if len(highs) == len(known) else None
    return MeanJerkCount(sum(found.low for found in known) / len(known), high, len(known))
