"""The voices of this machine as the window has them: listed, heard, made and chosen.

What starts commands or writes files does so on other threads.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from sleepcalm.gui.kept_preferences import KeptPreferences
from sleepcalm.gui.relax.interlude import Interlude
from sleepcalm.gui.relax.piece import Piece
from sleepcalm.gui.relax.relax_tab import RelaxTab
from sleepcalm.gui.relax.volume_check import VOLUME_CHECK, loudest_sentence, sentence_piece
from sleepcalm.gui.voices.ports import Made, Making, VoiceOnOffer
from sleepcalm.program import Program, UserError
from sleepcalm.window.background import Background
from sleepcalm.window.narrated_program import NarratedProgram
from sleepcalm.window.spoken_routines import SpokenRoutines
from sleepcalm.window.voice_making import VoiceMaking

if TYPE_CHECKING:
    from sleepcalm.audio.voices.progress import Outcome
    from sleepcalm.gui.voices.voices_dialog import VoicesDialog

Found = tuple[tuple[VoiceOnOffer, ...], tuple[str, ...]]


class WindowVoices(QObject):
    """One is made at a time (VoiceMaking), and taken up when the player stands still (NarratedProgram)."""

    found = Signal(tuple, tuple)
    making_changed = Signal()
    made = Signal(object)
    chosen_changed = Signal()
    remarked = Signal(str)
    _routine_ended = Signal(str)

    def __init__(
        self,
        program: Program,
        preferences: KeptPreferences,
        tab: RelaxTab,
        adopt: Callable[[Program], None],
    ) -> None:
        super().__init__()
        self._preferences = preferences
        self._tab = tab
        chosen = program.voice.name if program.voice else preferences.value.narrator
        self._closing = Event()
        self._background = Background()
        self._background.problem.connect(tab.told)
        self._making = VoiceMaking(self._closing)
        self._narrated = NarratedProgram(program, chosen, tab, self._background, adopt, closing=self._closing)
        self._spoken: SpokenRoutines | None = None
        self._to_be_heard = ""
        self._sample: Piece | None = None
        self._interlude = Interlude(tab.playback, lambda: self._sample, is_bare=True)
        self._making.changed.connect(self._note_making)
        self._narrated.remarked.connect(self.remarked)
        self._routine_ended.connect(self._note_routine, Qt.ConnectionType.QueuedConnection)

    @property
    def chosen(self) -> str:
        return self._narrated.chosen

    @property
    def making(self) -> Making | None:
        return self._making.making

    def open(self) -> VoicesDialog:
        """Show the small window."""
        from sleepcalm.gui.voices.voices_dialog import VoicesDialog  # noqa: PLC0415 - not at the start

        dialog = VoicesDialog(self, self._tab)
        dialog.open()
        return dialog

    def speak_own_routines(self) -> None:
        """From now on, have an engine speak a routine that is opened and that no voice has."""
        self._spoken = SpokenRoutines(self._making, self._narrated, self._tab)

    def close(self) -> None:
        """Stop what is being made, and wait until nothing is written any more."""
        self._closing.set()
        self._making.close()
        self._background.close()

    def look(self) -> None:
        program, chosen, closing = self._narrated.now, self.chosen, self._closing
        self._background.compute(
            lambda: _listed(program, chosen, closing), lambda found: self.found.emit(*found)
        )

    def choose(self, narrator: str) -> None:
        self._preferences.change(narrator=narrator)
        self._narrated.choose(narrator)
        self.chosen_changed.emit()
        if self._tab.playback.is_under_way:
            self.remarked.emit(self.tr("This takes effect from the next start on."))

    def make(self, narrator: str) -> None:
        first = tuple(sorted(self._tab.playback.routine.spoken_sentences()))
        work = self._make_all
        self._making.start(Making(narrator), lambda cancel: work(narrator, first, cancel), self._note_end)

    def stop(self) -> None:
        self._making.stop()

    def hear(self, voice: VoiceOnOffer) -> None:
        if self._tab.playback.routine.id == VOLUME_CHECK:
            self.remarked.emit(self.tr("One moment: a sentence is being heard already."))
        elif voice.clips:
            self._play_sentence(voice.narrator)
        elif self.making is None:
            text = loudest_sentence(self._tab.playback.routine)
            self._to_be_heard = voice.narrator
            making = Making(voice.narrator, wanted=1, is_of_routine=False)
            work = self._make_some
            self._making.start(making, lambda cancel: work(making, (text,), cancel), self._note_end)

    def _make_all(self, narrator: str, first: tuple[str, ...], cancel: Event) -> Outcome:
        """On the renderer's thread: the chosen routine, so that it can be spoken, and then all the others."""
        outcome = self._make_some(Making(narrator), first, cancel)
        if outcome.was_cancelled:
            return outcome
        self._routine_ended.emit(narrator)
        return self._make_some(Making(narrator, is_of_routine=False), None, cancel)

    def _make_some(self, making: Making, sentences: tuple[str, ...] | None, cancel: Event) -> Outcome:
        """On the renderer's thread: these sentences, or all."""
        name, is_of_routine, program = making.narrator, making.is_of_routine, self._narrated.now
        known = program.sentences()
        return program.voice_library().render(
            name,
            known if sentences is None else sentences,
            known=known,
            on_progress=lambda made: self._making.progress(
                Making(name, made.done, made.wanted, is_of_routine)
            ),
            cancel=cancel,
        )

    def _note_routine(self, narrator: str) -> None:
        """All sentences of the chosen routine were made, as far as they could be."""
        if self._closing.is_set():
            return
        self.look()
        if narrator == self.chosen:
            self._narrated.renew()

    def _note_making(self) -> None:
        self.making_changed.emit()
        if self.making is None:  # whatever was made, and be it one of the user's own routines
            self.look()

    def _note_end(self, making: Making, outcome: Outcome) -> None:
        narrator = making.narrator
        heard, self._to_be_heard = self._to_be_heard, ""
        if heard and outcome.is_complete and outcome.done:
            self.remarked.emit("")
            self._play_sentence(heard)
        else:
            self.made.emit(
                Made(narrator, outcome.done, outcome.wanted, outcome.problems, outcome.was_cancelled)
            )
        if narrator == self.chosen:
            self._narrated.renew()

    def _play_sentence(self, narrator: str) -> None:
        program = self._narrated.now
        self._background.compute(lambda: program.narrated_by(narrator)[0], self._play_narrated)

    def _play_narrated(self, program: Program) -> None:
        """Play a sentence that the program's voice has, of the chosen routine if there is one."""
        routine, voice = self._tab.playback.routine, program.voice
        clips = voice.clips if voice else {}
        wanted = (loudest_sentence(routine), *sorted(routine.spoken_sentences()), *sorted(clips))
        text = next((text for text in wanted if text in clips), None)
        if voice is None or text is None:
            self.remarked.emit(self.tr("No sentence of it is there yet."))
            return
        title = self.tr("A sentence of {voice}").format(voice=voice.name)
        self._sample = sentence_piece(text, title, self._preferences.value.choices_of, program.timeline)
        self._interlude.prepare()
        self._interlude.begin()


def _listed(program: Program, chosen: str, cancel: Event) -> Found:
    """The voices, the chosen one among them though it be not found. Starts commands of the system."""
    from sleepcalm.audio.voices.engine import RenderCancelledError  # noqa: PLC0415 - rarely

    try:
        sentences = program.sentences()
        listings, problems = program.voice_library().listings(sentences, cancel=cancel)
    except RenderCancelledError:
        return (), ()
    except (UserError, OSError) as error:
        return (), (str(error),)
    voices = [
        VoiceOnOffer(each.narrator, each.engine, each.language, each.clips, each.wanted) for each in listings
    ]
    if listings and chosen not in {voice.narrator for voice in voices}:
        missed = program.narrated_by(chosen)[0].voice
        clips = len(set(sentences) & missed.clips.keys()) if missed else 0
        engine, wanted = chosen.partition(":")[0], listings[0].wanted
        voices.append(VoiceOnOffer(chosen, engine, "", clips, wanted, is_found=False))
    return tuple(voices), problems
