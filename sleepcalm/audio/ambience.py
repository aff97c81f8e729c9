"""Background sounds, synthesised: seamless, and the same samples on every machine run.

A sound is a few loops of noise, filtered around their ends, so they have no seam. The loops of
one sound have different lengths, so that their sum does not repeat within a night.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

import numpy as np
import numpy.typing as npt

from sleepcalm.audio.samples import Samples
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ

FULL_VOLUME_LUFS = -30.8
"""Loudness of a background at full volume (EBU R128). The voice's clips are at -23 LUFS; with the
default volumes of 0.9 and 0.5 the background then lies 18 LU below the voice."""

_LOOP_FRAMES = (1_048_576, 921_601)  # about 20 s; no common factors
_KERNEL_FRAMES = 8192
_DROPS_PER_S = 9
_INT16_FULL_SCALE = 32_768

Spectrum = Callable[[npt.NDArray[np.float64]], npt.NDArray[np.float64]]
"""From frequencies in Hz to relative amplitudes."""

Source = Callable[[int, int], Samples]
"""Gives the block of a number, of so many frames."""


@dataclass(frozen=True, slots=True)
class Ambience:
    """A background sound: stereo loops, each 2 channels by frames, that are added up."""

    name: str
    loops: tuple[npt.NDArray[np.int16], ...]

    def add_to(self, planes: Samples, start_frame: int, gains: Samples) -> None:
        """Add the sound from any frame on to `planes`, which hold silence; it has no end.

        `gains` is one gain for each frame, or a single one.
        """
        for loop in self.loops:
            _add_wrapped(planes, loop, start_frame % loop.shape[1])
        planes *= gains * np.float32(1 / _INT16_FULL_SCALE)


def _add_wrapped(planes: Samples, loop: npt.NDArray[np.int16], position: int) -> None:
    done, frames = 0, planes.shape[1]
    while done < frames:
        count = min(frames - done, loop.shape[1] - position)
        planes[:, done : done + count] += loop[:, position : position + count]
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
    return Ambience("brown", (_noise_loop(_LOOP_FRAMES[0], seed, _kernel(_brown, rms_dbfs=-31.13)),))


def soft_rain(seed: int = 2) -> Ambience:
    """Steady rain, with drops that never stand out."""
    wash = _noise_loop(_LOOP_FRAMES[0], seed, _kernel(_rain_wash, rms_dbfs=-34.1))
    patter = _patter_loop(_LOOP_FRAMES[1], seed, _kernel(_rain_patter, rms_dbfs=-34.5))
    return Ambience("rain", (wash, patter))


AMBIENCES: dict[str, Callable[[], Ambience]] = {"rain": soft_rain, "brown": brown_noise}
"""The backgrounds by name; making one takes some tenths of a second."""


def _kernel(spectrum: Spectrum, rms_dbfs: float) -> Samples:
    """The filter that turns white noise of unit power into noise of a spectrum and a level."""
    frequency_hz = np.fft.rfftfreq(_KERNEL_FRAMES, 1 / SAMPLE_RATE_HZ).astype(np.float64)
    amplitude = spectrum(frequency_hz)
    amplitude[0] = 0
    kernel = np.roll(np.fft.irfft(amplitude), _KERNEL_FRAMES // 2) * np.hanning(_KERNEL_FRAMES)
    kernel *= 10 ** (rms_dbfs / 20) / np.sqrt(np.sum(kernel * kernel))
    return kernel.astype(np.float32)


def _white(seed: int, stream: str) -> Source:
    """White noise of unit power, block by block; each block can be made again by its number."""

    def block(number: int, frames: int) -> Samples:
        # The standard library's generator is enough here, and numpy's would take 7 MB to import.
        octets = Random(f"{seed} {stream} {number}").randbytes(2 * frames)  # noqa: S311 - noise
        return np.frombuffer(octets, np.int16) * np.float32(3**0.5 / _INT16_FULL_SCALE)

    return block


def _drops(seed: int, stream: str) -> Source:
    """Single drops of different strength, as lone samples."""

    def block(number: int, frames: int) -> Samples:
        random = Random(f"{seed} {stream} {number}")  # noqa: S311 - drops of rain
        drops = np.zeros(frames, np.float32)
        for _ in range(frames * _DROPS_PER_S // SAMPLE_RATE_HZ):
            drops[random.randrange(frames)] += random.uniform(0.2, 1)
        return drops

    return block


def _noise_loop(frames: int, seed: int, kernel: Samples) -> npt.NDArray[np.int16]:
    loop = np.empty((2, frames), np.int16)
    for channel, plane in enumerate(loop):
        for start, block in _filtered(frames, _white(seed, f"noise {channel}"), kernel):
            plane[start : start + len(block)] = np.rint(block * _INT16_FULL_SCALE)
    return loop


def _patter_loop(frames: int, seed: int, kernel: Samples) -> npt.NDArray[np.int16]:
    """Noise that swells for a moment at each drop; swells of 4 ms and more have no sharp edge."""
    rise_s, fall_s = 0.004, 0.03
    time_s = np.arange(_KERNEL_FRAMES, dtype=np.float32) / np.float32(SAMPLE_RATE_HZ)
    swell = (1 - np.exp(-time_s / np.float32(rise_s))) * np.exp(-time_s / np.float32(fall_s))
    loop = np.empty((2, frames), np.int16)
    for channel, plane in enumerate(loop):
        swells = _filtered(frames, _drops(seed, f"drops {channel}"), swell)
        noises = _filtered(frames, _white(seed, f"splash {channel}"), kernel)
        for (start, swelling), (_, noise) in zip(swells, noises, strict=True):
            plane[start : start + len(noise)] = np.rint(swelling * noise * _INT16_FULL_SCALE)
    return loop


def _filtered(frames: int, source: Source, kernel: Samples) -> Iterator[tuple[int, Samples]]:
    """Convolve a loop around its end, block by block (overlap-save), so that little memory is used."""
    lead = len(kernel)
    hop = 3 * lead
    response = np.fft.rfft(kernel, lead + hop)
    lengths = [min(hop, frames - start) for start in range(0, frames, hop)]
    last = len(lengths) - 1
    before = np.concatenate([source(number, lengths[number]) for number in (last - 1, last)])[-lead:]
    for number, length in enumerate(lengths):
        block = np.concatenate([before, source(number, length)])
        filtered: Samples = np.fft.irfft(np.fft.rfft(block, lead + hop) * response).astype(np.float32)
        yield number * hop, filtered[lead : lead + length]
        before = block[-lead:]
