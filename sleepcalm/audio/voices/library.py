"""All voices of this machine: what there is, how much of it is rendered, and rendering the rest."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from sleepcalm.audio.narration import NarrationError, Voice, read_cached_voice, read_voice, voices
from sleepcalm.audio.narrator import RECORDINGS_KIND
from sleepcalm.audio.voices.clip_folder import ClipFolder
from sleepcalm.audio.voices.clip_names import folder_name, has_words
from sleepcalm.audio.voices.engine import SpeechEngine, VoiceError
from sleepcalm.audio.voices.linux_engines import EspeakNg, Piper
from sleepcalm.audio.voices.progress import Outcome, Progress
from sleepcalm.audio.voices.rendering import render_voice
from sleepcalm.audio.voices.sources import RecordedSource, SentenceSource, SpokenSource
from sleepcalm.audio.voices.system_engines import MacSay, WindowsSapi
from sleepcalm.relaxation.strict_values import shown


@dataclass(frozen=True, slots=True)
class VoiceFolders:
    """Where voices are: built-in ones, rendered clips, the user's recordings, piper's voice files, locks."""

    built_in: Path
    rendered: Path
    recordings: Path
    piper: Path
    locks: Path


@dataclass(frozen=True, slots=True)
class VoiceListing:
    """A voice that can be chosen: `narrator` is the preference's text.

    `clips` are those there now, of `wanted` sentences with words in them. Recordings may be fewer.
    """

    narrator: str
    engine: str
    language: str
    clips: int
    wanted: int


def installed_engines(folders: VoiceFolders) -> tuple[SpeechEngine, ...]:
    """The engines that the program knows; one that is not installed has no voices."""
    return (EspeakNg(), Piper([folders.piper]), MacSay(), WindowsSapi())


class VoiceLibrary:
    """Lists voices and renders them. Its methods may take a while, and may be called on any thread."""

    def __init__(
        self,
        folders: VoiceFolders,
        engines: Sequence[SpeechEngine],
        make_private_folder: Callable[[Path], None],
    ) -> None:
        self._folders = folders
        self._make_private_folder = make_private_folder
        self._engines = {engine.name: engine for engine in engines}

    def listings(
        self, sentences: Collection[str], *, all_languages: bool = False, cancel: Event | None = None
    ) -> tuple[tuple[VoiceListing, ...], tuple[str, ...]]:
        """The voices, built-in ones first, and a line for each engine that could not be asked.

        Of the engines' voices those that speak English, unless `all_languages` or clips are there.
        Raises RenderCancelledError once `cancel` is set.
        """
        wanted = frozenset(sentence for sentence in sentences if has_words(sentence))
        found = [self._listing(name, "built-in", "en", wanted) for name in voices(self._folders.built_in)]
        problems: list[str] = []
        for engine in self._engines.values():
            try:
                engine_voices = engine.voices(cancel)
            except VoiceError as error:
                told = str(error)
                problems.append(told if told.startswith(engine.name) else f"{engine.name}: {told}")
                continue
            for voice in engine_voices:
                listing = self._listing(f"{engine.name}:{voice.name}", engine.name, voice.language, wanted)
                if voice.speaks_english or all_languages or listing.clips:
                    found.append(listing)
        found += [
            self._listing(f"{RECORDINGS_KIND}:{name}", RECORDINGS_KIND, "", wanted)
            for name in self._recorded_names()
        ]
        return tuple(found), tuple(problems)

    def render(
        self,
        narrator: str,
        sentences: Iterable[str],
        *,
        known: Collection[str],
        on_progress: Callable[[Progress], None],
        cancel: Event,
    ) -> Outcome:
        """Render what the narrator lacks of `sentences`, in their order; clips of unknown ones go.

        Raises VoiceError when there is no such voice, OSError when its folder cannot be made.
        """
        source = self.source(narrator)
        path = self._folders.rendered / folder_name(narrator)
        for folder in (path, self._folders.locks):
            self._make_private_folder(folder)
        return render_voice(
            source,
            ClipFolder(path, source.header),
            tuple(dict.fromkeys(sentences)),
            keep=known,
            lock_file=self._folders.locks / f"{path.name}.lock",
            on_progress=on_progress,
            cancel=cancel,
        )

    def source(self, narrator: str) -> SentenceSource:
        """Where the narrator's clips come from. Raises VoiceError, for the built-in voices too."""
        if not _is_text(narrator):
            raise VoiceError(f"{shown(narrator)} is no name for a voice: some of it is no text")
        kind, _, name = narrator.partition(":")
        if kind in self._engines and name.strip():
            return SpokenSource(self._engines[kind], name)
        if kind == RECORDINGS_KIND:
            if name not in self._recorded_names():
                raise VoiceError(f"there is no folder {name!r} in {self._folders.recordings}")
            return RecordedSource(name, self._folders.recordings / name)
        if narrator in voices(self._folders.built_in):
            raise VoiceError(f"{narrator} comes with the program and has all its clips")
        kinds = ", ".join(f"{kind}:..." for kind in (*self._engines, RECORDINGS_KIND))
        raise VoiceError(f"there is no voice {narrator!r}; voices are named {kinds}")

    def _recorded_names(self) -> list[str]:
        if not self._folders.recordings.is_dir():
            return []
        folders = self._folders.recordings.iterdir()
        return sorted(path.name for path in folders if path.is_dir() and not path.name.startswith("."))

    def _listing(self, narrator: str, engine: str, language: str, wanted: frozenset[str]) -> VoiceListing:
        voice = self._voice(narrator)
        return VoiceListing(
            narrator, engine, language, len(wanted & voice.clips.keys()) if voice else 0, len(wanted)
        )

    def _voice(self, narrator: str) -> Voice | None:
        rendered = self._folders.rendered / folder_name(narrator)
        try:
            if ":" not in narrator:
                return read_voice(self._folders.built_in / narrator)
            return read_cached_voice(rendered, narrator) if rendered.is_dir() else None
        except NarrationError:
            return None  # nothing of it can be used; rendering mends it


def _is_text(name: str) -> bool:
    """Whether it can be kept in a file, and be told to a command."""
    try:
        return b"\0" not in name.encode()
    except UnicodeEncodeError:  # from a file name that is not UTF-8
        return False
