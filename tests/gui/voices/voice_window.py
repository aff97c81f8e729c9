"""A Relax tab and the voices of a machine whose one engine is the test's."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import numpy as np
import soundfile
from fake_sound import FakeSound
from pytestqt.qtbot import QtBot
from relax_window import EVIDENCE, Opened

from sleepcalm.audio.voices.engine import EngineVoice, RenderCancelledError, VoiceError
from sleepcalm.gui.kept_preferences import KeptPreferences
from sleepcalm.gui.main_window import MainWindow
from sleepcalm.gui.relax.relax_tab import RelaxTab
from sleepcalm.program import Program, load_program
from sleepcalm.relaxation.catalogue import Catalogue
from sleepcalm.relaxation.routine import Kind, Phase, Routine, Sentence, Step
from sleepcalm.relaxation.timeline import Choices, Timeline
from sleepcalm.window.voices import WindowVoices

VOICE = "espeak-ng:en-test"
SHORT = ("Let your hands rest.", "Nothing has to be done now.")
LONG = (*SHORT, "Breathe as it comes.", "Let it be night.")


def routine(name: str, sentences: tuple[str, ...]) -> Routine:
    steps = (Step("Rest", Phase.SETTLE, tuple(Sentence(text, 1.0) for text in sentences)),)
    return Routine(name, name, Kind.REST, name, (), (), steps)


CATALOGUE = Catalogue({"short": routine("short", SHORT), "long": routine("long", LONG)}, ())

RATE_HZ = 16_000


class SlowEngine:
    """Speaks noise; from the sentence on that `holds_at` numbers, each waits until `may_go_on`."""

    name = "espeak-ng"

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.may_go_on = Event()
        self.may_list = Event()
        self.may_list.set()
        self.holds_at = 1_000_000
        self.is_there = True

    def voices(self, cancel: Event | None = None) -> tuple[EngineVoice, ...]:
        while not self.may_list.wait(0.01):
            if cancel is not None and cancel.is_set():
                raise RenderCancelledError
        return (EngineVoice("en-test", "en-test"),) if self.is_there else ()

    def check(self, _voice: str, _cancel: Event | None = None) -> None:
        if not self.is_there:
            raise VoiceError("espeak-ng is not installed: on Debian, apt-get install espeak-ng")

    def speak(self, _voice: str, sentence: str, wav: Path, cancel: Event) -> None:
        self.asked.append(sentence)
        while len(self.asked) > self.holds_at and not self.may_go_on.wait(0.01):
            if cancel.is_set():
                raise RenderCancelledError
        noise = np.random.default_rng(len(sentence)).standard_normal(RATE_HZ)
        soundfile.write(wav, 0.1 * noise, RATE_HZ, format="WAV")


@dataclass
class VoiceWindow:
    """The window's voices, what the program was replaced with, and what was said."""

    opened: Opened
    voices: WindowVoices
    preferences: KeptPreferences
    adopted: list[Program] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    made: list[object] = field(default_factory=list)
    found: list[tuple] = field(default_factory=list)


def build(qtbot: QtBot, folder: Path, narrator: str) -> VoiceWindow:
    (folder / "preferences").mkdir(exist_ok=True)
    program = replace(load_program(folder, datetime(2026, 1, 5, tzinfo=UTC)), catalogue=CATALOGUE, demo=True)
    program = program.narrated_by(narrator)[0]
    programs = [program]
    preferences = KeptPreferences(replace(program.preferences, routine="short", narrator=narrator), _ignore)
    sound = FakeSound()

    def timeline(routine: Routine, choices: Choices) -> Timeline:
        return programs[-1].timeline(routine, choices)

    tab = RelaxTab(
        CATALOGUE,
        timeline,
        preferences,
        sound,
        EVIDENCE,
    )
    tab.lacking = lambda routine: programs[-1].narrator.missing(routine.spoken_sentences())
    main_window = MainWindow([("&Relax", tab)], "SleepCalm")
    main_window.resize(1040, 700)
    qtbot.addWidget(main_window)
    with qtbot.waitExposed(main_window):
        main_window.show()
    tab.prepare()

    def adopt(program: Program) -> None:
        programs.append(program)
        tab.renew()

    voices = WindowVoices(program, preferences, tab, adopt)
    window = VoiceWindow(Opened(main_window, tab, sound), voices, preferences, programs)
    voices.remarked.connect(window.remarks.append)
    voices.made.connect(window.made.append)
    voices.found.connect(lambda *found: window.found.append(found))
    return window


def _ignore(_preferences: object) -> None:
    """What is saved is not looked at here."""


def clips_of(window: VoiceWindow) -> set[str]:
    """The folders of the clips that the player was given last."""
    cues = window.opened.sound.transport.timeline.cues
    return {str(Path(cue.clip.path).parent.name) for cue in cues if cue.clip}
