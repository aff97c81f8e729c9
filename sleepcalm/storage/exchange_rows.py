"""What a reader of an export finds: values with their lines, and what cannot be taken, each with a reason."""

from __future__ import annotations

from dataclasses import dataclass, field

from sleepcalm.storage.exchange_forms import FormError, Reading, from_plain
from sleepcalm.storage.records import Recorded, key_of

__all__ = ["Contents", "Rejected", "Row", "RowCollector"]


_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Row:
    """One night, day, item or practice, and the line on which it begins."""

    line: int
    section: str
    value: Recorded

    @property
    def key(self) -> str:
        return key_of(self.value)


@dataclass(frozen=True, slots=True)
class Rejected:
    """Something that cannot be imported as it stands."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Contents:
    """All of a file, in its order."""

    rows: tuple[Row, ...]
    rejected: tuple[Rejected, ...]


@dataclass(slots=True)
class RowCollector:
    """Reads one value after another; what cannot be taken, or stands there twice, is rejected."""

    reading: Reading
    rows: list[Row] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    _lines: dict[tuple[str, str], int] = field(default_factory=dict)

    def take(self, line: int, section: str, given: object) -> None:
        try:
            value = from_plain(section, given, self.reading)
        except FormError as error:
            self.reject(line, str(error))
            return
        key = section, key_of(value)
        if key in self._lines:
            self.reject(line, f"{key[1]} stands in line {self._lines[key]} already")
            return
        self._lines[key] = line
        self.rows.append(Row(line, section, value))

    def reject(self, line: int, reason: str) -> None:
        """Note a reason, which may quote the file: here it becomes one printable line of bearable length."""
        printable = reason if reason.isprintable() else ascii(reason)[1:-1]
        shown = printable if len(printable) <= _LONGEST else printable[: _LONGEST - 1] + "…"
        self.rejected.append(Rejected(line, shown))

    def contents(self) -> Contents:
        return Contents(tuple(self.rows), tuple(sorted(self.rejected, key=lambda one: one.line)))
