"""Measures and filters for speech: loudness, true peak, limiter, rumble filter, sampling rate."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from pyloudnorm import IIRfilter, Meter
from scipy.ndimage import minimum_filter1d
from scipy.signal import butter, resample_poly, sosfiltfilt

SHORT_S = 1.0
"""Below this a clip has fewer than seven of the 400 ms blocks that EBU R128 gates and averages."""

_WINDOW_S = 0.1
_HOP_S = 0.05
_RELATIVE_GATE_DB = 10.0
_ABSOLUTE_GATE_LUFS = -70.0

_RUMBLE_HZ = 40.0
_JOIN_S = 0.01
_ROOM_S = 0.1

_LIMITER_REACH_S = 0.005

SHORT_OFFSET_LU = -1.22
"""EBU R128 less gated RMS, averaged over the 87 sentences of the slt voice longer than 1.5 s
(standard deviation 0.23 LU)."""


def loudness_lufs(samples: NDArray[np.float64], sample_rate_hz: int) -> float:
    """Integrated loudness by EBU R128; for clips shorter than SHORT_S by gated RMS on the same scale.

    The gated RMS uses R128's weighting on windows of 100 ms and leaves out those more than 10 dB
    below the mean. Silence gives minus infinity.
    """
    if len(samples) >= SHORT_S * sample_rate_hz:
        return float(Meter(sample_rate_hz).integrated_loudness(samples))
    return _gated_rms_lufs(samples, sample_rate_hz)


def _gated_rms_lufs(samples: NDArray[np.float64], sample_rate_hz: int) -> float:
    shelf = IIRfilter(4.0, 1 / math.sqrt(2), 1500.0, sample_rate_hz, "high_shelf")
    high_pass = IIRfilter(0.0, 0.5, 38.0, sample_rate_hz, "high_pass")
    weighted = high_pass.apply_filter(shelf.apply_filter(samples))
    window, hop = int(_WINDOW_S * sample_rate_hz), int(_HOP_S * sample_rate_hz)
    padded = np.pad(weighted, (0, max(0, window - len(weighted))))
    powers = np.square(np.lib.stride_tricks.sliding_window_view(padded, window)[::hop]).mean(axis=1)
    heard = powers[powers > 10 ** (_ABSOLUTE_GATE_LUFS / 10)]
    if not heard.size:
        return -math.inf
    loud = heard[heard > heard.mean() * 10 ** (-_RELATIVE_GATE_DB / 10)]
    return float(10 * np.log10(loud.mean())) + SHORT_OFFSET_LU


def true_peak_dbtp(samples: NDArray[np.float64]) -> float:
    """The highest level between the samples, found by oversampling four times (ITU-R BS.1770)."""
    peak = float(np.abs(resample_poly(samples, 4, 1)).max(initial=0.0))
    return 20 * math.log10(peak) if peak else -math.inf


def limited(samples: NDArray[np.float64], sample_rate_hz: int, ceiling_dbtp: float) -> NDArray[np.float64]:
    """Turn the sound down, over 10 ms before and after, wherever its true peak would pass the ceiling.

    The gain moves along a raised cosine, so that a limited vowel stays a vowel; the rest is untouched.
    """
    peaks = np.abs(resample_poly(samples, 4, 1)).reshape(-1, 4).max(axis=1)
    gain = np.minimum(1.0, 10 ** (ceiling_dbtp / 20) / np.maximum(peaks, 1e-9))
    if gain.min() == 1.0:
        return samples
    reach = round(_LIMITER_REACH_S * sample_rate_hz)
    lowest = minimum_filter1d(gain, 2 * reach + 1, mode="nearest")
    window = np.hanning(2 * reach + 3)[1:-1]
    smooth = np.convolve(np.pad(lowest, reach, mode="edge"), window / window.sum(), mode="valid")
    return samples * smooth


def resampled(samples: NDArray[np.float64], from_hz: int, to_hz: int) -> NDArray[np.float64]:
    """The same sound at another sampling rate, by a polyphase filter."""
    if from_hz == to_hz:
        return samples
    divisor = math.gcd(from_hz, to_hz)
    return np.asarray(resample_poly(samples, to_hz // divisor, from_hz // divisor), dtype=np.float64)


def without_rumble(samples: NDArray[np.float64], sample_rate_hz: int) -> NDArray[np.float64]:
    """Take out what lies below any voice; festival's output has slow drifts there.

    They would keep the ends of a clip from being quiet.
    """
    high_pass = butter(2, _RUMBLE_HZ, "highpass", fs=sample_rate_hz, output="sos")
    padding = min(sample_rate_hz // 4, len(samples) - 1)
    return np.asarray(sosfiltfilt(high_pass, samples, padlen=padding), dtype=np.float64)


def with_room(samples: NDArray[np.float64], sample_rate_hz: int) -> NDArray[np.float64]:
    """Silence around a recording that may begin or end in the middle of a sound, joined softly.

    festival sometimes stops within a final s.
    """
    join = min(round(_JOIN_S * sample_rate_hz), len(samples) // 2)
    ramp = np.sin(np.linspace(0, math.pi / 2, join)) ** 2
    envelope = np.ones(len(samples))
    envelope[:join] = ramp
    envelope[len(samples) - join :] = ramp[::-1]
    return np.pad(samples * envelope, round(_ROOM_S * sample_rate_hz))
