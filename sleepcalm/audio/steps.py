"""Takes the edge off the hardest consonants: a burst in a clip that would be heard as a click."""

from __future__ import annotations

import numpy as np

from sleepcalm.audio.samples import Samples
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ

LARGEST_STEP = 0.31
"""From sample to sample of a clip, of full scale. At full volume, which halves its power on each side, and
with a background under it, no step then is a quarter of full scale."""

_REACH_FRAMES = SAMPLE_RATE_HZ // 200


def with_soft_steps(samples: Samples) -> Samples:
    """The same sound, softer for some milliseconds around each step that is larger than LARGEST_STEP."""
    steps = np.abs(np.diff(samples, prepend=0, append=0))
    gains = np.float32(LARGEST_STEP) / np.maximum(np.maximum(steps[1:], steps[:-1]), np.float32(LARGEST_STEP))
    too_large = np.flatnonzero(gains < 1)
    if not len(too_large):
        return samples
    lowest = np.ones(len(samples) + 2 * _REACH_FRAMES, np.float32)
    for index in too_large:
        around = lowest[index : index + 2 * _REACH_FRAMES + 1]
        np.minimum(around, gains[index], out=around)
    shape = np.hanning(2 * _REACH_FRAMES + 3)[1:-1]
    softer: Samples = samples * np.convolve(lowest, shape / shape.sum(), "valid").astype(np.float32)
    return softer
