"""Where the sound of a sentence comes from: an engine speaks it, or the user has recorded it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Protocol

from sleepcalm.audio.narrator import RECORDINGS_KIND
from sleepcalm.audio.voices.clip_folder import ClipEntry, ClipFolder, VoiceHeader
from sleepcalm.audio.voices.clip_maker import make_clip, speak_clip
from sleepcalm.audio.voices.clip_names import has_words
from sleepcalm.audio.voices.engine import SentenceError, SpeechEngine
from sleepcalm.audio.voices.recording_reader import read_recording, speech_floor_dbfs
from sleepcalm.audio.voices.recordings import find_recordings, fingerprint
from sleepcalm.foreign_files import printable

LICENCE = "made on this machine for its user; the terms of the voice are its maker's"


@dataclass(frozen=True, slots=True)
class Plan:
    """The sentences that can be made, in the order in which to make them.

    `fingerprints` tell from what, where that can change; `problems` what cannot be made, a line each.
    """

    sentences: tuple[str, ...]
    fingerprints: Mapping[str, str]
    problems: tuple[str, ...] = ()


class SentenceSource(Protocol):
    """A voice as far as its clips have to be made."""

    @property
    def header(self) -> VoiceHeader: ...

    def plan(self, sentences: Sequence[str], known: Collection[str]) -> Plan:
        """What of the sentences can be made; `known` are all that there are. Raises VoiceError."""

    def check(self, cancel: Event | None = None) -> None:
        """Raise VoiceError when nothing can be made, and RenderCancelledError once `cancel` is set."""

    def make(self, sentence: str, folder: ClipFolder, cancel: Event) -> ClipEntry:
        """Make the clip of a planned sentence. Raises VoiceError, RenderCancelledError and OSError."""


class SpokenSource:
    """Sentences spoken by one voice of an engine."""

    def __init__(self, engine: SpeechEngine, voice: str) -> None:
        self._engine = engine
        self._voice = voice

    @property
    def header(self) -> VoiceHeader:
        narrator = f"{self._engine.name}:{self._voice}"
        return VoiceHeader(narrator, self._engine.name, self._voice, LICENCE)

    def plan(self, sentences: Sequence[str], known: Collection[str]) -> Plan:  # noqa: ARG002
        return Plan(tuple(sentence for sentence in sentences if has_words(sentence)), {})

    def check(self, cancel: Event | None = None) -> None:
        self._engine.check(self._voice, cancel)

    def make(self, sentence: str, folder: ClipFolder, cancel: Event) -> ClipEntry:
        return speak_clip(self._engine, self._voice, sentence, folder, cancel)


class RecordedSource:
    """Sentences that the user has recorded in a folder."""

    def __init__(self, name: str, recordings: Path) -> None:
        self._name = name
        self._recordings = recordings
        self._files: Mapping[str, Path] = {}

    @property
    def header(self) -> VoiceHeader:
        return VoiceHeader(f"{RECORDINGS_KIND}:{self._name}", RECORDINGS_KIND, self._name, LICENCE)

    def plan(self, sentences: Sequence[str], known: Collection[str]) -> Plan:
        found = find_recordings(self._recordings, known)
        problems = list(found.problems)
        fingerprints: dict[str, str] = {}
        for sentence in sentences:
            if sentence in found.files:
                path = found.files[sentence]
                try:
                    fingerprints[sentence] = fingerprint(path)
                except OSError as error:
                    problems.append(f"{printable(path.name)}: cannot be read: {error.strerror}")
        self._files = found.files
        return Plan(tuple(fingerprints), fingerprints, tuple(problems))

    def check(self, cancel: Event | None = None) -> None:
        """Each recording is for itself."""

    def make(self, sentence: str, folder: ClipFolder, cancel: Event) -> ClipEntry:
        path = self._files[sentence]
        sound = read_recording(path, cancel)
        try:
            return make_clip(sound, sentence, folder, speech_floor_dbfs(sound))
        except SentenceError as error:
            raise SentenceError(f"{printable(path.name)}: {error}") from error
