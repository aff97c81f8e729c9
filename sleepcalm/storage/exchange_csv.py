"""The diary as a table: one CSV row a night, with the fields of its JSON as columns by path.

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

from sleepcalm.diary.entry import Entry, JerkCountBand
from sleepcalm.diary.measures import Measures, measure, measures_to_json
from sleepcalm.storage.exchange_forms import Reading, plain
from sleepcalm.storage.exchange_rows import Contents, RowCollector

__all__ = [
    "DERIVED",
    "DIARY_COLUMNS",
    "TableError",
    "TableRow",
    "bare",
    "number",
    "read_diary",
    "read_table",
    "structure",
    "words",
    "write_diary",
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


_COUNT, _BAND = "hypnic_jerks.count", "hypnic_jerks.count_band"

DIARY_COLUMNS: Mapping[str, Cell] = {
    "wake_date": bare,
    "time_zone": bare,
    "into_bed": bare,
    "tried_to_sleep": bare,
    "sleep_onset_latency_min": number,
    "awakenings": number,
    "wake_after_sleep_onset_min": number,
    "final_awakening": bare,
    "out_of_bed": bare,
    "minutes_trying_after_waking": number,
    "woke_earlier_than_planned_min": number,
    "did_not_sleep": yes_or_no,
    "sleep_quality": bare,
    "restedness": bare,
    "own_estimate_total_sleep_min": number,
    "other_sleeps": structure,
    "naps.count": number,
    "naps.minutes": number,
    _COUNT: number,
    _BAND: bare,
    "hypnic_jerks.strongest": bare,
    "hypnic_jerks.woke_fully": yes_or_no,
    "hypnic_jerks.falling_sensation": yes_or_no,
    "hypnic_jerks.sensory_only": yes_or_no,
    "hypnic_jerks.during_practice": yes_or_no,
    "hypnic_jerks.minutes_to_resettle": number,
    "hypnic_jerks.fear": number,
    "hypnic_jerks.body_part": words,
    "hypnic_jerks.side": bare,
    "hypnic_jerks.seen_by_partner": yes_or_no,
    "hypnic_jerks.unsure": yes_or_no,
    "evening.caffeine_mg": number,
    "evening.caffeine_last": bare,
    "evening.alcohol_drinks": number,
    "evening.alcohol_last": bare,
    "evening.nicotine": yes_or_no,
    "evening.exercise": bare,
    "evening.exercise_ended": bare,
    "evening.stress": number,
    "evening.tiredness": number,
    "evening.medicines": structure,
    "evening.screen_late": yes_or_no,
    "evening.noise_or_light": yes_or_no,
    "evening.illness": yes_or_no,
    "notes": words,
    "recorded_at": bare,
    "instant_zones": structure,
    "time_notices": structure,
}
"""The columns of the diary, each with what reads its cells."""


def write_diary(entries: Iterable[Entry]) -> str:
    """The diary as CSV text, a night a row, the measures of each beside it."""
    return write_table(DIARY_COLUMNS, (_diary_cells(entry) for entry in entries), _DERIVED_COLUMNS)


def read_diary(text: str, reading: Reading) -> Contents:
    """The nights of a diary's table; what cannot be read is among the rejected."""
    collector = RowCollector(reading)
    try:
        for row in read_table(text, DIARY_COLUMNS, needed=("wake_date",)):
            if row.problem:
                collector.reject(row.line, row.problem)
                continue
            try:
                given = _nested(row.values)
            except ValueError as error:
                collector.reject(row.line, str(error))
                continue
            collector.take(row.line, "nights", given)
    except TableError as error:
        collector.reject(1, str(error))
    return collector.contents()


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


_FIGURES = tuple(Measures.__dataclass_fields__)
_DERIVED_COLUMNS = tuple(
    f"{DERIVED}{name}" for name in [*(n for n in _FIGURES if n not in {"flags", "missing"}), "flags"]
)


def _diary_cells(entry: Entry) -> dict[str, Any]:
    written = plain(entry)
    cells: dict[str, Any] = {}
    for name, value in written.items():
        if name in {"naps", "hypnic_jerks", "evening"}:
            cells |= {f"{name}.{inner}": part for inner, part in value.items()}
        else:
            cells[name] = value
    if isinstance(entry.hypnic_jerks.count, JerkCountBand):
        # A column of its own: the band "0" and the exact count 0 would be the same cell.
        cells[_BAND] = cells.pop(_COUNT)
    measures = measure(entry)
    cells |= {f"{DERIVED}{name}": value for name, value in measures_to_json(measures).items()}
    cells[f"{DERIVED}flags"] = " ".join(flag.code.value for flag in measures.flags) or None
    return cells


def _nested(values: Mapping[str, Any]) -> dict[str, Any]:
    """The night as its JSON has it. Raises ValueError."""
    nested: dict[str, Any] = {}
    if _COUNT in values and _BAND in values:
        raise ValueError(f"{_BAND}: a night has a count or a band, not both")
    for path, value in values.items():
        section, dot, inner = (_COUNT if path == _BAND else path).partition(".")
        if dot:
            nested.setdefault(section, {})[inner] = value
        else:
            nested[section] = value
    return nested
