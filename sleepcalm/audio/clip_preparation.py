"""Cuts a recording of one sentence close to its words and gives it soft edges."""

from __future__ import annotations

import os
import warnings

import numpy as np
from numpy.typing import NDArray

os.environ.setdefault("PATH", os.defpath)  # pydub looks for ffmpeg as it is imported, and needs one to do so
with warnings.catch_warnings():
    # pydub warns about the audioop module and about a missing ffmpeg; neither matters for samples in memory.
    warnings.simplefilter("ignore")
    from pydub import AudioSegment
    from pydub.silence import detect_leading_silence

SPEECH_FLOOR_DBFS = -56.0
"""Level above which sound counts as speech, in a clip at narration loudness (-23 LUFS).

A final f or th reaches only about -50 dBFS there; an engine's own silence lies near -70 dBFS, with
faint sounds of up to -58 dBFS in it."""

LEAD_MS = 20
TAIL_MS = 40
"""What is kept before the first and after the last sound of speech: room for the fades and for the
faintest beginning and end of a consonant."""

FADE_IN_MS = 8
FADE_OUT_MS = 30

_STEP_MS = 5
_FULL_SCALE = 2**31


def trim_and_fade(
    samples: NDArray[np.float64], sample_rate_hz: int, floor_dbfs: float = SPEECH_FLOOR_DBFS
) -> NDArray[np.float64]:
    """Cut silence off both ends and fade the edges; `samples` is one channel within +-1.

    What is quieter than `floor_dbfs` is silence; that between words stays. Raises ValueError when there
    is no speech in the samples.
    """
    segment = _segment(samples, sample_rate_hz)
    lead_ms = detect_leading_silence(segment, floor_dbfs, _STEP_MS)
    if lead_ms >= len(segment):
        raise ValueError(f"no sound above {floor_dbfs:g} dBFS")
    tail_ms = detect_leading_silence(segment.reverse(), floor_dbfs, _STEP_MS)
    start_ms = max(0, lead_ms - LEAD_MS)
    end_ms = min(len(segment), len(segment) - tail_ms + TAIL_MS)
    clip = segment[start_ms:end_ms].fade_in(FADE_IN_MS).fade_out(FADE_OUT_MS)
    faded = np.frombuffer(clip.raw_data, dtype="<i4").astype(np.float64) / _FULL_SCALE
    return faded[: len(samples)]  # pydub counts in milliseconds, and fills up the last one


def _segment(samples: NDArray[np.float64], sample_rate_hz: int) -> AudioSegment:
    """32-bit samples, so that neither the cut nor the fades add rounding that could be heard."""
    scaled = np.clip(np.round(samples * _FULL_SCALE), -_FULL_SCALE, _FULL_SCALE - 1)
    return AudioSegment(
        data=scaled.astype("<i4").tobytes(), sample_width=4, frame_rate=sample_rate_hz, channels=1
    )
