"""The passing measurement agrees with a library's measurement of the whole."""

from __future__ import annotations

import numpy as np
import pyloudnorm
import pytest

from sleepcalm.audio.loudness import LoudnessMeter
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ


def metered(sound: np.ndarray, block: int = 4800) -> LoudnessMeter:
    meter = LoudnessMeter()
    for start in range(0, len(sound), block):
        meter.add(sound[start : start + block].astype(np.float32))
    return meter


def noise(seconds: float, level: float) -> np.ndarray:
    random = np.random.default_rng(1)
    return level * random.standard_normal((round(seconds * SAMPLE_RATE_HZ), 2))


TIME_S = np.arange(6 * SAMPLE_RATE_HZ)[:, np.newaxis] / SAMPLE_RATE_HZ

SOUNDS = {
    "noise": noise(6, 0.05),
    "low": 0.1 * np.sin(2 * np.pi * 60 * TIME_S) * np.ones((1, 2)),
    "middle": 0.1 * np.sin(2 * np.pi * 997 * TIME_S) * np.ones((1, 2)),
    "high": 0.1 * np.sin(2 * np.pi * 9000 * TIME_S) * np.ones((1, 2)),
    "with pauses": np.concatenate([noise(4, 0.05), noise(4, 0.00001), noise(4, 0.01)]),
    "off centre": noise(6, 0.02) + 0.3,
}


@pytest.mark.parametrize("name", SOUNDS)
def test_the_integrated_loudness_is_that_of_a_library(name):
    wanted = pyloudnorm.Meter(SAMPLE_RATE_HZ).integrated_loudness(SOUNDS[name])
    assert metered(SOUNDS[name]).integrated_lufs == pytest.approx(wanted, abs=0.3)


def test_the_loudest_moment_is_found():
    sound = np.concatenate([noise(3, 0.01), noise(1, 0.1), noise(3, 0.01)])
    wanted = pyloudnorm.Meter(SAMPLE_RATE_HZ).integrated_loudness(noise(1, 0.1))
    assert metered(sound).loudest_lufs == pytest.approx(wanted, abs=0.3)


@pytest.mark.parametrize("block", [1, 37, 19_200, 400_000])
def test_the_size_of_the_blocks_does_not_matter(block):
    sound = SOUNDS["with pauses"][-SAMPLE_RATE_HZ:]
    assert metered(sound, block).integrated_lufs == metered(sound).integrated_lufs


def test_silence_and_what_is_shorter_than_a_window_have_no_loudness():
    for meter in (LoudnessMeter(), metered(np.zeros((96_000, 2))), metered(noise(0.1, 0.5))):
        assert meter.integrated_lufs == meter.loudest_lufs == -np.inf
