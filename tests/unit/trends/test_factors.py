"""What a night is with or without; not known is never without."""

from __future__ import annotations

from datetime import date

import pytest
from trend_nights import DAY, MONDAY, entry, instant, joined

from sleepcalm.diary.entry import Evening, Exercise, Medicine
from sleepcalm.diary.practice import Practice
from sleepcalm.minerals.reference_intakes import NutrientReference
from sleepcalm.minerals.totals import DayTotals, MineralTotals
from sleepcalm.trends.factors import FACTORS, known_factor


def condition(factor: str, evening: Evening) -> bool | None:
    (known,) = known_factor(factor).conditions(joined([entry(MONDAY, evening=evening)], nights=1))
    return known


SUNDAY_NOON = instant("2026-11-15T12:00:00+01:00")
SUNDAY_BEFORE_NOON = instant("2026-11-15T11:59:00+01:00")
AFTER_MIDNIGHT = instant("2026-11-16T00:30:00+01:00")


@pytest.mark.parametrize(
    ("evening", "expected"),
    [
        (Evening(), None),
        (Evening(caffeine_mg=0), False),
        (Evening(caffeine_mg=80), None),
        (Evening(caffeine_mg=80, caffeine_last=SUNDAY_BEFORE_NOON), False),
        (Evening(caffeine_mg=80, caffeine_last=SUNDAY_NOON), True),
        (Evening(caffeine_mg=80, caffeine_last=AFTER_MIDNIGHT), True),
        (Evening(caffeine_last=SUNDAY_NOON), True),
    ],
)
def test_caffeine_is_late_from_noon_of_the_day_before(evening: Evening, expected: bool | None) -> None:
    assert condition("late_caffeine", evening) is expected


@pytest.mark.parametrize(
    ("factor", "evening", "expected"),
    [
        ("caffeine", Evening(caffeine_mg=40), True),
        ("caffeine", Evening(caffeine_mg=0), False),
        ("alcohol", Evening(alcohol_drinks=0.5), True),
        ("alcohol", Evening(alcohol_drinks=0), False),
        ("exercise", Evening(exercise=Exercise.LIGHT), True),
        ("exercise", Evening(exercise=Exercise.NONE), False),
        ("vigorous_exercise", Evening(exercise=Exercise.MODERATE), False),
        ("vigorous_exercise", Evening(exercise=Exercise.VIGOROUS), True),
        ("nicotine", Evening(nicotine=True), True),
        ("screen_late", Evening(screen_late=False), False),
        ("noise_or_light", Evening(noise_or_light=True), True),
        ("illness", Evening(illness=False), False),
        ("sleep_medicine", Evening(medicines=()), False),
        ("sleep_medicine", Evening(medicines=(Medicine("A", for_sleep=False),)), False),
        ("sleep_medicine", Evening(medicines=(Medicine("A"),)), None),
        ("sleep_medicine", Evening(medicines=(Medicine("A"), Medicine("B", for_sleep=True))), True),
    ],
)
def test_the_evening_says_it(factor: str, evening: Evening, expected: bool | None) -> None:
    assert condition(factor, evening) is expected
    assert condition(factor, Evening()) is None


@pytest.mark.parametrize("factor", FACTORS)
def test_a_night_that_is_not_recorded_is_not_known(factor: str) -> None:
    assert FACTORS[factor].conditions(joined([], nights=2)) == (None, None)


def test_stress_is_held_against_the_median_of_these_nights() -> None:
    grades = [2, None, 5, 2, 9]
    nights = joined(
        [entry(MONDAY + n * DAY, evening=Evening(stress=grade)) for n, grade in enumerate(grades)], nights=5
    )
    assert FACTORS["stress_above_median"].conditions(nights) == (False, None, True, False, True)
    assert FACTORS["stress_above_median"].conditions(nights[:2]) == (False, None)


def test_short_sleep_is_that_of_the_night_before() -> None:
    seven_hours = entry(MONDAY)
    five_hours = entry(MONDAY + DAY, wake_after_sleep_onset_min=120, awakenings=2)
    nights = joined([seven_hours, five_hours, entry(MONDAY + 2 * DAY), entry(MONDAY + 4 * DAY)], nights=5)
    assert FACTORS["short_sleep_before"].conditions(nights) == (None, False, True, False, None)


def test_practice_is_what_was_heard_before_the_sleep() -> None:
    played = [
        Practice("pmr-7", instant("2026-11-15T22:00:00+01:00"), minutes_heard=12),
        Practice("pmr-7", instant("2026-11-16T22:00:00+01:00"), minutes_heard=0.4),
        Practice("pmr-7", instant("2026-11-18T03:00:00+01:00"), minutes_heard=12),
    ]
    nights = joined([entry(MONDAY + n * DAY) for n in range(3)], nights=4, practice=played)
    assert FACTORS["practice"].conditions(nights) == (True, False, False, None)


def totals(day: date, magnesium_supplement_mg: float | None) -> DayTotals:
    reference = NutrientReference(None, None, "RDA", "invented")
    return DayTotals(
        day,
        True,
        MineralTotals(200, magnesium_supplement_mg, 200, reference),
        MineralTotals(None, None, None, reference),
        (),
    )


def test_a_supplement_is_that_of_the_day_before() -> None:
    days = {MONDAY - DAY: totals(MONDAY, 100), MONDAY: totals(MONDAY, 0), MONDAY + DAY: totals(MONDAY, None)}
    nights = joined([entry(MONDAY + n * DAY) for n in range(4)], nights=4, totals=days)
    assert FACTORS["magnesium_supplement"].conditions(nights) == (True, False, None, None)
    assert FACTORS["calcium_supplement"].conditions(nights) == (None,) * 4


def test_an_unknown_factor_is_named_with_those_there_are() -> None:
    with pytest.raises(ValueError, match=r"no factor 'moon'; there are practice, magnesium_supplement"):
        known_factor("moon")
