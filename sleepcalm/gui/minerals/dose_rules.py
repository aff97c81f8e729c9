"""Which rules about medicines stand beside a dose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sleepcalm.minerals.intake import IntakeEntry, Mineral, Source
from sleepcalm.minerals.interactions import (
    InteractionGuide,
    Medicine,
    TickedMedicine,
    is_evening_dose,
    rules_to_show,
    spacing_checks,
    spacing_text,
)


@dataclass(frozen=True, slots=True)
class DoseRule:
    """`is_close` where the times that were told do not keep the distance."""

    text: str
    is_close: bool = False


def rules_beside(
    guide: InteractionGuide, ticked: Iterable[TickedMedicine], dose: IntakeEntry
) -> tuple[DoseRule, ...]:
    """The rules for one entry, those that its times break first.

    Beside an evening dose every ticked medicine that minds its minerals; beside another supplement only
    what is too close; beside food nothing.
    """
    if dose.item.source is not Source.SUPPLEMENT:
        return ()
    medicines = tuple(ticked)
    close: list[DoseRule] = []
    kept: list[DoseRule] = []
    for medicine in rules_to_show(guide, medicines):
        of_this = [one for one in medicines if one.medicine_id == medicine.id]
        broken = [check for check in spacing_checks(guide, of_this, [dose]) if not check.far_enough]
        # One medicine may break its distance to both minerals of a dose: the longer one says it all.
        broken.sort(key=lambda check: check.needed_h, reverse=True)
        if broken:
            close.append(DoseRule(spacing_text(broken[0]), is_close=True))
        elif is_evening_dose(dose) and _minds(medicine, dose):
            kept.append(DoseRule(rule_text(medicine)))
    return (*close, *kept)


def rule_text(medicine: Medicine) -> str:
    """The rule with the name of its medicine, which not every rule says."""
    first_word = medicine.name.split()[0].lower()
    return medicine.text if first_word in medicine.text.lower() else f"{medicine.name}: {medicine.text}"


def _minds(medicine: Medicine, dose: IntakeEntry) -> bool:
    """A mineral that is not stated may be there, unless the other one is stated."""
    if not medicine.spacing:
        return True
    figures = {mineral: dose.item.per_serving_mg(mineral) for mineral in Mineral}
    if all(figure is None for figure in figures.values()):
        return True
    return any(figures[mineral] for mineral in medicine.spacing)
