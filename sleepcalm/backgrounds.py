"""What can lie under the voice, and how a choice of it is written: `rain`, or `rain:0.8+brown:0.4`."""

from __future__ import annotations

from dataclasses import dataclass

from sleepcalm.plain_numbers import plain_number

NO_BACKGROUND = "none"
SOUNDS = ("rain", "brown", "pink", "ocean", "wind", "stream", "fan", "drone")
"""The sounds that sleepcalm.audio.ambience_sounds makes."""

OWN_PREFIX = "own:"
"""Marks a file in the folder of the user's own sounds, by its name: `own:fireplace.ogg`."""

MOST_PARTS = 8

LONGEST_SHOWN = 40
"""So much of a text that names no background stands in the message."""


class BackgroundError(ValueError):
    """The text names no background; the message is one line."""


@dataclass(frozen=True, slots=True)
class Part:
    """One sound of a background, at a level from 0 (silent) to 1 (full), as a volume slider has it."""

    name: str
    level: float = 1.0


@dataclass(frozen=True, slots=True)
class Background:
    """What lies under the voice, and how it ends: it goes on for `linger_s` after the exercise, and leaves
    within `fade_s`."""

    parts: tuple[Part, ...] = ()
    linger_s: float = 0.0
    fade_s: float = 120.0


def parse_background(text: str) -> tuple[Part, ...]:
    """The parts of a background; none for "none". Raises BackgroundError.

    A sound that is named twice, an unknown one and a level beyond 0 to 1 are errors. Whether a file of the
    user's is there is not looked up.
    """
    if text == NO_BACKGROUND:
        return ()
    parts = tuple(_part(each.strip()) for each in text.split("+"))
    names = [part.name for part in parts]
    if len(set(names)) != len(names):
        raise BackgroundError(f"{text[:LONGEST_SHOWN]!r} names a sound twice")
    if len(parts) > MOST_PARTS:
        raise BackgroundError(f"a background has at most {MOST_PARTS} sounds")
    return parts


def background_text(parts: tuple[Part, ...]) -> str:
    """The text that `parse_background` reads back as these parts; levels to two places."""
    return "+".join(_written(part) for part in parts) or NO_BACKGROUND


def _part(text: str) -> Part:
    name, level = text, 1.0
    head, colon, tail = text.rpartition(":")
    if colon and head not in ("", OWN_PREFIX.rstrip(":")):
        name, level = head, _level(tail, text)
    if name not in SOUNDS and not (name.startswith(OWN_PREFIX) and _is_file_name(name[len(OWN_PREFIX) :])):
        known = ", ".join((NO_BACKGROUND, *SOUNDS))
        raise BackgroundError(
            f"{text[:LONGEST_SHOWN]!r} is no background; known are {known}, "
            f"{OWN_PREFIX}fire.ogg for a file in the sounds folder, and mixtures such as rain:0.8+brown:0.4"
        )
    return Part(name, level)


def _level(text: str, whole: str) -> float:
    try:
        level = plain_number(text.strip())
    except ValueError:
        level = -1.0
    if not 0 <= level <= 1:
        raise BackgroundError(f"{whole[:LONGEST_SHOWN]!r}: the level is a number from 0 to 1")
    return level


def _is_file_name(name: str) -> bool:
    return bool(name) and not set(name) & set("/\\+\0") and name not in (".", "..")


def _written(part: Part) -> str:
    if part.level == 1 and part.name in SOUNDS:
        return part.name
    return f"{part.name}:{round(part.level, 2):g}"
