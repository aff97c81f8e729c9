"""The engine that speaks the shipped voice; the other engines are the program's own."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from typing import ClassVar

from sleepcalm.audio.voices.engine import EngineVoice, VoiceError, find_command, run_command


class Festival:
    """festival; the same text gives the same samples every time."""

    name: ClassVar[str] = "festival"

    def voices(self, cancel: Event | None = None) -> tuple[EngineVoice, ...]:
        # An unknown voice makes text2wave fail with status 0; asked this way it is plain to see.
        known = run_command(["festival", "--batch", "(print (voice.list))"], "", cancel=cancel)
        return tuple(EngineVoice(name) for name in known.replace("(", " ").replace(")", " ").split())

    def check(self, voice: str, cancel: Event | None = None) -> None:
        find_command("text2wave", "install the Debian packages festival and festvox-us-slt-hts")
        if voice not in {known.name for known in self.voices(cancel)}:
            raise VoiceError(
                f"festival has no voice {voice}: install its Debian package "
                "(festvox-us-slt-hts for cmu_us_slt_arctic_hts)"
            )

    def speak(self, voice: str, sentence: str, wav: Path, cancel: Event) -> None:
        if not sentence.isascii():
            raise VoiceError(f"festival reads ASCII only: {sentence!r}")
        run_command(["text2wave", "-eval", f"(voice_{voice})", "-o", str(wav)], sentence, cancel=cancel)
