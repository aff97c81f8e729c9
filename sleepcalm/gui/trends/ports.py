"""What the Trends tab needs of the record and of the charts, which are built and loaded elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from PySide6.QtCore import SignalInstance

from sleepcalm.trends.figures import NightFigures
from sleepcalm.trends.periods import Period, RecordedSpan
from sleepcalm.trends.summary import PeriodSummary


class TrendsRecord(Protocol):
    """The nights with what belongs to them. Every call returns at once; what is long is read on a thread."""

    @property
    def changed(self) -> SignalInstance:
        """`Signal()`, on the GUI's thread: nights are others than before, or more of them are known."""

    @property
    def problem(self) -> SignalInstance:
        """`Signal(str)`, on the GUI's thread: why the nights cannot be read, in a sentence."""

    @property
    def is_complete(self) -> bool:
        """Whether every night is known; until then only a few weeks are read when they are asked for."""

    def today(self) -> date: ...

    def recorded(self) -> RecordedSpan | None:
        """The wake dates of the first and the last recorded night; None where there is none."""

    def nights(self, first: date, last: date) -> Sequence[NightFigures] | None:
        """A row for each wake date, both included; None where they have to be waited for (`changed`)."""

    def summary(self, period: Period, week_starts: int) -> PeriodSummary | None:
        """A period, its weeks beginning with that day (0 is Monday); None where it has to be waited for."""


class ChartLibrary(Protocol):
    """pyqtgraph, which takes a second to load."""

    @property
    def loaded(self) -> SignalInstance:
        """`Signal()`, on the GUI's thread."""

    @property
    def is_loaded(self) -> bool: ...

    def load(self) -> None:
        """Begin to load, unless that has begun already. Returns at once."""
