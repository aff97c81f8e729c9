"""`sleepcalm delete-everything`: asks twice, deletes, and says what remains."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from sleepcalm.commands.record_access import agreed, on_a_terminal
from sleepcalm.program import Program, UserError

HELP = "delete all that was recorded, for good; asks twice"

WORD = "delete"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--yes-delete-everything", action="store_true", help="do not ask; for scripts that know what they do"
    )


def run(program: Program, arguments: Namespace) -> int:
    from sleepcalm.storage.everything import delete_everything  # noqa: PLC0415 - slow to import
    from sleepcalm.storage.recovery import WhenChanged  # noqa: PLC0415

    if not arguments.yes_delete_everything and not _is_meant(program):
        raise UserError("nothing was deleted")
    # Opened only so that nobody else writes meanwhile; whatever state it is in, it goes.
    with program.open_record("sleepcalm delete-everything", WhenChanged.ACCEPT):
        left = delete_everything(program.data_folder)
    print(f"Everything that was recorded in {program.data_folder} is deleted.")
    for path in left:
        print(f"still there: {path}")
    print("Not touched: exports and backups that you keep in other folders.")
    return 0


def _is_meant(program: Program) -> bool:
    if not on_a_terminal():
        raise UserError("on no terminal nobody can be asked; give --yes-delete-everything", status=2)
    what = "all nights, minerals, played routines, trials, the bin, preferences and the backups"
    if not agreed(f"This deletes {what} in {program.data_folder}. There is no way back. Go on?"):
        return False
    print(f"To delete it all for good, write the word {WORD}: ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() == WORD
