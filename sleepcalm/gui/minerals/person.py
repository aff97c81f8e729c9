"""The person of the preferences as the rules of minerals want it, and in words."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QCoreApplication

from sleepcalm.minerals.interactions import TickedMedicine
from sleepcalm.minerals.reference_intakes import LifeStage, Profile, Region, Sex
from sleepcalm.preferences import Preferences


def _tr(text: str) -> str:
    return QCoreApplication.translate("Minerals", text)


def age_years(birth_year: int, date: dt.date) -> int:
    """The younger of the two ages that the year of birth allows; from 1 on, as the references are."""
    return max(date.year - birth_year - 1, 1)


def profile_of(preferences: Preferences, date: dt.date) -> Profile:
    """What was told of the person, on `date`."""
    year, stage, sex = preferences.birth_year, preferences.life_stage, preferences.sex
    return Profile(
        sex=None if sex is None else Sex(sex),
        # A year of birth after the day that is looked at says nothing about that day.
        age_years=None if year is None or year > date.year else min(age_years(year, date), 149),
        life_stage=None if stage is None else LifeStage(stage),
    )


def region_of(preferences: Preferences) -> Region:
    return Region(preferences.mineral_region)


def ticked_medicines(preferences: Preferences) -> tuple[TickedMedicine, ...]:
    return tuple(
        TickedMedicine(medicine.id, tuple(dt.time.fromisoformat(time) for time in medicine.times))
        for medicine in preferences.medicines
    )


def region_name(region: Region) -> str:
    return {Region.US: _tr("US reference intakes"), Region.EU: _tr("EU reference intakes")}[region]


def reference_text(region: Region, profile: Profile) -> str:
    """Whose references are shown, and what was not told of the person."""
    known = []
    if profile.life_stage is not None:
        stages = {LifeStage.PREGNANT: _tr("pregnant"), LifeStage.LACTATING: _tr("breastfeeding")}
        known.append(stages[profile.life_stage])
    elif profile.sex is not None:
        known.append({Sex.FEMALE: _tr("woman"), Sex.MALE: _tr("man")}[profile.sex])
    if profile.age_years is not None:
        known.append(_tr("{years} years").format(years=profile.age_years))
    else:
        known.append(_tr("adults of any age") if known else _tr("all adults"))
    return f"{region_name(region)}: {', '.join(known)}."
