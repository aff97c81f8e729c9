"""A routine that was played, as the player recorded it."""

from dataclasses import dataclass

from sleepcalm.diary.civil_time import Instant


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

    @property
    def key(self) -> str:
        """What tells it from every other one; in order of time within a zone."""
        return f"{self.started.iso()} {self.routine}"
