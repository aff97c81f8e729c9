"""`sleepcalm` and its subcommands."""

from __future__ import annotations

import argparse
import gc
import importlib
import io
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType

from sleepcalm import __version__
from sleepcalm.preferences import USUAL_ROUTINE
from sleepcalm.program import Program, UserError, civil_now, default_data_folder, load_program
from sleepcalm.shared_options import shared_options

COMMANDS = (
    "routines",
    "timeline",
    "render",
    "play",
    "voices",
    "diary",
    "minerals",
    "week",
    "trends",
    "compare",
    "trial",
    "export",
    "import",
    "backup",
    "restore",
    "delete-everything",
    "doctor",
)

_SHARED: dict[str, object] = {"data_dir": None, "demo": False, "if_changed": None}
"""What the options that every command takes are where they are not given."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run SleepCalm; gives the exit status: 0 done, 1 failed, 2 wrong use."""
    _print_anything()
    try:
        words = sys.argv[1:] if arguments is None else arguments
        status = _run(_parsed(words))
        sys.stdout.flush()
    except UserError as error:
        print(f"sleepcalm: {error}", file=sys.stderr)
        return error.status
    except BrokenPipeError:
        # Who read the output has gone. Python would complain again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # one more on the way out would end it without a status
        print("sleepcalm: interrupted", file=sys.stderr)
        return 1
    except OSError as error:
        told = f"{error.filename}: {error.strerror}" if error.filename and error.strerror else error
        print(f"sleepcalm: {told}", file=sys.stderr)
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


def _parsed(words: Sequence[str]) -> argparse.Namespace:
    if not words:  # the usual start: a parser takes as long to make as all the routines to list
        return argparse.Namespace(**_SHARED, begin=None, go_on=False, command=None)
    # The window's start has no use for the commands, and they take a while to import.
    others = [word for word in words if word != "--resume"]
    opens_window = words[0] == "--begin" and len(others) <= len(["--begin", "ID"])
    arguments = _parser(() if opens_window else COMMANDS).parse_args(words)
    if [] in vars(arguments).values():  # what Python 3.11 makes of --option=--
        raise UserError("-- is no value for an option", status=2)
    return arguments


def _run(arguments: argparse.Namespace) -> int:
    if not arguments.demo:
        folder = arguments.data_dir or default_data_folder()
        opens_window = arguments.command is None
        return _run_program(load_program(folder, civil_now(), steps_later=opens_window), arguments)
    if arguments.data_dir:
        raise UserError("--demo has a folder of its own and goes without --data-dir", status=2)
    from sleepcalm.demo import demo_program  # noqa: PLC0415 - slow to import, and seldom needed

    with demo_program() as program:
        return _run_program(program, arguments)


def _run_program(program: Program, arguments: argparse.Namespace) -> int:
    for notice in program.notices:
        print(f"sleepcalm: {notice}", file=sys.stderr)
    if arguments.go_on and arguments.begin is None:
        raise UserError("--resume goes with --begin; play takes it as an option of its own", status=2)
    if arguments.command is None:
        return _open_window_or_play(program, arguments.begin, goes_on=arguments.go_on)
    if arguments.begin is not None:
        raise UserError(f"--begin opens the window and goes without {arguments.command}", status=2)
    status: int = _module(arguments.command).run(program, arguments)
    return status


def _open_window_or_play(program: Program, begin: str | None, *, goes_on: bool) -> int:
    """`begin` is the id of the routine to start at once; "" is the last one, None waits for the user. With
    `goes_on` it starts where it was left."""
    from sleepcalm import display  # noqa: PLC0415 - not needed by the commands

    if not display.has_display():
        if begin:
            program.routine(begin)
        print("There is no display: the routine plays here in the terminal.", file=sys.stderr)
        routine, notice = _routine_of(program, begin or "")
        if notice:
            print(f"sleepcalm: {notice}", file=sys.stderr)
        words = ["play", program.routine(routine).id, *(["--resume"] if goes_on else [])]
        arguments = _parser(["play"]).parse_args(words)
        status: int = _module("play").run(program, arguments)
        return status
    missing = display.missing_qt_libraries()
    if missing:
        raise UserError(f"the window needs system libraries; install: {' '.join(missing)}")
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        # Until the window listens to signals Ctrl-C ends it; Python's way would leave it half built.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    gc.disable()  # nothing of what the start makes can go again; sleepcalm.window.garbage goes on from there
    from sleepcalm.app import run_window  # noqa: PLC0415 - Qt, only for the window

    if begin is None:
        return run_window(program)
    routine, notice = _routine_of(program, begin)
    if notice:
        print(f"sleepcalm: {notice}", file=sys.stderr)
        program = replace(program, notices=(*program.notices, notice))
    return run_window(program, routine or None, goes_on=goes_on)


def _routine_of(program: Program, wanted: str) -> tuple[str, str]:
    """The id of that routine, or of the last one where `wanted` is ""; and a line where it is not there.

    Nothing takes the place of a routine that was named. A last one that has gone since is no reason to stay
    silent tonight: the usual one takes its place.
    """
    chosen, catalogue = wanted or program.preferences.routine, program.catalogue
    if chosen in catalogue.routines:
        return chosen, ""
    reason = program.why_no_routine(chosen)
    if wanted:
        return "", reason
    found = catalogue.first_of(USUAL_ROUTINE)
    title = next((head.title for head in catalogue.heads if head.id == found), "nothing")
    return found, f"the routine of last time is gone, {title} begins instead: {reason}"


def _parser(commands: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="sleepcalm",
        parents=[shared_options()],
        allow_abbrev=False,
        description="Without a command the window opens.",
    )
    parser.add_argument("--version", action="version", version=f"sleepcalm {__version__}")
    parser.add_argument(
        "--begin",
        nargs="?",
        const="",
        metavar="ID",
        help="open the window and start that routine at once, or the last one",
    )
    parser.add_argument(
        "--resume", dest="go_on", action="store_true", help="with --begin: start where the routine was left"
    )
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name in commands:
        module = _module(name)
        subparser = subparsers.add_parser(
            name, help=module.HELP, description=module.HELP, parents=[shared_options()], allow_abbrev=False
        )
        module.add_arguments(subparser)
    parser.set_defaults(**_SHARED)
    return parser


def _module(command: str) -> ModuleType:
    name = "import_" if command == "import" else command.replace("-", "_")  # import is a word of Python's
    return importlib.import_module(f"sleepcalm.commands.{name}")
