"""`sleepcalm` and its subcommands."""

from __future__ import annotations

import argparse
import gc
import importlib
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from sleepcalm import __version__
from sleepcalm.program import Program, UserError, civil_now, default_data_folder, load_program

COMMANDS = ("routines", "timeline", "render", "play", "doctor")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run SleepCalm; gives the exit status: 0 done, 1 failed, 2 wrong use."""
    _print_anything()
    try:
        words = sys.argv[1:] if arguments is None else arguments
        # The window's start has no use for the commands, and they take a while to import.
        status = _run(_parser(COMMANDS if words else ()).parse_args(words))
        sys.stdout.flush()
    except UserError as error:
        print(f"sleepcalm: {error}", file=sys.stderr)
        return error.status
    except BrokenPipeError:
        # Who read the output has gone. Python would complain again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        print("sleepcalm: interrupted", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"sleepcalm: {error}", file=sys.stderr)
        return 1
    return status


def _print_anything() -> None:
    """Let no name of a file or folder, no old terminal and no closed output stop a command."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - to the end
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _run(arguments: argparse.Namespace) -> int:
    folder = getattr(arguments, "data_dir", None) or default_data_folder()
    program = load_program(folder, civil_now())
    for notice in program.notices:
        print(f"sleepcalm: {notice}", file=sys.stderr)
    if arguments.command is None:
        return _open_window_or_play(program)
    status: int = _module(arguments.command).run(program, arguments)
    return status


def _open_window_or_play(program: Program) -> int:
    from sleepcalm import display  # noqa: PLC0415 - not needed by the commands

    if not display.has_display():
        print("There is no display: the routine plays here in the terminal.", file=sys.stderr)
        chosen, known = program.preferences.routine, program.catalogue.routines
        # One that has gone since is no reason to stay silent tonight.
        routine = program.routine(chosen if chosen in known or not known else next(iter(known)))
        arguments = _parser(["play"]).parse_args(["play", routine.id])
        status: int = _module("play").run(program, arguments)
        return status
    missing = display.missing_qt_libraries()
    if missing:
        raise UserError(f"the window needs system libraries; install: {' '.join(missing)}")
    gc.disable()  # nothing of what the start makes can go again; the window turns it on once it is painted
    from sleepcalm.app import run_window  # noqa: PLC0415 - Qt, only for the window

    return run_window(program)


def _parser(commands: Sequence[str]) -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--data-dir",
        metavar="DIR",
        type=_folder,
        default=argparse.SUPPRESS,  # else the one after the command would undo the one before it
        help="folder for what you record (else SLEEPCALM_DATA_DIR, else the platform's data folder)",
    )
    parser = argparse.ArgumentParser(
        prog="sleepcalm",
        parents=[shared],
        allow_abbrev=False,
        description="Without a command the window opens.",
    )
    parser.add_argument("--version", action="version", version=f"sleepcalm {__version__}")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name in commands:
        module = _module(name)
        subparser = subparsers.add_parser(
            name, help=module.HELP, description=module.HELP, parents=[shared], allow_abbrev=False
        )
        module.add_arguments(subparser)
    return parser


def _folder(text: str) -> Path:
    if not text:  # a variable of a script that was never set; Path would make it the current folder
        raise argparse.ArgumentTypeError("the name is empty")
    return Path(text)


def _module(command: str) -> ModuleType:
    return importlib.import_module(f"sleepcalm.commands.{command}")
