"""Background sounds, synthesised: seamless, and the same samples on every machine run.

A sound is a few loops of noise, filtered around their ends, so they have no seam. The loops of
one sound have different lengths, so that their sum does not repeat within a night.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sleepcalm.audio.samples import Samples
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ

FULL_VOLUME_LUFS = -30.8
"""Loudness of a background at full volume (EBU R128). The voice's clips are at -23 LUFS; with the
default volumes of 0.9 and 0.5 the background then lies 18 LU below the voice."""

_LOOP_FRAMES = (1_048_576, 983_039, 921_601, 884_737)  # about 20 s; no common factors
_KERNEL_FRAMES = 8192
_INT16_FULL_SCALE = 32_768

Spectrum = Callable[[npt.NDArray[np.float64]], npt.NDArray[np.float64]]
"""From frequencies in Hz to relative amplitudes."""


@dataclass(frozen=True, slots=True)
class Ambience:
    """A background sound: stereo loops that are added up."""

    name: str
    loops: tuple[tuple[npt.NDArray[np.int16], npt.NDArray[np.int16]], ...]

    def add_to(self, planes: Samples, start_frame: int, gains: Samples) -> None:
        """Add the sound from any frame on to `planes` (2 channels by frames); it has no end.

        `gains` is one gain for each frame, or a single one.
        """
        frames = planes.shape[1]
        for channel in (0, 1):
            sound = np.zeros(frames, np.float32)
            for pair in self.loops:
                _add_wrapped(sound, pair[channel], start_frame % len(pair[channel]))
            sound *= gains * np.float32(1 / _INT16_FULL_SCALE)
            planes[channel] += sound


def _add_wrapped(out: Samples, loop: npt.NDArray[np.int16], position: int) -> None:
    done = 0
    while done < len(out):
        count = min(len(out) - done, len(loop) - position)
        out[done : done + count] += loop[position : position + count]
        done += count
        position = 0


def _brown(frequency_hz: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Amplitude falling as 1/f; what loudspeakers cannot give anyway is left out."""
    power = frequency_hz * frequency_hz
    rumble_cut = power / (power + 35.0**2)
    shape: npt.NDArray[np.float64] = rumble_cut / np.maximum(frequency_hz, 1.0)
    return shape


def _rain_wash(frequency_hz: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The even rush of rain on leaves: broad, gently falling, without a hiss."""
    low_cut = frequency_hz / np.hypot(frequency_hz, 180.0)
    fall = frequency_hz / 2600.0
    high_cut = 1.0 / (1.0 + fall * fall)
    return low_cut * high_cut / np.sqrt(np.maximum(frequency_hz, 20.0))


def _rain_patter(frequency_hz: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The colour of soft single drops, a band around 1.5 kHz."""
    band = frequency_hz / 1500.0
    return band / (1.0 + band * band * band * band)


def brown_noise(seed: int = 1) -> Ambience:
    """Deep, even noise, like a distant waterfall."""
    random = np.random.Generator(np.random.PCG64(seed))
    left = _noise_loop(_LOOP_FRAMES[0], _brown, random)
    right = _noise_loop(_LOOP_FRAMES[1], _brown, random)
    return Ambience("brown", ((_to_int16(left, -31.13), _to_int16(right, -31.13)),))


def soft_rain(seed: int = 2) -> Ambience:
    """Steady rain, with drops that never stand out."""
    random = np.random.Generator(np.random.PCG64(seed))
    wash = [_noise_loop(frames, _rain_wash, random) for frames in _LOOP_FRAMES[:2]]
    patter = [_patter_loop(frames, random) for frames in _LOOP_FRAMES[2:]]
    return Ambience(
        "rain",
        (
            (_to_int16(wash[0], -34.39), _to_int16(wash[1], -34.39)),
            (_to_int16(patter[0], -43.39), _to_int16(patter[1], -43.39)),
        ),
    )


AMBIENCES: dict[str, Callable[[], Ambience]] = {"rain": soft_rain, "brown": brown_noise}
"""The backgrounds by name; making one takes some tenths of a second."""


def _noise_loop(frames: int, spectrum: Spectrum, random: np.random.Generator) -> Samples:
    """White noise through a filter with the amplitudes of `spectrum`."""
    frequency_hz = np.fft.rfftfreq(_KERNEL_FRAMES, 1 / SAMPLE_RATE_HZ).astype(np.float64)
    amplitude = spectrum(frequency_hz)
    amplitude[0] = 0
    kernel = np.roll(np.fft.irfft(amplitude), _KERNEL_FRAMES // 2) * np.hanning(_KERNEL_FRAMES)
    return _filter_loop(random.standard_normal(frames, dtype=np.float32), kernel)


def _patter_loop(frames: int, random: np.random.Generator) -> Samples:
    """Noise that swells for a moment at each drop; swells of 4 ms and more have no sharp edge."""
    rise_s, fall_s, drops_per_s = 0.004, 0.03, 9
    drops = np.zeros(frames, np.float32)
    count = frames * drops_per_s // SAMPLE_RATE_HZ
    np.add.at(drops, random.integers(0, frames, count), random.uniform(0.2, 1, count).astype(np.float32))
    time_s = np.arange(_KERNEL_FRAMES) / SAMPLE_RATE_HZ
    swell = (1 - np.exp(-time_s / rise_s)) * np.exp(-time_s / fall_s)
    loop = _filter_loop(drops, swell)
    loop *= _noise_loop(frames, _rain_patter, random)
    return loop


def _filter_loop(loop: Samples, kernel: npt.NDArray[np.floating]) -> Samples:
    """Convolve around the loop's end, block by block: little memory, and no seam."""
    lead = len(kernel)
    block_frames = 4 * lead
    response = np.fft.rfft(kernel.astype(np.float32), block_frames)
    filtered = np.empty_like(loop)
    for start in range(0, len(loop), block_frames - lead):
        span = filtered[start : start + block_frames - lead]
        block = loop.take(range(start - lead, start - lead + block_frames), mode="wrap")
        span[:] = np.fft.irfft(np.fft.rfft(block) * response)[lead : lead + len(span)]
    return filtered


def _to_int16(loop: Samples, rms_dbfs: float) -> npt.NDArray[np.int16]:
    """Scale a loop to an RMS level and store it in half the memory."""
    rms = float(np.sqrt(np.vdot(loop, loop) / len(loop)))
    loop *= np.float32(10 ** (rms_dbfs / 20) / rms * _INT16_FULL_SCALE)
    whole: npt.NDArray[np.int16] = np.rint(loop, out=loop).astype(np.int16)
    return whole
