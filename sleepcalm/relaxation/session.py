"""One run of a routine: what play, pause, seek and stop mean, and when it is over.

The session owns no clock. Where it stands is where the sound stands, so the screen follows what
is heard; the transport tells the frame.
"""

from __future__ import annotations

from typing import Protocol

from sleepcalm.relaxation.moment import Moment, moment_at
from sleepcalm.relaxation.session_state import STOP_FADE_S, SessionState
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ, Timeline

__all__ = ["RESTART_STEP_AFTER_S", "STOP_FADE_S", "Session", "SessionState", "Transport"]

RESTART_STEP_AFTER_S = 3.0
"""Going back this far into a step returns to its start; earlier, to the step before it."""


class Transport(Protocol):
    """The sound as a session sees it. Every call returns at once; the sound follows softly."""

    @property
    def total_frames(self) -> int:
        """The length of what is played, background included."""

    def play(self) -> None:
        """Sound from the present position on. Ends a fade-out that is under way."""

    def pause(self) -> None:
        """Fall silent and keep the position."""

    def seek(self, frame: int) -> None:
        """Go on, or stay silent, at another position."""

    def fade_out(self, duration_s: float) -> None:
        """Become silent within `duration_s`, then stand still. One under way that ends sooner goes on."""

    def heard_frame(self) -> int:
        """The position that is being heard now."""

    def is_at_rest(self) -> bool:
        """Whether a fade-out, or the piece itself, has come to its end and all of it was heard."""


class Session:
    """A routine being listened to. Call `update` whenever sound was played to learn where it stands."""

    def __init__(self, timeline: Timeline, transport: Transport) -> None:
        self.timeline = timeline
        self._transport = transport
        self._state = SessionState.IDLE
        self._is_stopping = False
        self._is_by_hand = False
        self._moment = moment_at(timeline, 0)

    @property
    def state(self) -> SessionState:
        return self._state

    @property
    def moment(self) -> Moment:
        """The moment at the last update."""
        return self._moment

    @property
    def is_under_way(self) -> bool:
        """Whether it was begun and is not over: it sounds, or it rests at a place inside."""
        if self._state is SessionState.IDLE:
            return self._moment.frame > 0
        return self._state is not SessionState.FINISHED

    @property
    def is_stopping(self) -> bool:
        """Whether it was stopped, by hand or by the sleep timer, and the sound is still leaving."""
        return self._is_stopping

    @property
    def is_sounding(self) -> bool:
        return self._state in (SessionState.PLAYING, SessionState.FADING)

    @property
    def can_pause(self) -> bool:
        """Whether it sounds and nobody has stopped it by hand, though the sleep timer may have."""
        return self.is_sounding and not (self._is_stopping and self._is_by_hand)

    def play(self) -> None:
        """Start, resume, or call back a session that was being stopped; once finished, begin again."""
        if self._state is SessionState.FINISHED:
            self._seek(0)
        self._is_stopping = False
        self._state = SessionState.PLAYING
        self._transport.play()
        self.update()

    def pause(self) -> None:
        """Fall silent and keep the place. Without effect when nothing sounds."""
        if self.is_sounding:
            self._is_stopping = False
            self._state = SessionState.PAUSED
            self._transport.pause()

    def toggle(self) -> None:
        """What the space bar does: pause what sounds, else play. A stop by hand is called back; what the
        sleep timer lets leave pauses, so that what is to be silent does not grow loud."""
        if self.can_pause:
            self.pause()
        else:
            self.play()

    def stop(self, fade_s: float = STOP_FADE_S, *, by_hand: bool = True) -> None:
        """Fade out within `fade_s`, or as soon as it would already, then stand at the beginning. What is
        paused or finished stops at once."""
        if self.is_sounding:
            self._is_stopping, self._is_by_hand = True, by_hand
            self._state = SessionState.FADING
            self._transport.fade_out(fade_s)
        else:
            self._rewind()

    def seek(self, frame: int) -> None:
        """Go to `frame` (clamped to the timeline): on playing if it plays, else staying silent there."""
        self._seek(frame)
        if self._is_stopping:
            self.play()
        elif self._state is SessionState.FINISHED:
            self._state = SessionState.IDLE
        elif self._state is SessionState.FADING:
            self._state = SessionState.PLAYING

    def next_step(self) -> None:
        """Go to the start of the following step; in the last step nothing happens."""
        following = self._moment.step_index + 1
        if following < len(self.timeline.steps):
            self.seek(self.timeline.steps[following].start_frame)

    def previous_step(self) -> None:
        """Go back to the start of this step or, when that is near, of the one before."""
        moment = self._moment
        into_step_s = (moment.frame - moment.step.start_frame) / SAMPLE_RATE_HZ
        index = moment.step_index if into_step_s >= RESTART_STEP_AFTER_S else max(moment.step_index - 1, 0)
        self.seek(self.timeline.steps[index].start_frame)

    def update(self) -> Moment:
        """Follow the sound to where it stands now, and notice the end of the exercise and of the sound."""
        if self.is_sounding:
            self._follow(self._transport.heard_frame())
        return self._moment

    def _follow(self, frame: int) -> None:
        self._moment = moment_at(self.timeline, frame)
        if self._transport.is_at_rest():
            if self._is_stopping:
                self._rewind()
            else:
                self._state = SessionState.FINISHED
        elif frame >= self.timeline.exercise_end_frame:
            self._state = SessionState.FADING

    def _seek(self, frame: int) -> None:
        frame = min(max(frame, 0), self.timeline.duration_frames)
        self._transport.seek(frame)
        self._moment = moment_at(self.timeline, frame)

    def _rewind(self) -> None:
        self._is_stopping = False
        self._state = SessionState.IDLE
        self._seek(0)
