"""Another sample rate, the same sound."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sleepcalm.audio.resampling import Resampler
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ

RATES_HZ = (8_000, 11_025, 22_050, 32_000, 44_100, 44_101, 88_200, 96_000, 192_000)


def tone(rate_hz: float, frequency_hz: float, seconds: float = 3.0) -> np.ndarray:
    time_s = np.arange(round(rate_hz * seconds)) / rate_hz
    turn = 2 * np.pi * frequency_hz * time_s
    return np.stack([np.sin(turn), np.cos(turn)], axis=1).astype(np.float32)


def resampled(sound: np.ndarray, rate_hz: int, block: int = 48_000) -> np.ndarray:
    resampler = Resampler(rate_hz)
    parts = [resampler.add(sound[start : start + block]) for start in range(0, len(sound), block)]
    return np.concatenate([*parts, resampler.finish()])


@pytest.mark.parametrize("rate_hz", RATES_HZ)
@pytest.mark.parametrize("frequency_hz", [50, 440, 3_000])
def test_a_tone_stays_that_tone_at_its_place(rate_hz, frequency_hz):
    out = resampled(tone(rate_hz, frequency_hz), rate_hz)
    wanted = tone(SAMPLE_RATE_HZ, frequency_hz)
    assert len(out) == len(wanted)
    middle = slice(SAMPLE_RATE_HZ // 10, -SAMPLE_RATE_HZ // 10)
    assert np.abs(out - wanted)[middle].max() < 1e-4


@pytest.mark.parametrize(("rate_hz", "frequency_hz"), [(96_000, 30_000), (192_000, 60_000)])
def test_what_the_new_rate_cannot_hold_does_not_fold_back(rate_hz, frequency_hz):
    out = resampled(tone(rate_hz, frequency_hz), rate_hz)
    assert np.abs(out[4800:-4800]).max() < 1e-4


@settings(max_examples=30)
@given(st.sampled_from(RATES_HZ), st.integers(0, 30_000), st.integers(1, 40_000))
def test_any_length_in_blocks_of_any_size_gives_the_same(rate_hz, frames, block):
    sound = np.random.default_rng(frames).uniform(-1, 1, (frames, 2)).astype(np.float32)
    out = resampled(sound, rate_hz, block)
    assert len(out) == round(frames * SAMPLE_RATE_HZ / rate_hz)
    assert np.array_equal(out, resampled(sound, rate_hz))
