"""Backgrounds: the right loudness, no seam, no surprise, always the same."""

from __future__ import annotations

import numpy as np
import pyloudnorm
import pytest

from sleepcalm.audio.ambience import FULL_VOLUME_LUFS, Ambience
from sleepcalm.audio.ambience_sounds import AMBIENCES
from sleepcalm.audio.samples import volume_gain
from sleepcalm.backgrounds import SOUNDS
from sleepcalm.preferences import Preferences
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ

CLIP_LUFS = -23


def sound_of(ambience: Ambience, start_frame: int, frames: int) -> np.ndarray:
    planes = np.zeros((2, frames), np.float32)
    ambience.add_to(planes, start_frame, np.ones(1, np.float32))
    return planes.T


@pytest.fixture(scope="module", params=sorted(AMBIENCES))
def name(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def minute(name):
    """A minute of it: three times around each loop, so across every seam."""
    return sound_of(AMBIENCES[name](), 0, 60 * SAMPLE_RATE_HZ)


def test_every_background_that_can_be_chosen_can_be_made():
    assert tuple(AMBIENCES) == SOUNDS


def test_it_lies_18_lu_below_the_voice_at_the_default_volumes(minute):
    loudness = pyloudnorm.Meter(SAMPLE_RATE_HZ).integrated_loudness(minute.astype(np.float64))
    assert loudness == pytest.approx(FULL_VOLUME_LUFS, abs=0.3)
    default = Preferences()
    background = loudness + 20 * np.log10(volume_gain(default.background_volume))
    voice = CLIP_LUFS + 20 * np.log10(volume_gain(default.voice_volume))
    assert voice - background == pytest.approx(18, abs=0.3)


def test_with_the_loudest_clip_there_is_headroom(minute):
    voice_peak = 10 ** (-3 / 20) * 0.5**0.5
    assert np.abs(minute).max() + voice_peak < 0.8


def test_nothing_in_it_comes_suddenly(minute):
    """EBU's momentary loudness, unweighted: 400 ms windows; a rise within any second."""
    power = (minute**2).mean(1).reshape(-1, SAMPLE_RATE_HZ // 10).mean(1)
    momentary_db = 10 * np.log10(np.convolve(power, np.full(4, 0.25), "valid"))
    rises_db = [(momentary_db[later:] - momentary_db[:-later]).max() for later in range(1, 11)]
    assert max(rises_db) < 6
    assert momentary_db.max() - np.median(momentary_db) < 4
    assert np.abs(np.diff(minute, axis=0)).max() < 0.25


def test_its_seams_are_like_any_other_place(name):
    for plane in (plane for loop in AMBIENCES[name]().loops for plane in loop):
        samples = plane.astype(np.float64)
        bends = np.abs(np.diff(samples, n=2))
        across = np.abs(np.diff(np.concatenate([samples[-2:], samples[:2]]), n=2))
        assert across.max() <= np.percentile(bends, 99.9)


def test_it_is_the_same_each_time_and_from_any_frame(name, minute):
    again = AMBIENCES[name]()
    assert np.array_equal(sound_of(again, 0, 1000), minute[:1000])
    for start in (921_000, 1_048_000, 2_000_001):
        assert np.array_equal(sound_of(again, start, 3000), minute[start : start + 3000])


def test_left_and_right_are_not_the_same_sound(minute):
    left, right = minute[:, 0], minute[:, 1]
    assert abs(np.corrcoef(left, right)[0, 1]) < 0.06
