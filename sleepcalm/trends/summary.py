"""All that is shown of a period, computed once: its nights, their means, and the marks of the chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sleepcalm.diary.averages import PooledEfficiency
from sleepcalm.trends.averages import Mean, means, sleep_efficiency
from sleepcalm.trends.buckets import Bucket, buckets_of
from sleepcalm.trends.figures import NightFigures, Series
from sleepcalm.trends.periods import Period


@dataclass(frozen=True, slots=True)
class PeriodSummary:
    """Of thirty years it takes some 50 ms to compute, of a year two."""

    nights: Sequence[NightFigures]
    means: Mapping[Series, Mean | None]
    efficiency: PooledEfficiency
    nights_excluded: int
    """Recorded, but they do not add up."""
    buckets: tuple[Bucket, ...]


def summary_of(period: Period, nights: Sequence[NightFigures], week_starts: int) -> PeriodSummary:
    """`nights` are those of the period, in order of wake date."""
    return PeriodSummary(
        nights=nights,
        means=means(nights),
        efficiency=sleep_efficiency(nights),
        nights_excluded=sum(night.excluded for night in nights),
        buckets=buckets_of(period, nights, week_starts),
    )
