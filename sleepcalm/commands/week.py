"""`sleepcalm week`: one week of nights."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from sleepcalm.commands.record_access import chosen_date
from sleepcalm.commands.trend_output import add_output_arguments, give_period, week_starts
from sleepcalm.program import Program

HELP = "a week of nights: figures, means, chart and page"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "date",
        metavar="DATE",
        nargs="?",
        default="today",
        help="the morning of any of its nights, as YYYY-MM-DD (without it, today)",
    )
    add_output_arguments(parser)


def run(program: Program, arguments: Namespace) -> int:
    from sleepcalm.trends.periods import week_around  # noqa: PLC0415

    day = chosen_date(arguments.date, program)
    week = week_around(day, week_starts(arguments))
    return give_period(program, arguments, lambda _recorded: week)
