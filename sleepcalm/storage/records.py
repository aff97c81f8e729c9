"""What the user recorded, from values to documents of the record and back, checked both ways.

A document has the fields of its dataclass under their own names. Fields that are None, where None is what
they are without being given, are left out; a moment is one text with offset and zone (RFC 9557, for example
2026-11-21T22:40:00+01:00[Europe/Berlin]). msgspec does the checking: "3" is no number, 3.5 no whole number.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import date, datetime, time
from enum import Enum
from functools import cache
from typing import Any, TypeAlias, TypeVar

import msgspec

from sleepcalm.diary.civil_time import Instant
from sleepcalm.diary.entry import Entry
from sleepcalm.diary.practice import Practice
from sleepcalm.minerals.intake import ChecklistItem, DayIntake
from sleepcalm.storage.database import INTAKE_DAYS, INTAKE_ITEMS, NIGHTS, PRACTICES, QUESTIONS, TRIALS
from sleepcalm.trends.question import Question
from sleepcalm.trends.trial import Trial

__all__ = ["TABLES", "BadRecordError", "Recorded", "document_from", "key_of", "record_from", "table_of"]

Recorded: TypeAlias = Entry | DayIntake | ChecklistItem | Practice | Trial | Question
R = TypeVar("R", bound=Recorded)

_TABLES: Mapping[type[Any], str] = {
    Entry: NIGHTS,
    DayIntake: INTAKE_DAYS,
    ChecklistItem: INTAKE_ITEMS,
    Practice: PRACTICES,
    Trial: TRIALS,
    Question: QUESTIONS,
}
TABLES = tuple(_TABLES.values())
"""The tables that hold what the user recorded, so neither the bin nor what was set aside."""


class BadRecordError(ValueError):
    """A document is not what it should be; the message is one line: the field and what is wrong with it."""


def table_of(kind: type[R]) -> str:
    """The table in which values of this kind are kept."""
    return _TABLES[kind]


def key_of(record: Recorded) -> str:
    """The key of a value in its table: a date, or an id."""
    match record:
        case Entry():
            return record.wake_date.isoformat()
        case DayIntake():
            return record.date.isoformat()
        case ChecklistItem():
            return record.item.id
        case Trial():
            return record.id
        case Practice() | Question():
            return record.key


def document_from(record: Recorded) -> dict[str, Any]:
    """The value as a document. Raises BadRecordError if it would not read back as the same value."""
    document: dict[str, Any] = _plain(record)
    if record_from(type(record), key_of(record), document) != record:
        raise BadRecordError("it would not read back as the same")
    return document


def record_from(kind: type[R], key: str, document: Mapping[str, Any]) -> R:
    """The value that a document holds. Raises BadRecordError, also for a field that there is not."""
    try:
        record = msgspec.convert(_expand(kind, document, ""), kind)
    except msgspec.ValidationError as error:
        raise BadRecordError(str(error)) from error
    if key_of(record) != key:
        raise BadRecordError(f"it says of itself that it is {key_of(record)}, but is kept as {key}")
    return record


def _plain(value: Any) -> Any:
    if isinstance(value, Instant):
        return f"{value.iso()}[{value.zone}]" if value.zone is not None else value.iso()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            name: _plain(part)
            for name, default in _defaults(type(value)).items()
            if (part := getattr(value, name)) is not None or default is not None
        }
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _expand(kind: type, value: Any, where: str) -> Any:
    """The document with each moment in the fields that msgspec expects, and no field that kind lacks."""
    if kind is Instant:
        return _moment(value, where)
    if not isinstance(value, Mapping):
        return value  # msgspec says what is wrong with it
    names, inner_kinds = _fields(kind)
    if not value.keys() <= names:
        raise BadRecordError(f"{where}{min(value.keys() - names)}: there is no such field")
    expanded = dict(value)
    for name, inner in inner_kinds:
        part = expanded.get(name)
        if isinstance(part, list):
            expanded[name] = [
                _expand(inner, item, f"{where}{name}[{number}].") for number, item in enumerate(part)
            ]
        elif part is not None:
            expanded[name] = _expand(inner, part, f"{where}{name}.")
    return expanded


def _moment(value: Any, where: str) -> dict[str, Any]:
    try:
        shown, bracket, zone = value.partition("[")
        written = datetime.fromisoformat(shown)
        offset = written.utcoffset()
    except (AttributeError, ValueError):
        offset = None
    if offset is None or offset.microseconds or (bracket and not (zone.endswith("]") and len(zone) > 1)):
        raise BadRecordError(f"{where.rstrip('.')}: not a moment with an offset")
    return {
        "wall": written.replace(tzinfo=None),
        "utc_offset_s": offset.days * 86_400 + offset.seconds,
        "zone": zone[:-1] if bracket else None,
    }


@cache
def _defaults(kind: type) -> Mapping[str, Any]:
    return {field.name: field.default for field in dataclasses.fields(kind)}


@cache
def _fields(kind: type) -> tuple[frozenset[str], tuple[tuple[str, type], ...]]:
    """The names of all fields, and those that hold dataclasses (or tuples of them) with these."""
    found = ((name, _dataclass_in(hint)) for name, hint in typing.get_type_hints(kind).items())
    return frozenset(_defaults(kind)), tuple((name, inner) for name, inner in found if inner is not None)


def _dataclass_in(hint: Any) -> type | None:
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return hint
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) in {tuple, typing.Union}:
        return next(filter(None, map(_dataclass_in, typing.get_args(hint))), None)
    return None
