"""The way back from what was done last, step by step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

_KEPT = 100


@dataclass(frozen=True, slots=True)
class UndoStep:
    """`name` completes "Undo …"."""

    name: str
    restore: Callable[[], None]


class UndoSteps:
    """A pile of steps. What is undone is gone from it."""

    def __init__(self) -> None:
        self._steps: list[UndoStep] = []

    @property
    def next_name(self) -> str:
        """What an undo would take back; "" for nothing."""
        return self._steps[-1].name if self._steps else ""

    def push(self, name: str, restore: Callable[[], None]) -> None:
        self._steps.append(UndoStep(name, restore))
        del self._steps[:-_KEPT]

    def pop(self) -> UndoStep | None:
        return self._steps.pop() if self._steps else None

    def clear(self) -> None:
        self._steps.clear()
