"""The sleep timer: when the sound has to leave, by minutes, by the end of the routine, or by both.

Pure: every call is told the time. Its deadline lives on the clock that goes on in a system suspend,
so a display that goes off and a computer too busy to look do not move it. Nobody hears a suspended
computer, though: the time of a suspend is not taken off. Whoever finds that there was one pauses the
sound, and with it the timer (`suspend_watch.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from math import inf

EXTENSION_S = 15 * 60.0
LAST_MINUTE_S = 60.0

SHORTEST_SUSPEND_S = 0.5
"""The two clocks are read one after the other, on a busy computer some milliseconds apart."""


@dataclass(frozen=True, slots=True)
class ClockReading:
    """Two clocks at one moment, in seconds from a start that does not matter; neither runs backwards."""

    boot_s: float
    """Runs on while the computer is suspended."""

    awake_s: float
    """Stands still while the computer is suspended."""

    def suspended_s(self, earlier: ClockReading) -> float:
        """How long the computer was suspended between two readings; 0.0 when it was not."""
        gap_s = (self.boot_s - earlier.boot_s) - (self.awake_s - earlier.awake_s)
        return gap_s if gap_s >= SHORTEST_SUSPEND_S else 0.0


class Verdict(StrEnum):
    """What a look at the timer says."""

    GO_ON = "go on"
    LAST_MINUTE = "last minute"
    END = "end"


@dataclass(frozen=True, slots=True)
class SleepTimer:
    """Stands until `resumed`. Whichever of its two ends comes first is the end. Made by `set_timer`."""

    left_s: float | None
    """What is left until the end by minutes; as of `looked` while it runs. None: no such end."""

    at_routine_end: bool
    looked: ClockReading | None = None
    """When it was last looked at; None while it stands."""

    @property
    def is_running(self) -> bool:
        return self.looked is not None

    def resumed(self, now: ClockReading) -> SleepTimer:
        """The sound plays. One that runs already is left as it is."""
        return self if self.is_running else replace(self, looked=now)

    def paused(self, now: ClockReading) -> SleepTimer:
        """The sound stands: so does the timer, whatever the clocks do until `resumed`."""
        return replace(self.at(now), looked=None)

    def extended(self, now: ClockReading) -> SleepTimer:
        """EXTENSION_S more than is left now. Without minutes there is nothing to extend."""
        timer = self.at(now)
        return timer if timer.left_s is None else replace(timer, left_s=timer.left_s + EXTENSION_S)

    def at(self, now: ClockReading) -> SleepTimer:
        """The same timer as of now: `left_s`, never below zero, is what is left now."""
        if self.looked is None:
            return self
        if self.left_s is None:
            return replace(self, looked=now)
        passed_s = now.boot_s - self.looked.boot_s - now.suspended_s(self.looked)
        return replace(self, left_s=max(0.0, self.left_s - passed_s), looked=now)

    def look(self, now: ClockReading, *, routine_is_over: bool = False) -> tuple[SleepTimer, Verdict]:
        """The timer as of now, and what that means; it stands after `END`."""
        if self.looked is None:
            return self, Verdict.GO_ON
        timer = self.at(now)
        if timer.left_s == 0.0 or (routine_is_over and self.at_routine_end):
            return replace(timer, looked=None), Verdict.END
        is_last = timer.left_s is not None and timer.left_s <= LAST_MINUTE_S
        return timer, Verdict.LAST_MINUTE if is_last else Verdict.GO_ON


def set_timer(minutes: float | None, *, at_routine_end: bool = False) -> SleepTimer:
    """A timer that ends after `minutes` of sound (None: not by minutes), at the routine's end, or at either.

    Raises ValueError for no end at all, and for minutes that are not positive and finite.
    """
    if minutes is None and not at_routine_end:
        raise ValueError("a sleep timer needs minutes, the end of the routine, or both")
    if minutes is not None and not 0 < minutes < inf:
        raise ValueError("a sleep timer's minutes have to be positive")
    return SleepTimer(None if minutes is None else minutes * 60.0, at_routine_end)
