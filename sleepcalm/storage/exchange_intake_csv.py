"""The days of intake as a table: one CSV row for each thing that was taken or offered.

The rows of one day follow each other in the day's order. A day without any thing has one row of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import time
from typing import Any

from sleepcalm.minerals.intake import DayIntake, IntakeEntry, Mineral
from sleepcalm.storage.csv_table import (
    DERIVED,
    Cell,
    TableError,
    TableRow,
    bare,
    number,
    read_table,
    words,
    write_table,
    yes_or_no,
)
from sleepcalm.storage.exchange_forms import Reading, plain
from sleepcalm.storage.exchange_rows import Contents, RowCollector

__all__ = ["INTAKE_COLUMNS", "read_intake", "write_intake"]


def _clock(cell: str) -> Any:
    try:
        return time.fromisoformat(cell.strip()).isoformat()
    except ValueError:
        return cell.strip()


_MINERAL_PARTS: Mapping[str, tuple[str, Cell]] = {
    "mg": ("elemental_mg", number),
    "compound": ("compound", words),
    "compound_mg": ("compound_mg", number),
    "share_pct": ("share_pct", number),
}
_ITEM_PARTS: Mapping[str, tuple[str, Cell]] = {
    "item_id": ("id", words),
    "item": ("name", words),
    "serving": ("serving", words),
    "source": ("source", bare),
    "grams_per_serving": ("grams_per_serving", number),
}

INTAKE_COLUMNS: Mapping[str, Cell] = {
    "date": bare,
    "nothing_taken": yes_or_no,
    "key": words,
    **{column: read for column, (_, read) in _ITEM_PARTS.items()},
    **{
        f"{mineral.value}_{column}": read
        for mineral in Mineral
        for column, (_, read) in _MINERAL_PARTS.items()
    },
    "amount": number,
    "unit": bare,
    "time_of_day": _clock,
    "checked": yes_or_no,
}
"""The columns of the intake table, each with what reads its cells. Minerals are per serving."""

_TAKEN = {mineral: f"{DERIVED}{mineral.value}_taken_mg" for mineral in Mineral}
_OF_THE_DAY = {"date", "nothing_taken"}


def write_intake(days: Iterable[DayIntake]) -> str:
    """The days as CSV text, with what was taken of each mineral beside each row."""
    return write_table(INTAKE_COLUMNS, _all_cells(days), tuple(_TAKEN.values()))


def read_intake(text: str, reading: Reading) -> Contents:
    """The days of an intake table. A day with a row that cannot be read is rejected whole."""
    collector = RowCollector(reading)
    try:
        _Days(collector).read(read_table(text, INTAKE_COLUMNS, needed=("date",)))
    except TableError as error:
        collector.reject(1, str(error))
    return collector.contents()


def _all_cells(days: Iterable[DayIntake]) -> Iterator[dict[str, Any]]:
    for day in days:
        written = plain(day)
        of_the_day = {"date": written["date"], "nothing_taken": written["nothing_taken"]}
        if not day.entries:
            yield of_the_day
        for entry, given in zip(day.entries, written["entries"], strict=True):
            yield of_the_day | _cells(entry, given)


def _cells(entry: IntakeEntry, given: Mapping[str, Any]) -> dict[str, Any]:
    item = given["item"]
    cells = {
        "key": given["key"],
        "amount": given["amount"]["value"],
        "unit": given["amount"]["unit"],
        "time_of_day": given["time_of_day"],
        "checked": given["checked"],
    }
    cells |= {column: item[name] for column, (name, _) in _ITEM_PARTS.items()}
    for mineral in Mineral:
        content = item[mineral.value] or {}
        cells |= {
            f"{mineral.value}_{column}": content.get(name) for column, (name, _) in _MINERAL_PARTS.items()
        }
        taken_mg = entry.elemental_mg(mineral)
        cells[_TAKEN[mineral]] = round(taken_mg, 1) if entry.checked and taken_mg is not None else None
    return cells


class _Days:
    """Puts the rows of each day together."""

    def __init__(self, collector: RowCollector) -> None:
        self._collector = collector
        self._line = 0
        self._day: dict[str, Any] = {}
        self._problem: tuple[int, str] | None = None
        self._spoils_next: tuple[int, str] | None = None

    def read(self, rows: Iterable[TableRow]) -> None:
        for row in rows:
            date = row.values.get("date")
            if date is None:
                # Whether the row was the last of one day or the first of the next, neither is whole.
                problem = row.problem or "date: is needed"
                self._note(row.line, problem)
                self._finish()
                self._spoils_next = row.line, problem
                continue
            if self._day and date != self._day["date"]:
                self._finish()
            if not self._day:
                self._line = row.line
                self._day = {"entries": [], **_only(row.values, _OF_THE_DAY)}
                self._problem, self._spoils_next = self._spoils_next, None
            self._add(row)
        self._finish()

    def _add(self, row: TableRow) -> None:
        if row.problem:
            self._note(row.line, row.problem)
        elif row.values.get("nothing_taken", False) != self._day.get("nothing_taken", False):
            self._note(row.line, "nothing_taken: differs within the day")
        elif row.values.keys() - _OF_THE_DAY:
            self._day["entries"].append(_entry(row.values))

    def _note(self, line: int, problem: str) -> None:
        self._problem = self._problem or (line, problem)

    def _finish(self) -> None:
        if self._problem is not None:
            line, problem = self._problem
            which = f" (this leaves out all of {self._day['date']})" if self._day else ""
            self._collector.reject(line, f"{problem}{which}")
        elif self._day:
            self._collector.take(self._line, "intake_days", self._day)
        self._day, self._problem = {}, None


def _entry(values: Mapping[str, Any]) -> dict[str, Any]:
    item: dict[str, Any] = _renamed(values, _ITEM_PARTS, "")
    for mineral in Mineral:
        content = _renamed(values, _MINERAL_PARTS, f"{mineral.value}_")
        if content:
            item[mineral.value] = content
    entry: dict[str, Any] = {"item": item, **_only(values, {"key", "time_of_day", "checked"})}
    amount = {"value": values.get("amount", 1), **({"unit": values["unit"]} if "unit" in values else {})}
    return entry | {"amount": amount}


def _renamed(values: Mapping[str, Any], parts: Mapping[str, tuple[str, Cell]], prefix: str) -> dict[str, Any]:
    return {name: values[prefix + column] for column, (name, _) in parts.items() if prefix + column in values}


def _only(values: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: values[name] for name in names if name in values}
