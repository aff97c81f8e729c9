"""What trials on the screen need of the record, which is built elsewhere.

Every call returns at once. What takes longer is computed on a thread of its own and told on the GUI's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from PySide6.QtCore import SignalInstance

from sleepcalm.trends.plan import Plan
from sleepcalm.trends.red_flags import RedFlags
from sleepcalm.trends.trial import Shortfall, Trial
from sleepcalm.trends.trial_analysis import TrialResult
from sleepcalm.trends.trial_nights import Keeping, Stage


@dataclass(frozen=True, slots=True)
class Chance:
    """How often trials of a plan would find a true halving, at this person's own rate."""

    mean: float | None
    """The outcome's mean a night so far; None where too few nights are known to tell."""
    nights: int
    """How many nights that rests on."""
    found_of_100: int | None


class Trials(Protocol):
    """Trials and what they rest on."""

    @property
    def changed(self) -> SignalInstance:
        """`Signal()`: trials, nights or what was played are others now."""

    @property
    def problem(self) -> SignalInstance:
        """`Signal(str)`: why something could not be computed or saved, in a sentence."""

    @property
    def read_only_reason(self) -> str:
        """Why nothing can be saved, as a sentence for the user; "" where everything can."""

    @property
    def red_flags(self) -> RedFlags:
        """What is read before a trial."""

    @property
    def routines(self) -> Mapping[str, str]:
        """The titles of the routines that can be tried, by id; quiet rest is what they are compared with."""

    def now(self) -> datetime:
        """Civil time, with its offset."""

    def trials(self) -> Sequence[Trial]:
        """In the order of their starts."""

    def stage(self, trial: Trial) -> Stage: ...

    def keepings(self, trial: Trial) -> Mapping[date, Keeping]:
        """How the nights that are over were kept, by wake date."""

    def shortfalls(self, plan: Plan, tell: Callable[[tuple[Shortfall, ...]], None]) -> None:
        """What the diary lacks for this trial."""

    def chance(self, plan: Plan, tell: Callable[[Chance], None]) -> None:
        """How often it would find a true halving."""

    def result(self, trial: Trial, tell: Callable[[TrialResult], None]) -> None:
        """What a trial found that is over."""

    def begin(self, plan: Plan, accepted: tuple[Shortfall, ...]) -> None:
        """Draw the lots and keep the trial."""

    def save(self, trial: Trial) -> None:
        """Keep what was told of the nights of a trial."""

    def end_early(self, trial: Trial) -> None:
        """End it now, for good."""
