"""Loops of noise without a seam: white noise filtered around its end, shaped by a slow swell, or in drops."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from random import Random

import numpy as np
import numpy.typing as npt

from sleepcalm.audio.samples import Samples
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ

INT16_FULL_SCALE = 32_768

_KERNEL_FRAMES = 8192
_SWELL_STEP_FRAMES = 480
"""A swell takes seconds, so a hundredth of one is fine enough; between them it runs straight."""

Loop = npt.NDArray[np.int16]
"""2 channels by frames; what follows the last frame is the first."""

Spectrum = Callable[[npt.NDArray[np.float64]], npt.NDArray[np.float64]]
"""From frequencies in Hz to relative amplitudes."""

Swell = Callable[[npt.NDArray[np.float64]], npt.NDArray[np.float64]]
"""From the share of a loop, 0 to 1, to a gain; the same at both ends."""

Source = Callable[[int, int], Samples]
"""Gives the block of a number, of so many frames."""


def kernel(spectrum: Spectrum, rms_dbfs: float) -> Samples:
    """The filter that turns white noise of unit power into noise of a spectrum and a level."""
    frequency_hz = np.fft.rfftfreq(_KERNEL_FRAMES, 1 / SAMPLE_RATE_HZ).astype(np.float64)
    amplitude = spectrum(frequency_hz)
    amplitude[0] = 0
    taps = np.roll(np.fft.irfft(amplitude), _KERNEL_FRAMES // 2) * np.hanning(_KERNEL_FRAMES)
    taps *= 10 ** (rms_dbfs / 20) / np.sqrt(np.sum(taps * taps))
    return taps.astype(np.float32)


def _white(seed: int, stream: str) -> Source:
    """White noise of unit power, block by block; each block can be made again by its number."""

    def block(number: int, frames: int) -> Samples:
        # The standard library's generator is enough here, and numpy's would take 7 MB to import.
        octets = Random(f"{seed} {stream} {number}").randbytes(2 * frames)  # noqa: S311 - noise
        return np.frombuffer(octets, np.int16) * np.float32(3**0.5 / INT16_FULL_SCALE)

    return block


def noise_loop(frames: int, seed: int, taps: Samples, swell: Swell | None = None) -> Loop:
    """Noise of the filter `taps`, another one on each side, rising and falling as `swell` says."""
    loop = np.empty((2, frames), np.int16)
    points = np.append(np.arange(0, frames, _SWELL_STEP_FRAMES), frames)
    gains = None if swell is None else swell(points / frames)
    for channel, plane in enumerate(loop):
        for start, block in _filtered(frames, _white(seed, f"noise {channel}"), taps):
            at = np.arange(start, start + len(block))
            gain = np.float32(1) if gains is None else np.interp(at, points, gains).astype(np.float32)
            plane[start : start + len(block)] = np.rint(block * gain * np.float32(INT16_FULL_SCALE))
    return loop


def patter_loop(
    frames: int, seed: int, taps: Samples, *, drops_per_s: float, rise_s: float, fall_s: float
) -> Loop:
    """Noise that swells for a moment at each drop; swells of 4 ms and more have no sharp edge."""
    time_s = np.arange(_KERNEL_FRAMES, dtype=np.float32) / np.float32(SAMPLE_RATE_HZ)
    moment = (1 - np.exp(-time_s / np.float32(rise_s))) * np.exp(-time_s / np.float32(fall_s))
    loop = np.empty((2, frames), np.int16)
    for channel, plane in enumerate(loop):
        swells = _swells(frames, Random(f"{seed} drops {channel}"), drops_per_s, moment)  # noqa: S311 - rain
        for start, noise in _filtered(frames, _white(seed, f"splash {channel}"), taps):
            swelling = swells[start : start + len(noise)]
            plane[start : start + len(noise)] = np.rint(swelling * noise * np.float32(INT16_FULL_SCALE))
    return loop


def _swells(frames: int, random: Random, drops_per_s: float, moment: Samples) -> Samples:
    """The moments of drops of different strength, added up; one at the end goes on at the beginning.

    They are few, so adding each where it falls takes far less time than a convolution.
    """
    swells = np.zeros(frames + len(moment), np.float32)
    for _ in range(round(frames * drops_per_s / SAMPLE_RATE_HZ)):
        at = random.randrange(frames)
        swells[at : at + len(moment)] += np.float32(random.uniform(0.2, 1)) * moment
    swells[: len(moment)] += swells[frames:]
    return swells[:frames]


def tone_loop(frames: int, tones: Sequence[tuple[float, float]], seed: int) -> Loop:
    """Steady tones, each a frequency in Hz and a peak in dBFS, with other phases on each side.

    Frequencies are moved by at most half a cycle in the loop, so that each ends where it began: each is one
    line of the loop's spectrum.
    """
    loop = np.empty((2, frames), np.int16)
    random = Random(f"{seed} phases")  # noqa: S311 - phases of a sound
    for plane in loop:
        lines = np.zeros(frames // 2 + 1, np.complex128)
        for frequency_hz, peak_dbfs in tones:
            turn = np.exp(2j * np.pi * (random.random() - 0.25))  # a quarter back: sines, not cosines
            lines[round(frequency_hz * frames / SAMPLE_RATE_HZ)] += 10 ** (peak_dbfs / 20) * frames / 2 * turn
        plane[:] = np.rint(np.fft.irfft(lines, frames) * INT16_FULL_SCALE)
    return loop


def _filtered(frames: int, source: Source, taps: Samples) -> Iterator[tuple[int, Samples]]:
    """Convolve a loop around its end, block by block (overlap-save), so that little memory is used."""
    lead = len(taps)
    hop = 3 * lead
    response = np.fft.rfft(taps, lead + hop)
    lengths = [min(hop, frames - start) for start in range(0, frames, hop)]
    last = len(lengths) - 1
    before = np.concatenate([source(number, lengths[number]) for number in (last - 1, last)])[-lead:]
    for number, length in enumerate(lengths):
        block = np.concatenate([before, source(number, length)])
        filtered: Samples = np.fft.irfft(np.fft.rfft(block, lead + hop) * response).astype(np.float32)
        yield number * hop, filtered[lead : lead + length]
        before = block[-lead:]
