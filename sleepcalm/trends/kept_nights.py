"""Nights that were read once stay known until something of them changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from sleepcalm.trends.figures import NightFigures

Read = Callable[[date, date], Sequence[NightFigures]]
"""Gives a row for each wake date from the first to the last, both included."""


class KeptNights:
    """To decode a year of nights takes longer than a screen may be still; to look them up does not."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._known: dict[int, NightFigures] = {}
        """By the ordinal of the wake date."""

    def between(self, first: date, last: date) -> tuple[NightFigures, ...]:
        """A row for each wake date from `first` to `last`, both included; reads only what is not known."""
        wanted = range(first.toordinal(), last.toordinal() + 1)
        lacking = [ordinal for ordinal in wanted if ordinal not in self._known]
        if lacking:
            # One stretch, though it may hold known nights: periods overlap at an end, not in the middle.
            for night in self._read(date.fromordinal(lacking[0]), date.fromordinal(lacking[-1])):
                self._known[night.wake_date.toordinal()] = night
        return tuple(self._known[ordinal] for ordinal in wanted if ordinal in self._known)

    def forget(self) -> None:
        """Read everything anew, as after a change of the references that minerals are held against."""
        self._known.clear()

    def forget_around(self, day: date) -> None:
        """Something of that wake date or calendar day has changed.

        The entry of a night tells where the practice on both sides of it belongs, and what a day holds
        belongs to the wake date after it.
        """
        for ordinal in range(day.toordinal() - 1, day.toordinal() + 2):
            self._known.pop(ordinal, None)
