"""How the end of a sound passes into its beginning."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sleepcalm.audio.k_weighting import k_weighting
from sleepcalm.audio.samples import Samples, equal_power, share_of
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ

MOST_CUT_FRAMES = SAMPLE_RATE_HZ // 20
"""A period of 20 Hz: within it every tone that can be heard comes to stand as it stands at the beginning."""

_MOST_UNLIKE = 0.3
"""Up to this correlation of the two, equal power is right within 1.5 dB at worst. Recordings of rain, waves
or wind stay far below it, for their end and their beginning have nothing in common."""

_LEAST_POWER = np.float32(0.25)


def joined(end: Samples, beginning: Samples) -> Samples:
    """The last frames of a sound with their passage into its first ones, which are to be left out there.

    The two cross with equal power. Where they resemble each other, as those of a tone or a drone do, the
    power of their sum depends on how they stand to each other, and the gains make up for it. Where they would
    cancel each other, up to MOST_CUT_FRAMES are cut off the end first: by so many `end` is longer. Peaks of
    the two may add up: what has a ceiling is to be held below it afterwards.
    """
    crossed = len(beginning)
    spare = len(end) - crossed
    likeness = _likeness(end, beginning)
    kept = spare if likeness[spare] >= -_MOST_UNLIKE else int(np.argmax(likeness))
    share = share_of(0, crossed, crossed)[:, np.newaxis]
    leaving, arriving = equal_power(np.float32(1) - share), equal_power(share)
    passage = end[kept : kept + crossed] * leaving + beginning * arriving
    if abs(likeness[kept]) > _MOST_UNLIKE:
        power = np.float32(1) + np.float32(2 * likeness[kept]) * leaving * arriving
        passage /= np.sqrt(np.maximum(power, _LEAST_POWER))
    return np.concatenate([end[:kept], passage])


def _likeness(end: Samples, beginning: Samples) -> npt.NDArray[np.float64]:
    """The correlation, from -1 to 1, of the beginning with the end from each frame on that leaves enough.

    It is that of what is heard, with the K-weighting: what is too low to be heard does not count.
    """
    crossed, frames = len(beginning), len(end)
    heard_end, heard_beginning = (_weighted(sound) for sound in (end, beginning))
    size = 1 << (frames + crossed).bit_length()
    spectrum = np.fft.rfft(heard_end, size, axis=0) * np.conj(np.fft.rfft(heard_beginning, size, axis=0))
    products = np.fft.irfft(spectrum.sum(axis=1), size)[: frames - crossed + 1]
    passed = np.concatenate([[0.0], np.cumsum((heard_end**2).sum(axis=1))])
    powers = (passed[crossed:] - passed[: frames - crossed + 1]) * (heard_beginning**2).sum()
    likeness: npt.NDArray[np.float64] = products / np.sqrt(np.maximum(powers, 1e-30))
    return likeness


def _weighted(sound: Samples) -> npt.NDArray[np.float64]:
    spectrum = np.fft.rfft(sound.astype(np.float64), axis=0) * k_weighting(len(sound))[:, np.newaxis]
    return np.fft.irfft(spectrum, len(sound), axis=0)
