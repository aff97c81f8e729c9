"""Times of day as people type them: 2340, 23:40, 11:40 pm, 7, 7.15, noon."""

import re
from datetime import time

_WORDS = {"noon": time(12), "midday": time(12), "midnight": time(0)}
_SEPARATED = re.compile(r"(?P<hour>[0-9]{1,2})\s*[:.hH]\s*(?P<minute>[0-9]{2})(?::00)?")
_TOGETHER = re.compile(r"(?P<hour>[0-9]{1,2})(?P<minute>[0-9]{2})")
_HOUR_ALONE = re.compile(r"(?P<hour>[0-9]{1,2})\s*[hH]?")
_HALF_OF_DAY = re.compile(r"(?P<rest>.*?)\s*(?P<half>[ap])\.?\s?m\.?", re.IGNORECASE)


class ClockTextError(ValueError):
    """The text is not one time of day; the message says what is wrong with it."""


def parse_clock(text: str) -> time:
    """The time of day that `text` means, to the minute; 24:00 is midnight.

    Raises ClockTextError for anything that is not exactly one time of day.
    """
    typed = text.strip()
    if not typed:
        raise ClockTextError("no time is given")
    if typed.lower() in _WORDS:
        return _WORDS[typed.lower()]
    with_half = _HALF_OF_DAY.fullmatch(typed)
    bare = with_half["rest"] if with_half else typed
    match = _SEPARATED.fullmatch(bare) or _HOUR_ALONE.fullmatch(bare) or _TOGETHER.fullmatch(bare)
    if match is None:
        raise ClockTextError(f"{_shown(typed)} is not a time of day such as 23:40, 2340 or 11:40 pm")
    hour, minute = int(match["hour"]), int(match.groupdict().get("minute") or 0)
    if minute > 59:
        raise ClockTextError(f"{_shown(typed)}: minutes go from 00 to 59")
    if with_half:
        return time(_hour_of_half(hour, with_half["half"].lower(), typed), minute)
    if (hour, minute) == (24, 0):
        return time(0)
    if hour > 23:
        raise ClockTextError(f"{_shown(typed)}: hours go from 0 to 23")
    return time(hour, minute)


def _hour_of_half(hour: int, half: str, typed: str) -> int:
    if not 1 <= hour <= 12:
        raise ClockTextError(f"{_shown(typed)}: with am or pm, hours go from 1 to 12")
    return hour % 12 + (12 if half == "p" else 0)


def _shown(typed: str) -> str:
    """What was typed, short enough for a one-line message."""
    return repr(typed if len(typed) <= 24 else typed[:23] + "…")
