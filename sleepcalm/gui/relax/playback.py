"""The routine that is chosen and how it is being heard: joins timeline, session and sound."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from sleepcalm.backgrounds import Background
from sleepcalm.gui.relax.piece import MakeTimeline, Piece, Under
from sleepcalm.gui.relax.ports import Sound
from sleepcalm.gui.relax.wanted_choices import WantedChoices
from sleepcalm.relaxation.routine import Routine
from sleepcalm.relaxation.session_state import STOP_FADE_S, SessionState
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ, Choices, Timeline

if TYPE_CHECKING:
    from sleepcalm.gui.relax.loaded_piece import LoadedPiece
    from sleepcalm.relaxation.moment import Moment
    from sleepcalm.relaxation.session import Session


class Playback(QObject):
    """One routine with one set of choices, ready, sounding or over.

    New choices take effect at once, at the same place, or wait for the next start; `choices_wait` tells so.
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
        self._piece = Piece(routine, choices, make_timeline(routine, choices))
        self._choices = WantedChoices(choices)
        self._choices.settled.connect(self.apply_choices)
        self._loaded: LoadedPiece | None = None
        self._is_prepared = False
        self._under = Under.USUAL
        sound.progressed.connect(self.follow)

    @property
    def piece(self) -> Piece:
        return self._piece

    @property
    def routine(self) -> Routine:
        return self._piece.routine

    @property
    def timeline(self) -> Timeline:
        return self._piece.timeline

    @property
    def state(self) -> SessionState:
        return self._session.state if self._session else SessionState.IDLE

    @property
    def has_sound(self) -> bool:
        """Whether the choices leave anything to hear."""
        return bool(self.timeline.cues)

    @property
    def moment(self) -> Moment | None:
        """Where the routine stands; None when the choices leave nothing to hear."""
        if self._session:
            return self._session.moment
        from sleepcalm.relaxation.moment import moment_at  # noqa: PLC0415 - the first frame shows none

        return moment_at(self.timeline, 0) if self.has_sound else None

    @property
    def is_under_way(self) -> bool:
        """Whether the routine was begun and is not over: it sounds, or it rests at a place inside."""
        return self._session is not None and self._session.is_under_way

    @property
    def _is_at_start(self) -> bool:
        return self.state is SessionState.IDLE and not self.is_under_way

    @property
    def is_stopping(self) -> bool:
        """Whether it was stopped, by hand or by the sleep timer, and the sound is still leaving."""
        return self._session is not None and self._session.is_stopping

    @property
    def is_sounding(self) -> bool:
        """Whether the routine goes on."""
        return self._session is not None and self._session.is_sounding and not self.is_stopping

    @property
    def can_pause(self) -> bool:
        """Whether it is heard and nobody has stopped it by hand, though the sleep timer may have."""
        return self._session is not None and self._session.can_pause

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
        self._choices.wanted = choices
        self._under = Under.USUAL
        self._lay_out(routine, choices)

    def turn_to(self, piece: Piece, frame: int, *, plays: bool, under: Under = Under.USUAL) -> None:
        """Turn to a piece that is laid out already, at a place of it."""
        # What is leaving already has sunk too far to go on from there; what is kept does not leave.
        is_there = self.state is SessionState.PLAYING or self._under is Under.KEPT
        goes_on = plays and self.is_sounding and is_there and Under.KEPT in (under, self._under)
        if goes_on:
            self._loaded = None
        self._silence()
        self._choices.wanted = piece.choices
        self._take_up(piece)
        self._under = under
        loaded = self._load(background_goes_on=goes_on)
        if loaded:
            loaded.begin(frame, plays=plays)
        self.timeline_changed.emit()
        self.moved.emit()

    def adopt(self, choices: Choices, instead_of: Choices | None = None) -> None:
        """Take other choices for the same routine; `instead_of` are those that the listener changed."""
        if choices == self._choices.wanted:
            return
        self._choices.want(choices)
        if instead_of is not None and self.is_under_way and self._choices.puts_off(instead_of):
            self.choices_wait.emit()

    def renew(self) -> None:
        """The same choices make another timeline now: lay it out, or do so at the next start."""
        self._choices.outdate()
        if self._is_at_start:
            self._lay_out_wanted()

    def apply_choices(self) -> None:
        """Lay the routine out anew, as far as the choices can take effect now."""
        self._choices.rest()
        if self.is_under_way:
            now = self._choices.under_way()
            if now != self._piece.choices and self.state is not SessionState.FADING:
                self._lay_out_under_way(now)
        elif self._choices.waits and self.state is SessionState.IDLE:
            self._lay_out_wanted()

    def toggle(self) -> None:
        """Play or pause."""
        self._press(lambda session: session.toggle())

    def play(self) -> None:
        """Go on, whatever it does, or begin."""
        self._press(lambda session: session.play())

    def pause(self) -> None:
        """Fall silent and keep the place, if anything sounds."""
        if self._session and self._session.is_sounding:
            self._session.pause()
            self.moved.emit()

    def stop(self, fade_s: float = STOP_FADE_S, *, by_hand: bool = True) -> None:
        """Fade out softly and go back to the beginning; a fade that would take longer is cut short."""
        if self._session:
            self._session.stop(fade_s, by_hand=by_hand)
            self._after_move()

    def next_step(self) -> None:
        self._move(lambda session: session.next_step())

    def previous_step(self) -> None:
        self._move(lambda session: session.previous_step())

    def seek(self, seconds: float) -> None:
        self._move(lambda session: session.seek(round(seconds * SAMPLE_RATE_HZ)))

    def follow(self) -> None:
        """Sound was played: see where it stands."""
        if self._session and self._session.is_sounding:
            self._session.update()
            self._note_cautions()
            self._after_move()

    @property
    def _session(self) -> Session | None:
        return self._loaded.session if self._loaded else None

    def _press(self, how: Callable[[Session], None]) -> None:
        """What waited for the next start is taken up when this is one."""
        self._choices.rest()
        if not self.is_under_way and self._choices.waits:
            self._lay_out_wanted()
        loaded = self._load()
        if loaded:
            how(loaded.session)
            self._note_cautions()
            self.moved.emit()

    def _move(self, how: Callable[[Session], None]) -> None:
        loaded = self._load()
        if loaded:
            loaded.move(how)
            self._after_move()

    def _after_move(self) -> None:
        if self._is_at_start and self._choices.waits:
            self._lay_out_wanted()
        else:
            self.moved.emit()

    def _note_cautions(self) -> None:
        if self._loaded and self._loaded.note_cautions():
            self._choices.wanted = replace(self._choices.wanted, with_cautions=False)
            self.cautions_heard.emit(self.routine.id)

    def _load(self, *, background_goes_on: bool = False) -> LoadedPiece | None:
        if self._loaded is None and self.has_sound:
            from sleepcalm.gui.relax.loaded_piece import LoadedPiece  # noqa: PLC0415 - see its docstring

            background = self._under.laid(self._background)
            self._loaded = LoadedPiece(
                self._piece, self._sound, background, background_goes_on=background_goes_on
            )
        return self._loaded

    def _lay_out_wanted(self) -> None:
        self._lay_out(self.routine, self._choices.wanted)

    def _lay_out(self, routine: Routine, choices: Choices) -> None:
        """Build the timeline anew and stand still at its beginning."""
        self._silence()
        self._take_up(Piece(routine, choices, self._make_timeline(routine, choices)))
        if self._is_prepared:
            self._load()
        self.timeline_changed.emit()

    def _lay_out_under_way(self, choices: Choices) -> None:
        """The same with other choices, at the same place."""
        from sleepcalm.relaxation.same_place import same_place  # noqa: PLC0415 - not at the start

        before = self._loaded
        if before is None:
            return
        was_playing = self.state is SessionState.PLAYING
        piece = Piece(self.routine, choices, self._make_timeline(self.routine, choices))
        frame = same_place(self.timeline, before.session.moment.frame, piece.timeline)
        self._silence()
        self._take_up(piece)
        loaded = self._load()
        if loaded:
            loaded.hears_cautions = before.hears_cautions
            loaded.begin(frame, plays=was_playing)
        self.timeline_changed.emit()
        self.moved.emit()

    def _take_up(self, piece: Piece) -> None:
        self._piece = piece
        self._choices.use(piece.choices)

    def _silence(self) -> None:
        if self._loaded:
            self._loaded.silence()
        self._loaded = None
