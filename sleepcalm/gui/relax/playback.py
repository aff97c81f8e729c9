"""The routine that is chosen and how it is being heard: joins timeline, session and sound."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from sleepcalm.backgrounds import Background
from sleepcalm.gui.relax.piece import MakeTimeline, Piece, Under
from sleepcalm.gui.relax.ports import Sound
from sleepcalm.relaxation.moment import Moment, moment_at
from sleepcalm.relaxation.routine import Routine
from sleepcalm.relaxation.same_place import same_place
from sleepcalm.relaxation.session import STOP_FADE_S, Session, SessionState, Transport
from sleepcalm.relaxation.timeline import CAUTIONS_TITLE, SAMPLE_RATE_HZ, Choices, Timeline

SETTLE_MS = 400
"""How long a slider of the pace has to rest before the sound is laid out anew."""


class Playback(QObject):
    """One routine with one set of choices, ready, sounding or over.

    New choices of pace and of groups to leave out take effect at once, at the same place. The hand
    and the cautions change the order of what is heard, so during a routine they wait for the next
    start; `choices_wait` tells so.
    """

    timeline_changed = Signal()
    moved = Signal()
    choices_wait = Signal()
    cautions_heard = Signal(str)

    def __init__(self, routine: Routine, choices: Choices, make_timeline: MakeTimeline, sound: Sound) -> None:
        super().__init__()
        self._make_timeline = make_timeline
        self._sound = sound
        self._background = Background()
        self._routine = routine
        self._choices = choices
        self._wanted = choices
        self._timeline = make_timeline(routine, choices)
        self._transport: Transport | None = None
        self._session: Session | None = None
        self._is_prepared = False
        self._under = Under.USUAL
        self._hears_cautions = False
        self._is_outdated = False
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self.apply_choices)
        sound.progressed.connect(self.follow)

    @property
    def routine(self) -> Routine:
        return self._routine

    @property
    def timeline(self) -> Timeline:
        return self._timeline

    @property
    def piece(self) -> Piece:
        return Piece(self._routine, self._choices, self._timeline)

    @property
    def state(self) -> SessionState:
        return self._session.state if self._session else SessionState.IDLE

    @property
    def moment(self) -> Moment | None:
        """Where the routine stands; None when the choices leave nothing to hear."""
        if self._session:
            return self._session.moment
        return moment_at(self._timeline, 0) if self._timeline.cues else None

    @property
    def is_under_way(self) -> bool:
        """Whether the routine was begun and is not over: it sounds, or it rests at a place inside."""
        moment = self.moment
        if self.state in (SessionState.IDLE, SessionState.FINISHED):
            return self.state is SessionState.IDLE and moment is not None and moment.frame > 0
        return True

    @property
    def is_stopping(self) -> bool:
        """Whether the listener has asked for the end and the sound is still leaving."""
        return self._session is not None and self._session.is_stopping

    @property
    def is_sounding(self) -> bool:
        """Whether the routine goes on, so that what a listener can do is to pause it."""
        return self._session is not None and self._session.is_sounding and not self.is_stopping

    def set_background(self, background: Background) -> None:
        self._background = background
        if self._session:
            self._sound.set_background(self._under.laid(self._background))

    def prepare(self) -> None:
        """Load the sound ahead of the first start, so that it answers at once."""
        self._is_prepared = True
        self._load()

    def open(self, routine: Routine, choices: Choices) -> None:
        """Turn to another routine; the one before falls silent."""
        self._routine, self._wanted = routine, choices
        self._under = Under.USUAL
        self._lay_out(choices)

    def turn_to(self, piece: Piece, frame: int, *, plays: bool, under: Under = Under.USUAL) -> None:
        """Turn to a piece that is laid out already, at a place of it."""
        self._settle.stop()
        # What is leaving already has sunk too far to go on from there; what is kept does not leave.
        is_there = self.state is SessionState.PLAYING or self._under is Under.KEPT
        goes_on = plays and self.is_sounding and is_there and Under.KEPT in (under, self._under)
        if goes_on:
            self._session = self._transport = None
        else:
            self._silence()
        self._routine, self._timeline = piece.routine, piece.timeline
        self._choices = self._wanted = piece.choices
        self._under = under
        self._hears_cautions = False
        session = self._load(background_goes_on=goes_on)
        if session and frame:
            session.seek(frame)
        if session and plays:
            session.play()
        self.timeline_changed.emit()
        self.moved.emit()

    def adopt(self, choices: Choices) -> None:
        """Take other choices for the same routine."""
        if choices == self._wanted:
            return
        self._wanted = choices
        if self.is_under_way and _order_of(choices) != _order_of(self._choices):
            self.choices_wait.emit()
        self._settle.start()

    def renew(self) -> None:
        """The same choices make another timeline now: lay it out, or do so at the next start."""
        self._is_outdated = True
        if self.state is SessionState.IDLE and not self.is_under_way:
            self._lay_out(self._wanted)

    def apply_choices(self) -> None:
        """Lay the routine out anew, as far as the choices can take effect now."""
        self._settle.stop()
        if self.state is SessionState.FADING:
            return
        if self.is_under_way:
            now = replace(
                self._wanted,
                dominant_hand=self._choices.dominant_hand,
                with_cautions=self._choices.with_cautions,
            )
            if now != self._choices:
                self._lay_out_under_way(now)
        elif self._waits and self.state is SessionState.IDLE:
            self._lay_out(self._wanted)

    def toggle(self) -> None:
        """Play or pause. What waited for the next start is taken up when this is one."""
        self._settle.stop()
        if not self.is_under_way and self._waits:
            self._lay_out(self._wanted)
        session = self._load()
        if session:
            session.toggle()
            self._note_cautions()
            self.moved.emit()

    def pause(self) -> None:
        """Fall silent and keep the place, if anything sounds."""
        if self._session and self._session.is_sounding:
            self._session.pause()
            self.moved.emit()

    def stop(self, fade_s: float = STOP_FADE_S) -> None:
        """Fade out softly and go back to the beginning."""
        if self._session and not self.is_stopping:
            self._session.stop(fade_s)
            self._after_move()

    def next_step(self) -> None:
        self._move(Session.next_step)

    def previous_step(self) -> None:
        self._move(Session.previous_step)

    def seek(self, seconds: float) -> None:
        self._move(lambda session: session.seek(round(seconds * SAMPLE_RATE_HZ)))

    def follow(self) -> None:
        """Sound was played: see where it stands."""
        if self._session and self._session.is_sounding:
            self._session.update()
            self._note_cautions()
            self._after_move()

    def _move(self, how: Callable[[Session], None]) -> None:
        session = self._load()
        if session:
            self._hears_cautions = False
            how(session)
            self._after_move()

    def _after_move(self) -> None:
        if self.state is SessionState.IDLE and not self.is_under_way and self._waits:
            self._lay_out(self._wanted)
        else:
            self.moved.emit()

    def _note_cautions(self) -> None:
        """The cautions count as heard when they played from their beginning to their end."""
        session = self._session
        if session is None or not self._choices.with_cautions or not self._routine.cautions:
            return
        if session.moment.step.title != CAUTIONS_TITLE:
            if self._hears_cautions:
                self._hears_cautions = False
                self._wanted = replace(self._wanted, with_cautions=False)
                self.cautions_heard.emit(self._routine.id)
        elif session.moment.frame < SAMPLE_RATE_HZ and session.is_sounding:
            self._hears_cautions = True

    @property
    def _waits(self) -> bool:
        """Whether the next start is to be laid out otherwise."""
        return self._is_outdated or self._wanted != self._choices

    def _load(self, *, background_goes_on: bool = False) -> Session | None:
        if self._session is None and self._timeline.cues:
            background = replace(self._under.laid(self._background), goes_on=background_goes_on)
            self._transport = self._sound.load(self._timeline, background)
            self._session = Session(self._timeline, self._transport)
        return self._session

    def _lay_out(self, choices: Choices, frame: int = 0) -> None:
        """Build the timeline anew and stand still at `frame`."""
        self._settle.stop()
        self._silence()
        self._choices = choices
        self._timeline = self._make_timeline(self._routine, choices)
        self._is_outdated = False
        self._hears_cautions = False
        session = self._load() if self._is_prepared or frame else None
        if session and frame:
            session.seek(frame)
        self.timeline_changed.emit()

    def _lay_out_under_way(self, choices: Choices) -> None:
        moment = self.moment
        if moment is None:
            return
        was_playing, heard_cautions = self.state is SessionState.PLAYING, self._hears_cautions
        after = self._make_timeline(self._routine, choices)
        self._lay_out(choices, same_place(self._timeline, moment.frame, after))
        self._hears_cautions = heard_cautions
        if was_playing and self._session:
            self._session.play()
            self.moved.emit()

    def _silence(self) -> None:
        if self._transport and self._session and self._session.is_sounding:
            self._transport.pause()
        self._session = self._transport = None


def _order_of(choices: Choices) -> tuple[object, ...]:
    return choices.dominant_hand, choices.with_cautions
