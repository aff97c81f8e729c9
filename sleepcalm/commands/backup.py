"""`sleepcalm backup`: everything in one file that can be restored."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from sleepcalm.commands.record_access import record_to_write
from sleepcalm.foreign_files import resolved
from sleepcalm.program import Program, UserError

HELP = "back up the record, preferences, own routines and sounds"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "folder", metavar="FOLDER", nargs="?", type=Path, help="where to (else the data folder's own backups)"
    )


def run(program: Program, arguments: Namespace) -> int:
    folder = resolved(arguments.folder) if arguments.folder else None
    # A folder is made where there is a place for it: below a mistyped or absent disk there is none.
    if folder and not folder.parent.is_dir():
        raise UserError(f"there is no folder {folder.parent}; nothing was backed up")
    with record_to_write(program, arguments) as book:
        print(book.database.backups.make(program.now(), folder=folder))
    return 0
