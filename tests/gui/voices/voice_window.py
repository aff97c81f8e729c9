"""A Relax tab and the voices of a machine whose one engine is the test's."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import numpy as np
import soundfile
from relax_window import Opened

from sleepcalm.audio.voices.engine import EngineVoice, RenderCancelledError, VoiceError
from sleepcalm.gui.kept_preferences import KeptPreferences
from sleepcalm.program import Program
from sleepcalm.window.voices import WindowVoices

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
