"""Reads one recording of the user's, whatever is in the file, as sound at 48 kHz on one channel."""

from __future__ import annotations

import contextlib
from pathlib import Path
from threading import Event

import numpy as np
from numpy.typing import NDArray

from sleepcalm.audio.clip_preparation import SPEECH_FLOOR_DBFS
from sleepcalm.audio.decoding import DecodingError, decoded
from sleepcalm.audio.voices.clip_maker import MAX_SENTENCE_S, is_heard
from sleepcalm.audio.voices.engine import RenderCancelledError, SentenceError
from sleepcalm.audio.voices.loudness import loudness_lufs
from sleepcalm.foreign_files import printable
from sleepcalm.relaxation.clip import CLIP_LUFS, SAMPLE_RATE_HZ

SUFFIXES = (".wav", ".flac", ".ogg", ".mp3", ".m4a")
"""The last is left to ffmpeg, where that is installed."""

_LEAST_FLOOR_DBFS, _MOST_FLOOR_DBFS = SPEECH_FLOOR_DBFS, -45.0
_ABOVE_NOISE_DB = 8.0
_NOISE_PERCENTILE = 5
_NOISE_WINDOW = SAMPLE_RATE_HZ // 200


def read_recording(path: Path, cancel: Event) -> NDArray[np.float64]:
    """The sound of the recording. Raises SentenceError and RenderCancelledError."""
    name = printable(path.name)
    blocks: list[NDArray[np.float64]] = []
    try:
        with contextlib.closing(decoded(path, lambda: not cancel.is_set())) as stereo:
            for block in stereo:
                if cancel.is_set():
                    raise RenderCancelledError
                blocks.append(block.mean(axis=1, dtype=np.float64))
                if sum(map(len, blocks)) > MAX_SENTENCE_S * SAMPLE_RATE_HZ:
                    raise SentenceError(f"{name}: is longer than {MAX_SENTENCE_S} s, which no sentence is")
            if cancel.is_set():  # the reading of it was given up in the midst
                raise RenderCancelledError
    except DecodingError as error:
        raise SentenceError(f"{name}: {error}") from error
    sound = np.concatenate([np.zeros(0), *blocks])
    sound /= max(float(np.abs(sound).max(initial=0.0)), 1.0)  # floating point may go far beyond full scale
    if not is_heard(sound):
        raise SentenceError(f"{name}: is silent, or nearly so")
    return sound


def speech_floor_dbfs(sound: NDArray[np.float64]) -> float:
    """Below which level the recording counts as silent, once it is as loud as a clip.

    A room is never as quiet as an engine: what lies within 8 dB of the quietest moments is the room's.
    """
    whole = len(sound) // _NOISE_WINDOW * _NOISE_WINDOW
    powers = np.square(sound[:whole]).reshape(-1, _NOISE_WINDOW).mean(axis=1)
    if not powers.size:
        return _LEAST_FLOOR_DBFS
    noise_dbfs = 10 * np.log10(float(np.percentile(powers, _NOISE_PERCENTILE)) + 1e-30)
    as_a_clip = noise_dbfs + CLIP_LUFS - loudness_lufs(sound) + _ABOVE_NOISE_DB
    return float(np.clip(as_a_clip, _LEAST_FLOOR_DBFS, _MOST_FLOOR_DBFS))
