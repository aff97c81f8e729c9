"""A routine file is right in every detail, or is refused with one line that says where and why."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from sleepcalm.foreign_files import MAX_STOPS_IN_LINE
from sleepcalm.relaxation.catalogue import read_catalogue
from sleepcalm.relaxation.muscle_groups import FILE_NAMES, GROUPS, SIXTEEN, Hand, resolve
from sleepcalm.relaxation.routine import BreathPart, Fill, Kind, Phase
from sleepcalm.relaxation.routine_format import (
    MAX_BREATH_PART_S,
    MAX_FILE_BYTES,
    MAX_LENGTH_MIN,
    MAX_SPOKEN,
    parse_routine,
)
from sleepcalm.relaxation.step_format import MAX_HOLD_S, MAX_PAUSE_S, MAX_REPEATS, MAX_TENSION_S
from sleepcalm.relaxation.strict_values import RoutineFormatError
from sleepcalm.relaxation.timeline import FOOT_HOLD_LIMIT_S

GOOD = """
id = "short-rest"
title = "A short rest"
kind = "rest"
summary = "Lie still for a moment."
sources = ["our own"]
cautions = [{ say = "Stop whenever you like.", pause_s = 1 }]

[[steps]]
title = "{dominant} hand"
phase = "tense"
muscle_group = "dominant_hand"
hold_s = 5
repeats = 2
sentences = [{ say = "Make a fist, now.", pause_s = 2.5 }]
"""


def test_a_good_file():
    routine = parse_routine(GOOD, "good.toml")
    assert routine.id == "short-rest"
    (step,) = routine.steps
    assert (step.phase, step.muscle_group, step.hold_s, step.repeats) == (Phase.TENSE, "dominant_hand", 5, 2)
    assert step.sentences[0].pause_s == 2.5


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('id = "short-rest"', 'id = "Short rest"', "id 'Short rest' must be lower-case"),
        ('id = "short-rest"', "", "id is missing"),
        ('kind = "rest"', 'kind = "nap"', "kind 'nap' is not one of"),
        ("pause_s = 2.5", "pause_s = -1", "step 1 ({dominant} hand), sentences 1: pause_s must be a number"),
        ("pause_s = 2.5", "pause_s = nan", "pause_s must be a number from 0 to 900"),
        ("pause_s = 2.5", "pause_s = true", "pause_s must be a number"),
        ("pause_s = 2.5", "pause = 2", "unknown key 'pause'"),
        ("hold_s = 5", "hold_s = 11", "hold_s must be a number from 1 to 10"),
        ("hold_s = 5", "", "step 1 ({dominant} hand): hold_s is missing"),
        ("repeats = 2", "repeats = 0", "repeats must be from 1 to 100"),
        ("repeats = 2", "repeats = 1.5", "repeats must be a whole number"),
        ("repeats = 2", "colour = 2", "unknown key 'colour'"),
        ('"dominant_hand"', '"left_hand"', "muscle_group 'left_hand' is not one of"),
        ('muscle_group = "dominant_hand"', "", "a tense step must name its muscle_group"),
        ("Make a fist", "Make a {big} fist", "say holds '{big}'"),
        ("Make a fist", "Make a { fist", "only {dominant} and {other} are known"),
        ('"tense"', '"squeeze"', "phase 'squeeze' is not one of"),
        ('[{ say = "Make a fist, now.", pause_s = 2.5 }]', "[]", "has no sentences"),
        ('[{ say = "Make a fist, now.", pause_s = 2.5 }]', '["Make a fist"]', "must be a table with say"),
        ("[[steps]]", "[[step]]", "unknown key 'step'"),
        ('sources = ["our own"]', "sources = [1]", "sources must be a list of texts"),
        ('title = "A short rest"', "title = 3", "title must be text"),
        ("[[steps]]", "length_min = 5\n[[steps]]", "length_min: must be a table with usual and offered"),
        (
            "[[steps]]",
            "length_min = { usual = 5, offered = [9, 5] }\n[[steps]]",
            "length_min: offered must be a list of lengths, each longer than the one before",
        ),
        (
            "[[steps]]",
            "length_min = { usual = 5, offered = [10] }\n[[steps]]",
            "length_min: usual must be a number from 10 to 10, not 5",
        ),
        (
            "[[steps]]",
            "length_min = { usual = 5, offered = [5] }\n[[steps]]",
            "length_min needs a step with fill: one that goes on, one with a pause, or one of each",
        ),
        (
            "[[steps]]",
            'variants = [{ id = "a", title = "A" }, { id = "a", title = "B" }]\n[[steps]]',
            "variants 2: id 'a' is taken by another variant",
        ),
        ("[[steps]]", "variants = []\n[[steps]]", "variants must hold at least one, or be left out"),
        ("repeats = 2", 'variants = ["b"]', "variants names 'b', which the routine does not have"),
        ("repeats = 2", 'fill = "pause"', "a step with fill needs length_min"),
        ("repeats = 2", 'fill = "half"', "fill 'half' is not one of pause, rounds, sentences"),
        ("repeats = 2", "shuffled = 1", "shuffled must be true or false, not 1"),
        ("pause_s = 2.5", "pause_s = 2.5, from_min = 3", "from_min needs the routine to have length_min"),
        ("pause_s = 2.5", 'breath = "inhale"', "breath 'inhale' needs a variant with inhale_s"),
        ('say = "Make a fist, now.", ', "", "say is missing"),
        ('title = "{dominant} hand"', 'title = "two\\nlines"', "step 1: title must be text on one line"),
        ("repeats = 2", "repeats = 0x" + "f" * 5000, "repeats must be from 1 to 100, not that"),
        ("id =", "id ==", "is not valid TOML"),
        ("pause_s = 2.5", f"pause_s = {'9' * 5000}", "is not valid TOML"),
        ("Make a fist", "\\u001b[31mMake a fist", "without spare spaces or control characters"),
        ('"our own"', '"our\\u0000own"', "sources must be a list of texts"),
        (
            "repeats = 2\nsentences = [",
            "repeats = 100\nsentences = [" + '{ say = "Rest.", pause_s = 1 },' * 20,
            "has 2101 sentences with all repeats; 2000 is the most",
        ),
    ],
)
def test_a_slip_is_one_line_with_file_place_and_reason(old, new, reason):
    assert old in GOOD
    with pytest.raises(RoutineFormatError) as caught:
        parse_routine(GOOD.replace(old, new), "slip.toml")
    assert str(caught.value).startswith("slip.toml")
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_bad_file_does_not_stop_the_others(tmp_path):
    (tmp_path / "a.toml").write_text("nonsense")
    (tmp_path / "b.toml").write_text(GOOD)
    (tmp_path / "c.toml").write_bytes(b"\xff\xfe")
    (tmp_path / "d.toml").write_text(GOOD)
    (tmp_path / "e.toml").mkdir()
    catalogue = read_catalogue([tmp_path, tmp_path / "absent"])
    assert list(catalogue.routines) == ["short-rest"]
    assert [error.split(":")[0] for error in catalogue.errors] == ["a.toml", "c.toml", "d.toml", "e.toml"]


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/dev/zero")])
def test_what_never_ends_is_not_read(tmp_path, make):
    make(tmp_path / "endless.toml")
    (error,) = read_catalogue([tmp_path]).errors
    assert error == "endless.toml: is not a file"


def test_a_huge_file_is_refused_before_it_is_read(tmp_path):
    (tmp_path / "huge.toml").write_text(GOOD + "#" * MAX_FILE_BYTES)
    (error,) = read_catalogue([tmp_path]).errors
    assert error == "huge.toml: is larger than 250 kB, which no routine needs"


def test_what_editors_leave_in_a_file_does_not_matter(tmp_path):
    (tmp_path / "windows.toml").write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert read_catalogue([tmp_path]).routines["short-rest"] == parse_routine(GOOD, "good.toml")


def test_links_to_files_are_followed_and_others_are_named(tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    (tmp_path / "elsewhere.toml").write_text(GOOD)
    (own / "a.toml").symlink_to(tmp_path / "elsewhere.toml")
    (own / "b.toml").symlink_to("b.toml")
    (own / "c.toml").symlink_to("lost.toml")
    catalogue = read_catalogue([own])
    assert list(catalogue.routines) == ["short-rest"]
    assert [error.split(":")[0] for error in catalogue.errors] == ["b.toml", "c.toml"]


def test_near_ids_are_named(tmp_path):
    for name in ("short-rest", "short-nest", "long-rest", "counting"):
        (tmp_path / f"{name}.toml").write_text(GOOD.replace("short-rest", name))
    catalogue = read_catalogue([tmp_path])
    assert catalogue.nearest_ids("short-res") == ["short-rest", "short-nest", "long-rest"]
    assert len(catalogue.nearest_ids("zzz")) == 3
    assert read_catalogue([]).nearest_ids("zzz") == []


def test_sixteen_groups_and_their_sides():
    assert len(SIXTEEN) == 16
    assert resolve("dominant_arm", Hand.LEFT) == "left_arm"
    assert resolve("other_leg", Hand.LEFT) == "right_leg"
    assert resolve("neck", Hand.LEFT) == "neck"
    assert GROUPS["right_leg"] == {"right_thigh", "right_calf", "right_foot"}
    with pytest.raises(KeyError):
        resolve("dominant_neck", Hand.RIGHT)


def test_the_written_format_shows_a_file_that_is_right():
    page = (Path(__file__).parents[3] / "docs" / "routine-format.md").read_text(encoding="utf-8")
    example, excerpt = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    routine = parse_routine(example, "example.toml")
    assert [step.phase for step in routine.steps] == list(Phase)
    assert routine.cautions
    head = example.partition("[[steps]]")[0]
    filled = parse_routine(head + excerpt, "example.toml")
    assert filled.lengths is not None
    for word in (*Kind, *Phase, *Fill, *BreathPart, *FILE_NAMES):
        assert f"`{word}`" in page


def test_the_written_format_gives_the_limits_in_force():
    page = (Path(__file__).parents[3] / "docs" / "routine-format.md").read_text(encoding="utf-8")
    limits = (MAX_PAUSE_S, MAX_HOLD_S, MAX_TENSION_S, FOOT_HOLD_LIMIT_S, MAX_REPEATS, MAX_SPOKEN)
    for limit in (*limits, MAX_LENGTH_MIN, MAX_BREATH_PART_S, MAX_STOPS_IN_LINE):
        assert f"**{limit:g}**" in page
    assert f"**{MAX_FILE_BYTES // 1000} kB**" in page
