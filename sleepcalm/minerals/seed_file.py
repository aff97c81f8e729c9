"""Strict reading of the data files: an error names the file, the place in it and the reason."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


class SeedFileError(ValueError):
    """A data file cannot be used. `place` is a line ("line 12") or a table ("compound 3")."""

    def __init__(self, path: Path, place: str, reason: str) -> None:
        self.path = path
        self.place = place
        self.reason = reason
        super().__init__(f"{path.name}, {place}: {reason}")


class Table:
    """A TOML table with its place in the file, read key by key; unknown keys are errors."""

    def __init__(self, path: Path, place: str, content: Mapping[str, object]) -> None:
        self._path = path
        self._place = place
        self._content = content

    def error(self, reason: str) -> SeedFileError:
        return SeedFileError(self._path, self._place, reason)

    def __contains__(self, key: str) -> bool:
        return key in self._content

    def allow_only(self, keys: Collection[str]) -> None:
        unknown = sorted(set(self._content) - set(keys))
        if unknown:
            raise self.error(f"unknown key {unknown[0]!r}")

    def text(self, key: str, default: str | None = None) -> str:
        if default is not None and key not in self._content:
            return default
        value = self._require(key)
        if not isinstance(value, str) or not value.strip():
            raise self.error(f"{key} must be text, not {value!r}")
        return value

    def number(self, key: str) -> float:
        """A finite number from 0."""
        return self._number(key, self._require(key))

    def integer(self, key: str) -> int:
        value = self._require(key)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise self.error(f"{key} must be a whole number from 0, not {value!r}")
        return value

    def pair(self, key: str) -> tuple[float, float]:
        """Two numbers, the lower first."""
        value = self._require(key)
        if not isinstance(value, list) or len(value) != 2:
            raise self.error(f"{key} must be two numbers, not {value!r}")
        low, high = (self._number(key, part) for part in value)
        if low > high:
            raise self.error(f"{key}: the lower number comes first, not {value!r}")
        return low, high

    def texts(self, key: str) -> tuple[str, ...]:
        value = self._require(key)
        if not isinstance(value, list) or not all(isinstance(part, str) and part.strip() for part in value):
            raise self.error(f"{key} must be a list of texts, not {value!r}")
        return tuple(value)

    def table(self, key: str) -> Table:
        value = self._require(key)
        if not isinstance(value, dict):
            raise self.error(f"{key} must be a table, not {value!r}")
        return Table(self._path, _join(self._place, key), value)

    def tables(self, key: str) -> tuple[Table, ...]:
        value = self._require(key)
        if not isinstance(value, list) or not value or not all(isinstance(part, dict) for part in value):
            raise self.error(f"{key} must be a list of tables, and not empty")
        return tuple(
            Table(self._path, f"{_join(self._place, key)} {number}", part)
            for number, part in enumerate(value, start=1)
        )

    def choice(self, key: str, convert: Callable[[str], T]) -> T:
        """The text of `key` as a member of an enumeration."""
        value = self.text(key)
        try:
            return convert(value)
        except ValueError:
            raise self.error(f"{key}: {value!r} is not known") from None

    def _require(self, key: str) -> object:
        if key not in self._content:
            raise self.error(f"{key} is missing")
        return self._content[key]

    def _number(self, key: str, value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.error(f"{key} must be a number, not {value!r}")
        if not math.isfinite(value) or value < 0:
            raise self.error(f"{key} must be a number from 0, not {value!r}")
        return float(value)


def read_toml(path: Path) -> Table:
    """The top table of a TOML file.

    Raises SeedFileError where the text is not TOML or not UTF-8, OSError where it cannot be read.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as problem:
        raise SeedFileError(path, "not TOML", str(problem)) from None
    except UnicodeDecodeError as problem:
        raise SeedFileError(path, f"byte {problem.start}", "not UTF-8") from None
    return Table(path, "top", content)


def _join(place: str, key: str) -> str:
    return key if place == "top" else f"{place}.{key}"
