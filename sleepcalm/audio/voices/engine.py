"""What a speech engine is to the program, and how a program of the system is run to speak."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Protocol

from sleepcalm.audio.voices.process_streams import Answer, tell

TIMEOUT_S = 60.0
"""So long a sentence may take on a slow machine. Who takes longer hangs."""

ANSWER_TIMEOUT_S = 20.0
"""The same for the list of an engine's voices, and for what shows that it works."""

MOST_ANSWER_BYTES = 1 << 20
"""Ten times the longest list of voices. Who says more is out of order."""

_LONGEST_COMPLAINT = 200
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
        return not self.language or is_english(self.language)


def language_tag(language: str) -> str:
    """A language as engines write it, such as en_GB, in one way of writing: en-gb."""
    return language.lower().replace("_", "-")


def is_english(language: str) -> bool:
    """Whether it is known to be English, of whatever kind; an empty language is not known."""
    return language_tag(language).split("-")[0] == "en"


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

    The command is started without a shell, and killed with all that it started when `cancel` is set, when it
    takes too long or says too much, and when this thread is interrupted. Raises VoiceError, SentenceError
    where only this text may be the reason, and RenderCancelledError.
    """
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            env=None if environment is None else {**os.environ, **environment},
            start_new_session=True,  # Ctrl-C is for us; the command is ended below
        )
    except OSError as error:
        raise VoiceError(f"{command[0]} cannot be started: {error.strerror}") from error
    assert process.stdin and process.stdout and process.stderr  # noqa: S101, PT018 - for the type checker
    out, err = (Answer(stream, MOST_ANSWER_BYTES) for stream in (process.stdout, process.stderr))
    try:
        tell(process.stdin, f"{text}\n".encode())
        _wait(process, command[0], (out, err), cancel or Event(), timeout_s)
    except BaseException:
        _end(process)
        raise
    if process.returncode != 0:
        said = err.text.strip().splitlines() or [f"exit status {process.returncode}"]
        raise SentenceError(f"{command[0]}: {said[-1][:_LONGEST_COMPLAINT]}")
    return out.text


def _wait(
    process: subprocess.Popen[bytes], name: str, answers: Sequence[Answer], cancel: Event, timeout_s: float
) -> None:
    deadline_s = time.monotonic() + timeout_s
    is_over = False
    while not is_over:
        is_over = all(answer.is_complete(_LOOK_EVERY_S) for answer in answers) and _has_ended(process)
        if cancel.is_set():
            raise RenderCancelledError
        if any(answer.is_too_much for answer in answers):
            raise VoiceError(f"{name} talks without end")
        if not is_over and time.monotonic() >= deadline_s:
            raise VoiceError(f"{name} did not answer within {timeout_s:g} s")


def _has_ended(process: subprocess.Popen[bytes]) -> bool:
    with suppress(subprocess.TimeoutExpired):
        process.wait(_LOOK_EVERY_S)
    return process.returncode is not None


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill it, and what it has left running."""
    if sys.platform == "win32":
        process.kill()
    else:
        with suppress(ProcessLookupError):  # all of them have ended by themselves
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
