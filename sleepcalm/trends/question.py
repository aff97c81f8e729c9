"""An exploratory question that was asked, as it is remembered."""

from __future__ import annotations

from dataclasses import dataclass

from sleepcalm.diary.civil_time import Instant


@dataclass(frozen=True, slots=True)
class Question:
    """A comparison whose numbers were shown. The more questions one asks, the more differ by chance."""

    factor: str
    outcome: str
    asked: Instant
    """The first time; asking again is no new question."""

    @property
    def key(self) -> str:
        return f"{self.factor} {self.outcome}"
