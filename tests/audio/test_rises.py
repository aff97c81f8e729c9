"""A loop's loudness never rises too fast, wherever its sounds are, and a gentle one stays as it is."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sleepcalm.audio.ambience import FULL_VOLUME_LUFS
from sleepcalm.audio.rises import FAINT_LUFS, HOPS_PER_S, LARGEST_RISE_LU, gains_against_rises

WINDOW_HOPS = 20
MARGIN_LU = 0.9
"""What is heard as sudden is 6 LU."""


def powers_of(loudness_lufs: np.ndarray) -> np.ndarray:
    return 10 ** ((loudness_lufs + 0.691) / 10)


def largest_rise_lu(powers: np.ndarray) -> float:
    """Within a second, in the third of three rounds of a loop."""
    passing = np.convolve(np.tile(powers, 3), np.full(WINDOW_HOPS, 1 / WINDOW_HOPS))[: 3 * len(powers)]
    momentary = np.maximum(-0.691 + 10 * np.log10(passing + 1e-30), FAINT_LUFS)[len(powers) :]
    return max(
        float((momentary[later:] - momentary[: len(momentary) - later]).max())
        for later in range(1, HOPS_PER_S + 1)
    )


LEVELS_LUFS = st.lists(
    st.tuples(st.integers(1, 150), st.sampled_from([-120.0, -70, -50, -45, -40, -35, -30, -25])),
    min_size=1,
    max_size=12,
)


@settings(deadline=None, max_examples=25)
@given(LEVELS_LUFS, st.integers(0, 3), st.floats(1, 100))
def test_nothing_rises_too_fast_wherever_the_sounds_are(levels, unevenness, most_gain):
    lufs = np.concatenate([np.full(75, -60.0), *(np.full(hops, level) for hops, level in levels)])
    lufs += unevenness * np.random.default_rng(len(lufs)).standard_normal(len(lufs))
    powers = powers_of(lufs)
    gains = gains_against_rises(powers, most_gain)
    if gains is None:
        assert largest_rise_lu(powers) <= LARGEST_RISE_LU + 1e-6
    else:
        assert largest_rise_lu(powers) > LARGEST_RISE_LU
        assert largest_rise_lu(powers * gains**2) <= LARGEST_RISE_LU + MARGIN_LU
        assert 0 <= gains.min() <= gains.max() <= most_gain


def test_what_swells_slowly_stays_as_it_is():
    swelling = -45 + 7 * np.sin(2 * np.pi * np.arange(500) / 500)
    assert gains_against_rises(powers_of(swelling), 10) is None


def test_a_sound_is_only_turned_down_around_what_rises():
    lufs = np.full(3000, -35.0)
    lufs[1000:1010] = -15
    gains = gains_against_rises(powers_of(lufs), 1.0)
    assert gains is not None
    assert np.all(gains[:975] == 1)
    assert np.all(gains[1200:] == 1)
    assert gains[1000:1010].max() < 0.5


def test_where_one_moment_had_made_the_rest_soft_the_rest_comes_back():
    lufs = np.full(3000, -50.0)
    lufs[1000:1100] = FULL_VOLUME_LUFS
    gains = gains_against_rises(powers_of(lufs), 100.0)
    assert gains is not None
    rest = -50 + 20 * np.log10(gains[2000])
    assert abs(rest - FULL_VOLUME_LUFS) < 1
    assert 20 * np.log10(gains_against_rises(powers_of(lufs), 2.0)[2000]) < 6.1
