"""A trial of something without any effect: how often it is called likely all the same.

Counts are overdispersed (negative binomial, variance twice to three times the mean) and autocorrelated (AR(1)
of 0.3 in the person's rate), every trial has its own lots, drawn by its recorded seed.
"""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from trend_nights import DAY, MONDAY
from trial_nights_made import trial

from sleepcalm.trends.figures import NightFigures, Series
from sleepcalm.trends.trial import PRACTICE, Condition, Trial, assignments
from sleepcalm.trends.trial_analysis import Verdict, analyse

LIKELY = {Verdict.LIKELY_BETTER, Verdict.LIKELY_WORSE}


def null_counts(generator: np.random.Generator, nights: int) -> NDArray[np.int64]:
    """Jerks with a mean of about 2.5 a night: Poisson around a log-normal rate that drifts."""
    rate = generator.normal(size=nights)
    for night in range(1, nights):
        rate[night] = 0.3 * rate[night - 1] + 0.91**0.5 * rate[night]
    return generator.poisson(2.0 * np.exp(0.7 * rate))


def recorded(planned: Trial, counts: NDArray[np.int64], missing: NDArray[np.bool_]) -> list[NightFigures]:
    nothing = dict.fromkeys(Series)
    return [
        NightFigures(
            wake_date=MONDAY + number * DAY,
            entry=None,
            measures=None,
            intake=None,
            practice=(),
            practice_in_the_night=(),
            values=nothing if missing[number] else {**nothing, Series.HYPNIC_JERKS: int(counts[number])},
        )
        for number in range(planned.nights)
    ]


def share_called_likely(design: dict[str, object], trials: int, missing_share: float = 0.0) -> float:
    generator = np.random.default_rng(2026)
    called = 0
    for seed in range(trials):
        planned = trial(seed=seed, **design)  # type: ignore[arg-type]
        counts = null_counts(generator, planned.nights)
        missing = generator.random(planned.nights) < missing_share
        called += analyse(planned, recorded(planned, counts, missing)).verdict in LIKELY
    return called / trials


@pytest.mark.parametrize("pairs", [6, 8])
def test_of_a_thousand_null_trials_at_most_one_in_twenty_is_called_likely(pairs: int) -> None:
    """Exact levels: 2/64 = 3.1 % with six pairs, 12/256 = 4.7 % with eight; ties make both smaller."""
    share = share_called_likely({"pairs": pairs, "period_nights": 7}, 1_000)
    assert 0.01 < share <= 0.05


@pytest.mark.parametrize(
    ("design", "trials", "missing_share"),
    [
        ({"pairs": 8, "period_nights": 7}, 1_000, 0.1),
        ({"factor": PRACTICE, "pairs": 12, "period_nights": 1}, 1_000, 0.1),
        pytest.param({"factor": PRACTICE, "pairs": 20, "period_nights": 1}, 120, 0.0, marks=pytest.mark.slow),
    ],
)
def test_levels_close_to_five_in_a_hundred_are_kept_as_well(
    design: dict[str, object], trials: int, missing_share: float
) -> None:
    """The share of so few trials lies within three standard errors above a level of 5 %."""
    share = share_called_likely(design, trials, missing_share)
    assert share <= 0.05 + 3 * (0.05 * 0.95 / trials) ** 0.5


def test_a_true_halving_is_found() -> None:
    """The same test can say likely: a share at or under 5 % is no proof of a test that never speaks."""
    generator = np.random.default_rng(5)
    found = 0
    for seed in range(100):
        planned = trial(seed=seed, pairs=8)
        counts = null_counts(generator, planned.nights) * 3
        with_factor = {night.wake_date for night in assignments(planned) if night.condition is Condition.WITH}
        halved = np.array(
            [
                count // 2 if MONDAY + number * DAY in with_factor else count
                for number, count in enumerate(counts)
            ]
        )
        verdict = analyse(planned, recorded(planned, halved, np.zeros(len(counts), dtype=bool))).verdict
        found += verdict is Verdict.LIKELY_BETTER
    assert found > 40
