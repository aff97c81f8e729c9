"""A period of nights for machines, as `sleepcalm week --json` and `trends --json` print it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from sleepcalm.diary.jerk_counts import CountRange
from sleepcalm.trends.averages import Mean, means, sleep_efficiency
from sleepcalm.trends.figures import Figure, NightFigures, Series
from sleepcalm.trends.periods import Period

Number: TypeAlias = float | None
Shown: TypeAlias = float | dict[str, Number] | None
"""A number; low and high of what is known as a range only, high null where it is open; or null."""

_FIGURE_PLACES = 1
_MEAN_PLACES = 2


def period_document(period: Period, nights: Sequence[NightFigures]) -> dict[str, object]:
    """Every wake date of `nights` with its figures; null is not recorded, or not known.

    `excluded` are the wake dates whose entries do not add up; their sleep figures are null. The efficiency
    is the sum of sleep over the sum of time in bed, in per cent, of the nights that have both.
    """
    return {
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "nights_recorded": sum(night.recorded for night in nights),
        "dates": [night.wake_date.isoformat() for night in nights],
        "series": {
            series.value: [figure_document(night.values[series]) for night in nights] for series in Series
        },
        "means": {series.value: mean_document(mean) for series, mean in means(nights).items()},
        "sleep_efficiency_pct": _rounded(sleep_efficiency(nights).efficiency_pct, _MEAN_PLACES),
        "excluded": [night.wake_date.isoformat() for night in nights if night.excluded],
    }


def figure_document(figure: Figure) -> Shown:
    if isinstance(figure, CountRange):
        return {"low": figure.low, "high": figure.high}
    return _rounded(figure, _FIGURE_PLACES)


def mean_document(mean: Mean | None) -> dict[str, object]:
    """The value, null where there is none, and the number of nights it rests on."""
    if mean is None:
        return {"value": None, "nights": 0}
    low = _rounded(mean.low, _MEAN_PLACES)
    value: Shown = low if mean.exact else {"low": low, "high": _rounded(mean.high, _MEAN_PLACES)}
    return {"value": value, "nights": mean.nights}


def _rounded(number: Number, places: int) -> Number:
    """To that many decimal places; a whole number without a point."""
    if number is None:
        return None
    found = round(number, places)
    return int(found) if found == int(found) else found
