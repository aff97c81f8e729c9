"""What a finished trial found: pairs of means, analysed as they were assigned, whatever was done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import fsum

from sleepcalm.diary.jerk_counts import CountRange
from sleepcalm.trends.figures import NightFigures, Series
from sleepcalm.trends.trial import FEWEST_PAIRS, Condition, Outcome, Trial, assignments
from sleepcalm.trends.trial_nights import Keeping, keepings

FEWEST_NIGHTS_SHARE = (3, 5)
"""Three fifths of the nights that count in a period have to be known; none is ever filled in."""

SERIES = {
    Outcome.HYPNIC_JERKS: Series.HYPNIC_JERKS,
    Outcome.SLEEP_ONSET_LATENCY: Series.SLEEP_ONSET_LATENCY,
}


class Verdict(StrEnum):
    """Fewer and shorter is better. Likely is said where the whole 95 % interval lies on that side."""

    TOO_LITTLE_DATA = "too little data"
    LIKELY_BETTER = "likely better"
    LIKELY_WORSE = "likely worse"
    NO_CLEAR_DIFFERENCE = "no clear difference"


@dataclass(frozen=True, slots=True)
class Period:
    """One half of a pair. `known` are the nights that count, with the outcome known, in their order."""

    condition: Condition
    counting_nights: int
    """How many the plan has after the wash-out."""
    known: tuple[tuple[date, float], ...]

    @property
    def usable(self) -> bool:
        part, whole = FEWEST_NIGHTS_SHARE
        return whole * len(self.known) >= part * self.counting_nights

    @property
    def mean(self) -> float:
        """Of the known nights. Raises ValueError if there is none."""
        if not self.known:
            raise ValueError("a period without a known night has no mean")
        return fsum(value for _, value in self.known) / len(self.known)


@dataclass(frozen=True, slots=True)
class Pair:
    number: int
    """From 1."""
    with_factor: Period
    without_factor: Period

    @property
    def usable(self) -> bool:
        return self.with_factor.usable and self.without_factor.usable

    @property
    def difference(self) -> float:
        """Mean with minus mean without."""
        return self.with_factor.mean - self.without_factor.mean


@dataclass(frozen=True, slots=True)
class TrialResult:
    """`effect` is the mean difference of the usable pairs; it and the p-value are None if there is none.

    `interval_95` is None with fewer than six usable pairs, where no effect can be told from another.
    """

    trial: Trial
    pairs: tuple[Pair, ...]
    """All of the plan; those not usable are left out of every number below."""
    effect: float | None
    p_value: float | None
    interval_95: tuple[float, float] | None
    kept: Mapping[Keeping, int]
    """How many nights that are over were kept, swapped or missed; every key is there."""
    verdict: Verdict

    @property
    def usable_pairs(self) -> tuple[Pair, ...]:
        return tuple(pair for pair in self.pairs if pair.usable)

    @property
    def unusable(self) -> int:
        return len(self.pairs) - len(self.usable_pairs)

    @property
    def nights_used_with(self) -> int:
        return sum(len(pair.with_factor.known) for pair in self.usable_pairs)

    @property
    def nights_used_without(self) -> int:
        return sum(len(pair.without_factor.known) for pair in self.usable_pairs)


def analyse(trial: Trial, nights: Iterable[NightFigures]) -> TrialResult:
    """The trial's nights by what they were assigned, those after an early end left out.

    `nights` may reach further than the trial. In a trial of practice theirs holds quiet rest too: it is
    what tells a night that was kept from one that was missed, and changes none of the numbers.
    """
    of_trial = {night.wake_date: night for night in nights if trial.start <= night.wake_date <= trial.end}
    pairs = _pairs(trial, of_trial)
    differences = [pair.difference for pair in pairs if pair.usable]
    effect, p_value, interval = _tested(differences, trial.seed)
    done = keepings(trial, {day: night.practice for day, night in of_trial.items()}, trial.end)
    kept = Counter(done.values())
    return TrialResult(
        trial=trial,
        pairs=pairs,
        effect=effect,
        p_value=p_value,
        interval_95=interval,
        kept={keeping: kept[keeping] for keeping in Keeping},
        verdict=_verdict(len(differences), interval),
    )


def _pairs(trial: Trial, nights: Mapping[date, NightFigures]) -> tuple[Pair, ...]:
    known: dict[tuple[int, Condition], list[tuple[date, float]]] = {}
    for assigned in assignments(trial):
        of_period = known.setdefault((assigned.pair, assigned.condition), [])
        value = _known_outcome(trial.outcome, nights.get(assigned.wake_date))
        if value is not None and not assigned.washout:
            of_period.append((assigned.wake_date, value))
    counting = trial.period_nights - trial.washout_nights

    def period(pair: int, condition: Condition) -> Period:
        return Period(condition, counting, tuple(known[pair, condition]))

    return tuple(
        Pair(number, period(number, Condition.WITH), period(number, Condition.WITHOUT))
        for number in range(1, trial.pairs + 1)
    )


def _known_outcome(outcome: Outcome, night: NightFigures | None) -> float | None:
    """A range of jerks is no number, and a night without sleep has no time to fall asleep."""
    value = None if night is None else night.values[SERIES[outcome]]
    return None if isinstance(value, CountRange) else value


def _tested(
    differences: Sequence[float], seed: int
) -> tuple[float | None, float | None, tuple[float, float] | None]:
    if not differences:
        return None, None, None
    # numpy is loaded only where there is something to compute.
    from sleepcalm.trends.randomisation import sign_flip_test  # noqa: PLC0415

    test = sign_flip_test(differences, seed)
    low, high = test.interval_95
    return test.effect, test.p_value, None if low is None or high is None else (low, high)


def _verdict(usable_pairs: int, interval: tuple[float, float] | None) -> Verdict:
    if usable_pairs < FEWEST_PAIRS or interval is None:
        return Verdict.TOO_LITTLE_DATA
    low, high = interval
    if high < 0:
        return Verdict.LIKELY_BETTER
    return Verdict.LIKELY_WORSE if low > 0 else Verdict.NO_CLEAR_DIFFERENCE
