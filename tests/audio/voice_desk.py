"""A fake speech engine and a library on folders of a test's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

import numpy as np
import soundfile
from numpy.typing import NDArray

from sleepcalm.audio.narration import Voice, read_cached_voice
from sleepcalm.audio.voices.clip_names import folder_name
from sleepcalm.audio.voices.engine import EngineVoice, RenderCancelledError, SentenceError, VoiceError
from sleepcalm.audio.voices.library import VoiceFolders, VoiceLibrary
from sleepcalm.audio.voices.progress import Outcome, Progress
from sleepcalm.storage.atomic_file import make_private_folder

RATE_HZ = 16_000


def spoken(words: int, rate_hz: int = RATE_HZ, seed: int = 1) -> NDArray[np.float64]:
    """About as loud and uneven as speech: a third of a second of coloured noise for each word."""
    frames = round(words * 0.33 * rate_hz)
    noise = np.random.default_rng(seed).standard_normal(frames)
    spectrum = np.fft.rfft(noise)
    hz = np.fft.rfftfreq(frames, 1 / rate_hz)
    voice = np.fft.irfft(spectrum / (1 + (hz / 500) ** 2) * (hz > 100), frames)
    rhythm = np.abs(np.sin(2 * np.pi * 1.5 * np.arange(frames) / rate_hz))
    return 0.3 * voice * rhythm / np.abs(voice).max()


class FakeEngine:
    """Speaks noise, and remembers what it was asked; `before` is called with each sentence first."""

    name = "espeak-ng"

    def __init__(self, before: Callable[[str, Event], None] = lambda _sentence, _cancel: None) -> None:
        self.before = before
        self.asked: list[str] = []
        self.is_there = True

    def voices(self, _cancel: Event | None = None) -> tuple[EngineVoice, ...]:
        return (EngineVoice("en-test", "en-test"), EngineVoice("de", "de")) if self.is_there else ()

    def check(self, voice: str, _cancel: Event | None = None) -> None:
        if not self.is_there or voice not in ("en-test", "de"):
            raise VoiceError(f"there is no {voice} here")

    def speak(self, voice: str, sentence: str, wav: Path, cancel: Event) -> None:
        self.asked.append(sentence)
        self.before(sentence, cancel)
        if cancel.is_set():
            raise RenderCancelledError
        if "unspeakable" in sentence:
            raise SentenceError(f"the engine refuses {sentence!r}")
        try:
            soundfile.write(wav, spoken(len(sentence.split()), seed=len(sentence)), RATE_HZ, format="WAV")
        except soundfile.LibsndfileError as error:
            raise SentenceError(f"{voice}: exit status 1") from error


class Desk:
    """Folders, an engine, and the library on them."""

    narrator = "espeak-ng:en-test"

    def __init__(self, folder: Path, engine: FakeEngine) -> None:
        self.folder = folder
        self.engine = engine
        self.folders = VoiceFolders(
            folder / "audio", folder / "voices", folder / "recordings", folder / "piper", folder / "locks"
        )
        self.library = VoiceLibrary(self.folders, [engine], make_private_folder)
        self.progress: list[Progress] = []
        self.cancel = Event()

    def render(self, *sentences: str, narrator: str = narrator, known: tuple[str, ...] = ()) -> Outcome:
        return self.library.render(
            narrator,
            sentences,
            known={*sentences, *known},
            on_progress=self.progress.append,
            cancel=self.cancel,
        )

    def rendered(self, narrator: str = narrator) -> Path:
        return self.folders.rendered / folder_name(narrator)

    def voice(self, narrator: str = narrator) -> Voice:
        return read_cached_voice(self.rendered(narrator), narrator)
