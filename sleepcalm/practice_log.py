"""Records every routine that is played, so that a crash or a kill loses a minute of it at most."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import timedelta

from sleepcalm.diary.civil_time import Instant
from sleepcalm.diary.practice import Ending, InterruptedBy, Interruption, PlaceLeft, Practice
from sleepcalm.diary.practice_history import RESUMABLE_FOR, left_unfinished
from sleepcalm.program import Program
from sleepcalm.relaxation.left_place import LeftOff, LeftPlace, left_place
from sleepcalm.relaxation.session import SessionState
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ, Timeline

SAVE_EVERY_S = 60.0
LONGEST_STEP_S = 2.0
"""The sound moves by tenths of a second; anything longer is a jump, and not heard."""


class PracticeLog:
    """Follows a player: call `follow` whenever something moved. `now` gives the civil time and its zone."""

    def __init__(self, now: Callable[[], Instant], save: Callable[[Practice], None]) -> None:
        self._now = now
        self._save = save
        self._practice: Practice | None = None
        self._ending = Ending.STOPPED
        self._left: tuple[Timeline, int] | None = None
        """The place before the sound began to leave."""
        self._is_leaving = False
        self._frame = 0
        self._heard_frames = 0
        self._saved_frames = 0

    def follow(self, timeline: Timeline, state: SessionState, frame: int) -> None:
        """`frame` is what is heard now; the routine counts as completed once its exercise is over."""
        practice = self._practice
        if practice is not None and practice.routine != timeline.routine_id:
            self._end(self._ending)
            practice = None
        is_sounding = state in (SessionState.PLAYING, SessionState.FADING)
        self._is_leaving = state is SessionState.FADING
        if practice is None:
            if is_sounding:
                self._begin(timeline, frame)
            return
        if state in (SessionState.PLAYING, SessionState.PAUSED):
            self._ending = Ending.STOPPED  # it goes on, or could, whatever was to end it
        # A rest without background ends in the moment that completes it.
        if is_sounding or state is SessionState.FINISHED:
            if state is SessionState.PLAYING:
                self._left = timeline, frame
            self._listen(frame, timeline.exercise_end_frame)
        if state in (SessionState.IDLE, SessionState.FINISHED):
            self._end(self._ending)
        elif not is_sounding and self._heard_frames != self._saved_frames:
            self._write()

    def note_jolt(self) -> None:
        """The listener says that this was a jolt. Without a practice there is nothing to note it in."""
        if self._practice is not None:
            self._practice = replace(self._practice, jolts=(*self._practice.jolts, self._now()))
            self._write()

    def note_interruption(self, by: InterruptedBy) -> None:
        """Something has come in between."""
        if self._practice is not None:
            interruption = Interruption(self._now(), by)
            self._practice = replace(
                self._practice, interruptions=(*self._practice.interruptions, interruption)
            )
            self._write()

    def note_timer(self) -> None:
        """What ends next is ended by the sleep timer, unless it is called back."""
        self._ending = Ending.TIMER

    def close(self) -> None:
        """The window goes: what was under way has ended, unless something else was about to end it."""
        if self._practice is not None:
            self._end(self._ending if self._is_leaving else Ending.CLOSED)

    def _begin(self, timeline: Timeline, frame: int) -> None:
        share = min(frame / timeline.exercise_end_frame, 1.0) if timeline.exercise_end_frame else 0.0
        self._practice = Practice(timeline.routine_id, self._now(), reached_share=round(share, 4))
        self._left = timeline, frame
        self._ending = Ending.STOPPED
        self._frame, self._heard_frames, self._saved_frames = frame, 0, 0
        self._write()

    def _listen(self, frame: int, exercise_end_frame: int) -> None:
        step = frame - self._frame
        self._frame = frame
        if self._practice is not None and exercise_end_frame > 0:
            share = min(frame / exercise_end_frame, 1.0)
            self._practice = replace(self._practice, reached_share=round(share, 4))
        if 0 < step <= LONGEST_STEP_S * SAMPLE_RATE_HZ:
            self._heard_frames += step
            if frame >= exercise_end_frame and self._practice is not None:
                self._practice = replace(self._practice, completed=True)
        if self._heard_frames - self._saved_frames >= SAVE_EVERY_S * SAMPLE_RATE_HZ:
            self._write()

    def _end(self, ending: Ending) -> None:
        if self._practice is not None:
            ending = Ending.COMPLETED if self._practice.completed else ending
            self._practice = replace(self._practice, ended=self._now(), ending=ending)
            self._write()
            self._practice = None

    def _write(self) -> None:
        if self._practice is None:
            return
        minutes = round(self._heard_frames / SAMPLE_RATE_HZ / 60, 2)
        left_at = None if self._left is None else PlaceLeft(**asdict(left_place(*self._left)))
        self._practice = replace(self._practice, minutes_heard=minutes, left_at=left_at)
        self._saved_frames = self._heard_frames
        self._save(self._practice)


def left_off(practice: Practice) -> LeftOff | None:
    """Where a practice was left; None where that is not known."""
    if practice.reached_share is None:
        return None
    place = practice.left_at
    return LeftOff(practice.reached_share, None if place is None else LeftPlace(**asdict(place)))


def find_left_off(program: Program, routine_id: str) -> LeftOff | None:
    """Where the last practice of a routine was left, as the record on disk tells it, if it makes sense to go
    on there. Raises StorageError."""
    now = program.now()
    first = (now - RESUMABLE_FOR - timedelta(days=1)).date()  # whatever the clock showed where it was
    with program.read_record() as book:
        recent = book.practices_between(first, now.date() + timedelta(days=1))
    left = left_unfinished(recent, routine_id, now)
    return None if left is None else left_off(left)
