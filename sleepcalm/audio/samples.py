"""Shapes of gain over time, made so that the same frame gets the same value in any block.

Only sums, products, quotients and square roots are used, which round alike in any form. The vectorised and
the scalar form of another function may differ in the last bit, and then a block's size could be heard.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ

Samples = npt.NDArray[np.float32]
"""Mono: shape (frames,). Stereo: shape (frames, 2). Full scale is 1.0."""

EDGE_FRAMES = SAMPLE_RATE_HZ // 50
"""The shortest start or stop: 20 ms, which is soft enough not to click."""

START_FADE_FRAMES = 2 * SAMPLE_RATE_HZ
"""No start is at its full level sooner: nothing startles."""

AT_ONCE_GAIN = np.float32(0.2)
"""How much of its level a start has after its first edge; the rest rises."""

VOLUME_RANGE_DB = 41.0
"""From the softest volume to the full one: a step of 5 % is 2 dB. At its default volume a background is then
18 LU below the voice at its own."""

KNEE = np.float32(0.8)


def smoothstep(position: Samples) -> Samples:
    """0 to 1 with level ends, for positions from 0 to 1."""
    return position * position * (np.float32(3) - np.float32(2) * position)


def share_of(start: int, frames: int, total: int) -> Samples:
    """How much of a span of `total` frames has passed at frames `start` on, clamped to 0 and 1."""
    elapsed = np.arange(start, start + frames).clip(0, total).astype(np.float32)
    return elapsed / np.float32(total)


def start_gain(start: int, frames: int) -> Samples:
    """The fade of a start, from silence at frame 0 on, at frames `start` on."""
    edge = smoothstep(share_of(start, frames, EDGE_FRAMES))
    return edge * start_rise(share_of(start, frames, START_FADE_FRAMES))


def start_rise(share: Samples) -> Samples:
    """The fade of a start after its edge: -10 dB at a fortieth of the time, -6 dB at an eighth.

    So a start comes from silence and is heard at once all the same, as the answer to a key.
    """
    return AT_ONCE_GAIN + (np.float32(1) - AT_ONCE_GAIN) * even_power(share)


def even_power(share: Samples) -> Samples:
    """The gain at which power rises evenly."""
    gain: Samples = np.sqrt(share)
    return gain


def equal_power(share: Samples) -> Samples:
    """The gain of what arrives in a cross-fade; that of `1 - share` is the gain of what leaves.

    The squares of the two add up to 1, so two sounds that have nothing in common stay equally loud.
    """
    gain: Samples = np.sqrt(smoothstep(share))
    return gain


def soft_clip(samples: Samples) -> Samples:
    """Bend what lies beyond the knee so that it never reaches full scale; below it nothing changes."""
    if not samples.size or max(samples.max(), -samples.min()) <= KNEE:
        return samples
    magnitude = np.abs(samples)
    room = np.float32(1) - KNEE
    beyond = np.maximum(magnitude - KNEE, np.float32(0)) / room
    bent = np.minimum(magnitude, KNEE) + room * (beyond / (np.float32(1) + beyond))
    return np.copysign(bent, samples)


def volume_gain(volume: float) -> float:
    """The gain of a volume slider from 0, which is silent, to 1: even in decibels, as the ear finds it."""
    return 10 ** ((volume - 1) * VOLUME_RANGE_DB / 20) if volume > 0 else 0.0


EDGE = smoothstep(share_of(0, EDGE_FRAMES + 1, EDGE_FRAMES))
"""The gain at each frame of an edge, from 0 (silent) to 1."""
EDGE.setflags(write=False)
