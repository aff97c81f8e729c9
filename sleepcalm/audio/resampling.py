"""Changes the sample rate of a sound as it passes by, by way of its spectrum."""

from __future__ import annotations

from math import ceil, gcd

import numpy as np

from sleepcalm.audio.samples import Samples
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ

_WINDOW_FRAMES = 16_384
_PASSED = 0.92
"""The share of the band that stays as it is; from there to its end it is faded out, so nothing folds back."""


class Resampler:
    """From `rate_hz` to SAMPLE_RATE_HZ, stereo, in blocks of any size.

    Windows that overlap by half are cut or filled up in the spectrum, and only the middle half of each is
    used: there the filter, a few milliseconds long, has seen all that it needs.
    """

    def __init__(self, rate_hz: int) -> None:
        common = gcd(rate_hz, SAMPLE_RATE_HZ)
        unit_in, unit_out = rate_hz // common, SAMPLE_RATE_HZ // common
        units = 4 * max(ceil(_WINDOW_FRAMES / 4 / max(unit_in, unit_out)), 1)
        self._window_in, self._window_out = unit_in * units, unit_out * units
        self._rate_hz = rate_hz
        self._waiting: Samples = np.zeros((self._window_in // 4, 2), np.float32)
        self._taken = self._given = 0
        bins = min(self._window_in, self._window_out) // 2 + 1
        place = np.linspace(0, 1, bins)
        fade = np.cos(np.pi / 2 * np.clip((place - _PASSED) / (1 - _PASSED), 0, 1)) ** 2
        scale = self._window_out / self._window_in
        self._filter = (fade * scale).astype(np.float32)[:, np.newaxis]

    def add(self, block: Samples) -> Samples:
        """The frames that can be given once this block is known; they may be none."""
        self._taken += len(block)
        self._waiting = np.concatenate([self._waiting, block])
        return self._give()

    def finish(self) -> Samples:
        """The frames that are left, the sound being over."""
        total = round(self._taken * SAMPLE_RATE_HZ / self._rate_hz)
        missing = total - self._given
        self._waiting = np.concatenate([self._waiting, np.zeros((2 * self._window_in, 2), np.float32)])
        return self._give()[:missing]

    def _give(self) -> Samples:
        parts = [np.zeros((0, 2), np.float32)]
        quarter = self._window_out // 4
        while len(self._waiting) >= self._window_in:
            spectrum = np.fft.rfft(self._waiting[: self._window_in], axis=0)[: len(self._filter)]
            window = np.fft.irfft(spectrum * self._filter, self._window_out, axis=0)
            parts.append(window[quarter : 3 * quarter].astype(np.float32))
            self._waiting = self._waiting[self._window_in // 2 :]
        given = np.concatenate(parts)
        self._given += len(given)
        return given
