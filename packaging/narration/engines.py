"""Speech engines: each speaks one sentence into a WAV file, through its own command."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Protocol

TIMEOUT_S = 120.0


class EngineError(Exception):
    """An engine that is not there or did not speak; the text is one line and says what helps."""


class Engine(Protocol):
    """A speech engine with one of its voices."""

    @property
    def name(self) -> str: ...

    @property
    def voice(self) -> str: ...

    def check(self) -> None:
        """Raise EngineError, naming what to install, when the engine or its voice is missing."""

    def speak(self, sentence: str, wav: Path) -> None:
        """Write the sentence to `wav`, at the voice's natural speed. Raises EngineError."""


@dataclass(frozen=True, slots=True)
class Festival:
    """festival; the same text gives the same samples every time."""

    voice: str = "cmu_us_slt_arctic_hts"
    name: ClassVar[str] = "festival"

    def check(self) -> None:
        _find("text2wave", "install the Debian packages festival and festvox-us-slt-hts")
        # An unknown voice makes text2wave fail with status 0; asked this way it is plain to see.
        known = _run(["festival", "--batch", "(print (voice.list))"], "")
        if self.voice not in known.replace("(", " ").replace(")", " ").split():
            raise EngineError(
                f"festival has no voice {self.voice}: install its Debian package "
                "(festvox-us-slt-hts for cmu_us_slt_arctic_hts)"
            )

    def speak(self, sentence: str, wav: Path) -> None:
        if not sentence.isascii():
            raise EngineError(f"festival reads ASCII only: {sentence!r}")
        _run(["text2wave", "-eval", f"(voice_{self.voice})", "-o", str(wav)], sentence)


@dataclass(frozen=True, slots=True)
class EspeakNg:
    """espeak-ng; small, many languages, and plainly a machine."""

    voice: str = "en-us"
    name: ClassVar[str] = "espeak-ng"

    def check(self) -> None:
        _find("espeak-ng", "install the Debian package espeak-ng")
        _run(["espeak-ng", "-q", "-v", self.voice], "one")

    def speak(self, sentence: str, wav: Path) -> None:
        _run(["espeak-ng", "-v", self.voice, "-w", str(wav)], sentence)


@dataclass(frozen=True, slots=True)
class Piper:
    """piper with a voice file of the user's; every rendering differs a little."""

    model: Path
    name: ClassVar[str] = "piper"

    @property
    def voice(self) -> str:
        return self.model.stem

    def check(self) -> None:
        _find("piper", "Debian has no package of it; see docs/narration.md")
        for file in (self.model, self.model.with_name(self.model.name + ".json")):
            if not file.is_file():
                raise EngineError(f"piper needs the voice file {file}, which is not there")

    def speak(self, sentence: str, wav: Path) -> None:
        _run(["piper", "-m", str(self.model), "-f", str(wav)], sentence)


def _find(command: str, remedy: str) -> None:
    if shutil.which(command) is None:
        raise EngineError(f"{command} is not installed: {remedy}")


def _run(command: Sequence[str], text: str) -> str:
    """What the command prints, fed with one line of text."""
    try:
        done = subprocess.run(
            command,
            input=f"{text}\n",
            capture_output=True,
            check=True,
            encoding="utf-8",
            errors="replace",
            timeout=TIMEOUT_S,
        )
    except FileNotFoundError as error:
        raise EngineError(f"{command[0]} is not installed") from error
    except subprocess.TimeoutExpired as error:
        raise EngineError(f"{command[0]} did not answer within {TIMEOUT_S:g} s") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.strip().splitlines() or [f"exit status {error.returncode}"]
        raise EngineError(f"{command[0]}: {said[-1]}") from error
    return done.stdout
