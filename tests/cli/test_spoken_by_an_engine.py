"""Routines of the user's own get a voice where an engine is installed: played, written to a file, shown."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from sleepcalm.audio.voices.clip_names import folder_name

VOICE = "espeak-ng:en-gb"
BOTH = ["No narrator has spoken this.", "There is nothing to get right tonight."]
ONLY_SHOWN = "the words of this routine are only shown"


@pytest.fixture
def folder(data: Path) -> Path:
    """Where the clips of the engine's voice are."""
    return data / "voices" / folder_name(VOICE)


def render(sleepcalm, name: str, path: Path, *options: str):
    return sleepcalm("render", name, str(path), "--background", "none", *options)


def level(sound: np.ndarray, start_s: float, end_s: float) -> float:
    return float(np.abs(sound[round(start_s * 48_000) : round(end_s * 48_000)]).max())


def sounds_where_the_timeline_says(sound: np.ndarray, cues: list[dict]) -> bool:
    words = [cue for cue in cues if cue["text"]]
    spoken = [level(sound, cue["start_s"], cue["end_s"]) > 0.03 for cue in words]
    later = [*[cue["start_s"] for cue in cues[1:]], len(sound) / 48_000]
    gaps = [(cue["end_s"] + 0.1, start_s) for cue, start_s in zip(cues, later, strict=True)]
    quiet = [level(sound, *gap) < 1e-3 for gap in gaps if gap[1] - gap[0] > 0.1]
    return all(spoken) and all(quiet) and len(quiet) > 0


def test_doctor_calls_nothing_missing_that_is_spoken_when_its_routine_is_opened(
    sleepcalm, engine, two_words, data
):
    before = sleepcalm("doctor", "--json").json
    assert before["sentences_without_clip"] == [BOTH[0]]
    told = f"two-words: {VOICE} speaks what has no clip yet once the routine is opened"
    assert before["notices"] == [told]
    assert not [advice for advice in before["missing"] if "clip" in advice]
    assert not engine().exists()

    sleepcalm("play", two_words, "--output=silent", "--speed=100")
    own = (data / "routines" / "two-words.toml").read_text()
    another = own.replace("two-words", "more-words").replace(BOTH[1], "Something that is new.")
    (data / "routines" / "more-words.toml").write_text(another)
    after = sleepcalm("doctor", "--json").json
    assert after["sentences_without_clip"] == ["Something that is new."]  # the other one has its clip by now
    assert after["notices"] == [told.replace("two-words", "more-words")]

    sleepcalm("voices", "use", VOICE)
    (engine().parent / "bin" / "espeak-ng").unlink()
    gone = sleepcalm("doctor", "--json").json
    assert not [notice for notice in gone["notices"] if "speaks what" in notice]
    assert "more-words: no voice has every sentence" in " ".join(gone["missing"])


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("night.txt", 2),
        ("night", 2),
        ("absent/night.wav", 1),
        ("dangling.wav", 1),
        ("n" * 300 + ".wav", 1),
    ],
)
def test_a_file_that_cannot_be_written_is_refused_before_a_word_is_spoken(
    sleepcalm, engine, two_words, tmp_path, *, name, status
):
    (tmp_path / "dangling.wav").symlink_to(tmp_path / "elsewhere.wav")
    answer = render(sleepcalm, two_words, tmp_path / name)
    assert (answer.status, answer.err.count("\n")) == (status, 1)
    assert not engine().exists()


@pytest.mark.parametrize(
    "options", [["--length=380"], ["--background=brown", "--linger=380"], ["--length=200", "--linger=200"]]
)
def test_a_wav_that_grows_too_long_is_refused_before_a_word_is_spoken(
    sleepcalm, engine, two_words, tmp_path, options
):
    answer = sleepcalm("render", two_words, str(tmp_path / "night.wav"), *options)
    assert (answer.status, answer.err.count("\n")) == (2, 1)
    assert "a wav file holds 6 h 12 min at most" in answer.complaint
    assert not engine().exists()


def test_it_is_spoken_whole_by_the_engine_and_kept(sleepcalm, engine, two_words, tmp_path, folder):
    answer = render(sleepcalm, two_words, tmp_path / "night.wav")
    assert (answer.status, answer.out) == (0, "")
    assert answer.complaint == f"sleepcalm: {VOICE} is speaking two-words, which is kept for the next time"
    assert sorted(engine().read_text().splitlines()) == BOTH
    timeline = sleepcalm("timeline", two_words, "--json")
    assert timeline.err == ""
    assert {Path(cue["clip"]).parent for cue in timeline.json["cues"] if cue["text"]} == {folder}
    sound, _ = soundfile.read(tmp_path / "night.wav")
    assert sounds_where_the_timeline_says(sound, timeline.json["cues"])
    again = render(sleepcalm, two_words, tmp_path / "again.wav")
    assert (again.status, again.err) == (0, "")
    assert engine().read_text().count("\n") == 2
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.parent.rglob("*")} == {0o600, 0o700}


def test_a_changed_sentence_is_spoken_anew_and_the_old_one_goes(sleepcalm, engine, two_words, data, folder):
    play = ("play", two_words, "--output=silent", "--speed=50", "--background=none")
    assert sleepcalm(*play).status == 0
    path = data / "routines" / "two-words.toml"
    path.write_text(path.read_text().replace("No narrator has", "Somebody has"))
    timeline = sleepcalm("timeline", two_words, "--json")
    assert timeline.complaint == (
        "sleepcalm: 1 of 2 sentences have no clip yet and get the time that reading takes; "
        "sleepcalm play two-words has them spoken first, where a speech engine is installed"
    )
    assert [cue["clip"] is None for cue in timeline.json["cues"] if cue["text"]] == [False, True]
    assert sleepcalm(*play).status == 0
    assert engine().read_text().splitlines()[2:] == ["Somebody has spoken this."]
    assert sorted(file.name.split("-")[0] for file in folder.glob("*.flac")) == ["somebody", "there"]


def test_without_an_engine_the_words_are_shown(sleepcalm, two_words, tmp_path, monkeypatch, data):
    monkeypatch.setenv("PATH", str(tmp_path))
    answer = render(sleepcalm, two_words, tmp_path / "night.wav")
    assert answer.status == 0
    assert answer.complaint == (
        "sleepcalm: no speech engine is installed that could speak this routine; its words are only shown"
    )
    assert not (data / "voices").exists()


def test_a_chosen_engine_speaks_it_though_another_was_found_before(
    sleepcalm, engine, two_words, data, folder
):
    sleepcalm("play", two_words, "--output=silent", "--speed=50", "--background=none")
    sleepcalm("voices", "use", "espeak-ng:de")
    played = sleepcalm("play", two_words, "--output=silent", "--speed=50", "--background=none")
    assert played.complaint.startswith("sleepcalm: espeak-ng:de is speaking two-words")
    cues = sleepcalm("timeline", two_words, "--json").json["cues"]
    assert {Path(cue["clip"]).parent.name for cue in cues if cue["text"]} == {folder_name("espeak-ng:de")}
    sleepcalm("voices", "use", "slt")
    cues = sleepcalm("timeline", two_words, "--json").json["cues"]
    assert {Path(cue["clip"]).parent for cue in cues if cue["text"]} == {folder}


def test_an_engine_that_fails_is_told_and_the_words_are_shown(sleepcalm, engine, two_words, tmp_path):
    engine(fails=True)
    answer = render(sleepcalm, two_words, tmp_path / "night.wav")
    told = [line for line in answer.err.splitlines() if "is speaking" not in line]
    assert (answer.status, told) == (0, [f"sleepcalm: espeak-ng: the voice is broken; {ONLY_SHOWN}"])
    engine()
    assert "is speaking" in render(sleepcalm, two_words, tmp_path / "later.wav").complaint


def test_an_engine_that_hangs_is_given_up_at_the_first_sentence(
    sleepcalm, engine, two_words, tmp_path, monkeypatch
):
    monkeypatch.setattr("sleepcalm.audio.voices.engine.run_command.__kwdefaults__", {
        "cancel": None, "timeout_s": 1.0, "environment": None,
    })  # fmt: skip
    log = engine(stuck_at=1)
    answer = render(sleepcalm, two_words, tmp_path / "night.wav")
    told = [line for line in answer.err.splitlines() if "is speaking" not in line]
    assert (answer.status, told) == (
        0, [f"sleepcalm: espeak-ng did not answer within 1 s; {ONLY_SHOWN}"],
    )  # fmt: skip
    assert log.read_text().count("\n") == 1


def is_open_for_reading(pipe: Path) -> bool:
    """Whether a process, such as an engine that waits, has the named pipe open or waits to open it."""
    try:
        os.close(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK))
    except OSError:
        return False
    return True


STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)


@pytest.mark.parametrize("number", STOPS)
def test_a_signal_stops_and_the_same_command_goes_on(processes, engine, two_words, folder, number):
    log = engine(stuck_at=2)
    processes.environment["PATH"] = str(log.parent / "bin")
    process = processes.start("play", two_words, "--output=silent", "--speed=50", "--background=none")
    while not log.exists() or log.read_text().count("\n") < 2:
        assert process.poll() is None, process.stderr.read()
    process.send_signal(number)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (1, "")
    assert not is_open_for_reading(log.parent / "never")  # the engine has gone, too
    assert err.splitlines()[-1] == (
        "sleepcalm: stopped; 1 of 2 sentences are there, and the same command goes on from there"
    )
    assert not list(folder.glob(".part-*"))
    engine()
    played = processes.run("play", two_words, "--output=silent", "--speed=50", "--background=none")
    assert (played.status, sorted(played.out.splitlines())) == (0, BOTH)
    assert log.read_text().splitlines()[2:] == [log.read_text().splitlines()[1]]  # the first one was kept


@pytest.fixture
def ten_minutes(two_words: str, data: Path) -> str:
    """A routine that comes in lengths, and says what `two_words` does; its id."""
    head, steps = (data / "routines" / f"{two_words}.toml").read_text().split("[[steps]]", 1)
    head = head.replace(two_words, "ten-minutes") + "length_min = { usual = 10, offered = [8, 10, 12] }\n"
    (data / "routines" / "ten-minutes.toml").write_text(f'{head}[[steps]]\nfill = "pause"{steps}')
    return "ten-minutes"


SILENT = "--output=silent"


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (("play", "--speed=2"), (2, "--speed goes with --output silent only")),
        (("play", "--output=simpleaudio"), (1, "simpleaudio is not installed: ")),
        (("play", SILENT, "--length=100"), (2, "ten-minutes can last from 8 to 12 minutes, not 100")),
        (("render", "new.wav", "--length=100"), (2, "ten-minutes can last from 8 to 12 minutes, not 100")),
        (("render", "there.wav"), (1, "there.wav exists and was kept; --force replaces it")),
    ],
)
def test_what_is_refused_is_refused_before_anything_is_spoken(
    sleepcalm, engine, ten_minutes, *, tmp_path, monkeypatch, command, refusal
):
    monkeypatch.setitem(sys.modules, "simpleaudio", None)  # as where it is not installed
    monkeypatch.chdir(tmp_path)
    Path("there.wav").write_text("mine")
    name, *options = command
    answer = sleepcalm(name, ten_minutes, *options)
    status, reason = refusal
    assert (answer.status, answer.out) == (status, "")
    assert answer.complaint.startswith(f"sleepcalm: {reason}")
    assert not engine().exists()
    assert Path("there.wav").read_text() == "mine"


def test_whether_pauses_make_up_a_length_shows_once_the_words_are_there(sleepcalm, engine, two_words):
    """Before, their lengths are guessed, and what is guessed refuses nothing."""
    answer = sleepcalm("play", two_words, SILENT, "--length=100")
    assert (answer.status, answer.out) == (2, "")
    assert "two-words can last from " in answer.err
    assert sorted(engine().read_text().splitlines()) == BOTH


def test_a_routine_that_the_built_in_voice_has_is_left_to_it(sleepcalm, engine, two_words, data, tmp_path):
    path = data / "routines" / "two-words.toml"
    path.write_text(path.read_text().replace("No narrator has spoken this.", "And in."))
    answer = render(sleepcalm, two_words, tmp_path / "night.wav")
    assert (answer.status, answer.err) == (0, "")
    assert not engine().exists()


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
def test_the_real_espeak_ng_speaks_the_example(sleepcalm, tmp_path):
    assert sleepcalm("routines", "--example").status == 0
    before = sleepcalm("timeline", "my-own-routine", "--json")
    path = tmp_path / "out.wav"
    answer = sleepcalm("render", "my-own-routine", str(path), "--background", "none")
    assert (answer.status, answer.complaint.split()[1:4]) == (0, ["espeak-ng:en-us", "is", "speaking"])
    after = sleepcalm("timeline", "my-own-routine", "--json")
    assert after.err == ""
    assert after.json["duration_s"] != before.json["duration_s"]
    sound, rate = soundfile.read(path)
    assert len(sound) / rate == pytest.approx(after.json["duration_s"], abs=0.1)
    assert sounds_where_the_timeline_says(sound, after.json["cues"])
    played = sleepcalm("play", "my-own-routine", "--output=silent", "--speed=50", "--background=none")
    assert (played.status, played.err) == (0, "")
    listed = next(row for row in sleepcalm("routines", "--json").json if row["id"] == "my-own-routine")
    assert listed["duration_s"] == pytest.approx(after.json["duration_s"], abs=0.001)
    rows = sleepcalm("voices", "--json").json
    assert [row["narrator"] for row in rows if row["speaks_own_routines"]] == ["espeak-ng:en-us"]


def test_a_voice_that_is_there_no_more_gives_way_to_the_next(sleepcalm, engine, two_words, data, folder):
    remembered = data / "voices" / "fallback-voice.txt"
    remembered.parent.mkdir()
    remembered.write_text("piper:gone\n")
    answer = sleepcalm("play", two_words, "--output=silent", "--speed=50", "--background=none")
    assert answer.complaint.startswith(f"sleepcalm: {VOICE} is speaking two-words")
    assert remembered.read_text() == f"{VOICE}\n"
    assert len(list(folder.glob("*.flac"))) == 2


def test_an_engine_that_cannot_list_its_voices_is_told(sleepcalm, engine, two_words, tmp_path, monkeypatch):
    monkeypatch.setattr("sleepcalm.audio.voices.linux_engines.ANSWER_TIMEOUT_S", 1.0)
    script = engine().parent / "bin" / "espeak-ng"
    script.write_text(f"#!/bin/sh\nread never < {tmp_path / 'never'}\n")
    answer = render(sleepcalm, two_words, tmp_path / "night.wav")
    assert answer.status == 0
    assert answer.complaint == f"sleepcalm: espeak-ng did not answer within 1 s; {ONLY_SHOWN}"
