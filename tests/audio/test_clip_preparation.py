"""Trimming and fading, on signals made to resemble speech."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from sleepcalm.audio.clip_preparation import FADE_OUT_MS, LEAD_MS, TAIL_MS, trim_and_fade

RATE_HZ = 48_000


def test_it_needs_no_path_to_programs():
    environment = {name: value for name, value in os.environ.items() if name != "PATH"}
    program = [sys.executable, "-c", "import sleepcalm.audio.clip_preparation"]
    assert subprocess.run(program, env=environment, check=False).returncode == 0


def frames(ms: float) -> int:
    return round(ms * RATE_HZ / 1000)


def noise(ms: float, level_dbfs: float, seed: int = 1) -> NDArray[np.float64]:
    return np.random.default_rng(seed).standard_normal(frames(ms)) * 10 ** (level_dbfs / 20)


def silence(ms: float) -> NDArray[np.float64]:
    """What an engine gives for silence: not quite nothing."""
    return noise(ms, -75, seed=2)


def spoken(before_ms: float, word_ms: float, after_ms: float) -> NDArray[np.float64]:
    return np.concatenate([silence(before_ms), noise(word_ms, -22), silence(after_ms)])


def test_silence_around_the_words_goes_and_room_for_the_fades_stays() -> None:
    clip = trim_and_fade(spoken(180, 600, 190), RATE_HZ)
    assert abs(len(clip) - frames(LEAD_MS + 600 + TAIL_MS)) <= frames(10)


def test_silence_between_words_stays() -> None:
    two = np.concatenate([spoken(100, 300, 0), silence(400), spoken(0, 300, 100)])
    assert len(trim_and_fade(two, RATE_HZ)) >= frames(1000)


def test_the_words_themselves_are_untouched() -> None:
    sound = spoken(180, 600, 190)
    clip = trim_and_fade(sound, RATE_HZ)
    word = sound[frames(180) : frames(780)]
    start = int(np.argmax(np.correlate(clip, word[:2000], mode="valid")))
    np.testing.assert_allclose(clip[start : start + len(word)], word, atol=1e-6)


def test_a_soft_consonant_at_either_end_is_kept() -> None:
    """An f or th is some 30 dB below the vowel beside it."""
    soft = noise(80, -50, seed=3)
    sound = np.concatenate([silence(150), soft, noise(300, -22), soft, silence(150)])
    clip = trim_and_fade(sound, RATE_HZ)
    assert len(clip) >= frames(80 + 300 + 80)


def test_sound_that_reaches_the_last_sample_still_ends_softly() -> None:
    clip = trim_and_fade(noise(500, -22), RATE_HZ)
    assert abs(clip[0]) < 1e-3
    assert abs(clip[-1]) < 1e-3
    half_way = clip[-frames(FADE_OUT_MS / 2) :]
    assert np.sqrt(np.mean(half_way**2)) < 10 ** (-22 / 20) / 2


def test_nothing_but_silence_is_an_error() -> None:
    with pytest.raises(ValueError, match="no sound above"):
        trim_and_fade(silence(500), RATE_HZ)


@example(before_ms=0, word_ms=111, after_ms=19, rate_hz=22_050)  # no whole number of milliseconds
@given(
    before_ms=st.integers(0, 400), word_ms=st.integers(100, 800), after_ms=st.integers(0, 400),
    rate_hz=st.sampled_from([16_000, 22_050, 32_000, 48_000]),
)  # fmt: skip
def test_a_clip_never_grows_never_loses_its_word_and_has_quiet_ends(
    before_ms: int, word_ms: int, after_ms: int, rate_hz: int
) -> None:
    parts = [(before_ms, -75.0), (word_ms, -22.0), (after_ms, -75.0)]
    rng = np.random.default_rng(before_ms + word_ms)
    sound = np.concatenate([rng.standard_normal(rate_hz * ms // 1000) * 10 ** (db / 20) for ms, db in parts])
    clip = trim_and_fade(sound, rate_hz)
    assert rate_hz * word_ms // 1000 - rate_hz // 100 <= len(clip) <= len(sound)
    assert max(abs(clip[0]), abs(clip[-1])) < 0.002
