"""The moving-block bootstrap beside one that draws night by night, and how often it holds the true value."""

from __future__ import annotations

from statistics import median

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sleepcalm.trends import bootstrap
from sleepcalm.trends.bootstrap import BLOCK_NIGHTS, interval_of_median_difference


def plain_interval(values: list[float], sides: list[bool], seed: int, resamples: int) -> tuple[float, float]:
    """The same in a plain loop, with numbers of its own."""
    generator = np.random.default_rng(seed)
    nights = list(zip(values, sides, strict=True))
    found = []
    while len(found) < resamples:
        drawn: list[tuple[float, bool]] = []
        while len(drawn) < len(nights):
            length = min(BLOCK_NIGHTS, len(nights) - len(drawn))
            start = int(generator.integers(0, len(nights) - length + 1))
            drawn += nights[start : start + length]
        groups = [[value for value, side in drawn if side is wanted] for wanted in (True, False)]
        if all(groups):
            found.append(median(groups[0]) - median(groups[1]))
    low, high = np.quantile(found, [0.025, 0.975])
    return float(low), float(high)


@pytest.mark.parametrize("number", range(4))
def test_the_limits_are_those_of_a_bootstrap_night_by_night(number: int) -> None:
    generator = np.random.default_rng(number)
    nights = (30, 47, 90, 61)[number]
    sides = [bool(side) for side in generator.random(nights) < 0.4]
    values = [float(value) for value in np.round(generator.normal(400, 40, nights) + 20 * np.asarray(sides))]
    ours = interval_of_median_difference(values, sides, seed=1)
    assert ours == pytest.approx(plain_interval(values, sides, 9, 4_000), abs=6)


@given(st.lists(st.tuples(st.integers(0, 9), st.booleans()), min_size=8, max_size=60), st.integers(0, 99))
@settings(max_examples=25, deadline=None)
def test_counting_a_part_of_the_values_gives_what_counting_all_gives(
    nights: list[tuple[int, bool]], seed: int
) -> None:
    values = np.array([value for value, _ in nights], dtype=float)
    sides = np.array([side for _, side in nights])
    if sides.all() or not sides.any():
        return
    of_all = bootstrap._differences(values, sides, seed, reach=0.5)
    of_a_part = bootstrap._differences(values, sides, seed, reach=0.2)
    assert of_all is not None
    assert of_a_part is None or np.array_equal(of_a_part, of_all)


def test_a_seed_gives_the_same_limits_again() -> None:
    values, sides = list(range(40)), [night % 3 == 0 for night in range(40)]
    assert interval_of_median_difference(values, sides, 7) == interval_of_median_difference(values, sides, 7)


def test_swapping_the_sides_turns_the_interval_round() -> None:
    generator = np.random.default_rng(3)
    values = generator.poisson(3, 80).tolist()
    sides = [bool(side) for side in generator.random(80) < 0.5]
    low, high = interval_of_median_difference(values, sides, 2)
    swapped = interval_of_median_difference(values, [not side for side in sides], 2)
    assert swapped == (-high, -low)


def test_a_constant_on_both_sides_changes_nothing() -> None:
    generator = np.random.default_rng(3)
    values = generator.poisson(3, 80)
    sides = [bool(side) for side in generator.random(80) < 0.5]
    assert interval_of_median_difference((values + 100).tolist(), sides, 2) == (
        interval_of_median_difference(values.tolist(), sides, 2)
    )


def test_equal_values_leave_no_doubt() -> None:
    assert interval_of_median_difference([2.0] * 30, [night < 10 for night in range(30)], 1) == (0.0, 0.0)


def test_neighbours_alike_give_a_wider_interval_than_the_same_nights_scattered() -> None:
    """Stretches of weeks with and without, each week of one kind: far fewer than 140 independent nights."""
    generator = np.random.default_rng(5)
    weeks = np.repeat(generator.normal(30, 10, 20), 7) + generator.normal(0, 1, 140)
    sides = np.repeat(np.arange(20) % 2 == 0, 7)
    order = generator.permutation(140)
    kept = interval_of_median_difference(weeks.tolist(), sides.tolist(), 1)
    scattered = interval_of_median_difference(weeks[order].tolist(), sides[order].tolist(), 1)
    assert kept[1] - kept[0] > 1.5 * (scattered[1] - scattered[0])


@pytest.mark.slow
def test_the_interval_holds_the_true_difference_about_as_often_as_it_says() -> None:
    """120 diaries of 100 autocorrelated nights with a true difference of 15 minutes."""
    generator = np.random.default_rng(11)
    held = 0
    for _ in range(120):
        noise = generator.normal(0, 20, 100)
        for night in range(1, 100):
            noise[night] = 0.3 * noise[night - 1] + noise[night] * 0.91**0.5
        sides = generator.random(100) < 0.5
        low, high = interval_of_median_difference((noise + 15 * sides).tolist(), sides.tolist(), 1)
        held += low <= 15 <= high
    assert 0.90 <= held / 120 <= 0.99


@pytest.mark.parametrize("sides", [[True] * 30, [False] * 30, [True] * 29])
def test_one_side_alone_is_refused(sides: list[bool]) -> None:
    with pytest.raises(ValueError, match="nights on both sides"):
        interval_of_median_difference([1.0] * 30, sides, 1)
