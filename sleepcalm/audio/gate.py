"""The last gain before the output: nothing starts or stops at once."""

from __future__ import annotations

import numpy as np

from sleepcalm.audio.ramp import Ramp
from sleepcalm.audio.samples import EDGE, EDGE_FRAMES, START_FADE_FRAMES, Samples, start_rise


class Gate:
    """Opens and closes within 20 ms; behind that edge a start rises for two seconds, and a fade-out falls.

    Closed at first. `is_opening` says of the frames that follow whether they are to be heard; where they
    are not, an open gate closes.
    """

    def __init__(self) -> None:
        self.is_fading = False
        """Whether a fade-out is on its way to its end."""
        self._edge = 0  # how far it is open, from 0 to EDGE_FRAMES
        self._rise = Ramp(1.0)
        self._fade = Ramp(1.0)

    @property
    def is_closed(self) -> bool:
        return self._edge == 0

    @property
    def is_even(self) -> bool:
        """Whether it is fully open and lets everything through as it is."""
        return self._edge == EDGE_FRAMES and not self._rise.frames_left and not self._is_faded

    @property
    def _is_faded(self) -> bool:
        """Whether a fade-out has a part in the level; one that was given up at its very end has, too."""
        return self.is_fading or self._fade.frames_left > 0 or bool(self._fade.value < 1)

    def begin_rise(self, *, is_risen: bool) -> None:
        """A start, from a closed gate; one that `is_risen` comes from silence by itself.

        A fade-out that was given up or called back has no part in it.
        """
        if not self.is_fading:
            self._fade = Ramp(1.0)
        self._rise = Ramp(1.0 if is_risen else 0.0)
        self._rise.aim(1.0, START_FADE_FRAMES)

    def fade_out(self, frames: int) -> None:
        """Fall to silence from here, within 20 ms at the soonest; a fall that ends sooner goes on."""
        frames = max(frames, EDGE_FRAMES)
        if not self.is_fading or self._fade.frames_left > frames:
            self.is_fading = True
            self._fade.aim(0.0, frames)

    def give_up_fading(self) -> None:
        """A fade-out stays where it is; what comes after it is a pause or another mix."""
        self.is_fading = False

    def call_back(self) -> None:
        """Rise to the full level again, from wherever a fade-out has come to, as softly as a start.

        That one was given up says nothing of the level: the gate may not have closed since then.
        """
        self._fade.aim(1.0, START_FADE_FRAMES)
        self.is_fading = False

    def shut(self) -> None:
        """Be closed at once: where nothing sounds, or what sounds is lost."""
        self._edge = 0

    def frames_ahead(self, frames: int, *, is_opening: bool) -> int:
        """How many of so many frames come before an edge or a fade-out ends; none when it is over."""
        frames = min(frames, EDGE_FRAMES - self._edge if is_opening else self._edge) or frames
        return min(frames, self._fade.frames_left) if self.is_fading else frames

    def shape(self, out: Samples, *, is_opening: bool) -> None:
        """Give the next frames, no more than `frames_ahead`, the gain that they are to have."""
        frames = len(out)
        if self._edge < EDGE_FRAMES or not is_opening:
            edge_to = self._edge + frames if is_opening else self._edge - frames
            steps = np.linspace(self._edge, edge_to, frames, endpoint=False, dtype=np.intp)
            out *= EDGE[steps][:, np.newaxis]
            self._edge = edge_to
        if self._rise.frames_left:
            out *= start_rise(self._rise.take(frames))[:, np.newaxis]
        if self._is_faded:
            gain = self._fade.take(frames)
            out *= (gain * gain)[:, np.newaxis]
