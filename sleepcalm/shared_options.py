"""The options that every command takes, wherever on the line they stand."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # argparse names this type only with an underscore.
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001


def shared_options() -> argparse.ArgumentParser:
    """A parent for the parsers of commands and of their actions.

    Nothing is set where an option is not given, so that an inner parser does not undo an outer one.
    """
    shared = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    shared.add_argument(
        "--data-dir",
        metavar="DIR",
        type=_folder,
        help="folder for what you record (else SLEEPCALM_DATA_DIR, else the platform's data folder)",
    )
    shared.add_argument(
        "--demo",
        action="store_true",
        help="an invented diary in a throwaway folder, which is removed at the end",
    )
    shared.add_argument(
        "--if-changed",
        choices=["use", "restore"],
        help="what to do with a record that something else has changed: use it as it is, "
        "or restore the last good state",
    )
    return shared


def _folder(text: str) -> Path:
    if not text:  # a variable of a script that was never set; Path would make it the current folder
        raise argparse.ArgumentTypeError("the name is empty")
    return Path(text)


def add_action(actions: Subparsers, name: str, text: str) -> argparse.ArgumentParser:
    """A parser for one action of a command, such as `diary add`."""
    return actions.add_parser(
        name, help=text, description=text, parents=[shared_options()], allow_abbrev=False
    )
