"""What questions on the screen need of the record, which is built elsewhere.

Every call returns at once. What takes longer is computed on a thread of its own and told on the GUI's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import SignalInstance

from sleepcalm.trends.comparison import Comparison
from sleepcalm.trends.figures import Series
from sleepcalm.trends.trial import Trial


class NightQuestions(Protocol):
    """Nights with and without something."""

    @property
    def changed(self) -> SignalInstance:
        """`Signal()`: nights, trials or questions are others now."""

    @property
    def problem(self) -> SignalInstance:
        """`Signal(str)`: why something could not be computed or saved, in a sentence."""

    def compare(self, factor: str, outcome: Series, tell: Callable[[Comparison], None]) -> None:
        """Compare all recorded nights. Of several calls in a row each is told."""

    def closed_by(self, factor: str, outcome: Series) -> Trial | None:
        """The trial under way that asks just this: it would not be blind to an answer on the way."""

    def asked(self) -> int:
        """How many questions' numbers have been shown so far, this one too if it was asked before."""

    def remember(self, factor: str, outcome: Series) -> None:
        """The numbers of this question are shown now."""
