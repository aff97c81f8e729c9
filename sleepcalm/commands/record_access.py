"""The record as the commands open it, and what they tell on standard error of its state."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from sleepcalm.program import Program, UserError

if TYPE_CHECKING:
    # The record's libraries take longer to import than `--help` may.
    from sleepcalm.storage.record_book import RecordBook
    from sleepcalm.storage.recovery import ChangedOutsideError

ANSWERS = {"u": "use", "use": "use", "r": "restore", "restore": "restore"}


@contextmanager
def record_to_read(program: Program) -> Iterator[RecordBook]:
    """The record for reading, which goes on while another program writes to it."""
    with program.read_record() as book:
        _tell(book)
        yield book
        for found in book.unreadable.values():
            tell(f"{found}; it is left out")


@contextmanager
def record_to_write(program: Program, arguments: Namespace) -> Iterator[RecordBook]:
    """The record for writing. Raises UserError and StorageError; the messages say how to go on.

    When all went well the day's backup is made, unless there is one.
    """
    with _opened(program, arguments) as book:
        _tell(book)
        if book.database.from_newer_version:
            raise UserError("a newer version of SleepCalm wrote this record: it can be read, not changed")
        yield book
        for found in list(book.unreadable.values()):
            book.set_aside(found)
            tell(f"{found}; it is set aside in the record")
        for path in book.database.replaced_from_outside:
            tell(f"something else had replaced the record meanwhile; its file is kept as {path}")
        _keep_house(program, book)


def tell(notice: str) -> None:
    """A line on standard error, after all that was written to standard output."""
    sys.stdout.flush()
    print(f"sleepcalm: {notice}", file=sys.stderr, flush=True)


def agreed(question: str) -> bool:
    """Ask on the terminal; anything but a yes is a no."""
    return _answer(f"{question} [y/N] ") in {"y", "yes"}


def on_a_terminal() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def chosen_date(text: str, program: Program) -> date:
    """A date as YYYY-MM-DD, or "today" or "yesterday". Raises UserError."""
    from sleepcalm.diary.values import EntryError, day  # noqa: PLC0415

    today = program.now().date()
    if text == "today":
        return today
    if text == "yesterday":
        return date.fromordinal(today.toordinal() - 1)
    try:
        found: date = day("date", text)
    except EntryError as error:
        raise UserError(str(error), status=2) from error
    return found


def _opened(program: Program, arguments: Namespace) -> RecordBook:
    from sleepcalm.storage.recovery import ChangedOutsideError, WhenChanged  # noqa: PLC0415

    ways = {"use": WhenChanged.ACCEPT, "restore": WhenChanged.RESTORE, None: WhenChanged.ASK}
    actions = [arguments.command, getattr(arguments, "action", "")]
    writer = " ".join(["sleepcalm", *filter(None, actions)])
    try:
        return program.open_record(writer, ways[arguments.if_changed])
    except ChangedOutsideError as error:
        return program.open_record(writer, ways[_chosen(error)])


def _chosen(error: ChangedOutsideError) -> str:
    """What to do about a record that a hand has edited: asked, where there is somebody to ask."""
    if on_a_terminal():
        tell(str(error))
        for difference in error.differences:
            tell(f"restoring: {difference.table} {difference.key} {difference.change.value}")
        answer = _answer("[u]se it as it is, [r]estore the last good state, or stop? ")
        if answer in ANSWERS:
            return ANSWERS[answer]
        raise UserError("stopped; nothing was changed")
    raise UserError(f"{error} For either, give --if-changed use or --if-changed restore.")


def _answer(question: str) -> str:
    print(question, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower()


def _tell(book: RecordBook) -> None:
    if book.database.report is not None:
        tell(str(book.database.report))


def _keep_house(program: Program, book: RecordBook) -> None:
    from sleepcalm.storage.errors import StorageError  # noqa: PLC0415

    try:
        program.keep_house(book)
    except StorageError as error:
        tell(f"the day's backup was not made: {error}")
