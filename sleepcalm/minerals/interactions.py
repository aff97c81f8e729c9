"""Medicines that do not go well with a mineral, and whether a day's doses keep the distance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from sleepcalm.minerals.intake import IntakeEntry, Mineral, Source
from sleepcalm.minerals.seed_file import Table, read_toml

_MINUTES_IN_DAY = 24 * 60
_EVENING_FROM = dt.time(17, 0)
_EVENING_ENDS = dt.time(4, 0)


@dataclass(frozen=True, slots=True)
class Spacing:
    """How long a medicine is taken before or after a mineral; (low, high) hours where sources differ."""

    hours_before: tuple[float, float]
    hours_after: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Medicine:
    """`text` is the rule to show. A medicine without spacing is one to ask about first."""

    id: str
    name: str
    text: str
    certainty: str
    spacing: Mapping[Mineral, Spacing]


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition in which a supplement is a matter for a clinician."""

    id: str
    name: str
    minerals: tuple[Mineral, ...]


@dataclass(frozen=True, slots=True)
class InteractionGuide:
    """`medicines` by id in the order of the file; the wordings are to be shown once, calmly."""

    medicines: Mapping[str, Medicine]
    conditions: tuple[Condition, ...]
    wellness: str
    ask_first: str
    side_effects: str


@dataclass(frozen=True, slots=True)
class TickedMedicine:
    """A medicine that the user takes every day, at these local times if they were told."""

    medicine_id: str
    times: tuple[dt.time, ...] = ()


@dataclass(frozen=True, slots=True)
class SpacingCheck:
    """One medicine time beside one dose, `gap_min` minutes apart on the clock.

    `needed_h` is the (low, high) distance for this order of the two; it is held against the high end.
    """

    medicine: Medicine
    mineral: Mineral
    dose: IntakeEntry
    medicine_time: dt.time
    medicine_first: bool
    gap_min: int
    needed_h: tuple[float, float]

    @property
    def far_enough(self) -> bool:
        return self.gap_min >= self.needed_h[1] * 60


def is_evening_dose(entry: IntakeEntry) -> bool:
    """A supplement taken from 17:00 until 04:00, or at a time that is not known."""
    if entry.item.source is not Source.SUPPLEMENT:
        return False
    time = entry.time_of_day
    return time is None or time >= _EVENING_FROM or time < _EVENING_ENDS


def rules_to_show(guide: InteractionGuide, ticked: Iterable[TickedMedicine]) -> tuple[Medicine, ...]:
    """The ticked medicines whose rule stands beside the evening dose, in the order of the guide.

    An id that the guide no longer knows is left out here; `unknown_medicine_ids` names it.
    """
    ids = {medicine.medicine_id for medicine in ticked}
    return tuple(medicine for medicine in guide.medicines.values() if medicine.id in ids)


def unknown_medicine_ids(guide: InteractionGuide, ticked: Iterable[TickedMedicine]) -> tuple[str, ...]:
    return tuple(sorted({m.medicine_id for m in ticked} - set(guide.medicines)))


def spacing_checks(
    guide: InteractionGuide, ticked: Iterable[TickedMedicine], entries: Iterable[IntakeEntry]
) -> tuple[SpacingCheck, ...]:
    """Each supplement dose with a time, against the nearest time of each ticked medicine on either side.

    Doses count whether they are checked or only planned. A dose with no figure at all is checked for both
    minerals. Medicines are taken every day, so the clock is a circle: 06:00 comes seven hours after 23:00.
    """
    times = {medicine.medicine_id: medicine.times for medicine in ticked}
    checks = []
    for dose in entries:
        if dose.item.source is not Source.SUPPLEMENT or dose.time_of_day is None:
            continue
        for medicine_id, medicine_times in times.items():
            medicine = guide.medicines.get(medicine_id)
            if medicine is None or not medicine_times:
                continue
            before_min, before = min((_minutes_from(time, dose.time_of_day), time) for time in medicine_times)
            after_min, after = min((_minutes_from(dose.time_of_day, time), time) for time in medicine_times)
            for mineral, spacing in medicine.spacing.items():
                if not _may_contain(dose, mineral):
                    continue
                checks.append(
                    SpacingCheck(medicine, mineral, dose, before, True, before_min, spacing.hours_before)
                )
                if after_min:  # at the very same time one line is enough
                    checks.append(
                        SpacingCheck(medicine, mineral, dose, after, False, after_min, spacing.hours_after)
                    )
    return tuple(checks)


def spacing_text(check: SpacingCheck) -> str:
    """The check as one English sentence with its figures."""
    order = "before" if check.medicine_first else "after"
    low, high = check.needed_h
    needed = f"{low:g} hours" if low == high else f"{low:g} to {high:g} hours"
    hours, minutes = divmod(check.gap_min, 60)
    gap = f"{hours} h {minutes} min" if minutes else f"{hours} h"
    verdict = "far enough" if check.far_enough else "too close"
    return (
        f"{check.medicine.name} at {check.medicine_time:%H:%M} is {gap} {order} {check.dose.item.name}: "
        f"{verdict} ({needed} {order} {check.mineral})."
    )


def load_interactions(path: Path) -> InteractionGuide:
    """Raises SeedFileError."""
    top = read_toml(path)
    top.allow_only(("source", "wellness", "ask_first", "side_effects", "condition", "medicine"))
    top.text("source")
    medicines: dict[str, Medicine] = {}
    for table in top.tables("medicine"):
        medicine = _medicine(table)
        if medicine.id in medicines:
            raise table.error(f"id {medicine.id!r} is there twice")
        medicines[medicine.id] = medicine
    return InteractionGuide(
        medicines=MappingProxyType(medicines),
        conditions=tuple(_condition(table) for table in top.tables("condition")),
        wellness=top.text("wellness"),
        ask_first=top.text("ask_first"),
        side_effects=top.text("side_effects"),
    )


def _may_contain(dose: IntakeEntry, mineral: Mineral) -> bool:
    per_serving_mg = dose.item.per_serving_mg(mineral)
    if per_serving_mg is not None:
        return per_serving_mg > 0
    return all(dose.item.per_serving_mg(other) is None for other in Mineral)


def _minutes_from(start: dt.time, end: dt.time) -> int:
    start_min, end_min = start.hour * 60 + start.minute, end.hour * 60 + end.minute
    return (end_min - start_min) % _MINUTES_IN_DAY


def _medicine(table: Table) -> Medicine:
    table.allow_only(("id", "name", "text", "certainty", "spacing"))
    spacing: dict[Mineral, Spacing] = {}
    if "spacing" in table:
        of_minerals = table.table("spacing")
        of_minerals.allow_only(tuple(Mineral))
        for mineral in Mineral:
            if mineral in of_minerals:
                spacing[mineral] = _spacing(of_minerals.table(mineral))
    return Medicine(
        id=table.text("id"),
        name=table.text("name"),
        text=table.text("text"),
        certainty=table.text("certainty"),
        spacing=MappingProxyType(spacing),
    )


def _spacing(table: Table) -> Spacing:
    table.allow_only(("hours_before", "hours_after"))
    return Spacing(hours_before=table.pair("hours_before"), hours_after=table.pair("hours_after"))


def _condition(table: Table) -> Condition:
    table.allow_only(("id", "name", "minerals"))
    names = table.texts("minerals")
    try:
        minerals = tuple(Mineral(name) for name in names)
    except ValueError as problem:
        raise table.error(f"minerals: {problem}") from None
    return Condition(id=table.text("id"), name=table.text("name"), minerals=minerals)
