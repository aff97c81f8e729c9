"""Sounds made for the tests: small, exact, and without files."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from sleepcalm.audio.ambience import LoopedSound
from sleepcalm.relaxation.routine import Kind, Phase, Routine, Sentence, Step
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ, Choices, Clip, Timeline, build_timeline

TONE_HZ = 200


@cache
def tone(frames: int) -> np.ndarray:
    time_s = np.arange(frames) / SAMPLE_RATE_HZ
    envelope = np.minimum(1, np.minimum(time_s, time_s[::-1]) / 0.02)
    return (0.6 * envelope * np.sin(2 * np.pi * TONE_HZ * time_s)).astype(np.float32)


class ToneClips:
    """Every clip is a soft tone: a curve with known, small steps, so that a click stands out."""

    def samples(self, clip: Clip) -> np.ndarray:
        return tone(clip.frames)


@pytest.fixture
def tone_clips() -> ToneClips:
    return ToneClips()


@pytest.fixture
def timeline() -> Timeline:
    """Two sentences of 1 s; 2 s, then 3 s of pause: 7 s in all, the last word ends at 4 s."""
    clips = {"One.": Clip("one", SAMPLE_RATE_HZ), "Two.": Clip("two", SAMPLE_RATE_HZ)}
    steps = (
        Step("First", Phase.SETTLE, (Sentence("One.", 2),)),
        Step("Second", Phase.GUIDE, (Sentence("Two.", 3),)),
    )
    return build_timeline(Routine("r", "R", Kind.REST, "S", (), (), steps), clips, Choices())


@pytest.fixture
def hum() -> LoopedSound:
    """A background of slow waves, stereo, in loops of different lengths."""
    time_s = np.arange(48_000) / 48_000
    waves = [3000 * np.sin(2 * np.pi * 100 * time_s), 2500 * np.cos(2 * np.pi * 100 * time_s)]
    slow = [1000 * np.sin(2 * np.pi * np.arange(44_160) / 480 * 2), np.zeros(44_160)]
    return LoopedSound((np.rint(waves).astype(np.int16), np.rint(slow).astype(np.int16)))
