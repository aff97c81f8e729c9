"""Mixes ahead of time, so that handing out a block costs an output's thread next to nothing.

A mix is a pure function of position and gains. While the gains rest, the blocks to come are mixed
on another thread and kept for a second; whatever is not there is mixed when it is asked for, and
sounds the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from sleepcalm.audio.mixer import Bed, Gains, Mixer
from sleepcalm.audio.samples import Samples
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ

BLOCK_FRAMES = SAMPLE_RATE_HZ // 10
BLOCKS_AHEAD = 15
LOW_BLOCKS = 10
BLOCKS_AT_ONCE = 4
"""More than an output reads between two calls, and mixed before anybody notices that he waits for it."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """Blocks by number, all mixed with the same gains."""

    gains: tuple[float, float]
    blocks: dict[int, Samples] = field(default_factory=dict)


class AheadMixer:
    """A mixer with a store of blocks to come. `mix` and `is_short` are for the output's thread,
    `mix_ahead` for another; neither waits for the other.
    """

    def __init__(self, mixer: Mixer) -> None:
        self._mixer = mixer
        self._wanted = (0.0, 0.0)
        self._kept = _Kept(self._wanted)

    @property
    def total_frames(self) -> int:
        return self._mixer.total_frames

    def with_bed(self, bed: Bed) -> AheadMixer:
        return AheadMixer(self._mixer.with_bed(bed))

    def going_on_from(self, before: AheadMixer, frame: int) -> AheadMixer:
        return AheadMixer(self._mixer.going_on_from(before._mixer, frame))

    @property
    def rises_by_itself(self) -> bool:
        """Whether all of it comes from silence at its beginning."""
        return not self._mixer.background_age_frames

    def mix(self, start_frame: int, frames: int, gains: Gains) -> Samples:
        """The same samples as the mixer's own."""
        if not gains.are_constant:
            return self._mixer.mix(start_frame, frames, gains)
        self._wanted = (float(gains.voice[0]), float(gains.background[0]))
        kept = self._kept
        out = np.empty((frames, 2), np.float32)
        done = 0
        while done < frames:
            number, offset = divmod(start_frame + done, BLOCK_FRAMES)
            block = kept.blocks.get(number) if kept.gains == self._wanted else None
            if block is None:
                out[done:] = self._mixer.mix(start_frame + done, frames - done, gains)
                return out
            part = block[offset : offset + frames - done]
            out[done : done + len(part)] = part
            done += len(part)
        return out

    def is_short(self, frame: int) -> bool:
        """Whether it is time to mix ahead from `frame` on."""
        kept = self._kept
        return kept.gains != self._wanted or frame // BLOCK_FRAMES + LOW_BLOCKS not in kept.blocks

    def mix_ahead(self, frame: int) -> None:
        """Mix the next few of the blocks from `frame` on that are missing, and let go of those before."""
        if self._kept.gains != self._wanted:
            self._kept = _Kept(self._wanted)
        kept = self._kept
        first = frame // BLOCK_FRAMES
        for number in [number for number in kept.blocks if not first <= number < first + 2 * BLOCKS_AHEAD]:
            del kept.blocks[number]
        gains = Gains.constant(*kept.gains)
        missing = [number for number in range(first, first + BLOCKS_AHEAD) if number not in kept.blocks]
        for number in missing[:BLOCKS_AT_ONCE]:
            mixed = self._mixer.mix(number * BLOCK_FRAMES, BLOCK_FRAMES, gains)
            kept.blocks[number] = _interleaved(mixed)


def _interleaved(mixed: Samples) -> Samples:
    """The same samples in the order of an output. Side by side numpy copies them five times as fast."""
    block = np.empty(mixed.shape, np.float32)
    block[:, 0], block[:, 1] = mixed[:, 0], mixed[:, 1]
    return block
