"""What the user recorded, from values to documents of the record and back, checked both ways.

A document has the fields of its dataclass under their own names. Fields that are None, where None is what
they are without being given, are left out; a moment is one text with offset and zone (RFC 9557, for example
2026-11-21T22:40:00+01:00[Europe/Berlin]). msgspec does the checking: "3" is no number, 3.5 no whole number.
"""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import cache
from typing import Any, TypeAlias, TypeVar

import msgspec

from sleepcalm.diary.civil_time import Instant
from sleepcalm.diary.entry import Entry
from sleepcalm.diary.practice import Practice
from sleepcalm.minerals.intake import ChecklistItem, DayIntake
from sleepcalm.storage.database import INTAKE_DAYS, INTAKE_ITEMS, NIGHTS, PRACTICES

__all__ = ["BadRecordError", "Recorded", "document_from", "key_of", "record_from", "table_of"]

Recorded: TypeAlias = Entry | DayIntake | ChecklistItem | Practice
R = TypeVar("R", bound=Recorded)

_TABLES: Mapping[type[Recorded], str] = {
    Entry: NIGHTS,
    DayIntake: INTAKE_DAYS,
    ChecklistItem: INTAKE_ITEMS,
    Practice: PRACTICES,
}


class BadRecordError(ValueError):
    """A document is not what it should be; the message is one line: the field and what is wrong with it."""


def table_of(kind: type[Recorded]) -> str:
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
        case Practice():
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
    expanded = dict(value)
    unknown = expanded.keys() - _defaults(kind).keys()
    if unknown:
        raise BadRecordError(f"{where}{min(unknown)}: there is no such field")
    for name, inner in _inner_kinds(kind).items():
        part = expanded.get(name)
        if isinstance(part, list):
            expanded[name] = [
                _expand(inner, item, f"{where}{name}[{number}].") for number, item in enumerate(part)
            ]
        elif part is not None:
            expanded[name] = _expand(inner, part, f"{where}{name}.")
    return expanded


_MOMENT = re.compile(r"(?P<written>[^\[\]]+)(?:\[(?P<zone>[^\[\]]+)\])?")


def _moment(value: Any, where: str) -> dict[str, Any]:
    match = _MOMENT.fullmatch(value) if isinstance(value, str) else None
    try:
        written = datetime.fromisoformat(match["written"]) if match else None
    except ValueError:
        written = None
    offset = written.utcoffset() if written else None
    if match is None or written is None or offset is None or offset % timedelta(seconds=1):
        raise BadRecordError(f"{where.rstrip('.')}: not a moment with an offset")
    seconds = offset // timedelta(seconds=1)
    return {"wall": written.replace(tzinfo=None), "utc_offset_s": seconds, "zone": match["zone"]}


@cache
def _defaults(kind: type) -> Mapping[str, Any]:
    return {field.name: field.default for field in dataclasses.fields(kind)}


@cache
def _inner_kinds(kind: type) -> Mapping[str, type]:
    """The fields that hold dataclasses of their own, or tuples of them."""
    found = {name: _dataclass_in(hint) for name, hint in typing.get_type_hints(kind).items()}
    return {name: inner for name, inner in found.items() if inner is not None}


def _dataclass_in(hint: Any) -> type | None:
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return hint
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) in {tuple, typing.Union}:
        return next(filter(None, map(_dataclass_in, typing.get_args(hint))), None)
    return None
