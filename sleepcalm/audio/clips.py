"""Narration clips as samples, decoded one at a time when the mixer comes to them."""

from __future__ import annotations

import io
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import numpy as np
import soundfile

from sleepcalm.audio.samples import Samples
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ, Clip

_DECODED_AT_ONCE = 3


class ClipError(Exception):
    """A clip that is missing or cannot be decoded; the text names the file."""


class ClipReader:
    """Gives the samples of clips below `assets`.

    The encoded files, about a megabyte for a routine, are read beforehand, so that a slow disk
    cannot interrupt the sound. Raises ClipError for a file that cannot be read.
    """

    def __init__(self, assets: Path, clips: Iterable[Clip]) -> None:
        self._encoded = {clip.path: _read(assets, clip.path) for clip in clips}
        self._decode = lru_cache(_DECODED_AT_ONCE)(self._decode_now)

    def samples(self, clip: Clip) -> Samples:
        """Mono samples, `clip.frames` of them. Raises ClipError when the file does not decode."""
        return self._decode(clip)

    def _decode_now(self, clip: Clip) -> Samples:
        try:
            samples, rate = soundfile.read(io.BytesIO(self._encoded[clip.path]), dtype="float32")
        except soundfile.LibsndfileError as error:
            raise ClipError(f"{clip.path} cannot be decoded: {error.error_string}") from error
        if rate != SAMPLE_RATE_HZ or samples.ndim != 1 or len(samples) != clip.frames:
            raise ClipError(f"{clip.path} is not the clip that its manifest tells of; render it anew")
        return np.asarray(samples, np.float32)


def _read(assets: Path, path: str) -> bytes:
    try:
        return (assets / path).read_bytes()
    except OSError as error:
        raise ClipError(f"{path} cannot be read: {error.strerror}") from error
