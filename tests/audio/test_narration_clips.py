"""The clips that come with the program, measured anew and by other means than the tool that made them."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray
from scipy.fft import next_fast_len
from scipy.signal import lfilter

from sleepcalm.audio.narration import Voice, read_voice, voices
from sleepcalm.relaxation.catalogue import read_catalogue

ROOT = Path(__file__).resolve().parents[2]
ASSETS = ROOT / "assets"
RATE_HZ = 48_000

CODEC_PEAK_ALLOWANCE_DB = 0.1
EDGE_MS = 5
LOUDEST_EDGE_DBFS = -60.0

pytestmark = pytest.mark.parametrize("name", voices(ASSETS / "audio"))


@dataclass(frozen=True)
class Measured:
    sentence: str
    path: Path
    listed_frames: int
    samples: NDArray[np.float64]
    channels: int
    rate_hz: int


def voice_of(name: str) -> Voice:
    return read_voice(ASSETS / "audio" / name)


@cache
def clips_of(name: str) -> tuple[Measured, ...]:
    measured = []
    for sentence, clip in voice_of(name).clips.items():
        samples, rate_hz = soundfile.read(ASSETS / clip.path, always_2d=True)
        measured.append(
            Measured(sentence, ASSETS / clip.path, clip.frames, samples[:, 0], samples.shape[1], rate_hz)
        )
    return tuple(measured)


def sentences_of_all_routines() -> set[str]:
    catalogue = read_catalogue([ASSETS / "scripts"])
    assert not catalogue.errors
    return set().union(*(routine.spoken_sentences() for routine in catalogue.routines.values()))


def level_dbfs(samples: NDArray[np.float64]) -> float:
    return float(10 * np.log10(np.mean(samples**2) + 1e-12))


def bs1770_lufs(samples: NDArray[np.float64]) -> float:
    """ITU-R BS.1770-4 with the filter coefficients printed there for 48 kHz.

    A short clip is repeated first, so that it fills enough blocks whatever its length.
    """
    shelf = (
        [1.53512485958697, -2.69169618940638, 1.19839281085285],
        [1, -1.69065929318241, 0.73248077421585],
    )
    high_pass = ([1.0, -2.0, 1.0], [1, -1.99004745483398, 0.99007225036621])
    long_enough = (
        np.tile(samples, max(1, -(-4 * RATE_HZ // len(samples)))) if len(samples) < RATE_HZ else samples
    )
    weighted = lfilter(*high_pass, lfilter(*shelf, long_enough))
    blocks = np.lib.stride_tricks.sliding_window_view(weighted, RATE_HZ * 2 // 5)[:: RATE_HZ // 10]
    powers = np.mean(blocks**2, axis=1)
    heard = powers[-0.691 + 10 * np.log10(powers + 1e-12) > -70]
    gate = heard.mean() / 10
    return float(-0.691 + 10 * np.log10(heard[heard > gate].mean()))


def true_peak_dbtp(samples: NDArray[np.float64]) -> float:
    """Four times oversampled by padding the spectrum with zeros."""
    length = next_fast_len(len(samples) + 128, real=True)
    finer = np.fft.irfft(np.fft.rfft(samples, length), 4 * length) * 4
    return float(20 * np.log10(np.abs(finer).max()))


def syllables(sentence: str) -> int:
    """About how many syllables an English sentence has: groups of vowels, less most silent e's."""
    count = 0
    for word in re.findall(r"[a-z']+", sentence.lower()):
        groups = len(re.findall(r"[aeiouy]+", word))
        silent = bool(re.search(r"[^aeiouyl]e$|[^aeiouytd]ed$|[^aeiouyscxzhg]es$", word)) and groups > 1
        count += max(1, groups - silent)
    return count


def test_every_sentence_has_a_clip_and_every_clip_a_sentence(name: str) -> None:
    listed = set(voice_of(name).clips)
    assert listed == sentences_of_all_routines()


def test_the_folder_holds_the_clips_their_manifest_and_licence_and_nothing_else(name: str) -> None:
    folder = ASSETS / "audio" / name
    expected = {ASSETS / clip.path for clip in voice_of(name).clips.values()}
    assert set(folder.iterdir()) == expected | {folder / "manifest.json", folder / "LICENSE"}


def test_a_clip_is_named_by_its_sentence_and_a_hash_of_it(name: str) -> None:
    for clip in clips_of(name):
        digest = hashlib.sha256(clip.sentence.encode()).hexdigest()[:8]
        slug, _, tail = clip.path.stem.rpartition("-")
        assert tail == digest
        assert slug
        assert re.sub("[^a-z0-9]+", "-", clip.sentence.lower()).startswith(slug)


def test_the_terms_of_the_voice_are_there(name: str) -> None:
    assert voice_of(name).licence
    text = (ASSETS / "audio" / name / "LICENSE").read_text(encoding="utf-8")
    assert "Permission is hereby granted" in text
    assert "Carnegie Mellon" in text


def test_clips_decode_to_the_frames_the_manifest_says(name: str) -> None:
    for clip in clips_of(name):
        assert (len(clip.samples), clip.channels, clip.rate_hz) == (clip.listed_frames, 1, RATE_HZ), (
            clip.path.name
        )


def test_clips_have_one_loudness(name: str) -> None:
    """R128 has too few blocks for a single word: it may come out softer there, but never louder."""
    wrong = {}
    for clip in clips_of(name):
        too_soft = 2.5 if len(clip.samples) < RATE_HZ else 0.7
        if not -too_soft <= (off := bs1770_lufs(clip.samples) + 23) <= 0.7:
            wrong[clip.path.name] = off
    assert not wrong


def test_no_true_peak_passes_the_limit(name: str) -> None:
    limit = -3.0 + CODEC_PEAK_ALLOWANCE_DB
    wrong = {c.path.name: v for c in clips_of(name) if (v := true_peak_dbtp(c.samples)) > limit}
    assert not wrong


def test_speech_fills_the_spectrum_that_makes_it_clear(name: str) -> None:
    """A voice sent through a telephone, a hum or a hiss would pass a test of loudness alone."""
    for clip in clips_of(name):
        power = np.abs(np.fft.rfft(clip.samples)) ** 2
        hz = np.fft.rfftfreq(len(clip.samples), 1 / RATE_HZ)
        low, middle, high = (
            power[(hz >= a) & (hz < b)].sum() for a, b in ((80, 1000), (1000, 4000), (4000, 16000))
        )
        assert low > middle > 0.001 * low, clip.path.name
        assert high > 1e-5 * low, clip.path.name


def test_speaking_rate_is_plausible(name: str) -> None:
    """From 2.5 to 6.5 syllables a second: a cut, doubled or wrong clip falls outside.

    Words a minute would not do: nine short words take no longer than four long ones. A single word is
    spoken more slowly.
    """
    rates = {c.sentence: syllables(c.sentence) / (len(c.samples) / RATE_HZ) for c in clips_of(name)}
    slowest = {sentence: 2.5 if " " in sentence else 1.6 for sentence in rates}
    assert not {sentence: rate for sentence, rate in rates.items() if not slowest[sentence] <= rate <= 6.5}


def test_clips_begin_and_end_quietly(name: str) -> None:
    edge = RATE_HZ * EDGE_MS // 1000
    for clip in clips_of(name):
        for part in (clip.samples[:edge], clip.samples[-edge:]):
            assert level_dbfs(part) < LOUDEST_EDGE_DBFS, clip.path.name
        assert max(abs(clip.samples[0]), abs(clip.samples[-1])) < 0.0005, clip.path.name


def test_clips_are_cut_close_to_their_words(name: str) -> None:
    """Silence is the timeline's business: a trace of speech lies within 80 ms of either end."""
    edge = RATE_HZ * 80 // 1000
    for clip in clips_of(name):
        for part in (clip.samples[:edge], clip.samples[-edge:]):
            assert max(map(level_dbfs, np.array_split(part, 16))) > -58, clip.path.name
