"""What every value of an import has to pass: its text, its dates, its moments, nothing dropped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import msgspec

from sleepcalm.diary.civil_time import Instant, time_zone
from sleepcalm.diary.values import EARLIEST_YEAR, moment, one_line, text, zone_name

__all__ = [
    "FormError",
    "Reading",
    "converted",
    "instant",
    "refuse_dropped",
    "refuse_impossible_day",
    "refuse_odd_text",
]

_text = text(2_000)


class FormError(ValueError):
    """A value cannot be taken as it stands; the message names the field and the reason."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is taken for granted in reading: the zone of times without one, and what is the future."""

    zone: str
    now: datetime


def instant(field: str, given: str, zone: str | msgspec.UnsetType | None, default_zone: str) -> Instant:
    written = moment(field, given)
    if isinstance(written, time):
        raise FormError(f"{field}: needs a date and an offset, as in 2026-11-22T23:12:00+01:00")
    if zone is msgspec.UNSET:
        return Instant.as_written(written, default_zone)
    bare = Instant.as_written(written, "UTC")
    if zone is None:
        return Instant(bare.wall, bare.utc_offset_s)
    return Instant(bare.wall, bare.utc_offset_s, zone_name("time_zone", zone))


def refuse_impossible_day(field: str, day: date, reading: Reading) -> None:
    today = max(reading.now.date(), reading.now.astimezone(time_zone(reading.zone)).date())
    if day > today:
        raise FormError(f"{field}: {day} is in the future")
    if day.year < EARLIEST_YEAR:
        raise FormError(f"{field}: the year {day.year} must be mistyped")


def converted(given: object, kind: type[Any]) -> Any:
    try:
        return msgspec.convert(given, kind)
    except msgspec.ValidationError as error:
        reason, _, place = str(error).partition(" - at `$")
        where = f"{place.rstrip('`').lstrip('.')}: " if place.rstrip("`") else ""
        raise FormError(where + reason) from error
    except (OverflowError, RecursionError) as error:
        raise FormError(str(error)) from error


def refuse_odd_text(place: str, given: object) -> None:
    """Raises FormError for a text that could not be saved, or cannot have been meant."""
    if isinstance(given, Mapping):
        for name, value in given.items():
            _text(f"{place}{one_line(str(name))}", name)
            refuse_odd_text(f"{place}{one_line(str(name))}.", value)
    elif isinstance(given, list):
        for number, value in enumerate(given):
            refuse_odd_text(f"{place.removesuffix('.')}[{number}].", value)
    elif isinstance(given, str):
        _text(place.removesuffix("."), given)


def refuse_dropped(place: str, given: object, kept: object) -> None:
    """Raises FormError for the first field that was given and would not come back."""
    if isinstance(given, Mapping) and isinstance(kept, Mapping):
        for name, value in given.items():
            if name not in kept:
                raise FormError(f"{place}{one_line(str(name))}: there is no such field")
            refuse_dropped(f"{place}{name}.", value, kept[name])
    elif isinstance(given, list) and isinstance(kept, list | tuple):
        for number, (one, other) in enumerate(zip(given, kept, strict=True)):
            refuse_dropped(f"{place.removesuffix('.')}[{number}].", one, other)
