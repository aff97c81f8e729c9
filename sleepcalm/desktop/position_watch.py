"""Notices when the position is not where those who were told of it must take it to be."""

from __future__ import annotations

from dataclasses import dataclass

from sleepcalm.desktop.ports import NowPlaying, PlaybackStatus

TOLERANCE_S = 1.0
"""A desktop's bar is not finer; and a sound output takes a moment to begin."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What others know: a position, and since when it moves on or stands."""

    piece: int
    status: PlaybackStatus
    position_s: float
    at_s: float

    def expected_s(self, at_s: float) -> float:
        moves = self.status is PlaybackStatus.PLAYING
        return self.position_s + (at_s - self.at_s if moves else 0.0)


class PositionWatch:
    """MPRIS does not tell the position while it moves evenly; a jump has to be told (signal `Seeked`)."""

    def __init__(self) -> None:
        self._known = _Known(0, PlaybackStatus.STOPPED, 0.0, 0.0)

    def is_jump(self, now: NowPlaying, at_s: float) -> bool:
        """Whether `now`, shown at `at_s` of a steady clock, has to be told as a jump."""
        known = self._known
        starts_anew = now.piece != known.piece or (
            known.status is PlaybackStatus.STOPPED and now.status is not PlaybackStatus.STOPPED
        )
        expected_s = 0.0 if starts_anew else known.expected_s(at_s)
        is_jump = abs(now.position_s - expected_s) > TOLERANCE_S
        if is_jump or starts_anew or now.status is not known.status:
            position_s = now.position_s if is_jump else expected_s
            self._known = _Known(now.piece, now.status, position_s, at_s)
        return is_jump
