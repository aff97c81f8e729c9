"""A randomised trial with one person: its plan, fixed before the start, and what each night is assigned.

Designed as the AHRQ's user's guide to N-of-1 trials advises (Kravitz & Duan 2014): randomised pairs of
periods, one question, one outcome, an end that is fixed beforehand.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from sleepcalm.diary.civil_time import Instant

PRACTICE = "practice"
"""The factor of a trial of a routine against quiet audio; any other factor is a habit's own name."""

FEWEST_PAIRS = 6
"""With five pairs the smallest possible p-value is 2/2^5 = 0.0625, so nothing could be concluded."""

LONGEST_WASHOUT_NIGHTS = 3
LONGEST_TRIAL_NIGHTS = 1_000
"""More are mistyped, and would only fill the memory with nights."""
LARGEST_SEED = 2**63 - 1
"""JSON of other programs holds no larger whole number."""
_DAY = timedelta(days=1)


class Condition(StrEnum):
    WITH = "with"
    WITHOUT = "without"

    @property
    def other(self) -> Condition:
        return Condition.WITHOUT if self is Condition.WITH else Condition.WITH


class Outcome(StrEnum):
    """What is compared; fewer and shorter is better."""

    HYPNIC_JERKS = "hypnic_jerks"
    SLEEP_ONSET_LATENCY = "sleep_onset_latency_min"


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Something that the diary lacks for a trial, in a word for machines and a sentence for the person."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class NightKept:
    """What was done in one night of a trial of a habit, as the person said, assigned or not."""

    wake_date: date
    condition: Condition


@dataclass(frozen=True, slots=True)
class Trial:
    """Everything that is fixed before the first night, and what may be added later.

    `routine` is the id of the routine in a trial of practice, else None. `accepted` are the shortfalls that
    the person started with knowingly.
    """

    id: str
    factor: str
    outcome: Outcome
    pairs: int
    period_nights: int
    washout_nights: int
    """At the start of each period, left out of the analysis."""
    start: date
    """The wake date of the first night."""
    seed: int
    created: Instant
    routine: str | None = None
    accepted: tuple[Shortfall, ...] = ()
    kept: tuple[NightKept, ...] = ()
    ended_early: date | None = None
    """The wake date of the last night that counts, where the trial was ended before its time; it may lie
    before the start, where it was ended before the first night."""

    def __post_init__(self) -> None:
        if self.pairs < 1 or self.period_nights < 1 or not 0 <= self.washout_nights < self.period_nights:
            raise ValueError("a trial has at least one pair of periods, each with a night that counts")
        if self.nights > LONGEST_TRIAL_NIGHTS:
            raise ValueError(f"{self.nights} nights are more than {LONGEST_TRIAL_NIGHTS}")
        if self.nights > (date.max - self.start).days:
            raise ValueError("the trial would go on beyond the calendar")
        if not 0 <= self.seed <= LARGEST_SEED:
            raise ValueError(f"the seed must be from 0 to {LARGEST_SEED}")
        if not self.id.strip() or not self.factor.strip():
            raise ValueError("a trial has an id and a factor")
        if self.ended_early is not None and self.ended_early > self.planned_end:
            raise ValueError("a trial that was ended early ended after its last night")
        if len({night.wake_date for night in self.kept}) < len(self.kept):
            raise ValueError("a night was kept twice")

    @property
    def nights(self) -> int:
        return 2 * self.pairs * self.period_nights

    @property
    def planned_end(self) -> date:
        """The wake date of the last night."""
        return self.start + (self.nights - 1) * _DAY

    @property
    def end(self) -> date:
        return self.ended_early or self.planned_end

    def has_ended(self, today: date) -> bool:
        """From the date of its last morning on, or once ended early: its result may be looked at.

        The window waits a little longer, see `trial_nights.awaits_last_morning`.
        """
        return self.ended_early is not None or today >= self.planned_end

    def breach(self, later: Trial) -> str:
        """What keeps `later` from being this trial at a later time, in a sentence; "" where nothing does.

        What was done in a night can be said, and said anew, for the analysis does not depend on it; and
        the trial can be ended early, once.
        """
        if replace(later, kept=self.kept, ended_early=self.ended_early) != self:
            return "What was fixed before a trial began stays as it is."
        if self.ended_early is not None and later.ended_early != self.ended_early:
            return "A trial that was ended early stays so."
        if not {night.wake_date for night in self.kept} <= {night.wake_date for night in later.kept}:
            return "What was said of a night of a trial can be said anew, not taken away."
        return ""


@dataclass(frozen=True, slots=True)
class Assignment:
    """What one night of a trial is to be."""

    wake_date: date
    pair: int
    """From 1."""
    condition: Condition
    washout: bool


def assignments(trial: Trial) -> tuple[Assignment, ...]:
    """Every night of the plan in its order; which condition comes first is drawn anew for each pair.

    `random.Random.random` gives the same numbers for a seed in every version of Python.
    """
    draw = random.Random(trial.seed)  # noqa: S311 - a recorded seed that anybody can check
    nights: list[Assignment] = []
    for pair in range(1, trial.pairs + 1):
        first = Condition.WITH if draw.random() < 0.5 else Condition.WITHOUT
        for condition in (first, first.other):
            for night in range(trial.period_nights):
                wake_date = trial.start + len(nights) * _DAY
                nights.append(Assignment(wake_date, pair, condition, night < trial.washout_nights))
    return tuple(nights)


def washout_nights(factor: str, period_nights: int) -> int:
    """A third of a period, at most three nights; none for practice, for a skill cannot be washed out."""
    return 0 if factor == PRACTICE else min(period_nights // 3, LONGEST_WASHOUT_NIGHTS)
