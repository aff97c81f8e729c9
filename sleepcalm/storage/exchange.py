"""Import: read a file, compare it with the record, and only then, if wanted, take it over, all or nothing."""

from __future__ import annotations

import stat
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from sleepcalm.diary.entry import Entry
from sleepcalm.minerals.intake import DayIntake
from sleepcalm.storage.errors import StorageError
from sleepcalm.storage.exchange_diary_csv import read_diary
from sleepcalm.storage.exchange_forms import Reading
from sleepcalm.storage.exchange_intake_csv import read_intake
from sleepcalm.storage.exchange_json import read_json
from sleepcalm.storage.exchange_rows import Contents, Rejected, Row
from sleepcalm.storage.record_book import RecordBook
from sleepcalm.storage.records import Recorded
from sleepcalm.trends.question import Question
from sleepcalm.trends.trial import Trial

__all__ = ["MOST_BYTES", "ImportPlan", "carry_out", "content_to_import", "plan_import", "read_export"]

MOST_BYTES = 256_000_000
"""A century of nights and days is a fifth of it; reading it still fits into memory."""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do."""

    added: tuple[Row, ...]
    same: tuple[Row, ...]
    """The record holds just that already."""
    conflicting: tuple[Row, ...]
    """The record holds something else under that date or id."""
    rejected: tuple[Rejected, ...]


def content_to_import(path: Path) -> bytes:
    """The bytes of a file. Raises StorageError for what has no end, such as a device, and for too much."""
    try:
        found = path.stat()
        if stat.S_ISREG(found.st_mode) and found.st_size <= MOST_BYTES:
            return path.read_bytes()
    except OSError as error:
        raise StorageError(f"{path} could not be read ({error.strerror}).") from error
    fault = f"larger than {MOST_BYTES // 10**6} MB" if stat.S_ISREG(found.st_mode) else "not a file"
    raise StorageError(f"{path} is {fault}; nothing was imported.")


def read_export(content: bytes, reading: Reading) -> Contents:
    """What an exported file holds: JSON, or the table of the diary or of the intake.

    Nothing is raised: what cannot be read, be it the whole file, is among the rejected.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return Contents((), (Rejected(line, "not UTF-8 text"),))
    if text.lstrip()[:1] == "{":
        return read_json(text, reading)
    names = {name.strip().strip('"') for name in text.partition("\n")[0].replace(";", ",").split(",")}
    if "wake_date" in names:
        return read_diary(text, reading)
    if "date" in names:
        return read_intake(text, reading)
    return Contents((), (Rejected(1, "neither an export of SleepCalm nor one of its CSV tables"),))


def plan_import(book: RecordBook, contents: Contents) -> ImportPlan:
    """Compare what a file holds with the record; nothing is changed."""
    added: list[Row] = []
    same: list[Row] = []
    conflicting: list[Row] = []
    rejected = list(contents.rejected)
    for row in contents.rows:
        present = book.like(row.value)
        if isinstance(row.value, Trial) and isinstance(present, Trial) and present.breach(row.value):
            rejected.append(Rejected(row.line, f"the trial {row.key} is another one than is recorded"))
        elif present is None and book.place_of(row.value) in book.unreadable:
            conflicting.append(row)
        elif present is None or _says_nothing(present):
            (same if _says_nothing(row.value) else added).append(row)
        else:
            (same if _says_the_same(row.value, present) else conflicting).append(row)
    return ImportPlan(tuple(added), tuple(same), tuple(conflicting), tuple(rejected))


def carry_out(book: RecordBook, read_anew: Callable[[], RecordBook], plan: ImportPlan, *, over: bool) -> int:
    """Save what the plan adds, in one save, and return how many values that were.

    What the record holds of the conflicting rows stays, or, with `over`, goes to the bin for the file's.
    The record is then read anew from its file; if a value is not there, or the count is another than it
    should be, the record is put back as it was and StorageError raised, as when it cannot be saved.
    """
    rows = (*plan.added, *(plan.conflicting if over else ()))
    before = book.database.tables()
    expected = book.keys() | {book.place_of(row.value) for row in rows}
    with book.batch():
        for row in rows[len(plan.added) :]:
            book.put(row.value, keep_previous=True)
        book.put_all(row.value for row in plan.added)
    saved = read_anew()
    lost = [row.line for row in rows if saved.like(row.value) != row.value]
    if lost or saved.keys() != expected:
        book.database.replace_everything(before)
        raise StorageError(
            f"The import did not read back as it was saved ({len(lost)} of {len(rows)} values differ, "
            f"{len(saved.keys())} are there instead of {len(expected)}); nothing was imported."
        )
    return len(rows)


def _says_nothing(value: Recorded) -> bool:
    """A day on which nothing is recorded is the same as no day."""
    return value == DayIntake(value.date) if isinstance(value, DayIntake) else False


def _says_the_same(given: Recorded, present: Recorded) -> bool:
    if isinstance(given, Entry) and isinstance(present, Entry) and given.recorded_at is None:
        # When it was first filled in is not told by every table, and is no answer of the night.
        present = replace(present, recorded_at=None)
    if isinstance(given, Question):
        return True  # whenever it was asked, asking again is no new question
    return given == present
