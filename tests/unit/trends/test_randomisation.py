"""The sign-flip test beside scipy's, beside values worked by hand, and its interval beside a search."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import permutation_test

from sleepcalm.trends.randomisation import ALPHA, sign_flip_test

SEVENTHS = st.integers(-40, 40).map(lambda sevenths: sevenths / 7)
"""As a mean over a week gives them: few, with ties."""


def outside(effect: float, interval: tuple[float | None, float | None]) -> bool:
    low, high = interval
    return (low is not None and effect < low) or (high is not None and effect > high)


def p_by_enumeration(differences: NDArray[np.float64]) -> float:
    """Every assignment of signs in a plain loop."""
    total = abs(sum(differences))
    sums = [abs(sum(s * d for s, d in zip(signs, differences, strict=True)))
            for signs in product((1, -1), repeat=len(differences))]  # fmt: skip
    return sum(found >= total - 1e-9 * sum(map(abs, differences)) for found in sums) / len(sums)


def data_sets() -> list[NDArray[np.int64]]:
    """250 of 2 to 12 pairs and 3 larger ones, whole numbers, so that scipy's ties are ties as well."""
    generator = np.random.default_rng(4)
    found = []
    for number in range(250):
        pairs = int(generator.integers(2, 13))
        kinds = (
            generator.integers(-3, 6, pairs),
            generator.choice([0, 0, 0, 1, 2, -1], pairs),
            generator.integers(-500, 900, pairs),
            generator.poisson(4, pairs) - generator.poisson(2, pairs),
        )
        found.append(kinds[number % len(kinds)])
    found += [generator.integers(-9, 12, pairs) for pairs in (13, 14, 16)]
    return found


def test_p_values_are_those_of_scipy() -> None:
    compared = 0
    for differences in data_sets():
        theirs = permutation_test(
            (differences.astype(float),),
            np.sum,
            permutation_type="samples",
            n_resamples=np.inf,
            vectorized=True,
            batch=10_000,
        )
        for scale in (1, 1 / 7):
            ours = sign_flip_test(differences * scale)
            assert ours.p_value == pytest.approx(theirs.pvalue, abs=1e-12), differences
            compared += 1
    assert compared == 506


@pytest.mark.parametrize(
    ("differences", "p_value", "interval"),
    [
        # One of two signs: both are as far out as what was seen.
        ([3], 1.0, (None, None)),
        # Five all below zero: 2 of 32 assignments; not even these reject anything.
        ([-1, -2, -3, -4, -5], 2 / 32, (None, None)),
        # Six: 2 of 64 is below 0.05, so an effect is rejected where all differences lie on one side of it.
        ([-1, -2, -3, -4, -5, -6], 2 / 64, (-6.0, -1.0)),
        # The sum is 14; flipping -1 gives 16, flipping 1 and -1 gives 14 again; with their mirrors 6 of 128.
        # An effect is rejected with up to 6: the limits are the third means of sets from either end, of
        # -1, 0, 0.5 (-1 and a 2) from below, and of 4, 3.5, 3.5 (4 and a 3) from above.
        ([1, -1, 2, 2, 3, 3, 4], 6 / 128, (0.5, 3.5)),
        ([0, 0, 0, 0, 0, 0], 1.0, (0.0, 0.0)),
        # Zeros flip into themselves: 2^3 of 2^6 for each end.
        ([0, 0, 0, 1, 1, 1], 16 / 64, (0.0, 1.0)),
        ([2.5] * 6, 2 / 64, (2.5, 2.5)),
    ],
)
def test_values_worked_by_hand(
    differences: list[float], p_value: float, interval: tuple[float | None, float | None]
) -> None:
    test = sign_flip_test(differences)
    assert test.p_value == p_value
    assert test.interval_95 == interval
    assert test.effect == sum(differences) / len(differences)


@pytest.mark.parametrize("number", range(12))
def test_the_interval_is_what_a_search_by_hand_leaves_standing(number: int) -> None:
    """Every effect on a fine grid, and right beside both limits, is tested by plain enumeration."""
    generator = np.random.default_rng(number)
    pairs = 6 + number % 3
    whole = generator.integers(-4, 7, pairs).astype(float)
    differences = whole if number % 2 else whole + generator.normal(0, 0.3, pairs)
    low, high = sign_flip_test(differences).interval_95
    assert low is not None
    assert high is not None
    near = [limit + step for limit in (low, high) for step in (-1e-6, 0, 1e-6)]
    for effect in [*np.linspace(min(differences) - 1, max(differences) + 1, 41), *near]:
        rejected = p_by_enumeration(differences - effect) <= ALPHA
        assert rejected == outside(effect, (low, high)), effect


@given(st.lists(SEVENTHS | st.floats(-50, 50).map(lambda x: round(x, 3)), min_size=1, max_size=11))
def test_zero_lies_outside_just_where_the_p_value_is_at_most_five_in_a_hundred(
    differences: list[float],
) -> None:
    test = sign_flip_test(differences)
    assert outside(0, test.interval_95) == (test.p_value <= ALPHA)
    assert not outside(test.effect, test.interval_95)


@given(st.lists(SEVENTHS, min_size=1, max_size=10), st.randoms(use_true_random=False))
def test_the_order_of_pairs_changes_nothing(differences: list[float], random: object) -> None:
    shuffled = list(differences)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert sign_flip_test(shuffled) == sign_flip_test(differences)


@given(st.lists(SEVENTHS, min_size=6, max_size=10))
def test_with_and_without_swapped_is_the_negative(differences: list[float]) -> None:
    test, swapped = sign_flip_test(differences), sign_flip_test([-difference for difference in differences])
    assert swapped.p_value == test.p_value
    assert swapped.effect == pytest.approx(-test.effect)
    (low, high), (other_low, other_high) = test.interval_95, swapped.interval_95
    assert low is not None
    assert high is not None
    assert (other_low, other_high) == (pytest.approx(-high), pytest.approx(-low))


@given(st.lists(SEVENTHS, min_size=6, max_size=9), st.integers(-5, 5))
def test_a_constant_effect_more_moves_the_interval_by_it(differences: list[float], constant: int) -> None:
    low, high = sign_flip_test(differences).interval_95
    moved = sign_flip_test([difference + constant for difference in differences]).interval_95
    assert low is not None
    assert high is not None
    assert moved == (pytest.approx(low + constant, abs=1e-9), pytest.approx(high + constant, abs=1e-9))


def test_beyond_twenty_pairs_signs_are_drawn_from_the_seed() -> None:
    differences = np.random.default_rng(2).normal(-0.4, 1, 26)
    test = sign_flip_test(differences, seed=5)
    assert test == sign_flip_test(differences, seed=5)
    assert test != sign_flip_test(differences, seed=6)
    theirs = permutation_test(
        (differences,), np.sum, permutation_type="samples", n_resamples=200_000, batch=20_000,
        vectorized=True, random_state=np.random.default_rng(3),
    )  # fmt: skip
    assert test.p_value == pytest.approx(theirs.pvalue, abs=4 * (theirs.pvalue / 100_000) ** 0.5)
    assert outside(0, test.interval_95) == (test.p_value <= ALPHA)


def test_drawn_and_counted_flips_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    differences = np.random.default_rng(8).normal(0.5, 1, 20)
    counted = sign_flip_test(differences)
    monkeypatch.setattr("sleepcalm.trends.randomisation.MOST_PAIRS_EXACT", 19)
    drawn = sign_flip_test(differences)
    assert drawn.p_value == pytest.approx(counted.p_value, abs=0.005)
    assert drawn.interval_95 == pytest.approx(counted.interval_95, abs=0.02)


def test_a_drawn_p_value_is_never_zero() -> None:
    test = sign_flip_test([1.0] * 60)
    assert test.p_value == 1 / 100_001
    assert test.interval_95 == (1.0, 1.0)


@pytest.mark.parametrize("differences", [[], [1.0, float("nan")], [float("inf")]])
def test_nothing_and_what_is_no_number_are_refused(differences: list[float]) -> None:
    with pytest.raises(ValueError, match="at least one difference, each a finite number"):
        sign_flip_test(differences)
