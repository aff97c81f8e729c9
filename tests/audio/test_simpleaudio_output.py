"""The extra output: simpleaudio's buffers hold what the player gives, minute after minute."""

from __future__ import annotations

import importlib.util
from queue import SimpleQueue

import numpy as np
import pytest

from sleepcalm.audio.outputs import Health, OutputError
from sleepcalm.audio.simpleaudio_output import (
    CROSS_FADE_FRAMES,
    LEAD_FRAMES,
    SEGMENT_FRAMES,
    SimpleaudioOutput,
    SimpleaudioSystem,
)
from sleepcalm.audio.sound_systems import SOUND_SYSTEMS
from sleepcalm.preferences import SOUND_OUTPUTS
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ

LIMIT_S = 20


class Speaker:
    """Keeps every buffer that it is given, as simpleaudio does: in place."""

    def __init__(self) -> None:
        self.buffers: SimpleQueue[np.ndarray] = SimpleQueue()
        self.is_broken = False
        self.stopped = 0

    def play(self, samples, channels, bytes_per_sample, rate_hz):
        assert (channels, bytes_per_sample, rate_hz) == (2, 2, SAMPLE_RATE_HZ)
        if self.is_broken:
            raise RuntimeError("Error opening PCM device.")
        self.buffers.put(samples)
        return self

    def is_playing(self) -> bool:
        return not self.is_broken

    def stop(self) -> None:
        self.stopped += 1


class RunningClock:
    """Half a second goes by whenever somebody looks."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        self.now_s += 0.5
        return self.now_s


class Ramp:
    """Rises so slowly that a cross-fade of it with itself is itself."""

    def __init__(self) -> None:
        self.frames = 0

    def __call__(self, frames: int) -> np.ndarray:
        wave = ((self.frames + np.arange(frames)) / (4 * SEGMENT_FRAMES)).astype(np.float32)
        self.frames += frames
        return np.stack([wave, -wave], axis=1)


@pytest.fixture
def speaker():
    return Speaker()


def test_two_minutes_join_without_a_seam(speaker):
    output = SimpleaudioOutput(Ramp(), speaker.play, RunningClock())
    first, second = (speaker.buffers.get(timeout=LIMIT_S) for _ in range(2))
    speaker.buffers.get(timeout=LIMIT_S)
    output.close()
    assert len(first) == len(second) == SEGMENT_FRAMES
    joined = np.zeros((2 * SEGMENT_FRAMES - CROSS_FADE_FRAMES, 2))
    joined[:SEGMENT_FRAMES] += first
    joined[SEGMENT_FRAMES - CROSS_FADE_FRAMES :] += second
    wanted = Ramp()(len(joined)) * 32_767
    assert np.abs(joined - wanted)[:-CROSS_FADE_FRAMES].max() <= 1.5


def test_the_first_sound_is_there_before_it_is_asked_for(speaker):
    output = SimpleaudioOutput(lambda frames: np.ones((frames, 2), np.float32), speaker.play, lambda: 0.0)
    samples = speaker.buffers.get(timeout=LIMIT_S)
    assert samples[:LEAD_FRAMES].all()
    assert not samples[LEAD_FRAMES:].any()
    assert output.held_frames() == LEAD_FRAMES
    output.close()
    assert speaker.stopped == 1


def test_without_a_device_it_does_not_open(speaker):
    speaker.is_broken = True
    with pytest.raises(OutputError, match="Error opening PCM device"):
        SimpleaudioOutput(Ramp(), speaker.play)


def test_a_device_that_goes_is_told(speaker):
    output = SimpleaudioOutput(Ramp(), speaker.play, lambda: 0.0)
    assert output.health() is Health.WELL
    speaker.is_broken = True
    assert output.health() is Health.SYSTEM_GONE
    output.close()


@pytest.mark.skipif(importlib.util.find_spec("simpleaudio") is not None, reason="simpleaudio is installed")
def test_without_the_package_it_says_how_to_get_it():
    with pytest.raises(OutputError, match="pip install simpleaudio-patched"):
        SimpleaudioSystem()


def test_every_output_that_can_be_chosen_has_its_sound_system():
    assert tuple(SOUND_SYSTEMS) == SOUND_OUTPUTS
