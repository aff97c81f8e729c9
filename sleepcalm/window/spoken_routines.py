"""Has a routine spoken that is opened and that no voice has, such as one of the user's own."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from sleepcalm.gui.relax.relax_tab import RelaxTab
from sleepcalm.gui.voices.ports import Making
from sleepcalm.relaxation.routine import Routine
from sleepcalm.window.narrated_program import NarratedProgram
from sleepcalm.window.voice_making import VoiceMaking

if TYPE_CHECKING:
    from sleepcalm.audio.voices.progress import Outcome


class SpokenRoutines(QObject):
    """The quiet line of the Relax tab tells how it goes. A routine that could not be spoken is tried again
    when it is opened the next time, or by another voice that was chosen.
    """

    def __init__(self, making: VoiceMaking, narrated: NarratedProgram, tab: RelaxTab) -> None:
        super().__init__()
        self._making = making
        self._narrated = narrated
        self._tab = tab
        self._made_for: tuple[str, str] | None = None
        self._ready: set[tuple[str, str]] = set()
        self._looked_at: tuple[str, str] | None = None
        self._failure: str | None = None
        making.changed.connect(self.look)
        narrated.adopted.connect(self.look)
        tab.playback.timeline_changed.connect(self.look)
        tab.playback.moved.connect(self._look_while_waiting)
        self.look()

    def look(self) -> None:
        """See whether the routine that is open has to be made, and say how that goes."""
        routine = self._tab.playback.routine
        if self._tab.is_aside:
            return
        key = self._key(routine)
        if key != self._looked_at:
            self._looked_at, self._failure = key, None
        if not self._unspoken(routine):
            self._say(self._voice_text())
        elif key in self._ready:
            is_late = self._tab.playback.is_under_way
            self._say(_tr("Your routine is ready: it is spoken from the next start on.") if is_late else "")
        elif self._failure is not None:
            self._say(self._failure)
        elif self._making.making is None:
            self._start(routine, key)
        elif self._made_for == key:
            self._say(_progress_text(self._making.making))
        else:
            self._say(_tr("Your routine is spoken once the voice that is being made now is done."))

    def _look_while_waiting(self) -> None:
        """The words for what waits, and for what is made, depend on whether the player stands still."""
        if self._narrated.waits or self._making.making is not None:
            self.look()

    def _voice_text(self) -> str:
        """How far a voice is, for one who looks; a number that grows is nothing to fall asleep by."""
        making = self._making.making
        if making is None or self._made_for is not None or self._tab.playback.is_under_way:
            return ""
        if making.wanted < 2:  # not counted yet, or a sentence to be heard
            return ""
        words = _tr("A voice is being made: {done} of {wanted} sentences")
        return words.format(done=making.done, wanted=making.wanted)

    def _key(self, routine: Routine) -> tuple[str, str]:
        return routine.id, self._narrated.chosen

    def _unspoken(self, routine: Routine) -> int:
        return self._narrated.now.narrator.unspoken(routine.spoken_sentences())

    def _start(self, routine: Routine, key: tuple[str, str]) -> None:
        self._made_for = key
        self._making.start(
            Making("", is_of_routine=False), lambda cancel: self._make(routine, cancel), self._note_end
        )

    def _make(self, routine: Routine, cancel: Event) -> Outcome:
        """On the renderer's thread."""
        from sleepcalm.audio.voices.progress import Outcome  # noqa: PLC0415 - rarely
        from sleepcalm.spoken_routines import find_speaker, speak_routine  # noqa: PLC0415

        program = self._narrated.now
        speaker = find_speaker(program, cancel)
        if not speaker:
            return Outcome(0, 0)
        return speak_routine(
            program,
            routine,
            speaker,
            lambda made: self._making.progress(Making(speaker, made.done, made.wanted, is_of_routine=False)),
            cancel,
        )

    def _note_end(self, _making: Making, outcome: Outcome) -> None:
        key, self._made_for = self._made_for, None
        if key is None:
            return
        if outcome.is_complete and outcome.done:
            self._ready.add(key)
            self._narrated.renew()
        elif key == self._looked_at:
            self._failure = _failure_text(outcome)

    def _say(self, text: str) -> None:
        self._tab.stage.notice.set_progress(text)


def _progress_text(making: Making) -> str:
    if not making.wanted:
        return _tr("Looking for a voice that can speak your routine…")
    words = _tr("Your routine is being spoken by {engine}… {done} of {wanted}")
    engine = making.narrator.partition(":")[0]
    return words.format(engine=engine, done=making.done, wanted=making.wanted)


def _failure_text(outcome: Outcome) -> str:
    """Why the words are shown."""
    if outcome.was_cancelled:
        return _tr("That was stopped; its words are shown.")
    if outcome.problems:
        return _tr("{reason}; its words are shown.").format(reason=outcome.problems[0])
    if outcome.wanted:
        return _tr("Not every sentence could be spoken; its words are shown.")
    return _tr("Its words are shown; espeak-ng or piper would speak them.")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Relax", text)
