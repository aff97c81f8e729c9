"""Brings the sound of one spoken sentence to the form that a clip is made from: 48 kHz, clean, with room."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from sleepcalm.audio.voices.loudness import spectrum_length
from sleepcalm.relaxation.clip import SAMPLE_RATE_HZ

_RUMBLE_HZ = 40.0
_JOIN_S = 0.01
_ROOM_S = 0.1
_RING_OUT_S = 0.25
_PARTS_STEP = 64


def resampled(samples: NDArray[np.float64], from_hz: int) -> NDArray[np.float64]:
    """The same sound at 48 kHz, by cutting its spectrum off or extending it with zeros."""
    if from_hz == SAMPLE_RATE_HZ:
        return samples
    divisor = math.gcd(from_hz, SAMPLE_RATE_HZ)
    up, down = SAMPLE_RATE_HZ // divisor, from_hz // divisor
    # A whole number of parts keeps the ratio exact, and a power of two among its factors makes it fast.
    parts = -(-(len(samples) + round(_RING_OUT_S * from_hz)) // (down * _PARTS_STEP)) * _PARTS_STEP
    spectrum = np.fft.rfft(samples, parts * down)
    wanted = -(-len(samples) * up // down)
    return np.asarray(np.fft.irfft(spectrum[: parts * up // 2 + 1], parts * up)[:wanted] * (up / down))


def with_room(samples: NDArray[np.float64]) -> NDArray[np.float64]:
    """Silence around a recording that may begin or end in the middle of a sound, joined softly.

    festival sometimes stops within a final s.
    """
    join = min(round(_JOIN_S * SAMPLE_RATE_HZ), len(samples) // 2)
    ramp = np.sin(np.linspace(0, math.pi / 2, join)) ** 2
    envelope = np.ones(len(samples))
    envelope[:join] = ramp
    envelope[len(samples) - join :] = ramp[::-1]
    return np.pad(samples * envelope, round(_ROOM_S * SAMPLE_RATE_HZ))


def without_rumble(samples: NDArray[np.float64]) -> NDArray[np.float64]:
    """Take out what lies below any voice; festival's output has slow drifts there.

    They would keep the ends of a clip from being quiet. The response is that of a Butterworth filter of
    the second order gone through forwards and backwards, which delays nothing.
    """
    room = round(_RING_OUT_S * SAMPLE_RATE_HZ)
    length = spectrum_length(len(samples) + 2 * room)
    warped = np.tan(np.pi * np.fft.rfftfreq(length)) / math.tan(math.pi * _RUMBLE_HZ / SAMPLE_RATE_HZ)
    response = warped**4 / (1 + warped**4)
    spectrum = np.fft.rfft(np.pad(samples, room), length)
    return np.asarray(np.fft.irfft(spectrum * response, length)[room : room + len(samples)])
