"""A gain on its way from one value to another."""

from __future__ import annotations

import numpy as np

from sleepcalm.audio.samples import Samples, share_of


class Ramp:
    """A straight line in time; each frame's value depends on the frame alone, not on the blocks."""

    def __init__(self, value: float) -> None:
        self._start = self._target = np.float32(value)
        self._frames = self._done = 0

    @property
    def frames_left(self) -> int:
        return self._frames - self._done

    def aim(self, target: float, frames: int) -> None:
        """Go from the present value to `target` within `frames`."""
        self._start = self.value
        self._target = np.float32(target)
        self._frames, self._done = frames, 0

    def finish(self) -> None:
        """Be at the target at once."""
        self._done = self._frames

    def take(self, frames: int) -> Samples:
        """The gains of the next frames; a single one when it stays the same."""
        if not self.frames_left:
            return np.full(1, self._target, np.float32)
        gains = self._start + (self._target - self._start) * share_of(self._done, frames, self._frames)
        gains[self.frames_left :] = self._target
        self._done = min(self._done + frames, self._frames)
        return gains

    @property
    def value(self) -> np.float32:
        """The present one."""
        if not self.frames_left:
            return self._target
        share = np.float32(self._done) / np.float32(self._frames)
        return np.float32(self._start + (self._target - self._start) * share)
