"""Who speaks a routine: the voice that was chosen, or the built-in one in its place.

Read before the window is painted, so it needs the standard library only.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from sleepcalm.audio.narration import NarrationError, Voice, read_cached_voice, read_voice
from sleepcalm.audio.voices.clip_names import folder_name, has_words
from sleepcalm.relaxation.clip import SAMPLE_RATE_HZ, Clip

BUILT_IN = "slt"
RECORDINGS_KIND = "folder"
ENGINE_KINDS = ("espeak-ng", "piper", "say", "sapi")
"""What stands before the colon in a narrator that an engine speaks, as in espeak-ng:en-gb."""

_BUILT_IN_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Narrator:
    """`chosen` is None while the built-in voice itself is chosen; `built_in` where it cannot be read.

    Recordings of the user's mix with the built-in voice, sentence by sentence. Two machine voices do not:
    such a voice speaks a routine once it has all its sentences, and until then the built-in one does.
    """

    built_in: Voice | None
    chosen: Voice | None = None
    mixes: bool = False

    @property
    def voice(self) -> Voice | None:
        """The voice that was chosen."""
        return self.chosen or self.built_in

    def clips_for(self, sentences: Collection[str]) -> Mapping[str, Clip]:
        """The clips that a routine with these sentences is spoken with."""
        built_in = self.built_in.clips if self.built_in else {}
        if self.chosen is None:
            return built_in
        if self.mixes:
            return {**built_in, **self.chosen.clips}
        return built_in if self.missing(sentences) else self.chosen.clips

    def missing(self, sentences: Collection[str]) -> int:
        """How many of the sentences the chosen voice still lacks to speak the routine; 0 if it may mix."""
        if self.chosen is None or self.mixes:
            return 0
        return sum(has_words(sentence) and sentence not in self.chosen.clips for sentence in sentences)

    def stand_in(self, sentences: Collection[str]) -> str:
        """Why the chosen voice does not speak a routine with these sentences, in a line; else nothing."""
        missing = self.missing(sentences)
        if not missing or self.chosen is None:
            return ""
        instead = f"{self.built_in.name} speaks it" if self.built_in else "the words are only shown"
        return (
            f"{self.chosen.name} lacks {missing} of the {len(sentences)} sentences of this routine, so "
            f"{instead}; to make them: sleepcalm voices render {self.chosen.name}"
        )


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
            return narrator, (f"There is no narrator {name!r}; {BUILT_IN} speaks.", *more)
        notices = (f"The narrator cannot be used, the words are only shown: {error}",)
    if is_built_in:
        return Narrator(built_in), notices
    if kind not in (*ENGINE_KINDS, RECORDINGS_KIND) or not voice_name.strip():
        return Narrator(built_in), (*notices, f"There is no narrator {name!r}; {BUILT_IN} speaks.")
    chosen = Voice(name, kind, "not rendered yet", SAMPLE_RATE_HZ, {})
    folder = cache / folder_name(name)
    try:
        if folder.is_dir():
            chosen = read_cached_voice(folder, name)
    except NarrationError as error:
        notices += (f"{name} has to be rendered anew, {BUILT_IN} speaks meanwhile: {error}",)
    return Narrator(built_in, chosen, mixes=kind == RECORDINGS_KIND), notices
