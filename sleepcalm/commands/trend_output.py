"""What `week` and `trends` share: their options, reading a period, and the forms it is given in."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sleepcalm.commands.record_access import record_to_read, tell
from sleepcalm.commands.trends_access import figures_between
from sleepcalm.program import Program, UserError

if TYPE_CHECKING:
    # The rules of trends take longer to import than `--help` may.
    from sleepcalm.trends.figures import NightFigures
    from sleepcalm.trends.periods import Period, RecordedSpan

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FILES = {"csv": b"wake_date,", "png": b"\x89PNG\r\n", "svg": b"<?xml", "pdf": b"%PDF-"}
"""The forms that are files, each with what such a file begins with."""


def add_output_arguments(parser: ArgumentParser) -> None:
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print JSON")
    form.add_argument("--table", action="store_true", help="print a table, as without any of these options")
    form.add_argument("--csv", metavar="FILE", type=Path, help="a row a night, for a spreadsheet")
    form.add_argument("--png", metavar="FILE", type=Path, help="the chart as a picture")
    form.add_argument("--svg", metavar="FILE", type=Path, help="the chart as vectors")
    form.add_argument("--pdf", metavar="FILE", type=Path, help="one page for a clinician")
    parser.add_argument(
        "--paper", choices=("a4", "letter"), help="with --pdf; without this option the locale decides"
    )
    parser.add_argument("--medicines", action="store_true", help="with --pdf and --csv: the medicines too")
    parser.add_argument("--notes", action="store_true", help="with --pdf and --csv: the notes too")
    parser.add_argument("--force", action="store_true", help="replace an existing file")
    parser.add_argument(
        "--week-starts",
        metavar="DAY",
        choices=WEEKDAYS,
        help="the first day of a week: monday to sunday; without this option the locale decides",
    )


def give_period(
    program: Program, arguments: Namespace, choose: Callable[[RecordedSpan | None], Period]
) -> int:
    """Give the period that `choose` makes of the recorded span, in the form that was asked for."""
    from sleepcalm.recorded_nights import recorded_span  # noqa: PLC0415

    form = _form(arguments)
    with record_to_read(program) as book:
        period = choose(recorded_span(book))
        wanted = _read_for(form, period)
        nights = figures_between(program, book, wanted.first, wanted.last)
    if form not in _FILES:
        _print(form, period, nights)
        return 0
    path: Path = getattr(arguments, form)
    try:
        _write(program, arguments, form, period, nights)
        _read_back(path, _FILES[form])
    except OSError as error:
        raise UserError(f"{path} was not written: {error.strerror or error}") from error
    recorded = sum(night.recorded for night in nights if night.wake_date in period)
    print(f"{path}: {period.first} to {period.last}, {recorded} of {period.nights} nights recorded")
    return 0


def week_starts(arguments: Namespace) -> int:
    """The first day of a week as `date.weekday` counts: as asked for, else as the locale has it."""
    if arguments.week_starts:
        return WEEKDAYS.index(arguments.week_starts)
    from sleepcalm.paper import first_weekday  # noqa: PLC0415 - Qt, only where nothing was asked for

    try:
        return first_weekday()
    except UserError as error:
        tell(f"weeks begin on Monday, for the locale's own first day is not known: {error}")
        return WEEKDAYS.index("monday")


def _form(arguments: Namespace) -> str:
    """Which form was asked for. Raises UserError for options that it has no use for."""
    form = next((name for name in ("json", *_FILES) if getattr(arguments, name)), "table")
    if arguments.paper and form != "pdf":
        raise UserError("--paper goes with --pdf", status=2)
    for name in ("medicines", "notes"):
        if getattr(arguments, name) and form not in {"pdf", "csv"}:
            raise UserError(f"--{name} goes with --pdf or --csv", status=2)
    if form not in _FILES:
        if arguments.force:
            raise UserError("--force goes with a file", status=2)
        return form
    path: Path = getattr(arguments, form)
    if form in {"png", "svg"} and path.suffix.lower() != f".{form}":
        raise UserError(f"--{form}: the name of FILE ends with .{form}, unlike {path}", status=2)
    if path.exists() and not path.is_file():
        what = "a folder" if path.is_dir() else "no ordinary file"
        raise UserError(f"{path} is {what}; give a file's name", status=2)
    if path.exists() and not arguments.force:
        raise UserError(f"{path} is there already; --force replaces it")
    return form


def _read_for(form: str, period: Period) -> Period:
    from sleepcalm.trends.report import report_period  # noqa: PLC0415

    return report_period(period) if form == "pdf" else period


def _print(form: str, period: Period, nights: Sequence[NightFigures]) -> None:
    from sleepcalm.commands.trend_table import table_lines  # noqa: PLC0415
    from sleepcalm.trends.document import period_document  # noqa: PLC0415

    if form == "json":
        print(json.dumps(period_document(period, nights), indent=2))
    else:
        for line in table_lines(period, nights):
            print(line)


def _write(
    program: Program, arguments: Namespace, form: str, period: Period, nights: Sequence[NightFigures]
) -> None:
    path: Path = getattr(arguments, form)
    if form == "csv":
        _write_csv(path, arguments, nights)
    elif form == "pdf":
        _write_page(program, path, arguments, period, nights)
    else:
        from sleepcalm.paper import write_chart  # noqa: PLC0415 - Qt, only when something is painted

        write_chart(
            path, nights, period, program.preferences, week_starts=week_starts(arguments), now=program.now()
        )


def _write_csv(path: Path, arguments: Namespace, nights: Sequence[NightFigures]) -> None:
    from sleepcalm.storage.atomic_file import write_atomically  # noqa: PLC0415
    from sleepcalm.storage.trends_csv import write_nights  # noqa: PLC0415

    text = write_nights(nights, with_medicines=arguments.medicines, with_notes=arguments.notes)
    data = text.encode("utf-8")
    write_atomically(path, data)
    if path.read_bytes() != data:
        raise UserError(f"{path} does not read back as it was written")


def _write_page(
    program: Program,
    path: Path,
    arguments: Namespace,
    period: Period,
    nights: Sequence[NightFigures],
) -> None:
    from sleepcalm.paper import usual_paper, write_report  # noqa: PLC0415 - Qt, only when something is painted

    write_report(
        path,
        nights,
        period,
        paper=arguments.paper or usual_paper(),
        with_medicines=arguments.medicines,
        with_notes=arguments.notes,
        week_starts=week_starts(arguments),
        now=program.now(),
    )


def _read_back(path: Path, beginning: bytes) -> None:
    with path.open("rb") as stream:
        if stream.read(len(beginning)) != beginning:
            raise UserError(f"{path} does not read back as it was written")
