"""Options and preparations that the commands on routines share."""

from __future__ import annotations

import re
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable
from dataclasses import replace

from sleepcalm.backgrounds import (
    NO_BACKGROUND,
    SOUNDS,
    BackgroundError,
    background_text,
    parse_background,
)
from sleepcalm.preferences import (
    FADE_LIMITS_S,
    HOLD_LIMITS_S,
    LINGER_LIMITS_MIN,
    PAUSE_SCALE_LIMITS,
    Preferences,
)
from sleepcalm.program import Program, UserError
from sleepcalm.relaxation.muscle_groups import FILE_NAMES, GROUPS, Hand
from sleepcalm.relaxation.routine_format import MAX_LENGTH_MIN
from sleepcalm.relaxation.timeline import ChoiceError, Timeline


def number_between(low: float, high: float) -> Callable[[str], float]:
    """An argument type: a number within limits."""

    def convert(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not low <= value <= high:
            raise ArgumentTypeError(f"{text!r} is not a number from {low:g} to {high:g}")
        return value

    return convert


def background(text: str) -> str:
    """An argument type: what lies under the voice."""
    try:
        return background_text(parse_background(text))
    except BackgroundError as error:
        raise ArgumentTypeError(str(error)) from error


def whole_number(text: str) -> int:
    """An argument type: a whole number, which may be negative."""
    if not re.fullmatch(r"-?[0-9]{1,18}", text):
        raise ArgumentTypeError(f"{text!r} is not a whole number of at most 18 digits")
    return int(text)


def muscle_group(text: str) -> str:
    """An argument type: a muscle group, with a side or as dominant/other."""
    if text not in GROUPS and text not in FILE_NAMES:
        raise ArgumentTypeError(f"{text!r} is no muscle group; known are {', '.join(sorted(GROUPS))}")
    return text


def add_choices(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="a routine, such as pmr-7; `sleepcalm routines` lists them")
    parser.add_argument(
        "--pause-scale",
        metavar="F",
        type=number_between(*PAUSE_SCALE_LIMITS),
        help="length of the pauses: 1.5 makes them half as long again",
    )
    parser.add_argument(
        "--hold",
        metavar="S",
        type=number_between(*HOLD_LIMITS_S),
        help="seconds to hold a tension (legs and feet at most 5)",
    )
    parser.add_argument(
        "--length",
        metavar="MIN",
        type=number_between(1, MAX_LENGTH_MIN),
        help="minutes, for routines that come in several lengths; `sleepcalm routines --json` tells which",
    )
    parser.add_argument("--variant", metavar="NAME", help="the form of a routine that has several, as 4-6")
    parser.add_argument("--seed", metavar="N", type=whole_number, help="the order of what is shuffled")
    parser.add_argument("--dominant-hand", choices=[hand.value for hand in Hand])
    parser.add_argument(
        "--skip", metavar="GROUP", type=muscle_group, action="append", help="leave out a muscle group"
    )
    parser.add_argument("--no-cautions", action="store_true", help="leave out the cautions at the start")


def add_sound(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--background",
        metavar="SOUNDS",
        type=background,
        help=f"{NO_BACKGROUND}, or one or more of {', '.join(SOUNDS)}, as in rain:0.8+brown:0.4",
    )
    parser.add_argument(
        "--linger",
        metavar="MIN",
        type=number_between(*LINGER_LIMITS_MIN),
        help="minutes that the background goes on after the exercise",
    )
    parser.add_argument(
        "--fade",
        metavar="S",
        type=number_between(*FADE_LIMITS_S),
        help="seconds in which it then leaves",
    )
    parser.add_argument("--voice-volume", metavar="V", type=number_between(0, 1), help="from 0 to 1")
    parser.add_argument("--background-volume", metavar="V", type=number_between(0, 1), help="from 0 to 1")


def chosen_preferences(program: Program, arguments: Namespace) -> Preferences:
    """The preferences with what was said on the command line laid over them."""
    said = {
        "pause_scale": arguments.pause_scale,
        "hold_s": arguments.hold,
        "dominant_hand": arguments.dominant_hand and Hand(arguments.dominant_hand),
        "skipped_groups": arguments.skip and tuple(arguments.skip),
        "background": getattr(arguments, "background", None),
        "linger_min": getattr(arguments, "linger", None),
        "fade_s": getattr(arguments, "fade", None),
        "voice_volume": getattr(arguments, "voice_volume", None),
        "background_volume": getattr(arguments, "background_volume", None),
    }
    changes = {name: value for name, value in said.items() if value is not None}
    return replace(program.preferences, **changes)


def chosen_timeline(program: Program, arguments: Namespace, preferences: Preferences) -> Timeline:
    """The timeline that the arguments ask for. Raises UserError when the routine has no such choice, and
    when nothing of it is left.
    """
    routine = program.routine(arguments.id)
    usual = preferences.choices_of(routine)
    choices = replace(
        usual,
        with_cautions=not arguments.no_cautions,
        length_min=usual.length_min if arguments.length is None else arguments.length,
        variant=usual.variant if arguments.variant is None else arguments.variant,
        seed=arguments.seed,
    )
    try:
        timeline = program.timeline(routine, choices)
    except ChoiceError as error:
        raise UserError(str(error), status=2) from error
    if not timeline.cues:
        raise UserError(f"{routine.id}: every step works on a group that is skipped", status=2)
    if stand_in := program.stand_in(routine):
        print(f"sleepcalm: {stand_in}", file=sys.stderr)
    return timeline
