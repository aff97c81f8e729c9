"""The voices of this machine as the window has them: listed, heard, made and chosen.

Imported when the user asks for them. What starts commands or writes files does so on other threads.
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
from sleepcalm.gui.voices.voices_dialog import VoicesDialog
from sleepcalm.program import Program, UserError
from sleepcalm.window.background import Background

if TYPE_CHECKING:
    # These bring the sound's libraries, which the listing imports on its thread.
    from sleepcalm.audio.voices.rendering import BackgroundRenderer, Outcome

Found = tuple[tuple[VoiceOnOffer, ...], tuple[str, ...]]


class WindowVoices(QObject):
    """A voice never changes in the midst of what is heard: `adopt` gets the program with the new one when
    the player stands still.
    """

    found = Signal(tuple, tuple)
    making_changed = Signal()
    made = Signal(object)
    chosen_changed = Signal()
    remarked = Signal(str)
    _progressed = Signal(object)
    _routine_ended = Signal(str)
    _ended = Signal(object)

    def __init__(
        self,
        program: Program,
        preferences: KeptPreferences,
        tab: RelaxTab,
        adopt: Callable[[Program], None],
    ) -> None:
        super().__init__()
        self._program = program
        self._preferences = preferences
        self._tab = tab
        self._adopt = adopt
        self._waiting: Program | None = None
        self._is_closed = False
        self._chosen = program.voice.name if program.voice else preferences.value.narrator
        self._making: Making | None = None
        self._to_be_heard = ""
        self._sample: Piece | None = None
        self._background = Background()
        self._renderer: BackgroundRenderer | None = None
        self._interlude = Interlude(tab.playback, lambda: self._sample, is_bare=True)
        self._progressed.connect(self._note_progress, Qt.ConnectionType.QueuedConnection)
        self._routine_ended.connect(self._note_routine, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._note_end, Qt.ConnectionType.QueuedConnection)
        tab.playback.moved.connect(self._take_up)
        tab.playback.timeline_changed.connect(self._take_up)

    @property
    def chosen(self) -> str:
        return self._chosen

    @property
    def making(self) -> Making | None:
        return self._making

    def open(self) -> VoicesDialog:
        """Show the small window."""
        dialog = VoicesDialog(self, self._tab)
        dialog.open()
        return dialog

    def close(self) -> None:
        """Stop what is being made, and wait until nothing is written any more."""
        self._is_closed = True
        if self._renderer is not None:
            self._renderer.close()
        self._background.close()

    def look(self) -> None:
        program, chosen = self._program, self._chosen
        self._background.compute(lambda: _listed(program, chosen), lambda found: self.found.emit(*found))

    def choose(self, narrator: str) -> None:
        self._chosen = narrator
        self._preferences.change(narrator=narrator)
        self.chosen_changed.emit()
        if self._tab.playback.is_under_way:
            self.remarked.emit(self.tr("This takes effect from the next start on."))
        self._renew()

    def make(self, narrator: str) -> None:
        first = tuple(sorted(self._tab.playback.routine.spoken_sentences()))
        self._start(Making(narrator), lambda cancel: self._make_all(narrator, first, cancel))

    def stop(self) -> None:
        if self._renderer is not None:
            self._renderer.cancel()

    def hear(self, voice: VoiceOnOffer) -> None:
        if self._tab.playback.routine.id == VOLUME_CHECK:
            self.remarked.emit(self.tr("One moment: a sentence is being heard already."))
        elif voice.clips:
            self._play_sentence(voice.narrator)
        elif self._making is None:
            text = loudest_sentence(self._tab.playback.routine)
            narrator = self._to_be_heard = voice.narrator
            making = Making(narrator, wanted=1, is_of_routine=False)
            self._start(making, lambda cancel: self._make_some(making, (text,), cancel))

    def _start(self, making: Making, work: Callable[[Event], Outcome]) -> None:
        from sleepcalm.audio.voices.rendering import BackgroundRenderer  # noqa: PLC0415 - is imported by now

        if self._making is not None:
            return
        if self._renderer is None:
            self._renderer = BackgroundRenderer(lambda _progress: None, self._ended.emit)
        self._making = making
        self.making_changed.emit()
        self._renderer.start(lambda _on_progress, cancel: work(cancel))

    def _make_all(self, narrator: str, first: tuple[str, ...], cancel: Event) -> Outcome:
        """On the renderer's thread: the chosen routine, so that it can be spoken, and then all the others."""
        outcome = self._make_some(Making(narrator), first, cancel)
        if outcome.was_cancelled:
            return outcome
        self._routine_ended.emit(narrator)
        return self._make_some(Making(narrator, is_of_routine=False), None, cancel)

    def _make_some(self, making: Making, sentences: tuple[str, ...] | None, cancel: Event) -> Outcome:
        """On the renderer's thread: these sentences, or all."""
        from sleepcalm.audio.voices.engine import VoiceError  # noqa: PLC0415 - see above
        from sleepcalm.audio.voices.rendering import Outcome  # noqa: PLC0415

        name, is_of_routine = making.narrator, making.is_of_routine
        try:
            known = self._program.sentences()
            return self._program.voice_library().render(
                name,
                known if sentences is None else sentences,
                known=known,
                on_progress=lambda made: self._progressed.emit(
                    Making(name, made.done, made.wanted, is_of_routine)
                ),
                cancel=cancel,
            )
        except (VoiceError, UserError, OSError) as error:
            return Outcome(0, 0, problems=(str(error),))

    def _note_progress(self, making: Making) -> None:
        if self._making is not None:
            self._making = making
            self.making_changed.emit()

    def _note_routine(self, narrator: str) -> None:
        """All sentences of the chosen routine were made, as far as they could be."""
        if self._is_closed:
            return
        self.look()
        if narrator == self._chosen:
            self._renew()

    def _note_end(self, outcome: Outcome) -> None:
        if self._is_closed:  # the word of the end was on its way
            return
        making, self._making = self._making, None
        narrator = making.narrator if making else ""
        heard, self._to_be_heard = self._to_be_heard, ""
        self.making_changed.emit()
        if heard and outcome.is_complete and outcome.done:
            self.remarked.emit("")
            self._play_sentence(heard)
        else:
            self.made.emit(
                Made(narrator, outcome.done, outcome.wanted, outcome.problems, outcome.was_cancelled)
            )
        self.look()
        if narrator == self._chosen:
            self._renew()

    def _renew(self) -> None:
        """Read the chosen voice's clips as they are now."""
        program, chosen = self._program, self._chosen
        self._background.compute(lambda: program.narrated_by(chosen), self._note_renewed)

    def _note_renewed(self, renewed: tuple[Program, tuple[str, ...]]) -> None:
        self._waiting, notices = renewed
        if notices:
            self.remarked.emit(" ".join(notices))
        self._take_up()

    def _take_up(self) -> None:
        program = self._waiting
        if program is None or self._tab.playback.is_under_way or self._tab.is_aside:
            return
        self._waiting, self._program = None, program
        self._adopt(program)

    def _play_sentence(self, narrator: str) -> None:
        program = self._program
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


def _listed(program: Program, chosen: str) -> Found:
    """The voices, the chosen one among them though it be not found. Starts commands of the system."""
    try:
        sentences = program.sentences()
        listings, problems = program.voice_library().listings(sentences)
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
