"""Who speaks a routine: the voice that was chosen, or another one in its place.

Read before the window is painted, so it needs the standard library only.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sleepcalm.audio.narration import NarrationError, Voice, read_cached_voice, read_voice
from sleepcalm.audio.voices.clip_names import folder_name, has_words
from sleepcalm.foreign_files import read_regular_file
from sleepcalm.relaxation.clip import SAMPLE_RATE_HZ, Clip
from sleepcalm.relaxation.strict_values import shortened, shown

BUILT_IN = "slt"
RECORDINGS_KIND = "folder"
ENGINE_KINDS = ("piper", "espeak-ng", "say", "sapi")
"""What stands before the colon in a narrator that an engine speaks, as in espeak-ng:en-gb. The most natural
comes first: whoever put piper's voice files there wants to hear them."""

_BUILT_IN_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


FALLBACK_NAME = "fallback-voice.txt"
"""A file beside the rendered voices: the name of the one that is the fallback, so that nobody has to ask
the engines for it at the start."""

_MOST_NAME_BYTES = 500


@dataclass(frozen=True, slots=True)
class Narrator:
    """`chosen` is None while the built-in voice itself is chosen; `built_in` where it cannot be read.

    Recordings of the user's mix with the built-in voice, sentence by sentence. Two machine voices do not:
    such a voice speaks a routine once it has all its sentences, and until then the built-in one does.

    What neither of them has whole, as a routine of the user's own, is spoken by `fallback`, an engine's
    voice, once that has all its sentences; until then the words are shown. An engine's voice that was
    chosen needs no fallback: it is the one to speak such a routine.
    """

    built_in: Voice | None
    chosen: Voice | None = None
    mixes: bool = False
    fallback: Voice | None = None

    @property
    def voice(self) -> Voice | None:
        """The voice that was chosen."""
        return self.chosen or self.built_in

    @property
    def is_engines(self) -> bool:
        """Whether an engine's voice was chosen."""
        return self.chosen is not None and not self.mixes

    def clips_for(self, sentences: Collection[str]) -> Mapping[str, Clip]:
        """The clips that a routine with these sentences is spoken with."""
        clips = self._clips_without_fallback(sentences)
        if self.fallback is None or not lacking(clips, sentences) or lacking(self.fallback.clips, sentences):
            return clips
        if self.mixes and self.chosen is not None:
            return {**self.fallback.clips, **self.chosen.clips}
        return self.fallback.clips

    def _clips_without_fallback(self, sentences: Collection[str]) -> Mapping[str, Clip]:
        built_in = self.built_in.clips if self.built_in else {}
        if self.chosen is None:
            return built_in
        if self.mixes:
            return {**built_in, **self.chosen.clips}
        return built_in if self.missing(sentences) else self.chosen.clips

    def unspoken(self, sentences: Collection[str]) -> int:
        """How many sentences of a routine with these are only shown, though there is something to speak."""
        return lacking(self.clips_for(sentences), sentences)

    def missing(self, sentences: Collection[str]) -> int:
        """How many of the sentences the chosen voice still lacks to speak the routine; 0 if it may mix."""
        if self.chosen is None or self.mixes:
            return 0
        return lacking(self.chosen.clips, sentences)

    def left_to_built_in(self, sentences: Collection[str]) -> int:
        """How many the chosen voice lacks, where the built-in one speaks the routine instead; else 0."""
        return 0 if self.unspoken(sentences) else self.missing(sentences)

    def stand_in(self, sentences: Collection[str]) -> str:
        """Why the built-in voice speaks a routine with these sentences, in a line; nothing where it was
        chosen, or does not."""
        missing = self.left_to_built_in(sentences)
        if not missing or self.chosen is None or self.built_in is None:
            return ""
        return (
            f"{self.chosen.name} lacks {missing} of the {len(sentences)} sentences of this routine, so "
            f"{self.built_in.name} speaks it; to make them: sleepcalm voices render {self.chosen.name}"
        )


def lacking(clips: Container[str], sentences: Collection[str]) -> int:
    """How many of the sentences have words in them and no clip."""
    return sum(has_words(sentence) and sentence not in clips for sentence in sentences)


def with_fallback(narrator: Narrator, cache: Path) -> Narrator:
    """The narrator with the voice that was found to be the fallback, as far as it is rendered."""
    name = "" if narrator.is_engines else remembered_fallback(cache)
    if not name:
        return narrator
    try:
        return replace(narrator, fallback=read_cached_voice(cache / folder_name(name), name))
    except NarrationError:
        return narrator  # it has no clip that can be used, and is rendered anew when it is to speak


def remembered_fallback(cache: Path) -> str:
    """The name of the voice that was found to be the fallback, or nothing."""
    try:
        name = read_regular_file(cache / FALLBACK_NAME, _MOST_NAME_BYTES).decode().strip()
    except (OSError, UnicodeDecodeError):
        return ""  # then it is found anew
    kind, _, voice = name.partition(":")
    return name if kind in ENGINE_KINDS and voice.strip() and name.isprintable() else ""


def read_narrator(name: str, audio_folder: Path, cache: Path) -> tuple[Narrator, tuple[str, ...]]:
    """The narrator of that name, and a line for each reason why it is not quite the one.

    `audio_folder` holds the built-in voices, `cache` those that were rendered on this machine.
    """
    notices: tuple[str, ...] = ()
    built_in = None
    kind, colon, voice_name = name.partition(":")
    is_built_in = not colon and _BUILT_IN_NAME.fullmatch(name) is not None
    try:
        built_in = read_voice(audio_folder / (name if is_built_in else BUILT_IN))
    except NarrationError as error:
        if is_built_in and name != BUILT_IN:
            narrator, more = read_narrator(BUILT_IN, audio_folder, cache)
            return narrator, (f"There is no narrator {shown(name)}; {BUILT_IN} speaks.", *more)
        notices = (f"The narrator cannot be used, the words are only shown: {error}",)
    if is_built_in:
        return Narrator(built_in), notices
    if kind not in (*ENGINE_KINDS, RECORDINGS_KIND) or not voice_name.strip():
        return Narrator(built_in), (*notices, f"There is no narrator {shown(name)}; {BUILT_IN} speaks.")
    chosen = Voice(name, kind, "not rendered yet", SAMPLE_RATE_HZ, {})
    folder = cache / folder_name(name)
    try:
        if folder.is_dir():
            chosen = read_cached_voice(folder, name)
    except NarrationError as error:
        notices += (f"{shortened(name)} has to be rendered anew, {BUILT_IN} speaks meanwhile: {error}",)
    return Narrator(built_in, chosen, mixes=kind == RECORDINGS_KIND), notices
