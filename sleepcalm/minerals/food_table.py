"""The table of common foods that the program ships."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable
from pathlib import Path

from sleepcalm.minerals.intake import Item, MineralContent, Source
from sleepcalm.minerals.item_search import SearchableItem
from sleepcalm.minerals.seed_file import SeedFileError

COLUMNS = (
    "food",
    "serving",
    "grams",
    "magnesium_mg",
    "calcium_mg",
    "ndb",
    "source",
    "other_names",
    "note",
)


def load_foods(path: Path) -> tuple[SearchableItem, ...]:
    """Foods in the order of the file; their ids are "usda-" and the number of the food at its source.

    Lines that begin with "#" are remarks. An empty figure is not known.
    Raises SeedFileError with file, line and reason; OSError where the file cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as problem:
        raise SeedFileError(path, f"byte {problem.start}", "not UTF-8") from None
    return tuple(_parse(path, text.splitlines()))


def _parse(path: Path, lines: Iterable[str]) -> Iterable[SearchableItem]:
    header: list[str] | None = None
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            (cells,) = csv.reader([line], strict=True)
            if header is None:
                header = _checked_header(cells)
                continue
            food = _food(cells)
            _note_once(seen, food.item, number)
        except (ValueError, csv.Error) as problem:
            raise SeedFileError(path, f"line {number}", str(problem)) from None
        yield food
    if header is None:
        raise SeedFileError(path, "line 1", "the row of column names is missing")


def _note_once(seen: dict[str, int], item: Item, number: int) -> None:
    for unique in (item.id, item.name.casefold()):
        if unique in seen:
            raise ValueError(f"{unique} stands in line {seen[unique]} already")
        seen[unique] = number


def _checked_header(cells: list[str]) -> list[str]:
    if tuple(cells) != COLUMNS:
        raise ValueError(f"the columns must be {','.join(COLUMNS)}")
    return cells


def _food(cells: list[str]) -> SearchableItem:
    if len(cells) != len(COLUMNS):
        raise ValueError(f"{len(COLUMNS)} columns expected, {len(cells)} found")
    row = {column: cell.strip() for column, cell in zip(COLUMNS, cells, strict=True)}
    if not (row["ndb"].isascii() and row["ndb"].isdigit()):
        raise ValueError(f"ndb: {row['ndb']!r} is not a whole number")
    if row["source"] not in (Source.FOOD, Source.DRINK):
        raise ValueError(f"source: {row['source']!r} is neither food nor drink")
    item = Item(
        id=f"usda-{row['ndb']}",
        name=row["food"],
        serving=row["serving"],
        source=Source(row["source"]),
        grams_per_serving=_number("grams", row["grams"]),
        magnesium=_content("magnesium_mg", row["magnesium_mg"]),
        calcium=_content("calcium_mg", row["calcium_mg"]),
    )
    names = tuple(name.strip() for name in row["other_names"].split(";") if name.strip())
    return SearchableItem(item, other_names=names, note=row["note"])


def _content(column: str, cell: str) -> MineralContent | None:
    elemental_mg = _number(column, cell)
    return None if elemental_mg is None else MineralContent(elemental_mg)


def _number(column: str, cell: str) -> float | None:
    if not cell:
        return None
    try:
        value = float(cell)
    except ValueError:
        raise ValueError(f"{column}: {cell!r} is not a number") from None
    if not math.isfinite(value) or value < 0:
        raise ValueError(f"{column}: {cell!r} is not a number from 0")
    return value
