"""`sleepcalm export`: everything as JSON, or the diary and the intake as tables."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sleepcalm import __version__
from sleepcalm.commands.record_access import record_to_read
from sleepcalm.program import Program, UserError

if TYPE_CHECKING:
    from sleepcalm.storage.record_book import RecordBook
    from sleepcalm.storage.records import Recorded

HELP = "write what you recorded to a file for other programs"

FORMATS = ("json", "csv")
_WORDS = {
    "nights": ("night", "nights"),
    "intake_days": ("day of intake", "days of intake"),
    "checklist_items": ("item", "items"),
    "practice": ("practice", "practices"),
    "trials": ("trial", "trials"),
    "questions": ("question asked", "questions asked"),
}
"""What there is one of, and several, by the section of the file."""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path)
    parser.add_argument(
        "--format",
        choices=FORMATS,
        help="json holds everything; csv is the diary in FILE and the intake beside it, in NAME-intake.csv "
        "(without this option the suffix of FILE decides, else json)",
    )
    parser.add_argument("--force", action="store_true", help="replace existing files")


def run(program: Program, arguments: Namespace) -> int:
    from sleepcalm.storage.atomic_file import write_atomically  # noqa: PLC0415

    suffix = arguments.file.suffix.lower().lstrip(".")
    chosen = arguments.format or (suffix if suffix in FORMATS else "json")
    with record_to_read(program) as book:
        write = _as_tables if chosen == "csv" else _as_json
        texts = write(program, book, arguments.file)
        unreadable = len(book.unreadable)
    for path in texts:
        if path.exists() and not arguments.force:
            raise UserError(f"{path} is there already; --force replaces it")
    for path, (text, what) in texts.items():
        write_atomically(path, text.encode("utf-8"))
        if path.read_bytes() != text.encode("utf-8"):
            raise UserError(f"{path} does not read back as it was written")
        print(f"{path}: {what}")
    if unreadable:
        parts = "1 part of the record" if unreadable == 1 else f"{unreadable} parts of the record"
        raise UserError(f"{parts} could not be read and {'is' if unreadable == 1 else 'are'} not in the file")
    return 0


def _as_json(program: Program, book: RecordBook, path: Path) -> Mapping[Path, tuple[str, str]]:
    from sleepcalm.storage.exchange_json import write_json  # noqa: PLC0415

    values: dict[str, Sequence[Recorded]] = {
        "nights": list(book.entries().values()),
        "intake_days": list(book.days().values()),
        "checklist_items": list(book.items().values()),
        "practice": book.practices(),
        "trials": book.trials(),
        "questions": book.questions(),
    }
    counts = ", ".join(_counted(section, len(found)) for section, found in values.items())
    return {path: (write_json(values, program.now(), f"sleepcalm {__version__}"), counts)}


def _as_tables(_: Program, book: RecordBook, path: Path) -> Mapping[Path, tuple[str, str]]:
    from sleepcalm.storage.exchange_diary_csv import write_diary  # noqa: PLC0415
    from sleepcalm.storage.exchange_intake_csv import write_intake  # noqa: PLC0415

    nights, days = list(book.entries().values()), list(book.days().values())
    return {
        path: (write_diary(nights), _counted("nights", len(nights))),
        path.with_name(f"{path.stem}-intake.csv"): (write_intake(days), _counted("intake_days", len(days))),
    }


def _counted(section: str, count: int) -> str:
    one, several = _WORDS[section]
    return f"{count} {one if count == 1 else several}"
