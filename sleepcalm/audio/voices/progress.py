"""How the making of a voice's clips goes, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the wanted clips are there, and the sentence that was done last (empty at the start)."""

    done: int
    wanted: int
    sentence: str = ""

    @property
    def share(self) -> float:
        return self.done / self.wanted if self.wanted else 1.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """How rendering ended. What is done is kept and counts; `problems` are lines for the user."""

    done: int
    wanted: int
    made: int = 0
    problems: tuple[str, ...] = ()
    was_cancelled: bool = False

    @property
    def is_complete(self) -> bool:
        return self.done == self.wanted and not self.was_cancelled
