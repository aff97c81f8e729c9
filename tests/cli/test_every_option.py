"""Every routine takes every option of `timeline`, `play` and `render`: a loop over all ids never fails."""

from __future__ import annotations

import shlex
from functools import cache
from itertools import pairwise, product

import pytest
import soundfile

from sleepcalm.audio.outputs import Health, SilentOutput
from sleepcalm.backgrounds import NO_BACKGROUND, SOUNDS
from sleepcalm.relaxation.catalogue import read_catalogue
from sleepcalm.relaxation.muscle_groups import SIXTEEN
from sleepcalm.relaxation.routine import Routine
from sleepcalm.shipped_files import shipped_folder

SOUND = [
    *("--background=rain:0.8+brown:0.4", "--linger=0", "--fade=2"),
    *("--voice-volume=0.8", "--background-volume=0.3"),
]
SUFFIXES = (".wav", ".flac", ".ogg", ".mp3")


@cache
def routines() -> dict[str, Routine]:
    return dict(read_catalogue([shipped_folder("assets") / "scripts"]).routines)


every_routine = pytest.mark.parametrize("name", routines())


def quick_sound(name: str) -> list[str]:
    """All that can be chosen of the sound. To compute a background takes half of the time and has nothing to
    do with the routine, so the usual run does it under one of them, and the torture under each."""
    return SOUND if name == "pmr-7" else [f"--background={NO_BACKGROUND}", *SOUND[1:]]


def quick(name: str) -> list[str]:
    """All that can be chosen, at the quickest pace."""
    routine = routines()[name]
    variant = routine.variants[-1].id if routine.variants else "4-6"
    return [
        *("--pause-scale=0.5", "--hold=3", f"--variant={variant}", "--seed=7"),
        *("--dominant-hand=left", "--skip=neck", "--skip=dominant_foot", "--no-cautions"),
        *([f"--length={routine.lengths.ends_min[0]:g}"] if routine.lengths else []),
    ]


def drawn_out(name: str, usual_s: float) -> list[str]:
    """All that can be chosen, a length among it that is not the usual one."""
    routine = routines()[name]
    length_min = routine.lengths.ends_min[1] if routine.lengths else round(usual_s / 60 * 1.4, 1)
    variant = routine.variants[0].id if routine.variants else "4-6"
    return [
        *("--pause-scale=3", "--hold=10", f"--variant={variant}", "--seed=-3"),
        *("--dominant-hand=right", "--skip=left_leg", f"--length={length_min}"),
    ]


def remarks(answer) -> list[str]:
    """The lines on standard error; each is the program's own."""
    lines = answer.err.splitlines()
    assert all(line.startswith("sleepcalm: ") for line in lines)
    return lines


@every_routine
def test_a_timeline_with_every_choice(sleepcalm, name):
    usual = sleepcalm("timeline", name, "--json").json
    fast = sleepcalm("timeline", name, "--json", *quick(name))
    slow = sleepcalm("timeline", name, "--json", *drawn_out(name, usual["duration_s"]))
    for answer in (fast, slow):
        assert answer.status == 0, answer.err
        cues = answer.json["cues"]
        assert all(before["end_s"] <= after["start_s"] for before, after in pairwise(cues))
        assert cues[-1]["end_s"] <= answer.json["duration_s"]
        for line in remarks(answer):
            assert line.endswith("changes nothing")
    length_s = float(drawn_out(name, usual["duration_s"])[-1].removeprefix("--length=")) * 60
    assert slow.json["duration_s"] == pytest.approx(length_s, abs=1)
    routine = routines()[name]
    inert = [not routine.variants, not routine.is_shuffled]
    assert len(remarks(fast)) == sum(inert)
    assert len(remarks(slow)) == sum([*inert, routine.lengths is None])


def test_what_changes_nothing_is_told_in_a_line_and_left_out(sleepcalm):
    plain = sleepcalm("timeline", "pmr-7", "--json")
    answer = sleepcalm("timeline", "pmr-7", "--json", "--seed", "7", "--variant", "4-6")
    assert (answer.status, answer.json) == (0, plain.json)
    assert remarks(answer) == [
        "sleepcalm: pmr-7 has one form only; the variant changes nothing",
        "sleepcalm: pmr-7 always has the same order; the seed changes nothing",
    ]
    with_both = sleepcalm("timeline", "pmr-7", "--json", "--length", "12", "--pause-scale", "0.5")
    assert with_both.json == sleepcalm("timeline", "pmr-7", "--json", "--length", "12").json
    assert with_both.complaint == (
        "sleepcalm: the pauses of pmr-7 make up the length; --pause-scale changes nothing"
    )


def test_a_kept_pace_goes_without_a_word_where_a_length_is_asked_for(sleepcalm, data):
    data.mkdir()
    (data / "preferences.json").write_text('{"pause_scale": 2}')
    answer = sleepcalm("timeline", "pmr-7", "--json", "--length", "12")
    assert (answer.status, answer.err) == (0, "")
    assert answer.json["duration_s"] == pytest.approx(12 * 60, abs=1)


@every_routine
def test_some_seconds_are_played_with_every_option(sleepcalm, name):
    only_some = ["--start-at=20.5", "--stop-after=15"]
    sound = [*quick_sound(name), *only_some]
    answer = sleepcalm("play", name, "--output=silent", "--speed=100", *quick(name), *sound)
    assert answer.status == 0, answer.err
    assert all(line.endswith("changes nothing") for line in remarks(answer))
    cues = sleepcalm("timeline", name, "--json", *quick(name)).json["cues"]
    heard = [cue["text"] for cue in cues if cue["text"] and 20.5 <= cue["start_s"] <= 35]
    assert set(heard) <= set(answer.out.splitlines())


@pytest.mark.torture
@every_routine
def test_a_whole_routine_is_played_faster_with_every_option(sleepcalm, name):
    answer = sleepcalm("play", name, "--output=silent", "--speed=1000", *quick(name), *SOUND)
    assert answer.status == 0, answer.err
    cues = sleepcalm("timeline", name, "--json", *quick(name)).json["cues"]
    texts = [cue["text"] for cue in cues if cue["text"]]
    once = [text for before, text in pairwise(["", *texts]) if text != before]
    assert answer.out.splitlines() == once


def render(sleepcalm, tmp_path, name: str, suffix: str, sound: list[str]) -> None:
    """Write a routine, at its quickest and without what a group of muscles takes, and look at the file."""
    path = tmp_path / f"{name}{suffix}"
    short = [*quick(name), *(f"--skip={group}" for group in sorted(SIXTEEN))]
    answer = sleepcalm("render", name, str(path), *short, *sound)
    assert (answer.status, answer.out) == (0, ""), answer.err
    info = soundfile.info(path)
    timeline = sleepcalm("timeline", name, "--json", *short).json
    assert info.duration >= timeline["duration_s"] - 0.01
    assert info.duration <= timeline["duration_s"] + 3
    path.unlink()


@every_routine
def test_a_file_is_written_with_every_option(sleepcalm, tmp_path, name):
    render(sleepcalm, tmp_path, name, ".wav", quick_sound(name))


@pytest.mark.torture
@pytest.mark.parametrize(("name", "suffix"), list(product(routines(), SUFFIXES)))
def test_every_format_of_every_routine(sleepcalm, tmp_path, name, suffix):
    render(sleepcalm, tmp_path, name, suffix, SOUND)


@pytest.mark.torture
@pytest.mark.parametrize(("name", "background"), list(product(routines(), (NO_BACKGROUND, *SOUNDS))))
def test_every_background_under_every_routine(sleepcalm, tmp_path, name, background):
    render(sleepcalm, tmp_path, name, ".wav", [f"--background={background}", *SOUND[1:]])


def test_the_line_of_how_to_go_on_repeats_all_that_was_asked_for(sleepcalm, monkeypatch, tmp_path):
    """It can be pasted into a shell, and goes on in the same layout."""
    monkeypatch.setattr(SilentOutput, "health", lambda _self: Health.DEVICE_GONE)
    folder = tmp_path / "my own data"
    options = [*quick("pmr-7"), *SOUND, "--output=silent", f"--data-dir={folder}"]
    answer = sleepcalm("play", "pmr-7", *options, "--start-at=30", "--stop-after=100")
    assert answer.status == 1
    line = answer.err.splitlines()[-1]
    assert line.startswith("sleepcalm: the sound device has gone, and the routine has stopped; to go on: ")
    program, command, name, *again = shlex.split(line.rpartition("to go on: ")[2])
    assert (program, command, name) == ("sleepcalm", "play", "pmr-7")
    values = dict(word.partition("=")[::2] for word in again)
    start_s, stop_s = float(values["--start-at"]), float(values["--stop-after"])
    assert 30 <= start_s < 130
    assert start_s + stop_s == pytest.approx(130)
    said = [word for word in again if not word.startswith(("--start-at=", "--stop-after="))]
    assert sorted(said) == sorted(options)
