"""A routine that was played, as the player recorded it."""

from dataclasses import dataclass
from enum import StrEnum

from sleepcalm.diary.civil_time import Instant


class InterruptedBy(StrEnum):
    """What the listener did not ask for, or asked for in between."""

    DEVICE = "device"
    """Headphones or loudspeakers have gone."""
    SUSPEND = "suspend"
    AFTER_A_JOLT = "after-a-jolt"
    """The routine for the moment after a jolt came in between."""


class Ending(StrEnum):
    """How it ended."""

    COMPLETED = "completed"
    STOPPED = "stopped"
    """By the listener, who may have gone on to another routine."""
    TIMER = "timer"
    CLOSED = "closed"
    """With the program."""


@dataclass(frozen=True, slots=True)
class Interruption:
    at: Instant
    by: InterruptedBy


@dataclass(frozen=True, slots=True)
class PlaceLeft:
    """A place in a routine, in words: it can be found again however long the routine lasts by then."""

    step: str
    """The title of the step, as it was heard."""
    phase: str
    muscle_group: str | None
    repeat: int
    """How many steps before it are alike in title, phase and muscle group."""
    part: int
    """How many sentences, holds and guided breaths of the step come before this one."""
    pause_share: float | None = None
    """Of the pause after it, 0 to 1; None: within the sentence, the hold or the breath."""


@dataclass(frozen=True, slots=True)
class Practice:
    """One playing of a routine, whether it came to its end or not."""

    routine: str
    """The id of the routine, which may be one that is no longer there."""
    started: Instant
    ended: Instant | None = None
    """None where the end is not known."""
    minutes_heard: float = 0.0
    """Without pauses, and without what was skipped."""
    completed: bool = False
    jolts: tuple[Instant, ...] = ()
    """When the listener said that this was a jolt."""
    interruptions: tuple[Interruption, ...] = ()
    ending: Ending | None = None
    """None where it is not known."""
    reached_share: float | None = None
    """How far the sound had come when it was silent, as a share of the exercise, 0 to 1; None: not known."""
    left_at: PlaceLeft | None = None
    """What was heard before the sound began to leave; None: not known."""

    @property
    def key(self) -> str:
        """What tells it from every other one; in order of time within a zone."""
        return f"{self.started.iso()} {self.routine}"
