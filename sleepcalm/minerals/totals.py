"""A day's magnesium and calcium beside their references. Only checked entries count."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sleepcalm.minerals.intake import DayIntake, IntakeEntry, Mineral, Source
from sleepcalm.minerals.notes import Note, NoteCode, Severity, note_document
from sleepcalm.minerals.reference_intakes import (
    DayReference,
    NutrientReference,
    Target,
    TargetRange,
    Thresholds,
)


@dataclass(frozen=True, slots=True)
class MineralTotals:
    """Elemental mg, rounded to 0.1; drinks count as food.

    0 means that nothing of the kind was taken, None that nothing is known of it: the day is not
    recorded, or no item of the kind has a figure. Where only some figures are unknown the sum holds
    the known ones and a note names the rest. `total_mg` is the sum of the parts as shown.
    """

    food_mg: float | None
    supplement_mg: float | None
    total_mg: float | None
    reference: NutrientReference


@dataclass(frozen=True, slots=True)
class DayTotals:
    date: dt.date
    recorded: bool
    magnesium: MineralTotals
    calcium: MineralTotals
    notes: tuple[Note, ...]


def day_totals(day: DayIntake, reference: DayReference, thresholds: Thresholds) -> DayTotals:
    """Totals and notes of one day. Under 18 supplements are named in a note and not counted."""
    food = [entry for entry in day.checked_entries if entry.item.source is not Source.SUPPLEMENT]
    supplements = [entry for entry in day.checked_entries if entry.item.source is Source.SUPPLEMENT]
    notes: list[Note] = []
    if not day.recorded:
        notes.append(Note(NoteCode.NOT_RECORDED))
    not_counted: list[IntakeEntry] = []
    if not reference.supplements_counted:
        not_counted, supplements = supplements, []
    if not_counted:
        notes.append(Note(NoteCode.SUPPLEMENTS_NOT_COUNTED, Severity.WARNING, items=_names(not_counted)))
    totals = {
        Mineral.MAGNESIUM: _mineral_totals(Mineral.MAGNESIUM, day, food, supplements, reference.magnesium),
        Mineral.CALCIUM: _mineral_totals(Mineral.CALCIUM, day, food, supplements, reference.calcium),
    }
    if not_counted:
        totals = {mineral: _without_supplements(of_mineral) for mineral, of_mineral in totals.items()}
    notes += _magnesium_notes(totals[Mineral.MAGNESIUM], thresholds)
    notes += _calcium_notes(totals[Mineral.CALCIUM], supplements, thresholds)
    for mineral, of_mineral in totals.items():
        if of_mineral.reference.target is None:
            notes.append(Note(NoteCode.NO_TARGET, mineral=mineral))
        unknown = [entry for entry in (*food, *supplements) if entry.elemental_mg(mineral) is None]
        if unknown:
            notes.append(Note(NoteCode.FIGURE_UNKNOWN, mineral=mineral, items=_names(unknown)))
    return DayTotals(
        date=day.date,
        recorded=day.recorded,
        magnesium=totals[Mineral.MAGNESIUM],
        calcium=totals[Mineral.CALCIUM],
        notes=tuple(sorted(notes, key=lambda note: note.severity is not Severity.WARNING)),
    )


def totals_document(totals: DayTotals) -> dict[str, object]:
    """The totals for machines; null where nothing is known, a target as a number or low and high."""
    magnesium, calcium = totals.magnesium, totals.calcium
    return {
        "date": totals.date.isoformat(),
        "magnesium_mg": {
            **_parts(magnesium),
            "upper_limit_supplement": magnesium.reference.upper_limit_mg,
        },
        "calcium_mg": {**_parts(calcium), "upper_limit": calcium.reference.upper_limit_mg},
        "notes": [note_document(note) for note in totals.notes],
    }


def target_document(target: Target | None) -> float | dict[str, float] | None:
    return {"low": target.low, "high": target.high} if isinstance(target, TargetRange) else target


def known_sum_mg(figures: Iterable[float | None]) -> float | None:
    """The sum of the known figures, rounded to 0.1 mg; 0 of no figures, None if none of them is known."""
    every = list(figures)
    known = [figure for figure in every if figure is not None]
    # fsum is exact before its one rounding, so the order of entries never changes a total.
    return None if every and not known else round(math.fsum(known), 1)


def _parts(totals: MineralTotals) -> dict[str, object]:
    return {
        "food": totals.food_mg,
        "supplement": totals.supplement_mg,
        "total": totals.total_mg,
        "target": target_document(totals.reference.target),
    }


def _mineral_totals(
    mineral: Mineral,
    day: DayIntake,
    food: Sequence[IntakeEntry],
    supplements: Sequence[IntakeEntry],
    reference: NutrientReference,
) -> MineralTotals:
    if not day.recorded:
        return MineralTotals(None, None, None, reference)
    food_mg = known_sum_mg(entry.elemental_mg(mineral) for entry in food)
    supplement_mg = known_sum_mg(entry.elemental_mg(mineral) for entry in supplements)
    # A part without entries is no knowledge about the other part.
    parts = [part for part, entries in ((food_mg, food), (supplement_mg, supplements)) if entries]
    return MineralTotals(food_mg, supplement_mg, known_sum_mg(parts), reference)


def _without_supplements(totals: MineralTotals) -> MineralTotals:
    return MineralTotals(totals.food_mg, None, totals.food_mg, totals.reference)


def _magnesium_notes(magnesium: MineralTotals, thresholds: Thresholds) -> list[Note]:
    """At most one note, the strongest."""
    amount_mg, limit_mg = magnesium.supplement_mg, magnesium.reference.upper_limit_mg
    if amount_mg is None:
        return []
    warning_mg, note_mg = thresholds.magnesium_supplement_warning_mg, thresholds.magnesium_supplement_note_mg
    if amount_mg >= warning_mg:
        code, severity, held_against_mg = NoteCode.MAGNESIUM_SUPPLEMENT_WARNING, Severity.WARNING, warning_mg
    elif limit_mg is not None and amount_mg > limit_mg:
        code, severity, held_against_mg = NoteCode.MAGNESIUM_SUPPLEMENT_ABOVE_LIMIT, Severity.NOTE, limit_mg
    elif amount_mg >= note_mg:
        code, severity, held_against_mg = NoteCode.MAGNESIUM_SUPPLEMENT, Severity.NOTE, note_mg
    else:
        return []
    return [Note(code, severity, Mineral.MAGNESIUM, amount_mg, held_against_mg)]


def _calcium_notes(
    calcium: MineralTotals, supplements: Sequence[IntakeEntry], thresholds: Thresholds
) -> list[Note]:
    notes: list[Note] = []
    limit_mg = calcium.reference.upper_limit_mg
    if calcium.total_mg is not None and limit_mg is not None and calcium.total_mg > limit_mg:
        notes.append(
            Note(NoteCode.CALCIUM_ABOVE_LIMIT, Severity.WARNING, Mineral.CALCIUM, calcium.total_mg, limit_mg)
        )
    for dose in _doses(supplements):
        dose_mg = known_sum_mg(entry.elemental_mg(Mineral.CALCIUM) for entry in dose)
        if dose_mg is not None and dose_mg > thresholds.calcium_single_dose_mg:
            notes.append(
                Note(
                    NoteCode.CALCIUM_SINGLE_DOSE,
                    mineral=Mineral.CALCIUM,
                    amount_mg=dose_mg,
                    limit_mg=thresholds.calcium_single_dose_mg,
                    items=_names([e for e in dose if e.elemental_mg(Mineral.CALCIUM)]),
                )
            )
    return notes


def _doses(supplements: Sequence[IntakeEntry]) -> list[list[IntakeEntry]]:
    """Supplements of the same time of day are one dose; one without a time is a dose of its own."""
    timed: dict[dt.time, list[IntakeEntry]] = {}
    untimed: list[list[IntakeEntry]] = []
    for entry in supplements:
        if entry.time_of_day is None:
            untimed.append([entry])
        else:
            timed.setdefault(entry.time_of_day, []).append(entry)
    return [timed[time] for time in sorted(timed)] + untimed


def _names(entries: Sequence[IntakeEntry]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entry.item.name for entry in entries))
