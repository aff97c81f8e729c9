"""Takes values out of a TOML table strictly, and says in one line what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, TypeVar

from sleepcalm.foreign_files import printable

_LONGEST_SHOWN = 40

_T = TypeVar("_T")


class RoutineFormatError(ValueError):
    """A routine file that cannot be used; the text is one line with file, step and reason."""


class Place(NamedTuple):
    """Where in the file a value stands, for the error line."""

    file: str
    step: str = ""

    def error(self, reason: str) -> RoutineFormatError:
        file = printable(self.file)
        where = f"{file}, {self.step}" if self.step else file
        return RoutineFormatError(f"{where}: {reason}")


def refuse_unknown(table: Mapping[str, object], known: frozenset[str], place: Place) -> None:
    unknown = sorted(table.keys() - known)
    if unknown:
        raise place.error(f"unknown key {shown(unknown[0])}; known are {', '.join(sorted(known))}")


def shown(value: object) -> str:
    """A value of a file for an error line, whatever it is: short, and on one line."""
    try:
        text = repr(value)
    except (ValueError, RecursionError):  # a number of thousands of digits, or lists in lists in lists
        return "that"
    return shortened(text)


def shortened(text: str) -> str:
    """As much of a text on one line as an error line has room for."""
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def yes_or_no(table: Mapping[str, object], key: str, place: Place) -> bool:
    value = table.get(key, False)
    if not isinstance(value, bool):
        raise place.error(f"{key} must be true or false, not {shown(value)}")
    return value


def value_of(table: Mapping[str, object], key: str, kind: type[_T], place: Place) -> _T:
    if key not in table:
        raise place.error(f"{key} is missing")
    value = table[key]
    if not isinstance(value, kind) or isinstance(value, bool):
        names = {str: "text", list: "a list", int: "a whole number"}
        raise place.error(f"{key} must be {names[kind]}, not {shown(value)}")
    return value


def text_of(table: Mapping[str, object], key: str, place: Place) -> str:
    text = value_of(table, key, str, place)
    if not text.strip() or text != " ".join(text.split()) or not text.isprintable():
        raise place.error(f"{key} must be text on one line, without spare spaces or control characters")
    return text


def texts_of(table: Mapping[str, object], key: str, place: Place) -> list[str]:
    texts = value_of(table, key, list, place)
    for text in texts:
        if not isinstance(text, str) or not text.strip() or not text.isprintable():
            raise place.error(f"{key} must be a list of texts, not {shown(text)}")
    return texts


def one_of(table: Mapping[str, object], key: str, allowed: list[str], place: Place) -> str:
    value = text_of(table, key, place)
    if value not in allowed:
        raise place.error(f"{key} {shown(value)} is not one of {', '.join(allowed)}")
    return value


def number_of(table: Mapping[str, object], key: str, low: float, high: float, place: Place) -> float:
    if key not in table:
        raise place.error(f"{key} is missing")
    value = table[key]
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise place.error(f"{key} must be a number from {low:g} to {high:g}, not {shown(value)}")
    return float(value)


def count_of(table: Mapping[str, object], key: str, most: int, place: Place) -> int:
    """A whole number from 1 to `most`."""
    value = value_of(table, key, int, place)
    if not 1 <= value <= most:
        raise place.error(f"{key} must be from 1 to {most}, not {shown(value)}")
    return value
