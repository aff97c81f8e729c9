"""Takes out of a loop on the disk what could startle: steps from sample to sample, peaks, sudden rises."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile

from sleepcalm.audio.k_weighting import k_weighting
from sleepcalm.audio.rises import HOPS_PER_S, gains_against_rises, largest_rise_lu
from sleepcalm.audio.samples import Samples, soft_clip
from sleepcalm.audio.steps import LARGEST_BACKGROUND_STEP, REACH_FRAMES, with_soft_steps
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ

CEILING = np.float32(0.3)
"""No sample of a loop is beyond it, also where its end and its beginning add up; so there is headroom beside
the loudest word (see Mixer)."""

_PIECE_FRAMES = SAMPLE_RATE_HZ
_HOP_FRAMES = SAMPLE_RATE_HZ // HOPS_PER_S
_LEAD_FRAMES = SAMPLE_RATE_HZ // 5
"""The K-weighting's memory: what is longer ago has no part in a sample that would show in 32 bits."""

_ROUNDS = 3
"""A step that is softened after its surroundings were turned up can be another rise."""

_TOLERATED_RISE_LU = 5.5
"""After the first round; the passages from gain to gain add a little to what was aimed at."""

_MARGIN_FRAMES = 3 * REACH_FRAMES

Numbers = npt.NDArray[np.float64]


def soften(path: Path, most_gain: float, is_wanted: Callable[[], bool]) -> None:
    """Soften a loop in its place, a piece at a time; where nothing in it could startle it is not touched.

    Where that leaves it softer it is turned up again, by `most_gain` at most. Its end leads into its
    beginning, and is softened accordingly. It has to be 1.4 s long at least, and is of no use any more when
    `is_wanted` turns false meanwhile.
    """
    with soundfile.SoundFile(path, "r+") as file:
        for number in range(_ROUNDS):
            powers, is_rough = _measured(file, is_wanted)
            if is_rough and is_wanted():
                _rewrite(file, np.ones(len(powers)), is_wanted)
                powers, _ = _measured(file, is_wanted)
            if not is_wanted() or (number and largest_rise_lu(powers) <= _TOLERATED_RISE_LU):
                return
            gains = gains_against_rises(powers, 1.0 if number else most_gain, is_wanted)
            if gains is None:
                return
            _rewrite(file, gains, is_wanted)


def _pieces(frames: int) -> Iterator[tuple[int, int]]:
    """From where to where; the last one takes the rest, for no hop is shorter than the others."""
    count = max(frames // _PIECE_FRAMES, 1)
    for number in range(count):
        yield number * _PIECE_FRAMES, frames if number == count - 1 else (number + 1) * _PIECE_FRAMES


def _read(file: soundfile.SoundFile, start: int, stop: int) -> Samples:
    file.seek(start)
    samples: Samples = file.read(stop - start, dtype="float32", always_2d=True)
    return samples


def _hop_starts(frames: int) -> npt.NDArray[np.intp]:
    return np.arange(frames // _HOP_FRAMES) * _HOP_FRAMES


def _measured(file: soundfile.SoundFile, is_wanted: Callable[[], bool]) -> tuple[Numbers, bool]:
    """The K-weighted power of each hop, of both sides together, and whether a step or a peak is too large."""
    powers, is_rough = [], False
    lead = _read(file, file.frames - _LEAD_FRAMES, file.frames)
    for start, stop in _pieces(file.frames):
        if not is_wanted():
            break
        sound = np.concatenate([lead, _read(file, start, stop)])
        largest_step = np.abs(np.diff(sound, axis=0)).max()
        is_rough |= bool(largest_step > LARGEST_BACKGROUND_STEP or np.abs(sound).max() > CEILING)
        spectrum = np.fft.rfft(sound, axis=0) * _response(len(sound))
        squares = (np.fft.irfft(spectrum, len(sound), axis=0)[_LEAD_FRAMES:] ** 2).sum(axis=1)
        powers.append(np.add.reduceat(squares, _hop_starts(stop - start)) / _HOP_FRAMES)
        lead = sound[-_LEAD_FRAMES:]
    return np.concatenate(powers).astype(np.float64) if powers else np.zeros(0), is_rough


@lru_cache(maxsize=2)
def _response(frames: int) -> npt.NDArray[np.complex64]:
    return k_weighting(frames).astype(np.complex64)[:, np.newaxis]


def _envelope(gains: Numbers, frames: int) -> Callable[[int, int], Samples]:
    """The gain from one frame to another: nowhere above that of its hop, so it falls before a lower one."""
    at_start = np.minimum(gains, np.roll(gains, 1))
    places = np.append(_hop_starts(frames), frames)
    levels = np.append(at_start, at_start[0])
    return lambda start, stop: np.interp(np.arange(start, stop) % frames, places, levels).astype(np.float32)


def _rewrite(file: soundfile.SoundFile, gains: Numbers, is_wanted: Callable[[], bool]) -> None:
    frames = file.frames
    gain_between = _envelope(gains, frames)
    first = _read(file, 0, _MARGIN_FRAMES)
    before = _read(file, frames - _MARGIN_FRAMES, frames)
    for start, stop in _pieces(frames):
        if not is_wanted():
            return
        after = first if stop == frames else _read(file, stop, stop + _MARGIN_FRAMES)
        piece = _read(file, start, stop)
        gain = gain_between(start - _MARGIN_FRAMES, stop + _MARGIN_FRAMES)[:, np.newaxis]
        level = soft_clip(np.concatenate([before, piece, after]) * gain / CEILING) * CEILING
        soft = with_soft_steps(level, LARGEST_BACKGROUND_STEP)
        file.seek(start)
        file.write(soft[_MARGIN_FRAMES:-_MARGIN_FRAMES])
        before = piece[-_MARGIN_FRAMES:]
