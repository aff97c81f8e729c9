"""An export as one JSON file: everything that was recorded, a night or a day a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sleepcalm.storage.exchange_forms import SECTIONS, Reading, plain
from sleepcalm.storage.exchange_rows import Contents, Row, RowCollector
from sleepcalm.storage.records import Recorded

__all__ = ["FORMAT", "VERSION", "read_demo", "read_json", "write_json"]

FORMAT = "sleepcalm-export"
VERSION = 4
_READ = (1, 2, 3, VERSION)
"""Version 1 had neither trials nor questions, version 2 nothing of what happened in a practice, version 3
not the place at which one was left."""
_ABOUT = ("format", "version", "exported_at", "program")
"""The members beside the sections."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A member of the outermost object, or, with a section, one element of a list in it."""

    line: int
    section: str | None
    name: str
    value: Any


def write_json(values: Mapping[str, Iterable[Recorded]], exported_at: datetime, program: str) -> str:
    """The text of an export of the values of each section."""
    about = {
        "format": FORMAT,
        "version": VERSION,
        "exported_at": exported_at.isoformat(timespec="seconds"),
        "program": program,
    }
    parts = [f'"{name}": {_line(value)}' for name, value in about.items()]
    for section in SECTIONS:
        lines = ",\n".join(_line(plain(value)) for value in values.get(section, ()))
        parts.append(f'"{section}": [\n{lines}\n]' if lines else f'"{section}": []')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def read_json(text: str, reading: Reading) -> Contents:
    """What an export holds. Nothing is raised: what cannot be read is among the rejected, with its line."""
    rows = RowCollector(reading)
    about: dict[str, Any] = {}
    try:
        for found in _walk(text):
            if found.section is None:
                about[found.name] = found.value
            _take(found, rows)
    except _NotJsonError as error:
        rows.reject(error.line, f"not JSON from here on: {error.reason}")
    if about.get("format") != FORMAT:
        rows = RowCollector(reading)
        rows.reject(1, "not an export of SleepCalm")
    elif about.get("version") not in _READ:
        rows = RowCollector(reading)
        rows.reject(1, "written by another version of SleepCalm, whose exports this one does not know")
    return rows.contents()


def _take(found: _Found, rows: RowCollector) -> None:
    if found.name not in (_ABOUT if found.section is None else SECTIONS):
        rows.reject(found.line, f"{found.name[:40]!a}: there is no such part of an export")
    elif found.section is not None:
        try:
            twice = _given_twice(found.value)
            if twice is None:
                rows.take(found.line, found.section, found.value)
            else:
                rows.reject(found.line, f"{twice[:40]!a} is given twice")
        except RecursionError:
            rows.reject(found.line, "too deeply nested")


@dataclass(frozen=True, slots=True)
class Demo:
    """The invented diary and the civil time at which it opens."""

    opens_at: datetime
    rows: tuple[Row, ...]


def read_demo(path: Path) -> Demo:
    """The invented diary, which has the sections of an export. Raises OSError and ValueError."""
    text = path.read_text(encoding="utf-8")
    parts = {found.name: found.value for found in _walk(text) if found.section is None}
    opens_at = datetime.fromisoformat(parts["opens_at"])
    rows = RowCollector(Reading(parts["time_zone"], opens_at))
    for found in _walk(text):
        if found.section is not None:
            rows.take(found.line, found.section, found.value)
    if rows.rejected:
        raise ValueError(f"{path.name}, line {rows.rejected[0].line}: {rows.rejected[0].reason}")
    return Demo(opens_at, tuple(rows.rows))


class _NotJsonError(ValueError):
    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


class _Doubled(dict[str, Any]):
    """An object in which a name is given more than once."""

    name = ""


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    doubled = _Doubled(found)
    names = [name for name, _ in pairs]
    doubled.name = next(name for name in names if names.count(name) > 1)
    return doubled


def _given_twice(value: object) -> str | None:
    """A name that is given twice in some object of the value."""
    if isinstance(value, _Doubled):
        return value.name
    inside: Iterable[object] = ()
    if isinstance(value, dict):
        inside = value.values()
    elif isinstance(value, list):
        inside = value
    return next((twice for part in inside if (twice := _given_twice(part)) is not None), None)


def _walk(text: str) -> Iterator[_Found]:
    """The outermost object, member by member and element by element, each with its line.

    json.loads would do but for the lines: it forgets where a value stood. Raises _NotJsonError.
    """
    cursor = _Cursor(text)
    seen: set[str] = set()
    cursor.expect("{")
    while not cursor.skip("}"):
        if seen:
            cursor.expect(",")
        line, name = cursor.line, cursor.value()
        if not isinstance(name, str):
            raise _NotJsonError(line, "a name is missing")
        if name in seen:
            raise _NotJsonError(line, f"{name[:40]!a} is given twice")
        seen.add(name)
        cursor.expect(":")
        if not cursor.skip("["):
            yield _Found(cursor.line, None, name, cursor.value())
            continue
        first = True
        while not cursor.skip("]"):
            if not first:
                cursor.expect(",")
            first = False
            yield _Found(cursor.line, name, name, cursor.value())
    if not cursor.at_end():
        raise _NotJsonError(cursor.line, "something follows the end")


class _Cursor:
    """A place in a JSON text, past any white space."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._counted_to = 0
        self._line = 1
        self._decoder = json.JSONDecoder(object_pairs_hook=_pairs)
        self._skip_space()

    @property
    def line(self) -> int:
        self._line += self._text.count("\n", self._counted_to, self._at)
        self._counted_to = self._at
        return self._line

    def at_end(self) -> bool:
        return self._at == len(self._text)

    def skip(self, sign: str) -> bool:
        """Step over the sign if it stands here."""
        if not self._text.startswith(sign, self._at):
            return False
        self._at += 1
        self._skip_space()
        return True

    def expect(self, sign: str) -> None:
        if not self.skip(sign):
            raise _NotJsonError(
                self.line, f"{sign} is missing" if not self.at_end() else "the file ends here"
            )

    def value(self) -> Any:
        """Step over a whole value and return it."""
        try:
            found, self._at = self._decoder.raw_decode(self._text, self._at)
        except json.JSONDecodeError as error:
            raise _NotJsonError(error.lineno, error.msg) from error
        except RecursionError as error:
            raise _NotJsonError(self.line, "too deeply nested") from error
        except ValueError as error:  # a number of thousands of digits
            raise _NotJsonError(self.line, "a number is too long") from error
        self._skip_space()
        return found

    def _skip_space(self) -> None:
        while self._at < len(self._text) and self._text[self._at] in " \t\r\n":
            self._at += 1


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
