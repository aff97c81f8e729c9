"""Measures for speech, one channel at 48 kHz: loudness by EBU R128, true peak, and a limiter.

Filters are applied to the whole clip's spectrum, so numpy is enough; the tests hold them against the
recommendations' own signals, and against pyloudnorm and scipy.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from sleepcalm.audio.k_weighting import ABSOLUTE_GATE_LUFS, RELATIVE_GATE_LU, SCALE_LU, k_weighting
from sleepcalm.relaxation.clip import SAMPLE_RATE_HZ

_HOP_FRAMES = SAMPLE_RATE_HZ // 10
_HOPS_IN_BLOCK = 4
_RING_OUT_S = 0.5
_OVERSAMPLING = 4
_LIMITER_REACH_FRAMES = SAMPLE_RATE_HZ // 200


def spectrum_length(frames: int) -> int:
    """A length of at least `frames` that a spectrum is computed of fast, which a prime is not."""
    return -(-frames // _HOP_FRAMES) * _HOP_FRAMES


def loudness_lufs(samples: NDArray[np.float64]) -> float:
    """Integrated loudness by EBU R128, whose blocks have 400 ms; what is shorter is made one by silence.

    Silence gives minus infinity.
    """
    weighted = _k_weighted(np.pad(samples, (0, max(0, _HOPS_IN_BLOCK * _HOP_FRAMES - len(samples)))))
    whole = len(weighted) // _HOP_FRAMES * _HOP_FRAMES
    hops = np.square(weighted[:whole]).reshape(-1, _HOP_FRAMES).mean(axis=1)
    powers = np.convolve(hops, np.full(_HOPS_IN_BLOCK, 1 / _HOPS_IN_BLOCK), mode="valid")
    heard = powers[powers > 10 ** ((ABSOLUTE_GATE_LUFS - SCALE_LU) / 10)]
    if not heard.size:
        return -math.inf
    loud = heard[heard > heard.mean() * 10 ** (RELATIVE_GATE_LU / 10)]
    return SCALE_LU + float(10 * np.log10(loud.mean()))


def _k_weighted(samples: NDArray[np.float64]) -> NDArray[np.float64]:
    length = spectrum_length(len(samples) + round(_RING_OUT_S * SAMPLE_RATE_HZ))
    return np.fft.irfft(np.fft.rfft(samples, length) * k_weighting(length), length)[: len(samples)]


def true_peak_dbtp(samples: NDArray[np.float64]) -> float:
    """The highest level between the samples, found by oversampling four times (ITU-R BS.1770)."""
    peak = float(_oversampled_peaks(samples).max(initial=0.0))
    return 20 * math.log10(peak) if peak else -math.inf


def _oversampled_peaks(samples: NDArray[np.float64]) -> NDArray[np.float64]:
    """For each sample, the highest magnitude from it up to the next one."""
    # What rings beyond the last sample must not come round to the first.
    length = spectrum_length(len(samples) + 256)
    finer = np.fft.irfft(np.fft.rfft(samples, length), _OVERSAMPLING * length) * _OVERSAMPLING
    return np.asarray(np.abs(finer).reshape(-1, _OVERSAMPLING).max(axis=1)[: len(samples)])


def limited(samples: NDArray[np.float64], ceiling_dbtp: float) -> NDArray[np.float64]:
    """Turn the sound down, over 10 ms before and after, wherever its true peak would pass the ceiling.

    The gain moves along a raised cosine, so that a limited vowel stays a vowel; the rest is untouched.
    """
    gain = np.minimum(1.0, 10 ** (ceiling_dbtp / 20) / np.maximum(_oversampled_peaks(samples), 1e-9))
    if gain.min() == 1.0:
        return samples
    reach = _LIMITER_REACH_FRAMES
    lowest = _lowest_around(gain, reach)
    window = np.hanning(2 * reach + 3)[1:-1]
    smooth = np.convolve(np.pad(lowest, reach, mode="edge"), window / window.sum(), mode="valid")
    return samples * smooth


def _lowest_around(gain: NDArray[np.float64], reach: int) -> NDArray[np.float64]:
    """At each sample the lowest gain within `reach` samples, by windows that double in width."""
    width, wanted = 1, 2 * reach + 1
    lowest = np.pad(gain, reach, mode="edge")
    while width < wanted:
        shift = min(width, wanted - width)
        lowest = np.minimum(lowest[:-shift], lowest[shift:])
        width += shift
    return lowest
