"""`render`, `play` and the window, as they are started and stopped."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
from contextlib import suppress

import numpy as np
import pytest
import soundfile

from sleepcalm.relaxation.session import Session

CONTAINERS = {".wav": "WAV", ".flac": "FLAC", ".ogg": "OGG", ".mp3": "MP3"}
FIRST_WORDS = "There is nothing to get right tonight."
LAST_WORDS = "And in."


@pytest.fixture
def two_words(two_words, data):
    """The built-in voice has all of it, so nothing is made first."""
    path = data / "routines" / "two-words.toml"
    path.write_text(path.read_text().replace("No narrator has spoken this.", LAST_WORDS))
    return two_words


@pytest.mark.parametrize("suffix", [*CONTAINERS, ".WAV"])
def test_render_writes_the_format_of_the_suffix(sleepcalm, two_words, tmp_path, suffix):
    path = tmp_path / f"night{suffix}"
    answer = sleepcalm("render", two_words, str(path), "--background", "none")
    assert (answer.status, answer.out, answer.err) == (0, "", "")
    info = soundfile.info(path)
    assert (info.format, info.samplerate, info.channels) == (CONTAINERS[suffix.lower()], 48_000, 2)
    timeline = sleepcalm("timeline", two_words, "--json").json
    assert info.duration == pytest.approx(timeline["duration_s"], abs=0.1)
    sound = soundfile.read(path)[0]
    first, last, hold = timeline["cues"]
    for words in (first, last):
        assert np.abs(sound[round(words["start_s"] * 48_000) : round(words["end_s"] * 48_000)]).max() > 0.1
    assert np.abs(sound[round((hold["start_s"] + 0.1) * 48_000) :]).max() < 1e-3


def test_render_follows_the_options(sleepcalm, two_words, tmp_path):
    paths = [tmp_path / "slow.wav", tmp_path / "quiet.wav"]
    sleepcalm("render", two_words, str(paths[0]), "--background", "none", "--pause-scale", "3")
    sleepcalm(
        "render", two_words, str(paths[1]), "--background", "brown", "--voice-volume=0", "--skip=left_hand"
    )
    timeline = sleepcalm("timeline", two_words, "--json", "--pause-scale", "3").json
    assert soundfile.info(paths[0]).duration == pytest.approx(timeline["duration_s"], abs=0.001)
    quiet = soundfile.read(paths[1])[0]
    assert len(quiet) / 48_000 > 120  # the background leaves within two minutes after the last word
    assert 0 < np.abs(quiet).max() < 0.1
    assert not quiet[-1].any()


def test_render_keeps_what_is_there_unless_told_otherwise(sleepcalm, two_words, tmp_path):
    path = tmp_path / "night.wav"
    path.write_text("mine")
    answer = sleepcalm("render", two_words, str(path))
    assert (answer.status, answer.complaint) == (
        1,
        f"sleepcalm: {path} exists and was kept; --force replaces it",
    )
    assert path.read_text() == "mine"
    assert sleepcalm("render", two_words, str(path), "--background", "none", "--force").status == 0
    assert soundfile.info(path).format == "WAV"
    assert list(tmp_path.glob(".*")) == []


@pytest.mark.parametrize(
    ("name", "status", "reason"),
    [
        ("night.txt", 2, "night.txt: the name must end in one of"),
        ("night", 2, "must end in one of"),
        ("-", 2, "-: the name must end in one of"),
        ("", 2, "a file's name is needed, such as tonight.flac"),
        (".", 2, "a file's name is needed, such as tonight.flac"),
        (".WAV", 2, "a file's name is needed, such as tonight.flac"),
        ("two\nlines\x1b[2J\u202e", 2, "two?lines?[2J?: the name must end in one of"),
        ("new\nline/night.wav", 1, "new?line/night.wav was not written: there is no folder new?line"),
        ("new\nline.wav", 1, "new?line.wav exists and was kept"),
        ("absent/night.wav", 1, "there is no folder"),
        ("wav.wav", 1, "wav.wav is no ordinary file, and stays as it is"),
        ("dangling.wav", 1, "exists and was kept"),
        ("n" * 300 + ".wav", 1, "File name too long"),
    ],
)
def test_render_names_what_hinders_it(sleepcalm, two_words, tmp_path, monkeypatch, *, name, status, reason):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "wav.wav").mkdir()
    (tmp_path / "new\nline.wav").touch()
    (tmp_path / "dangling.wav").symlink_to(tmp_path / "elsewhere.wav")
    before = set(tmp_path.iterdir())
    answer = sleepcalm("render", two_words, name, "--background", "none")
    assert (answer.status, answer.out) == (status, "")
    assert reason in answer.complaint
    assert set(tmp_path.iterdir()) == before


@pytest.mark.parametrize("make", [os.mkdir, os.mkfifo])
@pytest.mark.parametrize("options", [[], ["--force"]])
def test_render_replaces_nothing_but_an_ordinary_file(sleepcalm, two_words, tmp_path, make, options):
    path = tmp_path / "music.wav"
    make(path)
    before = set(tmp_path.iterdir())
    answer = sleepcalm("render", two_words, str(path), *options, "--background", "none")
    assert answer.status == 1
    assert answer.complaint == f"sleepcalm: {path} is no ordinary file, and stays as it is"
    assert set(tmp_path.iterdir()) == before
    assert not path.is_file()


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        (("quiet-rest", "--length=380", "--background=none"), "6 h 2[0-9] min"),
        (("quiet-rest", "--length=30", "--linger=400", "--background=rain"), "7 h 1[0-9] min"),
        (("pmr-7", "--linger=380", "--background=rain"), "6 h [0-9]+ min"),
    ],
)
def test_render_refuses_a_wav_of_more_than_four_gigabytes(sleepcalm, tmp_path, options, wanted):
    path = tmp_path / "night.wav"
    path.write_text("mine")
    answer = sleepcalm("render", *options, str(path), "--force")
    assert (answer.status, answer.out) == (2, "")
    assert re.fullmatch(
        rf"sleepcalm: night.wav: a wav file holds 6 h 12 min at most, and this takes {wanted}; "
        "a name in .flac or .ogg makes a file that holds it",
        answer.complaint,
    )
    assert path.read_text() == "mine"


def test_render_on_a_full_disk_leaves_nothing(sleepcalm, two_words, small_disk):
    answer = sleepcalm("render", two_words, str(small_disk / "night.wav"), "--background", "none")
    assert answer.status == 1
    assert answer.complaint.endswith("night.wav was not written: No space left on device")
    assert list(small_disk.iterdir()) == []


@pytest.fixture
def short_fade(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Session.stop, "__defaults__", (0.1,))


def test_play_in_silence_shows_the_words_and_stops_when_asked(sleepcalm, two_words, short_fade):
    answer = sleepcalm("play", two_words, "--output=silent", "--stop-after=0.2", "--background=none")
    assert (answer.status, answer.out, answer.err) == (0, f"{FIRST_WORDS}\n", "")


def test_play_faster_says_every_sentence_and_records_nothing(sleepcalm, data):
    sentences = list(
        dict.fromkeys(cue["text"] for cue in sleepcalm("timeline", "after-a-jolt", "--json").json["cues"])
    )
    answer = sleepcalm("play", "after-a-jolt", "--output=silent", "--speed=50", "--background=none")
    assert (answer.status, answer.err) == (0, "")
    assert list(dict.fromkeys(answer.out.splitlines())) == [text for text in sentences if text]
    assert not (data / "record.json").exists()


@pytest.mark.parametrize("output", [[], ["--output=miniaudio"], ["--output=simpleaudio"]])
def test_only_silence_is_played_faster(sleepcalm, two_words, output):
    answer = sleepcalm("play", two_words, "--speed=2", *output)
    assert (answer.status, answer.out) == (2, "")
    assert answer.complaint == "sleepcalm: --speed goes with --output silent only"


def test_play_may_start_late(sleepcalm, two_words):
    late_s = sleepcalm("timeline", two_words, "--json").json["duration_s"] - 0.5
    answer = sleepcalm("play", two_words, "--output=silent", f"--start-at={late_s}", "--background=none")
    assert (answer.status, answer.out, answer.err) == (0, f"{LAST_WORDS}\n", "")


@pytest.mark.parametrize("lingers", [False, True])
def test_play_from_beyond_the_end_says_that_no_words_are_left(sleepcalm, two_words, tmp_path, lingers):
    background = ("--background=rain", "--fade=8") if lingers else ("--background=none",)
    answer = sleepcalm("play", two_words, "--output=silent", "--start-at=86400", "--speed=20", *background)
    length_s = sleepcalm("timeline", two_words, "--json").json["duration_s"]
    line = f"sleepcalm: two-words is over after {length_s:.1f} s; no words are heard from 86400 s on\n"
    assert (answer.status, answer.err) == (0, line)
    sleepcalm("render", two_words, str(tmp_path / "whole.wav"), *background)
    afterwards = soundfile.read(tmp_path / "whole.wav")[0][round(length_s * 48_000) + 1 :]
    assert afterwards.any() == lingers  # what is left to hear is not words


def test_play_without_a_sound_device_goes_on_with_the_words(processes, two_words):
    process = processes.start("play", two_words)
    assert process.stdout.readline() == f"{FIRST_WORDS}\n"
    assert process.stderr.readline() == "No sound device: the words on the screen carry the routine.\n"


def test_play_ends_softly_when_it_is_asked_to_end(processes, tmp_path):
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)
    arguments = ("play", "pmr-7", "--output=silent", "--background=none", "--no-cautions")
    # Each with a data folder of its own: only one program at a time writes a record.
    started = [processes.start(*arguments, "--data-dir", str(tmp_path / number.name)) for number in numbers]
    for process, number in zip(started, numbers, strict=True):
        assert process.stdout.readline()
        process.send_signal(number)
    for process in started:
        out, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (0, "sleepcalm: fading out, which takes some seconds\n")
        assert len(out.splitlines()) < 5


def test_a_second_interrupt_ends_at_once_with_a_line(processes):
    process = processes.start("play", "pmr-7", "--output=silent", "--background=none", "--no-cautions")
    assert process.stdout.readline()
    while process.poll() is None:
        process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.2)
    assert process.returncode == 1
    assert process.stderr.read().splitlines()[-1] == "sleepcalm: interrupted"


class Terminal:
    """A pseudo-terminal that a process writes to, and that can be taken away from it."""

    def __init__(self) -> None:
        self._controller, self.end = pty.openpty()
        self.shown = b""

    def read_until(self, wanted: bytes) -> None:
        os.close(self.end)
        while wanted not in self.shown:
            self.shown += os.read(self._controller, 4096)

    def close(self) -> None:
        os.close(self._controller)


def test_a_terminal_that_is_closed_lets_the_sound_leave_softly(processes):
    terminal = Terminal()
    process = processes.start("play", "pmr-7", "--output=silent", "--background=none", stdout=terminal.end)
    terminal.read_until(b"left")
    terminal.close()
    process.send_signal(signal.SIGHUP)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")


def test_a_progress_line_on_a_terminal_that_knows_only_ascii(processes, two_words):
    terminal = Terminal()
    processes.start(
        "play", two_words, "--output=silent", stdout=terminal.end, PYTHONIOENCODING="ascii:strict"
    )
    terminal.read_until(b"left")
    terminal.close()
    assert b"Settle" in terminal.shown


@pytest.mark.parametrize("routine", ["two-words", "lost"])
def test_without_a_display_a_line_says_so_and_the_routine_plays(processes, two_words, data, routine):
    (data / "preferences.json").write_text(f'{{"routine": "{routine}"}}')
    process = processes.start(DISPLAY="nonsense")
    first = {"two-words": FIRST_WORDS, "lost": "First, a few words about safety."}
    assert process.stdout.readline() == f"{first[routine]}\n"
    instead = (
        "sleepcalm: the routine of last time is gone, Muscle relaxation, seven groups begins instead: "
        "there is no routine 'lost'\n"
    )
    expected = [
        "There is no display: the routine plays here in the terminal.\n",
        *([instead] if routine == "lost" else []),
        "No sound device: the words on the screen carry the routine.\n",
    ]
    assert [process.stderr.readline() for _ in expected] == expected


@pytest.mark.parametrize("preferences", ["{}", '{"routine": "lost"}', "{"])
def test_the_window_closes_once_painted_when_asked_to(processes, data, preferences):
    data.mkdir()
    (data / "preferences.json").write_text(preferences)
    answer = processes.run(QT_QPA_PLATFORM="offscreen", SLEEPCALM_QUIT_AFTER_PAINT="1")
    assert answer.status == 0
    assert "Traceback" not in answer.err
    assert any(preferences == file.read_text() for file in data.iterdir())
