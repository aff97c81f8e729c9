"""What a benchmark found, and the table of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from shutil import which


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. `ratio` is ours by the reference's; a goal bounds it, or `ours` where it says so."""

    name: str
    ours: str
    reference: str
    ratio: float | None
    goal: str
    is_met: bool | None
    """None where there is no goal."""


class Unavailable(Exception):  # noqa: N818 - a reason to skip, not an error
    """This machine cannot run a benchmark; the text says what is missing."""


def require(packages: Mapping[str, str]) -> None:
    """Raise Unavailable unless every program is there; `packages` has the Debian package of each."""
    missing = sorted({package for program, package in packages.items() if which(program) is None})
    if missing:
        raise Unavailable(f"it needs the packages {', '.join(missing)}")


_HEADINGS = ("", "SleepCalm", "reference", "ratio", "goal", "")


def print_rows(rows: list[Row]) -> None:
    lines = [_HEADINGS, *map(_cells, rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def _cells(row: Row) -> tuple[str, ...]:
    ratio = "" if row.ratio is None else f"{row.ratio:.3g}"
    verdict = {None: "", True: "met", False: "missed"}[row.is_met]
    return (row.name, row.ours, row.reference, ratio, row.goal, verdict)
