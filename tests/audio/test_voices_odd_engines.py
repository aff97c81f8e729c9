"""An engine that writes no sound, or far more than a sentence: one line, and nothing of it is left."""

from __future__ import annotations

import os
import struct
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from threading import Event

import numpy as np
import pytest
import soundfile
from voice_desk import RATE_HZ, Desk, FakeEngine, spoken

from sleepcalm.audio.decoding import RATE_LIMITS_HZ
from sleepcalm.audio.voices.clip_maker import MAX_SENTENCE_S
from sleepcalm.audio.voices.engine import VoiceError

Write = Callable[[Path], None]

GOOD, BAD = "And let go.", "This one goes wrong."


class OddEngine(FakeEngine):
    """Leaves something else where it was told to write its bad sentence."""

    def __init__(self, write: Write) -> None:
        super().__init__()
        self.write = write

    def speak(self, voice: str, sentence: str, wav: Path, cancel: Event) -> None:
        if sentence == BAD:
            self.write(wav)
        else:
            super().speak(voice, sentence, wav, cancel)


def at_rate(rate_hz: int) -> Write:
    def write(wav: Path) -> None:
        size = 200_000
        form = struct.pack("<IHHIIHH", 16, 1, 1, rate_hz, rate_hz * 2 & 0xFFFF_FFFF, 2, 16)
        head = b"RIFF" + struct.pack("<I", 36 + size) + b"WAVEfmt " + form + b"data" + struct.pack("<I", size)
        wav.write_bytes(head + np.random.default_rng(1).bytes(size))

    return write


def lasting(seconds: int, rate_hz: int, channels: int = 1) -> Write:
    """A sound of silence, of which the disk keeps only the header."""

    def write(wav: Path) -> None:
        soundfile.write(wav, np.zeros((1, channels)), rate_hz, format="WAV", subtype="PCM_16")
        head = bytearray(wav.read_bytes())
        data = head.index(b"data") + 4
        size = seconds * 2 * channels * rate_hz
        head[4:8], head[data : data + 4] = struct.pack("<I", size + data - 4), struct.pack("<I", size)
        wav.write_bytes(head[: data + 4])
        os.truncate(wav, size + data + 4)

    return write


hours = lasting(2 * 3600, 22_050)


def in_its_place(make: Write) -> Write:
    def write(wav: Path) -> None:
        wav.unlink()
        make(wav)

    return write


def a_full_folder(wav: Path) -> None:
    wav.mkdir()
    (wav / "x.wav").write_text("x")


@in_its_place
def a_link_to_a_folder(wav: Path) -> None:
    outside = wav.parent.parent / "outside"
    outside.mkdir(exist_ok=True)
    (outside / "kept").write_text("kept")
    wav.symlink_to(outside)


ODD = {
    "1 Hz": (at_rate(1), "a sound of 1 Hz"),
    "just too low": (at_rate(RATE_LIMITS_HZ[0] - 1), "a sound of 3999 Hz"),
    "just too high": (at_rate(RATE_LIMITS_HZ[1] + 1), "a sound of 768001 Hz"),
    "2 GHz": (at_rate(2**31 - 1), "a sound of 2147483647 Hz"),
    "0 Hz": (at_rate(0), "no sound"),
    "hours": (hours, "more than 60 s of sound"),
    "many channels": (lasting(MAX_SENTENCE_S + 1, 4_000, channels=200), "more than 60 s of sound"),
    "nothing": (lambda wav: wav.write_bytes(b""), "no sound"),
    "text": (lambda wav: wav.write_text("no sound"), "no sound"),
    "gone": (in_its_place(lambda _wav: None), "no sound"),
    "folder": (in_its_place(a_full_folder), "no sound"),
    "pipe": (in_its_place(os.mkfifo), "no sound"),
    "device": (in_its_place(lambda wav: wav.symlink_to("/dev/zero")), "no sound"),
    "link to a folder": (a_link_to_a_folder, "no sound"),
    "link to itself": (in_its_place(lambda wav: wav.symlink_to(wav.name)), "no sound"),
}


@pytest.mark.parametrize(("write", "what"), ODD.values(), ids=ODD)
def test_what_is_no_sentence_is_one_line_and_the_others_are_made(
    tmp_path: Path, write: Write, what: str
) -> None:
    desk = Desk(tmp_path, OddEngine(write))
    tracemalloc.start()
    try:
        outcome = desk.render(BAD, GOOD)
        most_bytes = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert outcome.problems == (f"espeak-ng wrote {what} for {BAD!r}",)
    assert set(desk.voice().clips) == {GOOD}
    assert sorted(path.suffix for path in desk.rendered().iterdir()) == [".flac", ".json"]
    assert most_bytes < 100e6


def test_a_folder_that_a_part_links_to_is_not_the_programs(tmp_path: Path) -> None:
    Desk(tmp_path, OddEngine(a_link_to_a_folder)).render(BAD)
    assert [path.read_text() for path in tmp_path.rglob("kept")] == ["kept"]


@pytest.mark.parametrize("over", [0, 1])
def test_a_sentence_may_have_as_many_seconds_as_the_limit_says_and_two_channels(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, over: int
) -> None:
    monkeypatch.setattr("sleepcalm.audio.voices.clip_maker.MAX_SENTENCE_S", 3)
    mono = np.resize(spoken(9), 3 * RATE_HZ + over)
    stereo = np.stack([mono, 0.5 * mono], axis=1)
    desk = Desk(tmp_path, OddEngine(lambda wav: soundfile.write(wav, stereo, RATE_HZ, format="WAV")))
    assert desk.render(BAD).made == 1 - over


def test_a_long_sound_is_given_up_when_it_is_not_wanted_any_more(tmp_path: Path) -> None:
    def write(wav: Path) -> None:
        hours(wav)
        desk.cancel.set()

    desk = Desk(tmp_path, OddEngine(write))
    outcome = desk.render(BAD, GOOD)
    assert outcome.was_cancelled
    assert (outcome.made, outcome.problems) == (0, ())


def test_a_folder_that_a_killed_run_left_in_the_place_of_a_part_goes(tmp_path: Path) -> None:
    desk = Desk(tmp_path, FakeEngine())
    desk.render(GOOD)
    left = desk.rendered() / ".part-left.wav"
    left.mkdir()
    (left / "x.wav").write_text("x")
    assert desk.render(BAD, known=(GOOD,)).problems == ()
    assert not left.exists()


def test_a_full_disk_is_told_of_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error of a write names neither a file nor, by itself, what it says without a number."""

    def full(*_arguments: object, **_options: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    desk = Desk(tmp_path, FakeEngine())
    assert desk.render(GOOD).problems == (f"{desk.rendered()}: No space left on device",)


@pytest.mark.parametrize("kind", ["espeak-ng", "folder", "nobody"])
@pytest.mark.parametrize("odd", ["a\0b", "\ud800", "b\udcff"])
def test_a_name_that_is_no_text_is_no_voice(tmp_path: Path, kind: str, odd: str) -> None:
    desk = Desk(tmp_path, FakeEngine())
    if kind == "folder" and odd == "b\udcff":
        (desk.folders.recordings / odd).mkdir(parents=True)
    with pytest.raises(VoiceError, match="is no name for a voice: some of it is no text") as refused:
        desk.render(GOOD, narrator=f"{kind}:{odd}")
    assert str(refused.value).isprintable()
