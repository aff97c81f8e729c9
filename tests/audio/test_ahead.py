"""Blocks that are mixed ahead of time: a few at a time, until there is a second of them."""

from __future__ import annotations

import numpy as np
import pytest

from sleepcalm.audio.ahead import BLOCK_FRAMES, BLOCKS_AT_ONCE, LOW_BLOCKS, AheadMixer
from sleepcalm.audio.mixer import Bed, Gains, Mixer

EVEN = Gains.constant(1, 1)


class Counting(Mixer):
    """Notes where it mixes."""

    def __init__(self, *parts: object, **options: object) -> None:
        super().__init__(*parts, **options)
        self.mixed: list[tuple[int, int]] = []

    def mix(self, start_frame: int, frames: int, gains: Gains) -> np.ndarray:
        self.mixed.append((start_frame, frames))
        return super().mix(start_frame, frames, gains)


@pytest.fixture
def mixer(timeline, tone_clips, hum) -> Counting:
    return Counting(timeline, tone_clips, Bed(hum, fade_out_s=2), fade_in_s=0.1)


def test_nobody_waits_for_more_than_a_few_blocks(mixer):
    ahead = AheadMixer(mixer)
    ahead.mix(0, 1, EVEN)
    mixer.mixed.clear()
    calls = 0
    while ahead.is_short(0):
        ahead.mix_ahead(0)
        calls += 1
        assert len(mixer.mixed) <= calls * BLOCKS_AT_ONCE
    assert len(mixer.mixed) > LOW_BLOCKS


def test_an_output_that_reads_soon_finds_all_that_it_asks_for(mixer):
    ahead = AheadMixer(mixer)
    reads_frames = BLOCK_FRAMES * 6 // 5  # as miniaudio does
    for start in range(0, 20 * reads_frames, reads_frames):
        mixer.mixed.clear()
        block = ahead.mix(start, reads_frames, EVEN)
        if start:
            assert mixer.mixed == []
        assert np.array_equal(block, Mixer.mix(mixer, start, reads_frames, EVEN))
        if ahead.is_short(start + reads_frames):
            ahead.mix_ahead(start + reads_frames)


def test_another_volume_begins_anew(mixer):
    ahead = AheadMixer(mixer)
    ahead.mix(0, 1, EVEN)
    while ahead.is_short(0):
        ahead.mix_ahead(0)
    softer = Gains.constant(0.5, 0.25)
    assert np.array_equal(ahead.mix(0, 4800, softer), Mixer.mix(mixer, 0, 4800, softer))
    assert ahead.is_short(0)
