"""A narrated sentence, and the rate at which everything that sounds is counted."""

from __future__ import annotations

from dataclasses import dataclass

SAMPLE_RATE_HZ = 48_000

CLIP_LUFS = -23.0
"""The loudness that every clip is brought to, and that one of unknown loudness is taken to have."""


@dataclass(frozen=True, slots=True)
class Clip:
    """A narrated sentence: its file, absolute or below the assets folder, its length in frames, and its
    integrated loudness (EBU R128), as measured."""

    path: str
    frames: int
    loudness_lufs: float = CLIP_LUFS


def frames_of(seconds: float) -> int:
    return round(seconds * SAMPLE_RATE_HZ)
