"""Whose reference intakes are shown, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from sleepcalm.minerals.reference_intakes import LifeStage, Profile, Region, Sex


def _tr(text: str) -> str:
    return QCoreApplication.translate("Minerals", text)


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
        known.append(_tr("at least {years} years").format(years=profile.age_years))
    else:
        known.append(_tr("adults of any age") if known else _tr("all adults"))
    return f"{region_name(region)}: {', '.join(known)}."
