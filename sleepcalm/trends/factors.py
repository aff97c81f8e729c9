"""What a night is with or without, for the exploratory comparison. None is "not known", never "without"."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from statistics import median
from types import MappingProxyType
from typing import TypeAlias

from sleepcalm.diary.entry import Evening, Exercise
from sleepcalm.diary.joining import day_before, short_sleep_before
from sleepcalm.minerals.intake import Mineral
from sleepcalm.trends.figures import NightFigures
from sleepcalm.trends.trial import PRACTICE

LATE_CAFFEINE_FROM = time(12)
"""Of the calendar day before the wake date, by the clock of where one was. Easily remembered, and well before
the six hours before bed at which 400 mg still disturbed sleep (Drake 2013)."""

FEWEST_PRACTICE_MIN = 1.0
"""Less than this, all playings of an evening together, was started by mistake."""

Conditions: TypeAlias = tuple[bool | None, ...]
"""A night each, in the order of the nights: with, without, not known."""


@dataclass(frozen=True, slots=True)
class Factor:
    """`conditions` takes all nights at once: the median of a person and the night before are among them."""

    id: str
    """The name in files and on the command line."""
    name: str
    """English, to be read after "with" and "without"."""
    conditions: Callable[[Sequence[NightFigures]], Conditions]


def known_factor(factor_id: str) -> Factor:
    """Raises ValueError, naming those there are."""
    try:
        return FACTORS[factor_id]
    except KeyError:
        raise ValueError(f"there is no factor {factor_id!r}; there are {', '.join(FACTORS)}") from None


def practised(night: NightFigures) -> bool | None:
    """Whether a routine was heard before the sleep; one played in the night is no cause of how it began."""
    heard_min = sum(played.minutes_heard for played in night.practice)
    if heard_min >= FEWEST_PRACTICE_MIN:
        return True
    return False if night.recorded else None


def _each_night(
    rule: Callable[[NightFigures], bool | None],
) -> Callable[[Sequence[NightFigures]], Conditions]:
    return lambda nights: tuple(map(rule, nights))


def _evening(rule: Callable[[Evening], bool | None]) -> Callable[[Sequence[NightFigures]], Conditions]:
    return _each_night(lambda night: None if night.entry is None else rule(night.entry.evening))


def _supplement(mineral: Mineral) -> Callable[[Sequence[NightFigures]], Conditions]:
    def taken(night: NightFigures) -> bool | None:
        if night.intake is None:
            return None
        totals = night.intake.magnesium if mineral is Mineral.MAGNESIUM else night.intake.calcium
        return _above_zero(totals.supplement_mg)

    return _each_night(taken)


def _late_caffeine(night: NightFigures) -> bool | None:
    """The last caffeine at noon or later. None of it is without; some at an unknown time is not known."""
    if night.entry is None:
        return None
    evening = night.entry.evening
    if evening.caffeine_mg == 0:
        return False
    if evening.caffeine_last is None:
        return None
    return evening.caffeine_last.wall >= datetime.combine(day_before(night.wake_date), LATE_CAFFEINE_FROM)


def _stress_above_median(nights: Sequence[NightFigures]) -> Conditions:
    """Above the median of these nights; equal to it is without, and so is every night if all are equal."""
    grades = [night.entry.evening.stress if night.entry else None for night in nights]
    known = [grade for grade in grades if grade is not None]
    if not known:
        return (None,) * len(grades)
    own_median = median(known)
    return tuple(None if grade is None else grade > own_median for grade in grades)


def _short_sleep_before(nights: Sequence[NightFigures]) -> Conditions:
    entries = {night.wake_date: night.entry for night in nights if night.entry is not None}
    return tuple(short_sleep_before(entries, night.wake_date) for night in nights)


def _sleep_medicine(evening: Evening) -> bool | None:
    if evening.medicines is None:
        return None
    answers = {medicine.for_sleep for medicine in evening.medicines}
    if True in answers:
        return True
    return None if None in answers else False


def _exercise(evening: Evening) -> bool | None:
    return None if evening.exercise is None else evening.exercise is not Exercise.NONE


def _vigorous_exercise(evening: Evening) -> bool | None:
    return None if evening.exercise is None else evening.exercise is Exercise.VIGOROUS


def _above_zero(amount: float | None) -> bool | None:
    return None if amount is None else amount > 0


FACTORS: Mapping[str, Factor] = MappingProxyType(
    {
        factor.id: factor
        for factor in (
            Factor(PRACTICE, "relaxation practice before sleep", _each_night(practised)),
            Factor("magnesium_supplement", "a magnesium supplement", _supplement(Mineral.MAGNESIUM)),
            Factor("calcium_supplement", "a calcium supplement", _supplement(Mineral.CALCIUM)),
            Factor("late_caffeine", "caffeine at noon or later", _each_night(_late_caffeine)),
            Factor("caffeine", "caffeine", _evening(lambda evening: _above_zero(evening.caffeine_mg))),
            Factor("alcohol", "alcohol", _evening(lambda evening: _above_zero(evening.alcohol_drinks))),
            Factor("stress_above_median", "stress above your own median", _stress_above_median),
            Factor("vigorous_exercise", "vigorous exercise", _evening(_vigorous_exercise)),
            Factor("exercise", "exercise", _evening(_exercise)),
            Factor("nicotine", "nicotine", _evening(lambda evening: evening.nicotine)),
            Factor("screen_late", "a late screen", _evening(lambda evening: evening.screen_late)),
            Factor("noise_or_light", "noise or light", _evening(lambda evening: evening.noise_or_light)),
            Factor("illness", "illness", _evening(lambda evening: evening.illness)),
            Factor("short_sleep_before", "short sleep the night before", _short_sleep_before),
            Factor("sleep_medicine", "a sleep medicine", _evening(_sleep_medicine)),
        )
    }
)
"""By id, in the order in which they are offered."""
