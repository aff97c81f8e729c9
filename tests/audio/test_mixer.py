"""The mix is a pure function of the position, with headroom and soft ends."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sleepcalm.audio.mixer import Bed, Gains, Mixer
from sleepcalm.audio.samples import EDGE, EDGE_FRAMES, KNEE, START_FADE_FRAMES, soft_clip, volume_gain
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ

FULL = Gains.constant(1, 1)
a_fixture_for_all_examples = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


@pytest.fixture
def mixer(timeline, tone_clips, hum) -> Mixer:
    return Mixer(timeline, tone_clips, Bed(hum, fade_out_s=2), fade_in_s=0.5)


@a_fixture_for_all_examples
@given(st.lists(st.integers(1, 30_000), min_size=1, max_size=40))
def test_the_size_of_the_blocks_is_not_heard(mixer, sizes):
    whole = mixer.mix(0, sum(sizes), FULL)
    start, parts = 0, []
    for size in sizes:
        parts.append(mixer.mix(start, size, FULL))
        start += size
    assert np.array_equal(np.concatenate(parts), whole)


@a_fixture_for_all_examples
@given(st.integers(0, 8 * SAMPLE_RATE_HZ), st.integers(1, 5000))
def test_it_can_start_anywhere(mixer, start, frames):
    whole = mixer.mix(0, start + frames, FULL)
    assert np.array_equal(mixer.mix(start, frames, FULL), whole[start:])


def test_each_clip_sounds_from_its_cue_on_with_the_cues_gain_and_rises_at_the_start(timeline, tone_clips):
    mix = Mixer(timeline, tone_clips, Bed(None)).mix(0, timeline.duration_frames, Gains.constant(0.5, 1))
    expected = np.zeros(timeline.duration_frames, np.float32)
    for cue in timeline.cues:
        expected[cue.start_frame : cue.end_frame] = tone_clips.samples(cue.clip) * 10 ** (cue.gain_db / 20)
    rise = 0.2 + 0.8 * np.sqrt(np.arange(START_FADE_FRAMES) / START_FADE_FRAMES)
    rise[:EDGE_FRAMES] *= EDGE[:EDGE_FRAMES]
    expected[:START_FADE_FRAMES] *= rise
    for channel in (0, 1):
        np.testing.assert_allclose(mix[:, channel], expected * 0.5 * 0.5**0.5, atol=1e-6)


def test_without_background_it_is_as_long_as_the_timeline(timeline, tone_clips):
    assert Mixer(timeline, tone_clips, Bed(None)).total_frames == timeline.duration_frames


def test_the_background_leaves_after_the_last_word_however_short_the_timeline(timeline, tone_clips, hum):
    assert Mixer(timeline, tone_clips, Bed(hum, fade_out_s=1)).total_frames == timeline.duration_frames
    long = Mixer(timeline, tone_clips, Bed(hum, fade_out_s=60))
    assert long.total_frames == timeline.exercise_end_frame + 60 * SAMPLE_RATE_HZ


def test_it_ends_in_digital_silence(mixer):
    tail = mixer.mix(mixer.total_frames - 10, 1000, FULL)
    assert not tail[10:].any()
    assert np.abs(tail).max() < 1e-6


def test_the_background_rises_and_sinks_evenly(timeline, tone_clips, hum):
    mixer = Mixer(timeline, tone_clips, Bed(hum, fade_out_s=3), fade_in_s=4)
    background = mixer.mix(0, mixer.total_frames, Gains.constant(0, 1))
    tenths = np.sqrt((background.reshape(-1, SAMPLE_RATE_HZ // 10, 2) ** 2).mean((1, 2)))
    rises_db = np.diff(20 * np.log10(tenths[:40]))
    assert rises_db[1:] == pytest.approx(0.75, abs=0.3), "30 dB in 4 s, evenly"
    assert 20 * np.log10(tenths[10] / tenths[39]) == pytest.approx(-0.75 * 29, abs=1)
    assert not background[0].any()
    assert np.all(np.diff(tenths[:40]) > 0)
    assert np.all(np.diff(tenths[41:69]) < 0)


def test_a_background_that_has_sounded_already_does_not_begin_anew(timeline, tone_clips, hum):
    frames, gains = 4 * SAMPLE_RATE_HZ, Gains.constant(0, 1)
    mixer = Mixer(timeline, tone_clips, Bed(hum, linger_s=20))
    whole = mixer.going_on_from(mixer, 6 * SAMPLE_RATE_HZ).mix(0, frames, gains)
    level = np.zeros((2, frames), np.float32)
    hum.add_to(level, 0, np.ones(1, np.float32))
    assert np.array_equal(whole, level.T)
    rising = mixer.going_on_from(mixer, SAMPLE_RATE_HZ).going_on_from(mixer, SAMPLE_RATE_HZ)
    begun = mixer.mix(0, 3 * SAMPLE_RATE_HZ, gains)[SAMPLE_RATE_HZ:]
    assert np.array_equal(rising.mix(0, 2 * SAMPLE_RATE_HZ, gains), begun)
    after_none = mixer.going_on_from(mixer.with_bed(Bed(None)), SAMPLE_RATE_HZ)
    assert not after_none.mix(0, 1, gains).any()


def test_no_step_is_larger_than_the_sounds_own(mixer, timeline, tone_clips, hum):
    mix = mixer.mix(0, mixer.total_frames, FULL)
    tone = max(np.abs(np.diff(tone_clips.samples(cue.clip))).max() for cue in timeline.cues)
    planes = np.zeros((2, 96_000), np.float32)
    hum.add_to(planes, 0, np.ones(1, np.float32))
    waves = np.abs(np.diff(planes)).max()
    assert np.abs(np.diff(mix, axis=0)).max() <= (tone * 0.5**0.5 + waves) * 1.01


@given(st.lists(st.floats(-8, 8, width=32), max_size=50))
def test_the_soft_clip_keeps_within_full_scale_and_leaves_the_quiet_alone(values):
    samples = np.array(values, np.float32)
    clipped = soft_clip(samples)
    assert np.all(np.abs(clipped) < 1)
    quiet = np.abs(samples) <= KNEE
    assert np.array_equal(clipped[quiet], samples[quiet])
    order = np.argsort(samples)
    assert np.all(np.diff(clipped[order]) >= 0)


def test_each_step_of_a_volume_is_as_large_to_the_ear():
    volumes = [step / 20 for step in range(1, 21)]
    steps_db = np.diff([20 * np.log10(volume_gain(volume)) for volume in volumes])
    assert steps_db == pytest.approx(2.05)
    assert (volume_gain(0), volume_gain(1)) == (0, 1)
