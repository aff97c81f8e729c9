"""The K-weighting and the gates of ITU-R BS.1770-4, on which EBU R128 rests."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

SCALE_LU = -0.691
"""The loudness of a weighted power of 1."""

ABSOLUTE_GATE_LUFS = -70.0
RELATIVE_GATE_LU = -10.0

_SHELF = ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585))
_HIGH_PASS = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))
"""Numerators and denominators of the two filters, as printed there for 48 kHz."""


def k_weighting(frames: int) -> npt.NDArray[np.complex128]:
    """The response of both filters, for the spectrum of so many frames at 48 kHz."""
    delay = np.exp(-2j * np.pi * np.fft.rfftfreq(frames))
    response: npt.NDArray[np.complex128] = np.ones_like(delay)
    for numerator, denominator in (_SHELF, _HIGH_PASS):
        response *= np.polyval(numerator[::-1], delay) / np.polyval(denominator[::-1], delay)
    return response
