"""A folder of recordings as a voice: names, the list file, and files that are no recording of a sentence."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from voice_desk import Desk, FakeEngine, spoken

from sleepcalm.audio.narration import Voice
from sleepcalm.audio.narrator import Narrator
from sleepcalm.audio.voices.clip_names import clip_stem, short_slug, slug
from sleepcalm.audio.voices.engine import VoiceError
from sleepcalm.audio.voices.loudness import loudness_lufs, true_peak_dbtp
from sleepcalm.audio.voices.progress import Outcome
from sleepcalm.relaxation.clip import Clip

NARRATOR = "folder:anna"
LET_GO = "And let go."
BREATH = "Let a slow breath go out."
LONG = "Wherever a little tension is left, the next breath out can take some of it along."
SENTENCES = (LET_GO, BREATH, LONG)


class Studio(Desk):
    """A desk on which anna has recorded something."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, FakeEngine())
        self.anna = self.folders.recordings / "anna"
        self.anna.mkdir(parents=True)

    def record(self, name: str, samples: NDArray[np.float64], rate_hz: int = 44_100, **how: str) -> Path:
        path = self.anna / name
        soundfile.write(path, samples, rate_hz, **how)
        return path

    def prepare(self, *sentences: str) -> Outcome:
        return self.render(*(sentences or SENTENCES), narrator=NARRATOR)

    def clips(self) -> set[str]:
        return set(self.voice(NARRATOR).clips)


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    return Studio(tmp_path)


def in_a_room(words: int, rate_hz: int, noise_dbfs: float = -60.0) -> NDArray[np.float64]:
    """A second of room before and after the words."""
    rng = np.random.default_rng(3)
    sound = np.pad(spoken(words, rate_hz), rate_hz)
    return sound + rng.standard_normal(len(sound)) * 10 ** (noise_dbfs / 20)


@pytest.mark.parametrize(
    "name",
    ["and-let-go.wav", f"{clip_stem(LET_GO)}.flac", "And let go.ogg", "AND_LET_GO.WAV", "And let go..wav"],
)
def test_a_file_is_known_by_the_sentences_words_or_the_clips_name(studio: Studio, name: str) -> None:
    studio.record(name, spoken(3, 44_100))
    assert studio.prepare() == Outcome(1, 1, made=1)
    assert studio.clips() == {LET_GO}


def test_the_first_words_are_enough_where_no_other_sentence_begins_so(studio: Studio) -> None:
    studio.record(f"{short_slug(LONG)}.wav", spoken(9, 44_100))
    assert studio.prepare().problems == ()
    assert studio.clips() == {LONG}
    other = LONG.replace("some", "much")
    assert studio.prepare(LONG, other).problems == (f"{short_slug(LONG)}.wav: no sentence has this name",)
    assert studio.clips() == set()


def test_sentences_of_the_same_words_share_a_recording(studio: Studio) -> None:
    studio.record("and-let-go.wav", spoken(3, 44_100))
    studio.prepare("And let go.", "And, let go!")
    assert studio.clips() == {"And let go.", "And, let go!"}


def test_a_list_says_which_file_is_which_sentence(studio: Studio) -> None:
    studio.record("001.wav", spoken(3, 44_100))
    studio.record("002.wav", spoken(4, 44_100))
    (studio.anna / "sentences.toml").write_text(
        f'"001.wav" = "{LET_GO}"\n"002.wav" = "Nobody says this."\n"003.wav" = "{BREATH}"\n'
    )
    outcome = studio.prepare()
    assert studio.clips() == {LET_GO}
    assert outcome.problems == (
        "sentences.toml lists '003.wav', which is not there",
        "002.wav: no sentence has this name",
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("= 7", "is not valid TOML"),
        ('"a.wav" = 7', 'must be written as "FILE" = "SENTENCE"'),
        ("a.b.c = 1", "written"),
        (".".join("a" * 60_000) + ' = "x"', "has a line with more than 100 full stops"),
        (f'"{"a" * 50_000}.wav" = 7', "… must be written"),
        (f"{'a' * 50_000} = =", "is not valid TOML"),
        (f'"{"a" * 1_000_000}.wav" = "{LET_GO}"', "it is larger than 1 MB"),
        ('"a.wav" = "\udcff"', "cannot be read: not UTF-8 text"),
    ],
)
def test_a_list_that_cannot_be_read_is_one_line(studio: Studio, text: str, reason: str) -> None:
    (studio.anna / "sentences.toml").write_text(text, encoding="utf-8", errors="surrogateescape")
    (problem,) = studio.prepare().problems
    assert problem.startswith("sentences.toml: ")
    assert reason in problem
    assert problem.isprintable()
    assert len(problem) < 200


def test_recordings_are_trimmed_and_as_loud_as_any_clip_and_stay_as_they_are(studio: Studio) -> None:
    quiet = studio.record("and-let-go.wav", 0.02 * in_a_room(3, 44_100))
    loud = studio.record("let-a-slow-breath-go-out.flac", in_a_room(6, 48_000), 48_000)
    before = quiet.read_bytes(), loud.read_bytes()
    assert studio.prepare().problems == ()
    for path in studio.rendered(NARRATOR).glob("*.flac"):
        samples, rate_hz = soundfile.read(path)
        assert rate_hz == 48_000
        assert loudness_lufs(samples) == pytest.approx(-23, abs=0.5)
        assert true_peak_dbtp(samples) <= -3
        words = 3 if path.name.startswith("and") else 6
        assert len(samples) / rate_hz == pytest.approx(words * 0.33, abs=0.25)
        assert max(abs(samples[0]), abs(samples[-1])) < 0.0005
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert (quiet.read_bytes(), loud.read_bytes()) == before


def test_a_new_take_replaces_the_clip_and_a_recording_that_is_gone_takes_its_clip_along(
    studio: Studio,
) -> None:
    path = studio.record("and-let-go.wav", spoken(3, 44_100))
    studio.prepare()
    assert studio.prepare().made == 0
    first = studio.voice(NARRATOR).clips[LET_GO].frames
    studio.record("and-let-go.wav", spoken(5, 44_100))
    assert studio.prepare().made == 1
    assert studio.voice(NARRATOR).clips[LET_GO].frames > first
    path.unlink()
    assert studio.prepare() == Outcome(0, 0)
    assert studio.clips() == set()
    assert not list(studio.rendered(NARRATOR).glob("*.flac"))


def nothing(path: Path) -> None:
    path.write_bytes(b"")


def noise_bytes(path: Path) -> None:
    path.write_bytes(np.random.default_rng(1).bytes(50_000))


def a_text(path: Path) -> None:
    path.write_text("This is not a sound.")


def a_cut_header(path: Path) -> None:
    soundfile.write(path, spoken(3, 44_100), 44_100)
    path.write_bytes(path.read_bytes()[:30])


def no_frames(path: Path) -> None:
    soundfile.write(path, np.zeros(0), 44_100)


def silence(path: Path) -> None:
    soundfile.write(path, np.zeros(44_100), 44_100)


def an_hour(path: Path) -> None:
    with soundfile.SoundFile(path, "w", 8_000, 1) as file:
        for _ in range(60):
            file.write(np.full(8_000 * 60, 0.1))


def not_a_number(path: Path) -> None:
    samples = spoken(3, 44_100)
    samples[500] = np.nan
    soundfile.write(path, samples, 44_100, subtype="FLOAT")


def infinite(path: Path) -> None:
    soundfile.write(path, np.full(44_100, np.inf), 44_100, subtype="FLOAT")


def a_million_times_too_loud(path: Path) -> None:
    soundfile.write(path, 1e6 * spoken(3, 44_100), 44_100, subtype="FLOAT")


def thirty_channels(path: Path) -> None:
    soundfile.write(path, np.zeros((100, 30)), 44_100)


def a_hundred_a_second(path: Path) -> None:
    soundfile.write(path, np.zeros(1000), 100)


def a_folder(path: Path) -> None:
    path.mkdir()


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_dangling_link(path: Path) -> None:
    path.symlink_to("nowhere.wav")


ABSURD = (
    nothing, noise_bytes, a_text, a_cut_header, no_frames, silence, an_hour, not_a_number, infinite,
    a_million_times_too_loud, thirty_channels, a_hundred_a_second, a_folder, a_pipe, a_dangling_link,
)  # fmt: skip


@pytest.mark.parametrize("make", ABSURD)
def test_a_file_that_is_no_recording_is_one_line_and_the_others_are_used(
    studio: Studio, make: object
) -> None:
    make(studio.anna / "and-let-go.wav")
    studio.record("let-a-slow-breath-go-out.wav", spoken(6, 44_100))
    outcome = studio.prepare()
    (problem,) = outcome.problems
    assert problem.startswith("and-let-go.wav: ")
    assert "\n" not in problem
    assert studio.clips() == {BREATH}
    assert not list(studio.rendered(NARRATOR).glob(".part-*"))


@pytest.mark.parametrize(
    ("samples", "rate_hz", "how"),
    [
        (np.stack([spoken(3, 192_000), spoken(3, 192_000)], axis=1), 192_000, {"subtype": "PCM_24"}),
        (spoken(3, 8_000), 8_000, {"subtype": "PCM_U8"}),
        (1e5 * spoken(3, 44_100), 44_100, {"subtype": "FLOAT"}),
        (spoken(3, 44_101), 44_101, {}),
        (np.clip(20 * spoken(3, 44_100), -1, 1), 44_100, {}),
        (spoken(3, 44_100) + 0.4, 44_100, {}),
    ],
    ids=["stereo 192 kHz", "8 bits at 8 kHz", "far beyond full scale", "odd rate", "distorted", "offset"],
)
def test_unusual_recordings_become_clips_like_any_other(
    studio: Studio, samples: NDArray[np.float64], rate_hz: int, how: dict[str, str]
) -> None:
    studio.record("and-let-go.wav", samples, rate_hz, **how)
    assert studio.prepare() == Outcome(1, 1, made=1)
    decoded, _rate = soundfile.read(next(studio.rendered(NARRATOR).glob("*.flac")))
    assert loudness_lufs(decoded) == pytest.approx(-23, abs=0.5)
    assert true_peak_dbtp(decoded) <= -3


def test_other_files_are_named_and_hidden_ones_are_not(studio: Studio) -> None:
    studio.record("and-let-go.wav", spoken(3, 44_100))
    for name in ("notes.txt", ".DS_Store", "._and-let-go.wav", "holiday.flac"):
        (studio.anna / name).write_text("x")
    assert studio.prepare().problems == (
        "holiday.flac: no sentence has this name",
        "notes.txt: is none of .wav, .flac, .ogg, .mp3, .m4a",
    )


def test_whatever_a_recording_is_called_it_is_told_of_on_one_short_line(studio: Studio) -> None:
    (studio.anna / "no\nsuffix\x1b[2J").write_text("x")
    (studio.anna / "a\nfolder.wav").mkdir()
    (studio.anna / "no\nsentence.wav").write_text("x")
    (studio.anna / "and\nlet go.wav").write_text("x")
    (studio.anna / "and\tlet go.wav").write_text("x")
    (studio.anna / "sentences.toml").write_text(f'"not\\nthere{"e" * 5000}.wav" = "{LET_GO}"')
    assert studio.prepare().problems == (
        f"sentences.toml lists 'not\\nthere{'e' * 29}…, which is not there",
        "a?folder.wav: is not a file",
        "and?let go.wav: and?let go.wav is that sentence already",
        "no?sentence.wav: no sentence has this name",
        "no?suffix?[2J: is none of .wav, .flac, .ogg, .mp3, .m4a",
        "and?let go.wav: it is not a sound file that can be read",
    )


@pytest.mark.parametrize("make", [silence, an_hour])
def test_a_recording_that_cannot_be_used_is_told_of_on_one_line(studio: Studio, make: object) -> None:
    make(studio.anna / "and\nlet go.wav")
    (problem,) = studio.prepare().problems
    assert problem.startswith("and?let go.wav: is ")


def test_two_recordings_of_a_sentence_are_told_apart(studio: Studio) -> None:
    studio.record("and-let-go.flac", spoken(3, 44_100))
    studio.record("and-let-go.wav", spoken(3, 44_100))
    assert studio.prepare().problems == ("and-let-go.wav: and-let-go.flac is that sentence already",)


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")
@pytest.mark.parametrize("suffix", ["mp3", "m4a", "M4A"])
def test_compressed_recordings_are_read(studio: Studio, suffix: str) -> None:
    wav = studio.record("and-let-go.wav", in_a_room(3, 44_100))
    target = wav.with_suffix(f".{suffix}")
    subprocess.run(["ffmpeg", "-v", "error", "-i", wav, target], check=True, stdin=subprocess.DEVNULL)
    wav.unlink()
    assert studio.prepare() == Outcome(1, 1, made=1)
    decoded, rate_hz = soundfile.read(next(studio.rendered(NARRATOR).glob("*.flac")))
    assert loudness_lufs(decoded) == pytest.approx(-23, abs=0.5)
    assert len(decoded) / rate_hz == pytest.approx(3 * 0.33, abs=0.25)


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")
@pytest.mark.parametrize("make", [nothing, noise_bytes, a_text])
@pytest.mark.parametrize("suffix", ["mp3", "m4a"])
def test_a_compressed_file_that_is_no_sound_is_one_line(studio: Studio, make: object, suffix: str) -> None:
    make(studio.anna / f"and-let-go.{suffix}")
    (problem,) = studio.prepare().problems
    assert problem.startswith(f"and-let-go.{suffix}: ")
    assert "\n" not in problem


def test_without_ffmpeg_an_m4a_is_named(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    (studio.anna / "and-let-go.m4a").write_text("x")
    monkeypatch.setenv("PATH", str(studio.folder))
    (problem,) = studio.prepare().problems
    assert "ffmpeg, which is not installed" in problem


def test_a_folder_that_has_gone_is_one_line(studio: Studio) -> None:
    studio.anna.rmdir()
    with pytest.raises(VoiceError, match="there is no folder 'anna' in "):
        studio.prepare()


def test_recordings_and_the_built_in_voice_mix_sentence_by_sentence_and_machine_voices_do_not() -> None:
    slt = Voice("slt", "festival", "free", 48_000, {"One.": Clip("slt/1", 1), "Two.": Clip("slt/2", 1)})
    chosen = Voice("x", "y", "z", 48_000, {"Two.": Clip("own/2", 1)})
    both = {"One.", "Two."}
    assert Narrator(slt, chosen, mixes=True).clips_for(both)["One."].path == "slt/1"
    assert Narrator(slt, chosen, mixes=True).clips_for(both)["Two."].path == "own/2"
    assert Narrator(slt, chosen, mixes=True).stand_in(both) == ""
    assert Narrator(slt, chosen).clips_for(both)["Two."].path == "slt/2"
    assert Narrator(slt, chosen).clips_for({"Two.", "..."})["Two."].path == "own/2"
    assert "so slt speaks it" in Narrator(slt, chosen).stand_in(both)
    assert Narrator(None).clips_for(both) == {}


@given(st.text(min_size=1, max_size=120))
def test_any_sentence_has_a_name_that_any_file_system_takes(sentence: str) -> None:
    stem = clip_stem(sentence)
    assert len(stem) <= 49
    assert set(stem) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug(stem) == stem.strip("-")
    assert slug(sentence).startswith(short_slug(sentence))


@given(st.lists(st.text(max_size=30), min_size=2, max_size=8, unique=True))
def test_two_sentences_never_share_a_clip(sentences: list[str]) -> None:
    assert len({clip_stem(sentence) for sentence in sentences}) == len(sentences)
