"""Levels a sound file and makes it into a loop: block by block, and never whole in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sleepcalm.audio.ambience import FULL_VOLUME_LUFS
from sleepcalm.audio.decoding import DecodingError, decoded
from sleepcalm.audio.joining import MOST_CUT_FRAMES, joined
from sleepcalm.audio.loudness import LoudnessMeter
from sleepcalm.audio.rises import LOUDEST_ABOVE_LU
from sleepcalm.audio.samples import Samples, soft_clip
from sleepcalm.audio.softening import CEILING
from sleepcalm.audio.steps import LARGEST_BACKGROUND_STEP
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ

SHORTEST_S = 2
LONGEST_S = 3600
"""Of a longer file the first hour is looped, so that what is kept on the disk has an end: 660 MiB at most.

A loop is kept uncompressed. FLAC would save a third of that, and take four times the CPU all night."""

_CROSS_FADE_S = 1.5
_LARGEST_PART_CROSSED = 4

_MOST_GAIN_DB = 20.0
_SILENT_LUFS = -70.0

_OF_MEDIAN = 6.0
"""Of a noise hardly a step is larger than so many of its median ones: one in 20,000."""

_ENOUGH_FRAMES = SAMPLE_RATE_HZ // 10
"""A block that is shorter, as the last one may be, tells nothing of a noise."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What is known of a sound once all of it has been heard."""

    frames: int
    gain: float
    most_gain: float
    """By how much more it may be turned up again where a loud moment in it is turned down."""

    offset: Samples
    """What each side is off its centre, which would only take room from the sound."""


def measure(source: Path, is_wanted: Callable[[], bool]) -> Measured:
    """How long a sound is, and what brings it to the loudness of our backgrounds. Raises DecodingError.

    Its loudest moment may be 6 LU above that. A very soft sound is not raised to where its hiss is heard, and
    a noise with much treble, as white noise is, only to where hardly one of its steps has to be softened.
    """
    meter = LoudnessMeter()
    frames, summed, step = 0, np.zeros(2), 0.0
    for block in _cut(decoded(source, is_wanted), LONGEST_S * SAMPLE_RATE_HZ):
        meter.add(block)
        frames += len(block)
        summed += block.sum(axis=0, dtype=np.float64)
        if len(block) >= _ENOUGH_FRAMES:
            step = max(step, float(np.median(np.abs(np.diff(block, axis=0)))))
        if not is_wanted():
            break
    else:
        if frames < SHORTEST_S * SAMPLE_RATE_HZ:
            raise DecodingError(f"it is shorter than {SHORTEST_S} seconds")
        if not meter.integrated_lufs > _SILENT_LUFS:
            raise DecodingError("it is silent")
    highest_db = min(
        _MOST_GAIN_DB, 20 * float(np.log10(LARGEST_BACKGROUND_STEP / _OF_MEDIAN / max(step, 1e-9)))
    )
    gain_db = min(
        FULL_VOLUME_LUFS - meter.integrated_lufs,
        FULL_VOLUME_LUFS + LOUDEST_ABOVE_LU - meter.loudest_lufs,
        highest_db,
    )
    offset = (summed / max(frames, 1)).astype(np.float32)
    return Measured(frames, _gain(gain_db), _gain(highest_db - gain_db), offset)


def _gain(decibels: float) -> float:
    return float(10 ** (decibels / 20))


def _cut(blocks: Iterator[Samples], frames: int) -> Iterator[Samples]:
    for block in blocks:
        yield block[:frames]
        frames -= len(block)
        if frames <= 0:
            return


def looped(source: Path, measured: Measured, is_wanted: Callable[[], bool]) -> Iterator[Samples]:
    """The sound from the end of the cross-fade on, and last its end passing into its beginning.

    Raises DecodingError.
    """
    crossed = min(round(_CROSS_FADE_S * SAMPLE_RATE_HZ), measured.frames // _LARGEST_PART_CROSSED)
    gain = np.float32(measured.gain) / CEILING
    head, held = np.zeros((0, 2), np.float32), np.zeros((0, 2), np.float32)
    for block in _cut(decoded(source, is_wanted), measured.frames):
        level: Samples = soft_clip((block - measured.offset) * gain) * CEILING
        missing = crossed - len(head)
        head = np.concatenate([head, level[:missing]])
        held = np.concatenate([held, level[missing:]])
        if len(held) > crossed + MOST_CUT_FRAMES:
            yield held[: -crossed - MOST_CUT_FRAMES]
            held = held[-crossed - MOST_CUT_FRAMES :]
    if len(held) < crossed + MOST_CUT_FRAMES:
        raise DecodingError("it has become shorter meanwhile")
    yield joined(held, head)
