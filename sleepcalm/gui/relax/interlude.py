"""Something short that comes between whatever plays, such as the routine after a jolt, and leads back."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from sleepcalm.gui.relax.piece import Piece, Under
from sleepcalm.gui.relax.playback import Playback
from sleepcalm.gui.relax.volume_check import VOLUME_CHECK
from sleepcalm.relaxation.session_state import SessionState

AFTER_A_JOLT = "after-a-jolt"


class _Left(NamedTuple):
    """What was left for the interlude, and where it goes on."""

    piece: Piece
    frame: int
    was_playing: bool


class Interlude(QObject):
    """Its piece is laid out beforehand, so that `begin` sounds at once. What was interrupted goes on from a
    calm place of it.
    """

    begun = Signal()
    """It has begun; `is_between` tells whether it has interrupted something."""

    returned = Signal()

    def __init__(
        self, playback: Playback, make_piece: Callable[[], Piece | None], *, is_bare: bool = False
    ) -> None:
        """`make_piece` lays it out, or gives None where there is nothing. A bare one has no background."""
        super().__init__()
        self._is_bare = is_bare
        self._playback = playback
        self._make_piece = make_piece
        self._piece: Piece | None = None
        self._left: _Left | None = None
        self._is_turning = False
        playback.moved.connect(self._follow)
        playback.timeline_changed.connect(self._look_who_plays)

    @property
    def is_between(self) -> bool:
        """Whether it plays in the midst of something else, which waits at its place."""
        return self._left is not None and (self._left.was_playing or self._left.frame > 0)

    @property
    def is_under_way(self) -> bool:
        """Whether it plays at all, and leads back to where the player stood."""
        return self._left is not None

    def prepare(self) -> None:
        """Lay it out, for the choices as they are now."""
        self._piece = self._make_piece()

    def begin(self) -> None:
        """Interrupt what plays. A second time it begins anew, and what waits goes on waiting."""
        if self._piece is None:
            self.prepare()
        piece, moment = self._piece, self._playback.moment
        if piece is None or self._playback.routine.id == VOLUME_CHECK:
            return
        if self._left is None:
            from sleepcalm.relaxation.calm_place import calm_place  # noqa: PLC0415 - not at the start

            was_playing = self._playback.is_sounding
            frame = moment.frame if moment else 0
            frame = calm_place(self._playback.timeline, frame) if was_playing else frame
            self._left = _Left(self._playback.piece, frame, was_playing)
        kept = Under.KEPT if self._left.was_playing else Under.USUAL
        self._turn_to(piece, 0, plays=True, under=Under.NOTHING if self._is_bare else kept)
        self.begun.emit()

    def forget(self) -> None:
        """The window goes: once the sound has left, nothing is returned to."""
        self._left = None

    def _follow(self) -> None:
        """See whether it is over: for what goes on, once all is said; else when the sound has left."""
        left, state, moment = self._left, self._playback.state, self._playback.moment
        if left is None or self._is_turning or moment is None:
            return
        was_stopped = state is SessionState.IDLE and not self._playback.is_under_way
        if was_stopped:
            self._return(left, 0, plays=False)
        elif state is SessionState.FINISHED or (left.was_playing and self._is_said(moment.frame)):
            self._return(left, left.frame, plays=left.was_playing)

    def _is_said(self, frame: int) -> bool:
        is_leaving = self._playback.is_stopping or self._playback.state is SessionState.PAUSED
        return not is_leaving and frame >= self._playback.timeline.duration_frames

    def _return(self, left: _Left, frame: int, *, plays: bool) -> None:
        self._left = None
        self._turn_to(left.piece, frame, plays=plays)
        self.returned.emit()

    def _turn_to(self, piece: Piece, frame: int, *, plays: bool, under: Under = Under.USUAL) -> None:
        self._is_turning = True
        try:
            self._playback.turn_to(piece, frame, plays=plays, under=under)
        finally:
            self._is_turning = False

    def _plays_own(self) -> bool:
        return self._piece is not None and self._playback.routine.id == self._piece.routine.id

    def _look_who_plays(self) -> None:
        """The listener has chosen something else: nothing waits any more."""
        if not self._is_turning and not self._plays_own():
            self._left = None
