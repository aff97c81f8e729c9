"""Trials and their nights for tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from trend_nights import DAY, MONDAY, answered, entry, instant, joined

from sleepcalm.diary.entry import JerkCountBand
from sleepcalm.diary.practice import Practice
from sleepcalm.trends.figures import NightFigures
from sleepcalm.trends.trial import Assignment, Condition, Outcome, Trial, assignments, washout_nights

CREATED = instant("2026-11-10T20:00:00+01:00")

Count = int | JerkCountBand | None


def trial(
    *,
    factor: str = "coffee after lunch",
    outcome: Outcome = Outcome.HYPNIC_JERKS,
    pairs: int = 6,
    period_nights: int = 7,
    seed: int = 3,
    **fields: object,
) -> Trial:
    made = Trial(
        id="trial-1",
        factor=factor,
        outcome=outcome,
        pairs=pairs,
        period_nights=period_nights,
        washout_nights=washout_nights(factor, period_nights),
        start=MONDAY,
        seed=seed,
        created=CREATED,
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def nights_of(
    planned: Trial, count: Callable[[Assignment], Count], practice: Iterable[Practice] = ()
) -> tuple[NightFigures, ...]:
    """Every night of the plan recorded, with the jerks that `count` gives it."""
    entries = [answered(night.wake_date, jerks=count(night)) for night in assignments(planned)]
    return joined(entries, MONDAY, planned.nights, practice=practice)


def fewer_with(night: Assignment) -> int:
    """2 with and 5 without, and a jerk more in each later pair on both sides."""
    return night.pair + (2 if night.condition is Condition.WITH else 5)


def nights_with_latency(planned: Trial, minutes: Callable[[Assignment], int]) -> tuple[NightFigures, ...]:
    entries = [
        entry(night.wake_date, sleep_onset_latency_min=minutes(night)) for night in assignments(planned)
    ]
    return joined(entries, MONDAY, planned.nights)


def evening_before(wake_date: date, routine: str, minutes: float = 12) -> Practice:
    return Practice(routine, instant(f"{wake_date - DAY}T22:00:00+01:00"), minutes_heard=minutes)
