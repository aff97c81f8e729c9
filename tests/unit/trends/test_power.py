"""How often a true halving would be found, beside the figures of an independent simulation."""

from __future__ import annotations

import numpy as np
import pytest
from trend_nights import with_jerks

from sleepcalm.diary.entry import JerkCountBand
from sleepcalm.trends import power as module
from sleepcalm.trends.power import Design, OwnRate, own_rate, power, power_wording
from sleepcalm.trends.trial import Outcome

JERKS = Outcome.HYPNIC_JERKS
FEW = OwnRate(1.5, 1.5 + 1.5**2, 14)
"""Negative binomial of size 1: a noisy low rate."""
MANY = OwnRate(4, 4 + 4**2 / 3, 14)
"""Of size 3: a higher rate with less noise."""


@pytest.mark.parametrize(
    ("pairs", "period_nights", "few", "many"),
    [(6, 7, 0.15, 0.46), (8, 7, 0.36, 0.80), (20, 1, 0.33, 0.77), (28, 1, 0.45, 0.90)],
)
def test_published_figures_come_out_within_a_few_points(
    pairs: int, period_nights: int, few: float, many: float
) -> None:
    """Their wash-out is not told; these are without."""
    design = Design(pairs, period_nights, 0)
    assert power(design, JERKS, FEW) == pytest.approx(few, abs=0.06)
    assert power(design, JERKS, MANY) == pytest.approx(many, abs=0.06)


def test_more_pairs_find_more_and_a_wash_out_costs() -> None:
    found = [power(Design(pairs, 7, 2), JERKS, MANY) for pairs in (6, 8, 12)]
    assert found == sorted(found)
    assert power(Design(8, 7, 3), JERKS, MANY) < power(Design(8, 7, 0), JERKS, MANY)


def test_less_spread_finds_more_in_minutes_to_fall_asleep() -> None:
    design = Design(20, 1, 0)
    steady, restless = OwnRate(30, 15**2, 14), OwnRate(30, 40**2, 14)
    outcome = Outcome.SLEEP_ONSET_LATENCY
    assert power(design, outcome, restless) < power(design, outcome, steady) <= 1


def test_no_jolt_cannot_be_halved() -> None:
    assert power(Design(20, 1, 0), JERKS, OwnRate(0, 0, 14)) == 0


def test_the_same_question_has_the_same_answer() -> None:
    design = Design(7, 7, 2)
    first = power(design, JERKS, FEW)
    module._simulated.cache_clear()
    assert power(design, JERKS, OwnRate(1.501, 3.752, 12)) == first


@pytest.mark.parametrize("rate", [FEW, MANY, OwnRate(3, 3, 14)])
def test_simulated_counts_have_the_mean_the_spread_and_some_memory(rate: OwnRate) -> None:
    latent = module._autocorrelated(np.random.default_rng(1), 400, 500)
    counts = module._jerks(latent, rate.mean, rate.variance)
    assert counts.mean() == pytest.approx(rate.mean, rel=0.03)
    assert counts.var() == pytest.approx(rate.variance, rel=0.06)
    memory = np.corrcoef(counts[:, :-1].ravel(), counts[:, 1:].ravel())[0, 1]
    assert 0.2 < memory < 0.31


def test_simulated_minutes_have_the_mean_and_the_spread() -> None:
    latent = module._autocorrelated(np.random.default_rng(1), 400, 500)
    minutes = module._latencies(latent, 30, 20**2)
    assert minutes.mean() == pytest.approx(30, rel=0.03)
    assert minutes.std() == pytest.approx(20, rel=0.05)


def test_drawn_and_counted_flips_give_nearly_the_same_power(monkeypatch: pytest.MonkeyPatch) -> None:
    differences = np.random.default_rng(4).normal(-0.7, 1, (300, 10))
    counted = module._p_values(differences, np.random.default_rng(1))
    monkeypatch.setattr(module, "_MOST_PAIRS_EXACT", 5)
    drawn = module._p_values(differences, np.random.default_rng(1))
    assert np.abs(counted - drawn).max() < 0.06
    assert (counted <= 0.05).mean() == pytest.approx((drawn <= 0.05).mean(), abs=0.05)


def test_the_rate_rests_on_exact_nights_and_on_seven_at_least() -> None:
    counts = [1, 2, 3, 2, JerkCountBand.SIX_OR_MORE, None, 4, 2, 0]
    rate = own_rate(with_jerks(*counts), JERKS)
    assert rate == OwnRate(2.0, pytest.approx(10 / 6), 7)
    assert own_rate(with_jerks(*counts[1:]), JERKS) is None


def test_the_words_say_that_no_clear_difference_is_likely() -> None:
    words = power_wording(Design(6, 7, 2), JERKS, FEW)
    assert words.startswith("At your own 1.5 jolts a night (mean of 14 nights)")
    assert "is then the likeliest answer, even where it helps" in words
    assert "likeliest" not in power_wording(Design(28, 1, 0), JERKS, MANY)
