"""What lies under the voice: one background sound, or several at levels of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from sleepcalm.audio.noise import INT16_FULL_SCALE, Loop
from sleepcalm.audio.samples import Samples

FULL_VOLUME_LUFS = -30.8
"""Loudness of a background at full volume (EBU R128). The voice's clips are at -23 LUFS; with the
default volumes the background then lies 18 LU below the voice."""


class Ambience(Protocol):
    """A sound without an end. It is a pure function of the frame, so it can start anywhere."""

    def add_to(self, planes: Samples, start_frame: int, gains: Samples) -> None:
        """Add the sound from any frame on to `planes`, 2 channels by frames.

        `gains` is one gain for each frame, or a single one.
        """


@dataclass(frozen=True, slots=True)
class LoopedSound:
    """Loops that are added up. Those of one sound have lengths without a common factor, so that their
    sum does not repeat within a night."""

    loops: tuple[Loop, ...]

    def add_to(self, planes: Samples, start_frame: int, gains: Samples) -> None:
        summed = np.zeros_like(planes)
        for loop in self.loops:
            _add_wrapped(summed, loop, start_frame % loop.shape[1])
        summed *= gains * np.float32(1 / INT16_FULL_SCALE)
        planes += summed


@dataclass(frozen=True, slots=True)
class Mixture:
    """Several sounds, each with its gain."""

    parts: Sequence[tuple[Ambience, float]]

    def add_to(self, planes: Samples, start_frame: int, gains: Samples) -> None:
        for ambience, gain in self.parts:
            ambience.add_to(planes, start_frame, gains * np.float32(gain))


def _add_wrapped(planes: Samples, loop: npt.NDArray[np.int16], position: int) -> None:
    done, frames = 0, planes.shape[1]
    while done < frames:
        count = min(frames - done, loop.shape[1] - position)
        planes[:, done : done + count] += loop[:, position : position + count]
        done += count
        position = 0
