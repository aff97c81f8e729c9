"""Reads single values of a parsed JSON object, and says in a few words what is wrong with one.

Every reader takes the path of the field and a value that is not null, and raises EntryError.
"""

import difflib
import math
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import MAXYEAR, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from sleepcalm.diary.civil_time import UnknownZoneError, time_zone
from sleepcalm.diary.clock_text import ClockTextError, parse_clock

EARLIEST_YEAR = 1900
"""An earlier date is a mistyped one."""


Reader = Callable[[str, object], Any]
ChoiceT = TypeVar("ChoiceT", bound=StrEnum)

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class EntryError(ValueError):
    """One field of an entry, by path (`evening.stress`), and the reason why it cannot be taken."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


def whole(low: int, high: int) -> Reader:
    """A whole number from `low` to `high`; 24.0 is one, true is not."""

    def read(field: str, value: object) -> int:
        number = _finite(field, value)
        if number != int(number):
            raise EntryError(field, f"must be a whole number, not {_shown(value)}")
        _within(field, number, low, high)
        return int(number)

    return read


def amount(high: int) -> Reader:
    """A number from 0 to `high`."""

    def read(field: str, value: object) -> float:
        number = _finite(field, value)
        _within(field, number, 0, high)
        return float(number)

    return read


def yes_or_no(field: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise EntryError(field, f"must be true or false, not {_shown(value)}")
    return value


def text(longest: int) -> Reader:
    """A text that can be written as UTF-8, of at most `longest` characters."""

    def read(field: str, value: object) -> str:
        if not isinstance(value, str):
            raise EntryError(field, f"must be a text, not {_shown(value)}")
        if len(value) > longest:
            raise EntryError(field, f"has {len(value)} characters, and at most {longest} are kept")
        if any("\ud800" <= character <= "\udfff" for character in value):
            raise EntryError(field, "holds half of a character pair (a lone surrogate)")
        return value

    return read


def choice(options: type[ChoiceT]) -> Reader:
    """One of the words of an enumeration; "very_good" and "Very good" both mean "very good"."""

    def read(field: str, value: object) -> ChoiceT:
        if isinstance(value, str):
            for option in options:
                if _plain_words(option.value) == _plain_words(value):
                    return option
        words = ", ".join(option.value for option in options)
        raise EntryError(field, f"must be one of {words}, not {_shown(value)}")

    return read


def _plain_words(words: str) -> str:
    return words.strip().lower().replace("_", " ")


def day(field: str, value: object) -> date:
    """A date as YYYY-MM-DD."""
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise EntryError(field, f"must be a date such as 2026-11-22, not {_shown(value)}")
    try:
        found = date.fromisoformat(value)
    except ValueError as error:
        raise EntryError(field, f"{value} is not in the calendar") from error
    _within_history(field, found)
    return found


def moment(field: str, value: object) -> time | datetime:
    """A time of day, or an aware datetime for ISO 8601 with offset."""
    if not isinstance(value, str):
        raise EntryError(field, f"must be a time such as 23:40, not {_shown(value)}")
    if not _DATE.match(value):
        try:
            return parse_clock(value)
        except ClockTextError as error:
            raise EntryError(field, str(error)) from error
    try:
        found = datetime.fromisoformat(value)
    except ValueError as error:
        raise EntryError(field, f"{_shown(value)} is not an ISO 8601 time") from error
    offset = found.utcoffset()
    if offset is None:
        raise EntryError(field, f"{_shown(value)} needs an offset such as +01:00, or the time alone")
    if offset % timedelta(seconds=1):
        raise EntryError(field, f"{_shown(value)} has an offset of parts of a second")
    _within_history(field, found.date())
    return found


def zone_name(field: str, value: object) -> str:
    if not isinstance(value, str):
        raise EntryError(field, f"must be a time zone such as Europe/Berlin, not {_shown(value)}")
    try:
        time_zone(value)
    except UnknownZoneError as error:
        raise EntryError(field, str(error)) from error
    return value


def items(read_one: Reader, most: int) -> Reader:
    """A list of at most `most` values, each read by `read_one`."""

    def read(field: str, value: object) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            raise EntryError(field, f"must be a list, not {_shown(value)}")
        if len(value) > most:
            raise EntryError(field, f"has {len(value)} items, and at most {most} are kept")
        return tuple(read_one(f"{field}[{index}]", item) for index, item in enumerate(value))

    return read


def fields(readers: Mapping[str, Reader], needed: tuple[str, ...] = ()) -> Reader:
    """An object with these fields; what is missing or null is left out, unless it is needed."""

    def read(field: str, value: object) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise EntryError(field or "entry", f"must be an object, not {_shown(value)}")
        prefix = f"{field}." if field else ""
        refuse_unknown(prefix, value, readers)
        for name in needed:
            if value.get(name) is None:
                raise EntryError(prefix + name, "is needed")
        return {
            name: reader(prefix + name, value[name])
            for name, reader in readers.items()
            if value.get(name) is not None
        }

    return read


def refuse_unknown(prefix: str, names: Iterable[object], known: Iterable[str]) -> None:
    """Raises EntryError for the first name that is not known, with the nearest that is."""
    known = list(known)
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(str(name)[:64], known, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise EntryError(f"{prefix}{one_line(str(name))}", f"there is no such field{hint}")


def _within_history(field: str, found: date) -> None:
    if not EARLIEST_YEAR <= found.year < MAXYEAR:
        raise EntryError(field, f"the year {found.year} must be mistyped")


def _finite(field: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise EntryError(field, f"must be a number, not {_shown(value)}")
    if isinstance(value, float) and not math.isfinite(value):
        raise EntryError(field, "must be a finite number")
    return value


def _within(field: str, number: float, low: int, high: int) -> None:
    if not low <= number <= high:
        raise EntryError(field, f"must be from {low} to {high}, not {_shown(number)}")


def _shown(value: object) -> str:
    """A value as it stood, short enough for a one-line message."""
    if isinstance(value, Mapping):
        return "an object"
    if isinstance(value, list | tuple):
        return "a list"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int) and abs(value) >= 10**12:
        return "a number of more than twelve digits"
    return one_line(repr(value))


def one_line(shown: str) -> str:
    """A text as part of a one-line message: printable, and at most 40 characters."""
    printable = shown if shown.isprintable() else ascii(shown)[1:-1]
    return printable if len(printable) <= 40 else printable[:39] + "…"
