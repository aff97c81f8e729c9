"""The backgrounds that the program makes itself: the same samples on every machine and in every run."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt

from sleepcalm.audio.ambience import LoopedSound
from sleepcalm.audio.noise import Spectrum, Swell, kernel, noise_loop, patter_loop, tone_loop

_SHORT, _LONG, _LONGEST = 921_601, 1_048_576, 1_179_649  # 19 to 25 s; no common factors

_Frequencies = npt.NDArray[np.float64]


def brown_noise() -> LoopedSound:
    """Deep, even noise, like a distant waterfall: amplitude falling as 1/f, without a rumble."""

    def spectrum(frequency_hz: _Frequencies) -> _Frequencies:
        power = frequency_hz * frequency_hz
        rumble_cut = power / (power + 35.0**2)
        shape: _Frequencies = rumble_cut / np.maximum(frequency_hz, 1.0)
        return shape

    return LoopedSound((noise_loop(_LONG, 1, kernel(spectrum, rms_dbfs=-31.13)),))


def pink_noise() -> LoopedSound:
    """Even noise with as much power in each octave, softened where it would hiss."""
    return LoopedSound((noise_loop(_LONG, 3, kernel(_fallen(60, 5000, 0.5), rms_dbfs=-33.73)),))


def soft_rain() -> LoopedSound:
    """Steady rain on leaves, with drops that never stand out."""
    wash = noise_loop(_LONG, 2, kernel(_fallen(180, 2600, 0.5, steep=2), rms_dbfs=-34.1))
    patter = patter_loop(
        _SHORT, 2, kernel(_band(1500, 3), rms_dbfs=-34.5), drops_per_s=9, rise_s=0.004, fall_s=0.03
    )
    return LoopedSound((wash, patter))


def ocean() -> LoopedSound:
    """Waves that come in slowly and draw back more slowly, never two alike for hours."""
    surf, foam = kernel(_fallen(70, 900, 0.5), rms_dbfs=-33.55), kernel(_band(2200, 2), rms_dbfs=-46.55)
    return LoopedSound(
        (
            noise_loop(_LONG, 4, surf, _waves(2, 0.0, quietest=0.35)),
            noise_loop(_SHORT, 5, surf, _waves(2, 0.4, quietest=0.35)),
            noise_loop(_LONG, 6, foam, _waves(2, -0.06, quietest=0.1)),
        )
    )


def wind() -> LoopedSound:
    """Wind in trees far away, turning slowly from dark to bright and back."""
    dark, bright = (
        kernel(_fallen(90, 350, 0.5, steep=2), rms_dbfs=-34.3),
        kernel(_band(700, 2), rms_dbfs=-39.3),
    )
    return LoopedSound(
        (
            noise_loop(_LONGEST, 7, dark, _gusts((1, 2, 3), 0.1, depth=0.22)),
            noise_loop(_SHORT, 8, bright, _gusts((1, 2), 0.55, depth=0.35)),
        )
    )


def stream() -> LoopedSound:
    """Water over stones: an even rush under many small swirls."""
    rush = noise_loop(_LONG, 9, kernel(_fallen(250, 1800, 0.3, steep=2), rms_dbfs=-38.0))
    low = patter_loop(
        _SHORT, 10, kernel(_band(650, 4), rms_dbfs=-35.0), drops_per_s=40, rise_s=0.006, fall_s=0.04
    )
    high = patter_loop(
        _LONGEST, 11, kernel(_band(1700, 4), rms_dbfs=-40.0), drops_per_s=30, rise_s=0.005, fall_s=0.025
    )
    return LoopedSound((rush, low, high))


def fan() -> LoopedSound:
    """A fan across the room: steady air, and the faint tone of its blades."""

    def spectrum(frequency_hz: _Frequencies) -> _Frequencies:
        blades = sum(
            height * np.exp(-(((frequency_hz - tone_hz) / 7.0) ** 2))
            for tone_hz, height in ((92.0, 5.0), (184.0, 2.5), (276.0, 1.2))
        )
        shape: _Frequencies = _fallen(50, 700, 0.4)(frequency_hz) * (1 + blades)
        return shape

    return LoopedSound((noise_loop(_LONG, 12, kernel(spectrum, rms_dbfs=-32.28)),))


def low_drone() -> LoopedSound:
    """Low tones a fifth and an octave apart, each a pair that beats very slowly."""
    pairs = ((65.4, -33.44), (98.1, -36.44), (130.8, -38.44), (196.2, -43.44))
    tones = [(hz + shift, level) for hz, level in pairs for shift, level in ((0, level), (0.12, level - 9))]
    bed = noise_loop(_SHORT, 13, kernel(_fallen(60, 220, 0.7, steep=2), rms_dbfs=-35.44))
    return LoopedSound((tone_loop(_LONG, tones, 13), bed))


AMBIENCES: Mapping[str, Callable[[], LoopedSound]] = {
    "rain": soft_rain,
    "brown": brown_noise,
    "pink": pink_noise,
    "ocean": ocean,
    "wind": wind,
    "stream": stream,
    "fan": fan,
    "drone": low_drone,
}
"""The backgrounds by name; making one takes some tenths of a second."""


def _fallen(low_hz: float, high_hz: float, slope: float, steep: int = 1) -> Spectrum:
    """Amplitude falling as f to the power of -slope, cut softly below `low_hz` and above `high_hz`."""

    def spectrum(frequency_hz: _Frequencies) -> _Frequencies:
        low_cut = frequency_hz / np.hypot(frequency_hz, low_hz)
        high_cut = 1.0 / (1.0 + (frequency_hz / high_hz) ** steep)
        shape: _Frequencies = low_cut * high_cut / np.maximum(frequency_hz, 20.0) ** slope
        return shape

    return spectrum


def _band(centre_hz: float, steep: int) -> Spectrum:
    """The colour of soft single drops or foam: a band around a centre."""

    def spectrum(frequency_hz: _Frequencies) -> _Frequencies:
        band = frequency_hz / centre_hz
        shape: _Frequencies = band / (1.0 + band ** (steep + 1))
        return shape

    return spectrum


def _waves(count: int, delay: float, quietest: float) -> Swell:
    """So many waves in a loop: each comes in within two fifths of its time, and then draws back."""

    def swell(share: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        turn = 2 * np.pi * (share * count + delay)
        height = 0.5 - 0.5 * np.cos(turn + 0.35 * np.sin(turn))
        gain: npt.NDArray[np.float64] = quietest + (1 - quietest) * height
        return gain

    return swell


def _gusts(cycles: tuple[int, ...], delay: float, depth: float) -> Swell:
    """A few slow waves of different lengths on top of one another."""

    def swell(share: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        waves = sum(np.sin(2 * np.pi * (share * count + delay * count * count)) for count in cycles)
        gain: npt.NDArray[np.float64] = np.exp(depth * waves)
        return gain

    return swell
