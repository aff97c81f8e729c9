"""Remembers where in the mix the frames of the last seconds stood, to tell what is heard now."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ

_REMEMBERED_FRAMES = 4 * SAMPLE_RATE_HZ


@dataclass(frozen=True, slots=True)
class _Span:
    """Frames handed out in one go: where they stand in the output, and in the mix."""

    handed_from: int
    position: int
    frames: int
    is_moving: bool


class HandedOut:
    """The frames that an output was given. `frames` counts them all."""

    def __init__(self) -> None:
        self.frames = 0
        self._spans: deque[_Span] = deque()
        self._jump: tuple[int, int] | None = None

    def add(self, position: int, frames: int, *, is_moving: bool) -> None:
        """So many frames more, from `position` of the mix on, or of silence while it stands there."""
        self._spans.append(_Span(self.frames, position, frames, is_moving))
        self.frames += frames
        while len(self._spans) > 1 and self._spans[0].handed_from < self.frames - _REMEMBERED_FRAMES:
            self._spans.popleft()

    def take_back(self, frames: int) -> None:
        """The last frames, which no jump lies in, were not handed out after all."""
        self.frames -= frames
        while self._spans and self._spans[-1].handed_from >= self.frames:
            self._spans.pop()

    def jump(self, position: int) -> None:
        """What follows stands at `position`, and so does the listener in all that is told from now on."""
        self._jump = (self.frames, position)

    def forget_jump(self) -> None:
        """Another jump has been asked for."""
        self._jump = None

    def position_of(self, handed: int, default: int) -> int:
        """Where the frame of that count stands in the mix; `default` where nothing was handed out yet."""
        if self._jump and handed < self._jump[0]:
            return self._jump[1]
        for span in reversed(self._spans):
            if span.handed_from <= handed:
                return span.position + (min(handed - span.handed_from, span.frames) if span.is_moving else 0)
        return self._spans[0].position if self._spans else default
