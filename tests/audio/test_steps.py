"""A burst in a clip is taken back, and nothing else of it."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sleepcalm.audio.steps import LARGEST_BACKGROUND_STEP, LARGEST_STEP, with_soft_steps

FRAMES = 4800
HUM = (0.3 * np.sin(2 * np.pi * np.arange(FRAMES) / 240)).astype(np.float32)


@given(st.lists(st.tuples(st.integers(0, FRAMES - 1), st.floats(-1, 1, width=32)), max_size=8))
def test_no_step_is_larger_wherever_the_bursts_are(bursts):
    sound = HUM.copy()
    for frame, level in bursts:
        sound[frame] = level
    soft = with_soft_steps(sound)
    assert len(soft) == len(sound)
    assert np.abs(np.diff(soft, prepend=0, append=0)).max() <= LARGEST_STEP * 1.02


@given(st.lists(st.tuples(st.integers(0, FRAMES - 1), st.integers(0, 1), st.floats(-0.25, 0.25, width=32))))
def test_both_sides_of_a_background_are_turned_down_alike(bursts):
    sound = np.stack([HUM, -HUM], axis=1) / 10
    for frame, side, level in bursts:
        sound[frame, side] = level
    soft = with_soft_steps(sound, LARGEST_BACKGROUND_STEP)
    assert np.abs(np.diff(soft, axis=0)).max() <= LARGEST_BACKGROUND_STEP * 1.03
    heard = (np.abs(sound) > 1e-3).all(axis=1)
    gains = soft[heard] / sound[heard]
    np.testing.assert_allclose(gains[:, 0], gains[:, 1], rtol=1e-4)


def test_what_is_soft_stays_as_it_is():
    assert np.array_equal(with_soft_steps(HUM), HUM)


def test_ten_milliseconds_beside_a_burst_nothing_has_changed():
    sound = HUM.copy()
    sound[2400] = 0.9
    soft = with_soft_steps(sound)
    changed = np.flatnonzero(soft != sound)
    assert 2400 - 485 <= changed[0] <= changed[-1] <= 2400 + 485
    assert np.abs(np.diff(soft / np.where(sound, sound, 1))[500:4300]).max() < 0.05, "by an even gain"


def test_a_clip_of_no_frames_is_one():
    assert not len(with_soft_steps(np.zeros(0, np.float32)))
