"""What the preferences tell of the person, on the day that is looked at."""

from __future__ import annotations

import datetime as dt

import pytest

from sleepcalm.minerals.interactions import TickedMedicine
from sleepcalm.minerals.reference_intakes import LifeStage, Profile, Region, Sex
from sleepcalm.person import profile_of, region_of, ticked_medicines
from sleepcalm.preferences import BIRTH_YEAR_LIMITS, Preferences, RegularMedicine

DAY = dt.date(2026, 11, 22)


def test_what_was_not_told_is_not_guessed() -> None:
    assert profile_of(Preferences(), DAY) == Profile()


def test_what_was_told_is_taken_over() -> None:
    told = Preferences(
        mineral_region="eu",
        sex="female",
        birth_year=1990,
        life_stage="lactating",
        medicines=(RegularMedicine("levothyroxine", ("06:30",)), RegularMedicine("iron")),
    )
    assert profile_of(told, DAY) == Profile(Sex.FEMALE, 35, LifeStage.LACTATING)
    assert region_of(told) is Region.EU
    assert ticked_medicines(told) == (
        TickedMedicine("levothyroxine", (dt.time(6, 30),)),
        TickedMedicine("iron", ()),
    )


@pytest.mark.parametrize(
    ("birth_year", "age_years"),
    [
        (2008, 17),  # who may still be under age is not told the references of adults
        (2025, 1),
        (2026, 1),  # the references begin at one year
        (2027, None),  # not born yet on the day that is looked at
        (BIRTH_YEAR_LIMITS[0], 125),
    ],
)
def test_of_two_ages_that_a_year_of_birth_allows_the_younger_counts(
    birth_year: int, age_years: int | None
) -> None:
    assert profile_of(Preferences(birth_year=birth_year), DAY).age_years == age_years


def test_a_day_centuries_ahead_has_an_age_too() -> None:
    assert profile_of(Preferences(birth_year=1900), dt.date(2300, 1, 1)).age_years == 149
