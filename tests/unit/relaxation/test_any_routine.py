"""Whatever routine the reader takes can be laid out and gone through, or one line says why not."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sleepcalm.relaxation.calm_place import calm_place
from sleepcalm.relaxation.choices import PAUSE_SCALE_LIMITS, ChoiceError
from sleepcalm.relaxation.left_place import LeftOff, frame_to_go_on, left_place
from sleepcalm.relaxation.moment import moment_at
from sleepcalm.relaxation.muscle_groups import FILE_NAMES, GROUPS, Hand
from sleepcalm.relaxation.routine import Routine
from sleepcalm.relaxation.routine_format import parse_routine
from sleepcalm.relaxation.same_place import same_place
from sleepcalm.relaxation.strict_values import RoutineFormatError
from sleepcalm.relaxation.timeline import Choices, Timeline, build_timeline

PARTS = ("inhale", "rest", "exhale")
IDS = ("one", "two", "three")
LENGTHS_MIN = (1, 2, 5)
PHASES = ("settle", "release", "guide", "silence")


def toml(value: object) -> str:
    """A value as TOML on one line."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {toml(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value)


def some(draw: st.DrawFn, table: dict[str, object], **optional: st.SearchStrategy) -> dict[str, object]:
    """The table with some of the optional keys."""
    return table | {key: draw(value) for key, value in optional.items() if draw(st.booleans())}


@st.composite
def sentences(draw: st.DrawFn, *, breathes: bool, has_lengths: bool) -> dict[str, object]:
    from_min = {"from_min": st.sampled_from(LENGTHS_MIN)} if has_lengths else {}
    if breathes and draw(st.booleans()):
        breath = {"breath": draw(st.sampled_from(PARTS))}
        return some(draw, breath, say=st.just("Breathe."), **from_min)
    pause_s = draw(st.sampled_from((0, 0.5, 900)))
    return some(draw, {"say": draw(st.sampled_from(("Let go.", "…"))), "pause_s": pause_s}, **from_min)


@st.composite
def steps(draw: st.DrawFn, variants: list[str], *, has_lengths: bool) -> dict[str, object]:
    said = sentences(breathes=bool(variants), has_lengths=has_lengths)
    phase = draw(st.sampled_from((*PHASES, "tense")))
    group = st.sampled_from(sorted(FILE_NAMES))
    step = {
        "title": draw(st.sampled_from(("Here", "The {dominant} one"))),
        "phase": phase,
        "sentences": draw(st.lists(said, min_size=1, max_size=4)),
    }
    if phase == "tense":
        step |= {"muscle_group": draw(group), "hold_s": draw(st.sampled_from((1, 10)))}
    else:
        step = some(draw, step, muscle_group=group, hold_s=st.sampled_from((0, 1e-9, 3, 60)))
    if variants:
        step = some(draw, step, variants=st.lists(st.sampled_from(variants), unique=True))
    return some(draw, step, repeats=st.integers(1, 3), shuffled=st.booleans())


@st.composite
def routines(draw: st.DrawFn) -> Routine:
    """A routine that the reader takes: with steps in which nothing is heard in one form or another."""
    has_lengths = draw(st.booleans())
    lengths_s = st.sampled_from((0, 1e-9, 4, 30))
    variants = [
        some(draw, {"id": name, "title": name}, **{f"{part}_s": lengths_s for part in PARTS})
        for name in IDS[: draw(st.integers(0, 3))]
    ]
    ids = [str(variant["id"]) for variant in variants]
    table: dict[str, object] = {"id": "any", "title": "Any", "kind": "rest", "summary": "Any.", "sources": []}
    table["cautions"] = [{"say": "Stop whenever you like.", "pause_s": 1}] * draw(st.integers(0, 1))
    if variants:
        table["variants"] = variants
    table["steps"] = found = draw(st.lists(steps(ids, has_lengths=has_lengths), min_size=1, max_size=4))
    if has_lengths:
        table["length_min"] = {"usual": draw(st.sampled_from(LENGTHS_MIN)), "offered": list(LENGTHS_MIN)}
        fills = draw(st.sampled_from((["pause"], ["rounds"], ["sentences"], ["sentences", "pause"])))
        for step, fill in zip(found, fills, strict=False):
            step["fill"] = fill
            step.pop("variants", None)
    try:
        return parse_routine("\n".join(f"{key} = {toml(value)}" for key, value in table.items()), "any.toml")
    except RoutineFormatError:
        assume(False)
        raise


@st.composite
def choices_for(draw: st.DrawFn, routine: Routine) -> Choices:
    return Choices(
        pause_scale=draw(st.floats(*PAUSE_SCALE_LIMITS)),
        hold_s=draw(st.none() | st.floats(3, 10)),
        dominant_hand=draw(st.sampled_from(Hand)),
        skipped_groups=draw(st.frozensets(st.sampled_from(sorted(GROUPS)), max_size=3)),
        with_cautions=draw(st.booleans()),
        length_min=draw(st.none() | st.floats(1, 5)),
        variant=draw(st.sampled_from((None, *(variant.id for variant in routine.variants)))),
        seed=draw(st.none() | st.integers(0, 3)),
    )


def laid_out(routine: Routine, choices: Choices) -> Timeline | None:
    """None where the pauses cannot make up the length, which is told in a line."""
    try:
        timeline = build_timeline(routine, {}, choices)
    except ChoiceError as error:
        told = str(error)
    else:
        return checked(timeline)
    assert routine.lengths is None
    assert told.startswith("any can last from")
    return None


def checked(timeline: Timeline) -> Timeline:
    """In every step something is heard, and nothing lies between two of them."""
    heard = [cue.step_index for cue in timeline.cues]
    assert sorted(set(heard)) == list(range(len(timeline.steps)))
    assert all(before.next_frame == after.start_frame for before, after in pairwise(timeline.cues))
    assert all(before.end_frame == after.start_frame for before, after in pairwise(timeline.steps))
    return timeline


@settings(max_examples=400)
@given(st.data())
def test_a_routine_that_is_read_can_be_laid_out_and_gone_through_with_every_choice(data):
    routine = data.draw(routines())
    timelines = [laid_out(routine, Choices(variant=one.id)) for one in routine.variants]
    timelines += [laid_out(routine, data.draw(choices_for(routine))) for _ in range(3)]
    heard = [timeline for timeline in timelines if timeline is not None and timeline.cues]
    for timeline in heard:
        assert moment_at(timeline, timeline.duration_frames).step_index == len(timeline.steps) - 1
        for frame in (0, timeline.duration_frames // 2, timeline.duration_frames):
            assert 0 <= calm_place(timeline, frame) <= timeline.duration_frames
            left = LeftOff(0.5, left_place(timeline, frame))
            for other in heard:
                assert 0 <= frame_to_go_on(other, left) <= other.duration_frames
                assert 0 <= same_place(timeline, frame, other) <= other.duration_frames


IN_AND_OUT = """
id = "in-and-out"
title = "In and out"
kind = "breathing"
summary = "What one form leaves out."
sources = []
cautions = []
variants = [{ id = "out", title = "Out", exhale_s = 4 }, { id = "in", title = "In", inhale_s = 5 }]
steps = [
  { title = "In", phase = "guide", hold_s = 3, sentences = [{ breath = "inhale" }] },
  { title = "Out", phase = "guide", sentences = [{ breath = "exhale" }, { breath = "inhale" }] },
]
"""


@pytest.mark.parametrize(
    ("variant", "expected"), [("out", [("Out", 4)]), ("in", [("In", 5 + 3), ("Out", 5)])]
)
def test_a_step_in_which_nothing_is_heard_goes_with_its_hold(variant, expected):
    timeline = build_timeline(parse_routine(IN_AND_OUT, "any.toml"), {}, Choices(variant=variant))
    lasting = [(step.title, (step.end_frame - step.start_frame) / 48_000) for step in timeline.steps]
    assert lasting == expected


def test_a_hold_follows_what_is_heard_last():
    text = IN_AND_OUT.replace('[{ breath = "inhale" }]', '[{ breath = "exhale" }, { breath = "inhale" }]')
    exhale, hold, *_ = build_timeline(parse_routine(text, "any.toml"), {}, Choices(variant="out")).cues
    assert (exhale.next_frame, hold.is_hold, hold.end_frame) == (4 * 48_000, True, 7 * 48_000)
