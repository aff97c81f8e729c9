"""CSV tables of an export: cells, rows, and what is wrong with them.

An empty cell is "not recorded". A text that is empty itself, or begins with a quotation mark, is written as
a JSON string, so that nothing is lost on the way out and in again. Columns that begin with "derived." are
for spreadsheets; an import passes over them.
"""

from __future__ import annotations

import csv
import difflib
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = [
    "DERIVED",
    "Cell",
    "TableError",
    "TableRow",
    "bare",
    "number",
    "read_table",
    "structure",
    "words",
    "write_table",
    "yes_or_no",
]

DERIVED = "derived."
Cell = Callable[[str], Any]
_WHOLE = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?[0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?")


class TableError(ValueError):
    """The table as a whole cannot be read."""


def bare(cell: str) -> Any:
    """A date, a time or one of a few words."""
    return cell.strip()


def number(cell: str) -> Any:
    """A number; what is none is left to whoever reads the field, who knows how to say so."""
    typed = cell.strip()
    try:
        if _WHOLE.fullmatch(typed):
            return int(typed)
        return float(typed) if _DECIMAL.fullmatch(typed) else typed
    except ValueError:  # thousands of digits
        return typed


def yes_or_no(cell: str) -> Any:
    return {"true": True, "yes": True, "false": False, "no": False}.get(cell.strip().lower(), cell)


def words(cell: str) -> Any:
    """A text, or a JSON string of it."""
    if cell.startswith('"'):
        try:
            found = structure(cell)
        except ValueError:
            return cell  # typed in a spreadsheet: the text as it stands
        if isinstance(found, str):
            return found
    return cell


def structure(cell: str) -> Any:
    """A list or an object in JSON."""
    try:
        return json.loads(cell, object_pairs_hook=_each_once)
    except (ValueError, RecursionError):
        raise ValueError("is not JSON") from None


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name is given twice")
    return found


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table: the values that are not empty by column, up to what is wrong with the row."""

    line: int
    values: Mapping[str, Any]
    problem: str = ""


def write_table(
    columns: Mapping[str, Cell], rows: Iterable[Mapping[str, Any]], derived: Sequence[str] = ()
) -> str:
    """CSV as RFC 4180 has it, in UTF-8 once it is encoded."""
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow([*columns, *derived])
    for row in rows:
        cells = [_cell(row.get(column), columns[column]) for column in columns]
        writer.writerow([*cells, *(_cell(row.get(column), bare) for column in derived)])
    return target.getvalue()


def read_table(text: str, columns: Mapping[str, Cell], needed: Sequence[str]) -> Iterator[TableRow]:
    """The rows of a CSV text whose first row names its columns, in any order. Raises TableError."""
    first_line = text.partition("\n")[0]
    delimiter = ";" if ";" in first_line and "," not in first_line else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
    except csv.Error as error:
        raise TableError(f"the row of column names cannot be read ({error})") from error
    _check_header(header, columns, needed)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield TableRow(line, {}, f"not CSV ({error})")
            continue
        if cells:
            yield _row(line, header, cells, columns)


def _row(line: int, header: Sequence[str], cells: Sequence[str], columns: Mapping[str, Cell]) -> TableRow:
    if len(cells) != len(header):
        return TableRow(line, {}, f"{len(cells)} cells under {len(header)} column names")
    values = {}
    for name, cell in zip(header, cells, strict=True):
        if cell and not name.startswith(DERIVED):
            try:
                values[name] = columns[name](cell)
            except ValueError as error:
                return TableRow(line, values, f"{name}: {error}")
    return TableRow(line, values)


def _check_header(header: Sequence[str], columns: Mapping[str, Cell], needed: Sequence[str]) -> None:
    for name in header:
        if name not in columns and not name.startswith(DERIVED):
            near = difflib.get_close_matches(name[:64], list(columns), n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise TableError(f"{name[:40]!a}: there is no such column{hint}")
        if header.count(name) > 1:
            raise TableError(f"the column {name[:40]!a} is there twice")
    for name in needed:
        if name not in header:
            raise TableError(f"the column {name} is missing")


def _cell(value: Any, read: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    text = str(value)
    return json.dumps(text, ensure_ascii=False) if read is words and text[:1] in ("", '"') else text
