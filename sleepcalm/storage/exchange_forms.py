"""What the user recorded, as values of JSON for an export, and back, strictly.

A night is written as `sleepcalm.diary.entry_format` does; the rest field by field. What stands in a file
and would be dropped in reading (a field of another name) is refused: an import loses nothing silently.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import msgspec

from sleepcalm.diary.civil_time import Instant, time_zone
from sleepcalm.diary.entry import Entry
from sleepcalm.diary.entry_format import entry_from_json, entry_to_json
from sleepcalm.diary.practice import Practice
from sleepcalm.diary.values import EARLIEST_YEAR, EntryError, moment, one_line, text, zone_name
from sleepcalm.minerals.intake import ChecklistItem, DayIntake
from sleepcalm.storage.records import Recorded

__all__ = ["SECTIONS", "FormError", "Reading", "from_plain", "plain"]

SECTIONS: Mapping[str, type[Recorded]] = {
    "nights": Entry,
    "intake_days": DayIntake,
    "checklist_items": ChecklistItem,
    "practice": Practice,
}
"""The lists of an export by name, in their order there."""


_MOST_MINUTES = 100_000
_text = text(2_000)


class FormError(ValueError):
    """A value cannot be taken as it stands; the message names the field and the reason."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is taken for granted in reading: the zone of times without one, and what is the future."""

    zone: str
    now: datetime


def plain(value: Recorded) -> dict[str, Any]:
    """The value as JSON's own types, with nothing lost."""
    match value:
        case Entry():
            return entry_to_json(value)
        case Practice():
            return {
                "routine": value.routine,
                "time_zone": value.started.zone,
                "started": value.started.iso(),
                "ended": value.ended.iso() if value.ended else None,
                "ended_time_zone": value.ended.zone if value.ended else None,
                "minutes_heard": value.minutes_heard,
                "completed": value.completed,
            }
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
            return _practice(given, reading)
        intake: Recorded = _intake(kind, given, reading)
    except EntryError as error:
        raise FormError(str(error)) from error
    return intake


def _intake(kind: type[Any], given: object, reading: Reading) -> Any:
    _refuse_odd_text("", given)
    value = _converted(given, kind)
    if isinstance(value, DayIntake):
        _refuse_impossible_day("date", value.date, reading)
    _refuse_dropped("", given, msgspec.to_builtins(value))
    return value


class _PracticeForm(msgspec.Struct, forbid_unknown_fields=True):
    routine: str
    started: str
    ended: str | None = None
    minutes_heard: float = 0.0
    completed: bool = False
    # null: only the offset is known; left out: the zone of the file
    time_zone: str | msgspec.UnsetType | None = msgspec.UNSET
    ended_time_zone: str | msgspec.UnsetType | None = msgspec.UNSET


def _practice(given: object, reading: Reading) -> Practice:
    _refuse_odd_text("", given)
    form = _converted(given, _PracticeForm)
    started = _instant("started", form.started, form.time_zone, reading.zone)
    ended = None
    if form.ended is not None:
        zone = form.time_zone if form.ended_time_zone is msgspec.UNSET else form.ended_time_zone
        ended = _instant("ended", form.ended, zone, reading.zone)
        if ended.utc < started.utc:
            raise FormError("ended: is before started")
    _refuse_impossible_day("started", started.wall.date(), reading)
    if not form.routine.strip():
        raise FormError("routine: is empty")
    if not 0 <= form.minutes_heard <= _MOST_MINUTES:
        raise FormError(f"minutes_heard: must be from 0 to {_MOST_MINUTES}")
    return Practice(form.routine, started, ended, form.minutes_heard, form.completed)


def _instant(field: str, given: str, zone: str | msgspec.UnsetType | None, default_zone: str) -> Instant:
    written = moment(field, given)
    if isinstance(written, time):
        raise FormError(f"{field}: needs a date and an offset, as in 2026-11-22T23:12:00+01:00")
    if zone is msgspec.UNSET:
        return Instant.as_written(written, default_zone)
    bare = Instant.as_written(written, "UTC")
    if zone is None:
        return Instant(bare.wall, bare.utc_offset_s)
    return Instant(bare.wall, bare.utc_offset_s, zone_name("time_zone", zone))


def _refuse_impossible_day(field: str, day: date, reading: Reading) -> None:
    today = max(reading.now.date(), reading.now.astimezone(time_zone(reading.zone)).date())
    if day > today:
        raise FormError(f"{field}: {day} is in the future")
    if day.year < EARLIEST_YEAR:
        raise FormError(f"{field}: the year {day.year} must be mistyped")


def _converted(given: object, kind: type[Any]) -> Any:
    try:
        return msgspec.convert(given, kind)
    except msgspec.ValidationError as error:
        reason, _, place = str(error).partition(" - at `$")
        where = f"{place.rstrip('`').lstrip('.')}: " if place.rstrip("`") else ""
        raise FormError(where + reason) from error
    except (OverflowError, RecursionError) as error:
        raise FormError(str(error)) from error


def _refuse_odd_text(place: str, given: object) -> None:
    """Raises FormError for a text that could not be saved, or cannot have been meant."""
    if isinstance(given, Mapping):
        for name, value in given.items():
            _text(f"{place}{one_line(str(name))}", name)
            _refuse_odd_text(f"{place}{one_line(str(name))}.", value)
    elif isinstance(given, list):
        for number, value in enumerate(given):
            _refuse_odd_text(f"{place.removesuffix('.')}[{number}].", value)
    elif isinstance(given, str):
        _text(place.removesuffix("."), given)


def _refuse_dropped(place: str, given: object, kept: object) -> None:
    """Raises FormError for the first field that was given and would not come back."""
    if isinstance(given, Mapping) and isinstance(kept, Mapping):
        for name, value in given.items():
            if name not in kept:
                raise FormError(f"{place}{one_line(str(name))}: there is no such field")
            _refuse_dropped(f"{place}{name}.", value, kept[name])
    elif isinstance(given, list) and isinstance(kept, list | tuple):
        for number, (one, other) in enumerate(zip(given, kept, strict=True)):
            _refuse_dropped(f"{place.removesuffix('.')}[{number}].", one, other)
