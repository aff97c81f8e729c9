"""What the preferences tell of the person, as the rules of minerals want it."""

from __future__ import annotations

import datetime as dt

from sleepcalm.minerals.interactions import TickedMedicine
from sleepcalm.minerals.reference_intakes import OLDEST_AGE_YEARS, LifeStage, Profile, Region, Sex
from sleepcalm.preferences import Preferences


def profile_of(preferences: Preferences, date: dt.date) -> Profile:
    """What was told of the person, on `date`: of the two ages that a year of birth allows, the younger."""
    return Profile(
        sex=None if preferences.sex is None else Sex(preferences.sex),
        age_years=_age_years(preferences.birth_year, date),
        life_stage=None if preferences.life_stage is None else LifeStage(preferences.life_stage),
    )


def region_of(preferences: Preferences) -> Region:
    return Region(preferences.mineral_region)


def ticked_medicines(preferences: Preferences) -> tuple[TickedMedicine, ...]:
    return tuple(
        TickedMedicine(medicine.id, tuple(dt.time.fromisoformat(time) for time in medicine.times))
        for medicine in preferences.medicines
    )


def _age_years(birth_year: int | None, date: dt.date) -> int | None:
    """From 1 on, as the references are."""
    if birth_year is None or birth_year > date.year:
        return None  # a year of birth after the day that is looked at says nothing about that day
    return min(max(date.year - birth_year - 1, 1), OLDEST_AGE_YEARS)
