"""Narration clips as samples, decoded one at a time when the mixer comes to them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
import soundfile

from sleepcalm.audio.samples import Samples
from sleepcalm.audio.steps import with_soft_steps
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ, Clip

_DECODED_AT_ONCE = 4


class ClipError(Exception):
    """A clip that is missing or cannot be decoded; the text names the file."""


class ClipReader:
    """Gives the samples of clips below `assets`; the last few stay decoded. Safe from any thread."""

    def __init__(self, assets: Path) -> None:
        self._assets = assets
        self._decode = lru_cache(_DECODED_AT_ONCE)(self._decode_now)

    def samples(self, clip: Clip) -> Samples:
        """Mono samples, `clip.frames` of them. Raises ClipError when the file is not that clip."""
        return self._decode(clip)

    def _decode_now(self, clip: Clip) -> Samples:
        try:
            samples, rate = soundfile.read(self._assets / clip.path, dtype="float32")
        except soundfile.LibsndfileError as error:
            raise ClipError(f"{clip.path} cannot be read: {error.error_string}") from error
        if rate != SAMPLE_RATE_HZ or samples.shape != (clip.frames,):
            raise ClipError(f"{clip.path} is not the clip that its manifest tells of; render it anew")
        return with_soft_steps(np.asarray(samples, np.float32))
