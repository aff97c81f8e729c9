"""How loud a sound is, measured as it passes by: EBU R128 from spectra, without keeping the sound."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from sleepcalm.audio.k_weighting import ABSOLUTE_GATE_LUFS, RELATIVE_GATE_LU, SCALE_LU, k_weighting
from sleepcalm.audio.samples import Samples
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ

_WINDOW_FRAMES = 2 * SAMPLE_RATE_HZ // 5
_HOP_FRAMES = _WINDOW_FRAMES // 2


class LoudnessMeter:
    """Takes a stereo sound in blocks of any size; what lies after the last whole 200 ms is not counted.

    A window of 400 ms has the shape of Hann's instead of sharp ends, which changes steady sounds by less
    than 0.1 LU. The weighting is applied to its spectrum.
    """

    def __init__(self) -> None:
        self._rest: Samples = np.zeros((0, 2), np.float32)
        self._powers: list[float] = []

    def add(self, block: Samples) -> None:
        self._rest = np.concatenate([self._rest, block])
        while len(self._rest) >= _WINDOW_FRAMES:
            window = self._rest[:_WINDOW_FRAMES]
            spectrum = np.fft.rfft((window - window.mean(axis=0)) * _window(), axis=0)
            self._powers.append(float(np.sum(np.abs(spectrum) ** 2 * _weights())))
            self._rest = self._rest[_HOP_FRAMES:]

    @property
    def loudest_lufs(self) -> float:
        """Of the loudest 400 ms; minus infinity of digital silence."""
        return lufs(max(self._powers, default=0.0))

    @property
    def integrated_lufs(self) -> float:
        """Of the whole, without the pauses in it; minus infinity where all of it is a pause."""
        return integrated_lufs(np.array(self._powers))


def integrated_lufs(powers: npt.NDArray[np.float64]) -> float:
    """Of a sound by the weighted powers of its 400 ms; minus infinity where all of it is a pause."""
    heard = powers[powers > power_of(ABSOLUTE_GATE_LUFS)]
    if not len(heard):
        return -np.inf
    below = power_of(lufs(float(heard.mean())) + RELATIVE_GATE_LU)
    return lufs(float(heard[heard > below].mean()))


@cache
def _window() -> Samples:
    return np.hanning(_WINDOW_FRAMES).astype(np.float32)[:, np.newaxis]


@cache
def _weights() -> npt.NDArray[np.float64]:
    """What a bin of a window's spectrum adds to the weighted power, by Parseval's theorem."""
    power = np.abs(k_weighting(_WINDOW_FRAMES)) ** 2
    power[1:-1] *= 2
    return (power / (_WINDOW_FRAMES * float(np.sum(_window() ** 2))))[:, np.newaxis]


def lufs(power: float) -> float:
    """The loudness of a weighted power, of both sides together."""
    return SCALE_LU + 10 * float(np.log10(power)) if power > 0 else -np.inf


def power_of(loudness_lufs: float) -> float:
    """The weighted power of a loudness."""
    return float(10 ** ((loudness_lufs - SCALE_LU) / 10))
