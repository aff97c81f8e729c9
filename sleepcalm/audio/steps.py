"""Takes the edge off what would be heard as a click: the hardest consonants, and clicks in a user's sound."""

from __future__ import annotations

import numpy as np

from sleepcalm.audio.samples import Samples
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ

LARGEST_STEP = 0.31
"""From sample to sample of a clip, of full scale. At full volume, which halves its power on each side, and
with a background under it, no step then is a quarter of full scale."""

LARGEST_BACKGROUND_STEP = 0.03
"""The voice's largest step is 0.219 at full volume; this is what is left of a quarter of full scale. The
built-in backgrounds stay below 0.025."""

REACH_FRAMES = SAMPLE_RATE_HZ // 200
"""Twice so far from a step that is too large, the sound is what it was."""


def with_soft_steps(samples: Samples, largest_step: float = LARGEST_STEP) -> Samples:
    """The same sound, softer for some milliseconds around each step that is larger than `largest_step`.

    Of a stereo sound both sides alike.
    """
    zeros = np.zeros_like(samples[:1])
    steps = np.abs(np.diff(samples, axis=0, prepend=zeros, append=zeros))
    if samples.ndim > 1:
        steps = steps.max(axis=1)
    larger = np.maximum(steps[1:], steps[:-1])
    if not (larger > largest_step).any():
        return samples
    gains = np.float32(largest_step) / np.maximum(larger, np.float32(largest_step))
    around = 2 * REACH_FRAMES
    lowest = _lowest_ahead(np.pad(gains, around, constant_values=1), around + 1)
    shape = np.hanning(around + 3)[1:-1]
    gain = np.convolve(lowest, shape / shape.sum(), "valid").astype(np.float32)
    softer: Samples = samples * (gain[:, np.newaxis] if samples.ndim > 1 else gain)
    return softer


def _lowest_ahead(values: Samples, count: int) -> Samples:
    """At each place the lowest of so many values from there on, as far as there are as many."""
    span = 1
    while span < count:
        further = min(span, count - span)
        values = np.minimum(values[:-further], values[further:])
        span += further
    return values
