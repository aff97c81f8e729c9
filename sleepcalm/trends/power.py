"""How often a trial would find a true halving, at a person's own rate: said honestly before the start."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist, fmean, variance

import numpy as np
from numpy.typing import NDArray

from sleepcalm.diary.jerk_counts import CountRange
from sleepcalm.trends.figures import NightFigures
from sleepcalm.trends.randomisation import ALPHA
from sleepcalm.trends.trial import Outcome
from sleepcalm.trends.trial_analysis import SERIES

FEWEST_NIGHTS = 7
"""Fewer give no rate that could be relied on."""
AUTOCORRELATION = 0.3
"""From night to night."""
TRUE_RATIO = 0.5
SIMULATED_TRIALS = 2_000
"""The figure is then within 2.2 points of the true one, 19 times of 20."""

_SEED = 20_261_122
_MOST_PAIRS_EXACT = 10
_DRAWN_FLIPS = 1_999
_LEAST_SIZE, _LARGEST_SIZE = 0.2, 1e4
_TIE = 1e-9

_Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class OwnRate:
    """An outcome's mean and sample variance over the `nights` on which it is exactly known."""

    mean: float
    variance: float
    nights: int


@dataclass(frozen=True, slots=True)
class Design:
    pairs: int
    period_nights: int
    washout_nights: int


def own_rate(nights: Iterable[NightFigures], outcome: Outcome) -> OwnRate | None:
    """None below seven known nights. Nights with a range of jerks are left out."""
    values = [night.values[SERIES[outcome]] for night in nights]
    known = [float(value) for value in values if value is not None and not isinstance(value, CountRange)]
    if len(known) < FEWEST_NIGHTS:
        return None
    return OwnRate(fmean(known), variance(known), len(known))


def power(design: Design, outcome: Outcome, rate: OwnRate) -> float:
    """The share, 0 to 1, of simulated trials whose verdict is "likely better" when the mean is truly halved.

    No carry-over, no missing night, a two-sided level of 0.05. Counts of jerks are negative binomial with the
    person's own overdispersion, minutes to fall asleep log-normal with the person's own relative spread; both
    follow a normal AR(1) process of 0.3 through their quantiles. Seeded and cached: the same question has the
    same answer. Rates are rounded to two digits first, which is more than two weeks of nights can tell.
    """
    if rate.mean <= 0:
        return 0.0  # nothing can be halved
    return _simulated(design, outcome, _two_digits(rate.mean), _two_digits(rate.variance))


def power_wording(design: Design, outcome: Outcome, rate: OwnRate) -> str:
    """The share in a hundred, and what it means."""
    found = round(100 * power(design, outcome, rate))
    what = "jolts a night" if outcome is Outcome.HYPNIC_JERKS else "minutes to fall asleep"
    mean = f"{rate.mean:.1f}".removesuffix(".0")
    expect = (
        " “No clear difference” is then the likeliest answer, even where it helps."
        if found < 50
        else " Otherwise the answer is “no clear difference”, even where it helps."
    )
    return (
        f"At your own {mean} {what} (mean of {rate.nights} nights) a trial like this would notice a true "
        f"halving about {found} times in 100.{expect}"
    )


@lru_cache(maxsize=256)
def _simulated(design: Design, outcome: Outcome, mean: float, spread: float) -> float:
    generator = np.random.Generator(np.random.PCG64(_SEED))
    nights = 2 * design.pairs * design.period_nights
    latent = _autocorrelated(generator, SIMULATED_TRIALS, nights)
    # (trial, pair, first or second period, night)
    by_period = latent.reshape(SIMULATED_TRIALS, design.pairs, 2, design.period_nights)
    counting = by_period[..., design.washout_nights :]
    is_with = generator.integers(0, 2, (SIMULATED_TRIALS, design.pairs, 1), dtype=np.int8) == [1, 0]
    outcomes = _jerks if outcome is Outcome.HYPNIC_JERKS else _latencies
    values = np.where(
        is_with[..., np.newaxis],
        outcomes(counting, mean * TRUE_RATIO, _halved_spread(outcome, mean, spread)),
        outcomes(counting, mean, spread),
    )
    means = values.mean(axis=3)
    differences = np.where(is_with[..., 0], means[..., 0] - means[..., 1], means[..., 1] - means[..., 0])
    better = (_p_values(differences, generator) <= ALPHA) & (differences.mean(axis=1) < 0)
    return float(better.mean())


def _autocorrelated(generator: np.random.Generator, trials: int, nights: int) -> _Numbers:
    """Standard normal AR(1) series, a row each."""
    series = generator.standard_normal((trials, nights))
    for night in range(1, nights):
        series[:, night] *= math.sqrt(1 - AUTOCORRELATION**2)
        series[:, night] += AUTOCORRELATION * series[:, night - 1]
    return series


def _size(mean: float, spread: float) -> float:
    """The size of a negative binomial, by moments; a large one is nearly Poisson."""
    beyond_poisson = spread - mean
    size = mean**2 / beyond_poisson if beyond_poisson > 0 else _LARGEST_SIZE
    return min(max(size, _LEAST_SIZE), _LARGEST_SIZE)


def _halved_spread(outcome: Outcome, mean: float, spread: float) -> float:
    """The variance where the mean is halved: a count keeps its size, a time its relative spread."""
    half = TRUE_RATIO * mean
    if outcome is Outcome.HYPNIC_JERKS:
        return half + half**2 / _size(mean, spread)
    return spread * TRUE_RATIO**2


def _jerks(latent: _Numbers, mean: float, spread: float) -> _Numbers:
    """Counts with that mean and variance: the quantile that `latent` is of the normal."""
    size = _size(mean, spread)
    share = mean / (mean + size)
    probability = (1 - share) ** size
    up_to, borders, count = probability, [], 0
    while up_to < 1 - 1e-9 and probability > 0:
        borders.append(NormalDist().inv_cdf(up_to))
        probability *= share * (count + size) / (count + 1)
        count += 1
        up_to += probability
    return np.searchsorted(np.asarray(borders), latent).astype(np.float64)


def _latencies(latent: _Numbers, mean: float, spread: float) -> _Numbers:
    """Whole minutes with about that mean and variance."""
    log_variance = math.log1p(spread / mean**2)
    minutes: _Numbers = np.exp(math.log(mean) - log_variance / 2 + math.sqrt(log_variance) * latent)
    return np.round(minutes)


def _p_values(differences: _Numbers, generator: np.random.Generator) -> _Numbers:
    """The sign-flip test of each row, all rows by the same flips; above ten pairs these are drawn."""
    pairs = differences.shape[1]
    if pairs <= _MOST_PAIRS_EXACT:
        bits = np.arange(2 ** (pairs - 1))[np.newaxis] >> np.arange(pairs)[:, np.newaxis] & 1
    else:
        bits = generator.integers(0, 2, (pairs, _DRAWN_FLIPS + 1))
        bits[:, 0] = 0  # what was seen
    signs = 1.0 - 2.0 * bits
    seen = np.abs(differences.sum(axis=1)) - _TIE * np.abs(differences).sum(axis=1)
    as_far = np.abs(differences @ signs) >= seen[:, np.newaxis]
    shares: _Numbers = as_far.mean(axis=1)
    return shares


def _two_digits(figure: float) -> float:
    return float(f"{figure:.2g}")
