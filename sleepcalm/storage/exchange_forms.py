"""What the user recorded, as values of JSON for an export, and back, strictly.

A night is written as `sleepcalm.diary.entry_format` does; the rest field by field. What stands in a file
and would be dropped in reading (a field of another name) is refused: an import loses nothing silently.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from sleepcalm.diary.entry import Entry
from sleepcalm.diary.entry_format import entry_from_json, entry_to_json
from sleepcalm.diary.practice import Practice
from sleepcalm.diary.values import EntryError
from sleepcalm.minerals.intake import ChecklistItem, DayIntake
from sleepcalm.storage.exchange_checks import (
    FormError,
    Reading,
    converted,
    refuse_dropped,
    refuse_impossible_day,
    refuse_odd_text,
)
from sleepcalm.storage.exchange_practice import plain_practice, practice_from_plain
from sleepcalm.storage.exchange_trials import (
    plain_question,
    plain_trial,
    question_from_plain,
    trial_from_plain,
)
from sleepcalm.storage.records import Recorded
from sleepcalm.trends.question import Question
from sleepcalm.trends.trial import Trial

__all__ = ["SECTIONS", "FormError", "Reading", "from_plain", "plain"]

SECTIONS: Mapping[str, type[Recorded]] = {
    "nights": Entry,
    "intake_days": DayIntake,
    "checklist_items": ChecklistItem,
    "practice": Practice,
    "trials": Trial,
    "questions": Question,
}
"""The lists of an export by name, in their order there."""


def plain(value: Recorded) -> dict[str, Any]:
    """The value as JSON's own types, with nothing lost."""
    match value:
        case Entry():
            return entry_to_json(value)
        case Practice():
            return plain_practice(value)
        case Trial():
            return plain_trial(value)
        case Question():
            return plain_question(value)
        case _:
            found: dict[str, Any] = msgspec.to_builtins(value)
            return found


def from_plain(section: str, given: object, reading: Reading) -> Recorded:
    """The value that stands in that section of an export. Raises FormError."""
    kind = SECTIONS[section]
    try:
        if kind is Entry:
            return entry_from_json(given, default_zone=reading.zone, now=reading.now)
        if kind is Practice:
            return practice_from_plain(given, reading)
        if kind is Trial:
            return trial_from_plain(given, reading)
        if kind is Question:
            return question_from_plain(given, reading)
        intake: Recorded = _intake(kind, given, reading)
    except EntryError as error:
        raise FormError(str(error)) from error
    return intake


def _intake(kind: type[Any], given: object, reading: Reading) -> Any:
    refuse_odd_text("", given)
    value = converted(given, kind)
    if isinstance(value, DayIntake):
        refuse_impossible_day("date", value.date, reading)
    refuse_dropped("", given, msgspec.to_builtins(value))
    return value
