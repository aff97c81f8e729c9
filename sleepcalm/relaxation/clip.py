"""A narrated sentence, and the rate at which everything that sounds is counted."""

from __future__ import annotations

from dataclasses import dataclass

SAMPLE_RATE_HZ = 48_000


@dataclass(frozen=True, slots=True)
class Clip:
    """A narrated sentence: its file, absolute or below the assets folder, and its length in frames."""

    path: str
    frames: int


def frames_of(seconds: float) -> int:
    return round(seconds * SAMPLE_RATE_HZ)
