"""Options and preparations that the commands on routines share."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sleepcalm.backgrounds import (
    NO_BACKGROUND,
    SOUNDS,
    BackgroundError,
    background_text,
    parse_background,
)
from sleepcalm.plain_numbers import plain_number, plain_whole_number
from sleepcalm.preferences import (
    FADE_LIMITS_S,
    HOLD_LIMITS_S,
    LINGER_LIMITS_MIN,
    Preferences,
)
from sleepcalm.program import Program, UserError
from sleepcalm.relaxation.choices import PAUSE_SCALE_LIMITS, Choices, without_effect
from sleepcalm.relaxation.heard_steps import are_all_skipped, heard_steps
from sleepcalm.relaxation.muscle_groups import FILE_NAMES, GROUPS, Hand
from sleepcalm.relaxation.routine import Routine
from sleepcalm.relaxation.routine_format import MAX_LENGTH_MIN
from sleepcalm.relaxation.strict_values import shown
from sleepcalm.relaxation.timeline import ChoiceError, Timeline

_MOST_DIGITS = 18


def number_between(low: float, high: float) -> Callable[[str], float]:
    """An argument type: a number within limits."""

    def convert(text: str) -> float:
        try:
            value = plain_number(text)
        except ValueError:
            value = float("nan")
        if not low <= value <= high:
            raise ArgumentTypeError(f"{shown(text)} is not a number from {low:g} to {high:g}")
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
    try:
        number = plain_whole_number(text)
    except ValueError:
        number = 10**_MOST_DIGITS
    if abs(number) >= 10**_MOST_DIGITS:
        raise ArgumentTypeError(f"{shown(text)} is not a whole number of at most {_MOST_DIGITS} digits")
    return number


def muscle_group(text: str) -> str:
    """An argument type: a muscle group, with a side or as dominant/other."""
    if text not in GROUPS and text not in FILE_NAMES:
        raise ArgumentTypeError(f"{shown(text)} is no muscle group; known are {', '.join(sorted(GROUPS))}")
    return text


_CHOICES: tuple[tuple[str, dict[str, Any]], ...] = (
    (
        "--pause-scale",
        {
            "metavar": "F",
            "type": number_between(*PAUSE_SCALE_LIMITS),
            "help": "length of the pauses: 1.5 makes them half as long again",
        },
    ),
    (
        "--hold",
        {
            "metavar": "S",
            "type": number_between(*HOLD_LIMITS_S),
            "help": "seconds to hold a tension (legs and feet at most 5)",
        },
    ),
    (
        "--length",
        {
            "metavar": "MIN",
            "type": number_between(1, MAX_LENGTH_MIN),
            "help": "minutes; a routine that does not come in several lengths makes it up with its pauses, "
            "whatever --pause-scale says",
        },
    ),
    ("--variant", {"metavar": "NAME", "help": "the form of a routine that has several, as 4-6"}),
    ("--seed", {"metavar": "N", "type": whole_number, "help": "the order of what is shuffled"}),
    ("--dominant-hand", {"choices": [hand.value for hand in Hand]}),
    (
        "--skip",
        {"metavar": "GROUP", "type": muscle_group, "action": "append", "help": "leave out a muscle group"},
    ),
    ("--no-cautions", {"action": "store_true", "help": "leave out the cautions at the start"}),
)

_SOUND: tuple[tuple[str, dict[str, Any]], ...] = (
    (
        "--background",
        {
            "metavar": "SOUNDS",
            "type": background,
            "help": f"{NO_BACKGROUND}, or one or more of {', '.join(SOUNDS)}, as in rain:0.8+brown:0.4",
        },
    ),
    (
        "--linger",
        {
            "metavar": "MIN",
            "type": number_between(*LINGER_LIMITS_MIN),
            "help": "minutes that the background goes on after the exercise",
        },
    ),
    (
        "--fade",
        {"metavar": "S", "type": number_between(*FADE_LIMITS_S), "help": "seconds in which it then leaves"},
    ),
    ("--voice-volume", {"metavar": "V", "type": number_between(0, 1), "help": "from 0 to 1"}),
    ("--background-volume", {"metavar": "V", "type": number_between(0, 1), "help": "from 0 to 1"}),
)


def add_choices(parser: ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="a routine, such as pmr-7; `sleepcalm routines` lists them")
    for name, settings in _CHOICES:
        parser.add_argument(name, **settings)


def add_sound(parser: ArgumentParser) -> None:
    for name, settings in _SOUND:
        parser.add_argument(name, **settings)


def options_again(arguments: Namespace) -> list[str]:
    """The options of `add_choices` and `add_sound` as words that say the same again."""
    return [
        word
        for name, _ in (*_CHOICES, *_SOUND)
        for word in words_of(name, getattr(arguments, name.removeprefix("--").replace("-", "_")))
    ]


def words_of(name: str, value: object) -> list[str]:
    """An option with its value as words of a command line; none where it was not given."""
    if value is None or value is False:
        return []
    if value is True:
        return [name]
    values = value if isinstance(value, list) else [value]
    return [f"{name}={each:.12g}" if isinstance(each, float) else f"{name}={each}" for each in values]


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


def check_choices(program: Program, arguments: Namespace) -> Timeline:
    """The timeline as far as it is known before the routine is spoken, which may take minutes.

    Raises UserError where the routine cannot be had as the arguments ask. Whether the pauses make up a length
    that it does not offer is left open: that depends on the clips, and without them they are only guessed.
    """
    routine = program.routine(arguments.id)
    choices = _choices(routine, arguments, chosen_preferences(program, arguments))
    if routine.lengths is None:
        choices = replace(choices, length_min=None)
    return _laid_out(program, routine, choices)


def chosen_timeline(program: Program, arguments: Namespace, preferences: Preferences) -> Timeline:
    """The timeline that the arguments ask for; what changes nothing of it is told on standard error.

    Raises UserError when the routine cannot be had like this, and when nothing of it is left.
    """
    routine = program.routine(arguments.id)
    choices = _choices(routine, arguments, preferences)
    timeline = _laid_out(program, routine, choices)
    for line in without_effect(routine, choices):
        print(f"sleepcalm: {line}", file=sys.stderr)
    if routine.lengths is None and None not in (arguments.length, arguments.pause_scale):
        print(
            f"sleepcalm: the pauses of {routine.id} make up the length; --pause-scale changes nothing",
            file=sys.stderr,
        )
    if stand_in := program.stand_in(routine):
        print(f"sleepcalm: {stand_in}", file=sys.stderr)
    return timeline


def _choices(routine: Routine, arguments: Namespace, preferences: Preferences) -> Choices:
    usual = preferences.choices_of(routine)
    return replace(
        usual,
        with_cautions=not arguments.no_cautions,
        length_min=usual.length_min if arguments.length is None else arguments.length,
        variant=usual.variant if arguments.variant is None else arguments.variant,
        seed=arguments.seed,
    )


def _laid_out(program: Program, routine: Routine, choices: Choices) -> Timeline:
    try:
        timeline = program.timeline(routine, choices)
    except ChoiceError as error:
        raise UserError(str(error), status=2) from error
    if not timeline.cues:
        raise UserError(f"{routine.id}: {_why_nothing_is_heard(routine, choices)}", status=2)
    return timeline


def _why_nothing_is_heard(routine: Routine, choices: Choices) -> str:
    if are_all_skipped(routine, choices):
        return "every step works on a group that is skipped"
    if any(heard_steps(routine, choices)):
        return "every breath of it lasts no time in this variant"
    return "no step of it is for this variant and length"
