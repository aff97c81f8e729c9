"""How high a strip reaches: from zero to a round figure above everything in it."""

from __future__ import annotations

import math
from collections.abc import Iterable

from sleepcalm.trends.buckets import Bucket
from sleepcalm.trends.figures import Series

_LOWEST_TOP = {
    Series.HYPNIC_JERKS: 4.0,
    Series.SLEEP_ONSET_LATENCY: 30.0,
    Series.TOTAL_SLEEP_TIME: 480.0,
    Series.MAGNESIUM: 300.0,
    Series.CALCIUM: 800.0,
    Series.PRACTICE: 15.0,
    Series.CAFFEINE: 100.0,
}
"""So that one small figure does not fill its strip."""

_FIXED_TOP = {Series.SLEEP_QUALITY: 5.0, Series.STRESS: 10.0}
"""What is answered on a scale is drawn on the whole of it."""

_TWO_HOURS_MIN = 120
_OPEN_END = 2.0
"""How far above its low end a strip with an open band reaches, in jolts."""


def bottom_of(series: Series) -> float:
    """The lowest figure that there can be."""
    return 1.0 if series is Series.SLEEP_QUALITY else 0.0


def top_of(series: Series, buckets: Iterable[Bucket], targets: Iterable[float] = ()) -> float:
    """A round figure, in the unit of the series, that nothing in the strip goes above."""
    if series in _FIXED_TOP:
        return _FIXED_TOP[series]
    highest = max([_LOWEST_TOP[series], *targets])
    for bucket in buckets:
        cell = bucket.cells[series]
        if cell is not None:
            for low, high in ((cell.mean.low, cell.mean.high), (cell.spread_low, cell.spread_high)):
                highest = max(highest, low + _OPEN_END if high is None else high)
        if series is Series.TOTAL_SLEEP_TIME and bucket.time_in_bed is not None:
            highest = max(highest, bucket.time_in_bed.mean.low)
    if series is Series.TOTAL_SLEEP_TIME:
        return math.ceil(highest / _TWO_HOURS_MIN) * _TWO_HOURS_MIN
    return _round_up(highest)


def _round_up(figure: float) -> float:
    unit = 10.0 ** math.floor(math.log10(figure))
    return next(step * unit for step in (1, 1.5, 2, 3, 4, 5, 6, 8, 10) if step * unit >= figure)


def tick_text(series: Series, figure: float) -> str:
    """A figure at the end of a scale; sleep in hours, the rest in the unit that stands beside the strip."""
    if series is Series.TOTAL_SLEEP_TIME:
        return f"{figure / 60:g}"
    return f"{figure:g}"
