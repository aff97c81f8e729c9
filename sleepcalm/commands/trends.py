"""`sleepcalm trends`: any stretch of nights."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from sleepcalm.commands.record_access import chosen_date
from sleepcalm.commands.trend_output import add_output_arguments, give_period
from sleepcalm.program import Program, UserError

if TYPE_CHECKING:
    from sleepcalm.trends.periods import Period, RecordedSpan

HELP = "the nights between two dates: figures, means, chart and page"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--from",
        dest="first",
        metavar="DATE",
        help="the morning of the first night, as YYYY-MM-DD (without it, the first that is recorded)",
    )
    parser.add_argument(
        "--to", dest="last", metavar="DATE", default="today", help="likewise (without it, today)"
    )
    add_output_arguments(parser)


def run(program: Program, arguments: Namespace) -> int:
    from sleepcalm.trends.periods import Period  # noqa: PLC0415

    last = chosen_date(arguments.last, program)
    asked = chosen_date(arguments.first, program) if arguments.first else None
    if asked is not None and asked > last:
        raise UserError(f"--from {asked} is after --to {last}", status=2)

    def choose(recorded: RecordedSpan | None) -> Period:
        first = asked or (min(recorded[0], last) if recorded else last)
        return Period(None, first, last)

    return give_period(program, arguments, choose)
