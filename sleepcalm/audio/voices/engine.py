"""What a speech engine is to the program, and how a program of the system is run to speak."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Protocol

TIMEOUT_S = 60.0
"""So long a sentence may take on a slow machine. Who takes longer hangs."""

ANSWER_TIMEOUT_S = 20.0
"""The same for the list of an engine's voices, and for what shows that it works."""

_LOOK_EVERY_S = 0.05


class VoiceError(Exception):
    """A voice, an engine or a recording that cannot be used; the text is one line and says what helps."""


class SentenceError(VoiceError):
    """One sentence or recording that cannot be used; the others may well be."""


class RenderCancelledError(Exception):
    """Whoever asked for the sound does not want it any more."""


@dataclass(frozen=True, slots=True)
class EngineVoice:
    """A voice as an engine names it; `language` is a tag such as en-gb, empty where it is not known."""

    name: str
    language: str = ""

    @property
    def speaks_english(self) -> bool:
        """English is the language of the shipped routines; a voice of unknown language may speak it."""
        return not self.language or self.language.lower().replace("_", "-").split("-")[0] == "en"


class SpeechEngine(Protocol):
    """Speaks single sentences into WAV files, at the voice's natural speed."""

    @property
    def name(self) -> str: ...

    def voices(self, cancel: Event | None = None) -> tuple[EngineVoice, ...]:
        """The voices that are there now; none where the engine is not installed.

        Raises VoiceError, and RenderCancelledError once `cancel` is set.
        """

    def check(self, voice: str, cancel: Event | None = None) -> None:
        """Raise VoiceError, naming what to install, when the engine or the voice is missing, and
        RenderCancelledError once `cancel` is set."""

    def speak(self, voice: str, sentence: str, wav: Path, cancel: Event) -> None:
        """Write the sentence to `wav`. Raises VoiceError, and RenderCancelledError once `cancel` is set."""


def find_command(command: str, remedy: str) -> None:
    """Raise VoiceError with the remedy when there is no such command on the PATH."""
    if shutil.which(command) is None:
        raise VoiceError(f"{command} is not installed: {remedy}")


def run_command(
    command: Sequence[str],
    text: str,
    *,
    cancel: Event | None = None,
    timeout_s: float = TIMEOUT_S,
    environment: Mapping[str, str] | None = None,
) -> str:
    """What the command prints, fed with one line of text on its standard input.

    The command is started without a shell, and killed when `cancel` is set, when it takes too long, and
    when this thread is interrupted. Raises VoiceError, SentenceError where only this text may be the
    reason, and RenderCancelledError.
    """
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
            env=None if environment is None else {**os.environ, **environment},
            start_new_session=True,  # Ctrl-C is for us; the command is ended below
        )
    except OSError as error:
        raise VoiceError(f"{command[0]} cannot be started: {error.strerror}") from error
    try:
        out, err = _answer(process, f"{text}\n", cancel or Event(), time.monotonic() + timeout_s)
    except subprocess.TimeoutExpired as error:
        raise VoiceError(f"{command[0]} did not answer within {timeout_s:g} s") from error
    finally:
        _end(process)
    if process.returncode != 0:
        said = err.strip().splitlines() or [f"exit status {process.returncode}"]
        raise SentenceError(f"{command[0]}: {said[-1]}")
    return out


def _answer(process: subprocess.Popen[str], text: str, cancel: Event, deadline_s: float) -> tuple[str, str]:
    to_say: str | None = text
    while not cancel.is_set():
        try:
            return process.communicate(to_say, timeout=_LOOK_EVERY_S)
        except subprocess.TimeoutExpired:
            to_say = None  # it is on its way already
            if time.monotonic() >= deadline_s:
                raise
    raise RenderCancelledError


def _end(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        process.kill()
        process.wait()
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream is not None:
            with contextlib.suppress(OSError):  # what waits to be written to a dead process
                stream.close()
