"""Voices that are nowhere: the port of the dialog, answered by the test."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from sleepcalm.gui.voices.ports import BUILT_IN, RECORDINGS, Making, VoiceOnOffer

SLT = VoiceOnOffer("slt", BUILT_IN, "en", 482, 482)
FRESH = VoiceOnOffer("espeak-ng:en-gb", "espeak-ng", "en-gb", 0, 482)
HALF = VoiceOnOffer("piper:en_GB-alba-medium", "piper", "en_GB", 120, 482)
WHOLE = VoiceOnOffer("say:Samantha", "say", "en_US", 482, 482)
OWN = VoiceOnOffer("folder:mine", RECORDINGS, "", 12, 482)
GONE = VoiceOnOffer("espeak-ng:en-us", "espeak-ng", "", 7, 482, is_found=False)
ALL = (SLT, FRESH, HALF, WHOLE, OWN, GONE)


class VoicesInMemory(QObject):
    """Remembers what it was asked for."""

    found = Signal(tuple, tuple)
    making_changed = Signal()
    made = Signal(object)
    chosen_changed = Signal()
    remarked = Signal(str)

    def __init__(self, chosen: str = "slt") -> None:
        super().__init__()
        self.chosen = chosen
        self.making: Making | None = None
        self.asked: list[tuple[str, str]] = []

    def look(self) -> None:
        self.asked.append(("look", ""))

    def choose(self, narrator: str) -> None:
        self.asked.append(("choose", narrator))
        self.chosen = narrator
        self.chosen_changed.emit()

    def make(self, narrator: str) -> None:
        self.asked.append(("make", narrator))
        self.go_on(Making(narrator))

    def stop(self) -> None:
        self.asked.append(("stop", ""))

    def hear(self, voice: VoiceOnOffer) -> None:
        self.asked.append(("hear", voice.narrator))

    def go_on(self, making: Making | None) -> None:
        self.making = making
        self.making_changed.emit()
