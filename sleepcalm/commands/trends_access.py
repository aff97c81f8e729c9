"""What the commands about trends share: the nights, the moment, a seed."""

from __future__ import annotations

from argparse import ArgumentTypeError
from datetime import date
from typing import TYPE_CHECKING

from sleepcalm.plain_numbers import plain_whole_number
from sleepcalm.program import Program, local_zone
from sleepcalm.shipped_files import shipped_folder

if TYPE_CHECKING:
    from sleepcalm.diary.civil_time import Instant
    from sleepcalm.storage.record_book import RecordBook
    from sleepcalm.trends.figures import NightFigures
    from sleepcalm.trends.trial import Trial


def seed(text: str) -> int:
    """A seed as it stands on a command line. Raises ArgumentTypeError."""
    from sleepcalm.trends.trial import LARGEST_SEED  # noqa: PLC0415

    try:
        number = plain_whole_number(text)
    except ValueError:
        number = -1
    if not 0 <= number <= LARGEST_SEED:
        raise ArgumentTypeError(f"must be a whole number from 0 to {LARGEST_SEED}")
    return number


def all_figures(program: Program, book: RecordBook) -> tuple[NightFigures, ...]:
    """The figures of every night from the first to the last that was recorded."""
    from sleepcalm.recorded_nights import recorded_span  # noqa: PLC0415

    span = recorded_span(book)
    return () if span is None else figures_between(program, book, *span)


def figures_between(program: Program, book: RecordBook, first: date, last: date) -> tuple[NightFigures, ...]:
    from sleepcalm.recorded_nights import read_figures, rest_routines  # noqa: PLC0415

    return read_figures(
        book,
        shipped_folder("seeds"),
        program.preferences,
        rest_routines=rest_routines(program.catalogue),
        first=first,
        last=last,
    )


def trial_figures(program: Program, book: RecordBook, trial: Trial) -> tuple[NightFigures, ...]:
    from sleepcalm.recorded_nights import read_trial_figures  # noqa: PLC0415

    return read_trial_figures(book, shipped_folder("seeds"), program.preferences, trial)


def moment_now(program: Program) -> Instant:
    """Civil time here. Raises UserError where this machine's zone is not known."""
    from sleepcalm.diary.civil_time import Instant  # noqa: PLC0415 - slow to import

    return Instant.from_moment(program.now(), local_zone())
