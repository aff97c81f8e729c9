"""What a strip shows besides its marks: the mean of the period, and the target that holds at its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sleepcalm.trends.averages import Mean, mean_of
from sleepcalm.trends.figures import NightFigures, Series
from sleepcalm.trends.periods import Period


@dataclass(frozen=True, slots=True)
class StripFigures:
    """`targets` is empty, one figure, or the two ends of a range."""

    mean: Mean | None
    targets: tuple[float, ...] = ()


def strip_figures(
    nights: Sequence[NightFigures], period: Period, series: Sequence[Series]
) -> dict[Series, StripFigures]:
    """Of each strip, over the nights of the period."""
    inside = [night for night in nights if night.wake_date in period]
    return {name: StripFigures(mean_of(name, inside), targets_of(name, inside)) for name in series}


def targets_of(series: Series, nights: Sequence[NightFigures]) -> tuple[float, ...]:
    """The target of the last day of intake among `nights`: none, one figure, or the two ends of a range."""
    if series not in (Series.MAGNESIUM, Series.CALCIUM):
        return ()
    intake = next((night.intake for night in reversed(nights) if night.intake is not None), None)
    if intake is None:
        return ()
    of_mineral = intake.magnesium if series is Series.MAGNESIUM else intake.calcium
    target = of_mineral.reference.target
    if target is None:
        return ()
    return (target,) if isinstance(target, float | int) else (target.low, target.high)
