"""What a day's totals have to say: a stable code with its figures, and the sentence for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sleepcalm.minerals.intake import Mineral


class NoteCode(StrEnum):
    NOT_RECORDED = "not_recorded"
    SUPPLEMENTS_NOT_COUNTED = "supplements_not_counted_under_18"
    NO_TARGET = "no_target"
    FIGURE_UNKNOWN = "figure_unknown"
    MAGNESIUM_SUPPLEMENT = "magnesium_supplement_note"
    MAGNESIUM_SUPPLEMENT_ABOVE_LIMIT = "magnesium_supplement_above_upper_limit"
    MAGNESIUM_SUPPLEMENT_WARNING = "magnesium_supplement_warning"
    CALCIUM_ABOVE_LIMIT = "calcium_above_upper_limit"
    CALCIUM_SINGLE_DOSE = "calcium_single_dose"


class Severity(StrEnum):
    NOTE = "note"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Note:
    """`amount_mg` is what was found, `limit_mg` what it was held against, `items` the names concerned."""

    code: NoteCode
    severity: Severity = Severity.NOTE
    mineral: Mineral | None = None
    amount_mg: float | None = None
    limit_mg: float | None = None
    items: tuple[str, ...] = ()


def note_text(note: Note) -> str:
    """The note as one short English sentence or two."""
    amount, limit = _mg(note.amount_mg), _mg(note.limit_mg)
    items = ", ".join(note.items)
    texts = {
        NoteCode.NOT_RECORDED: "Nothing is recorded for this day.",
        NoteCode.SUPPLEMENTS_NOT_COUNTED: (
            f"Under 18 only food is counted; not counted: {items}. "
            "Please ask a clinician before taking a supplement."
        ),
        NoteCode.NO_TARGET: f"The reference names no {note.mineral} intake for this age and life stage.",
        NoteCode.FIGURE_UNKNOWN: f"The {note.mineral} in {items} is not known and not in the sum.",
        NoteCode.MAGNESIUM_SUPPLEMENT: f"Magnesium from supplements adds up to {amount} ({limit} or more).",
        NoteCode.MAGNESIUM_SUPPLEMENT_ABOVE_LIMIT: (
            f"{amount} of magnesium from supplements is above the upper limit of {limit} a day."
        ),
        NoteCode.MAGNESIUM_SUPPLEMENT_WARNING: (
            f"{amount} of magnesium from supplements is a lot ({limit} or more a day). "
            "With diarrhoea or cramps take less or stop, and please talk to a clinician or pharmacist."
        ),
        NoteCode.CALCIUM_ABOVE_LIMIT: (
            f"{amount} of calcium from all sources is above the upper limit of {limit} a day."
        ),
        NoteCode.CALCIUM_SINGLE_DOSE: (
            f"{amount} of calcium at once ({items}): above {limit} a dose less of it is absorbed."
        ),
    }
    return texts[note.code]


def note_document(note: Note) -> dict[str, object]:
    """The note for machines: the code first, only the figures that it has, the sentence last."""
    document: dict[str, object] = {"code": note.code.value, "severity": note.severity.value}
    if note.mineral is not None:
        document["mineral"] = note.mineral.value
    if note.amount_mg is not None:
        document["amount_mg"] = note.amount_mg
    if note.limit_mg is not None:
        document["limit_mg"] = note.limit_mg
    if note.items:
        document["items"] = list(note.items)
    document["text"] = note_text(note)
    return document


def _mg(value: float | None) -> str:
    return "" if value is None else f"{value:.10g} mg"
