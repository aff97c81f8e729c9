"""The timeline's promises: nothing overlaps, holds are exact, a skipped group leaves no hole."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleepcalm.relaxation.clip import CLIP_LUFS
from sleepcalm.relaxation.muscle_groups import FILE_NAMES, GROUPS, Hand, resolve
from sleepcalm.relaxation.routine import Kind, Phase, Routine, Sentence, Step
from sleepcalm.relaxation.timeline import (
    FOOT_HOLD_LIMIT_S,
    GAIN_FALL_DB,
    SAMPLE_RATE_HZ,
    Choices,
    Clip,
    build_timeline,
)

WORDS = st.sampled_from(["Let go.", "Rest your {dominant} hand.", "And the {other} one.", "Breathe.", "Now."])
SENTENCES = st.builds(Sentence, WORDS, st.floats(0, 30).map(lambda s: round(s, 3)))
STEPS = st.builds(
    Step,
    title=st.just("A {dominant} step"),
    phase=st.sampled_from(Phase),
    sentences=st.lists(SENTENCES, min_size=1, max_size=4).map(tuple),
    muscle_group=st.none() | st.sampled_from(sorted(FILE_NAMES)),
    hold_s=st.sampled_from([0.0, 0.0, 5.0, 6.5]),
    repeats=st.integers(1, 3),
)
ROUTINES = st.builds(
    Routine,
    id=st.just("any"),
    title=st.just("Any"),
    kind=st.just(Kind.PMR),
    summary=st.just("Any"),
    sources=st.just(()),
    cautions=st.lists(SENTENCES, max_size=2).map(tuple),
    steps=st.lists(STEPS, min_size=1, max_size=8).map(tuple),
)
CHOICES = st.builds(
    Choices,
    pause_scale=st.sampled_from([0.5, 1.0, 1.5, 3.0]),
    hold_s=st.none() | st.sampled_from([3.0, 5.0, 7.25]),
    dominant_hand=st.sampled_from(Hand),
    skipped_groups=st.frozensets(st.sampled_from(sorted(GROUPS.keys() - {"whole_body"})), max_size=3),
    with_cautions=st.booleans(),
)
LENGTHS = st.dictionaries(
    WORDS.flatmap(lambda text: st.sampled_from(Hand).map(Sentence(text, 0).spoken)),
    st.builds(Clip, st.just("audio/any/clip.opus"), st.integers(1, 400_000)),
)


@given(ROUTINES, LENGTHS, CHOICES)
def test_cues_follow_each_other_without_overlap_and_their_sum_is_the_total(routine, clips, choices):
    timeline = build_timeline(routine, clips, choices)
    frame = 0
    for cue in timeline.cues:
        assert cue.start_frame == frame
        assert cue.end_frame >= cue.start_frame
        assert cue.pause_frames >= 0
        frame = cue.end_frame + cue.pause_frames
    assert timeline.duration_frames == frame
    assert timeline.exercise_end_frame == max(
        (c.end_frame for c in timeline.cues if not c.is_hold), default=0
    )


@given(ROUTINES, LENGTHS, CHOICES)
def test_steps_tile_the_timeline_and_keep_the_routines_order(routine, clips, choices):
    timeline = build_timeline(routine, clips, choices)
    edges = [(step.start_frame, step.end_frame) for step in timeline.steps]
    assert [start for start, _ in edges] == [0, *(end for _, end in edges[:-1])][: len(edges)]
    assert [cue.step_index for cue in timeline.cues] == sorted(cue.step_index for cue in timeline.cues)
    assert {cue.step_index for cue in timeline.cues} == set(range(len(timeline.steps)))


@given(ROUTINES, LENGTHS, CHOICES)
def test_a_clip_is_as_long_on_the_timeline_as_it_is(routine, clips, choices):
    for cue in build_timeline(routine, clips, choices).cues:
        if cue.clip:
            assert cue.end_frame - cue.start_frame == cue.clip.frames


@given(ROUTINES, LENGTHS, CHOICES)
def test_holds_are_exact_to_the_sample_and_short_for_feet(routine, clips, choices):
    for cue in build_timeline(routine, clips, choices).cues:
        if not cue.is_hold:
            continue
        frames = cue.end_frame - cue.start_frame
        has_foot = cue.muscle_group and any(part.endswith("foot") for part in GROUPS[cue.muscle_group])
        allowed_s = {5.0, 6.5, choices.hold_s if cue.phase is Phase.TENSE else None} - {None}
        if has_foot:
            assert frames <= FOOT_HOLD_LIMIT_S * SAMPLE_RATE_HZ
            allowed_s = {min(hold_s, FOOT_HOLD_LIMIT_S) for hold_s in allowed_s}
        assert frames in {round(hold_s * SAMPLE_RATE_HZ) for hold_s in allowed_s}


@given(ROUTINES, LENGTHS, CHOICES)
def test_a_skipped_group_is_as_if_it_had_never_been_written(routine, clips, choices):
    skipped = {part for name in choices.skipped_groups for part in GROUPS[name]}

    def stays(step: Step) -> bool:
        if step.muscle_group in (None, "whole_body"):
            return True
        return skipped.isdisjoint(GROUPS[resolve(step.muscle_group, choices.dominant_hand)])

    without = replace(routine, steps=tuple(step for step in routine.steps if stays(step)))
    expected = build_timeline(without, clips, replace(choices, skipped_groups=frozenset()))
    assert build_timeline(routine, clips, choices) == expected


@given(ROUTINES, LENGTHS, CHOICES)
def test_the_voice_sinks_and_like_is_never_louder_than_the_like_before(routine, clips, choices):
    cues = build_timeline(routine, clips, choices).cues
    for quieter in (False, True):
        gains = [c.gain_db for c in cues if (c.phase not in (Phase.SETTLE, Phase.TENSE)) is quieter]
        assert gains == sorted(gains, reverse=True)
        assert all(-GAIN_FALL_DB - 2 <= gain <= 0 for gain in gains)


@given(ROUTINES, LENGTHS, CHOICES)
def test_a_louder_clip_is_turned_down_and_a_softer_one_up(routine, clips, choices):
    off_lu = {sentence: (number % 5 - 2) / 2 for number, sentence in enumerate(sorted(clips))}
    uneven = {each: replace(clip, loudness_lufs=CLIP_LUFS + off_lu[each]) for each, clip in clips.items()}
    level, levelled = (build_timeline(routine, each, choices).cues for each in (clips, uneven))
    for cue, made_up in zip(level, levelled, strict=True):
        loudness = made_up.clip.loudness_lufs - CLIP_LUFS if made_up.clip else 0
        assert made_up.gain_db + loudness == pytest.approx(cue.gain_db, abs=0.001)


@given(ROUTINES, LENGTHS, CHOICES, st.sampled_from([1.5, 2.0]))
def test_longer_pauses_change_nothing_but_the_pauses(routine, clips, choices, factor):
    choices = replace(choices, pause_scale=1.0)
    usual = build_timeline(routine, clips, choices)
    slower = build_timeline(routine, clips, replace(choices, pause_scale=factor))
    for before, after in zip(usual.cues, slower.cues, strict=True):
        assert after.end_frame - after.start_frame == before.end_frame - before.start_frame
        assert after.pause_frames == pytest.approx(before.pause_frames * factor, abs=1)


def routine_of(*steps: Step) -> Routine:
    return Routine("r", "R", Kind.PMR, "S", (), (), steps)


def test_a_hold_starts_where_the_word_now_ends():
    step = Step("Arm", Phase.TENSE, (Sentence("Ready.", 2), Sentence("Now.", 1)), "dominant_arm", hold_s=6)
    timeline = build_timeline(routine_of(step), {"Now.": Clip("now", 20_000)}, Choices())
    _, now, hold = timeline.cues
    assert now.pause_frames == 0
    assert hold.start_frame == now.end_frame
    assert hold.end_frame - hold.start_frame == 6 * SAMPLE_RATE_HZ
    assert hold.pause_frames == SAMPLE_RATE_HZ
    assert (hold.clip, hold.text, hold.muscle_group) == (None, "", "right_arm")


def test_the_dominant_hand_decides_words_and_sides():
    step = Step(
        "{dominant} arm", Phase.GUIDE, (Sentence("Your {dominant}, not {other}.", 1),), "dominant_arm"
    )
    timeline = build_timeline(routine_of(step), {}, Choices(dominant_hand=Hand.LEFT))
    assert timeline.cues[0].text == "Your left, not right."
    assert timeline.cues[0].muscle_group == "left_arm"
    assert timeline.steps[0].title == "Left arm"


def test_attention_to_the_whole_body_stays_when_a_group_is_skipped():
    whole = Step("All", Phase.GUIDE, (Sentence("All of you.", 1),), "whole_body")
    arm = Step("Arm", Phase.TENSE, (Sentence("Now.", 1),), "dominant_arm", hold_s=5)
    choices = Choices(skipped_groups=frozenset({"right_hand"}))
    timeline = build_timeline(routine_of(arm, whole), {}, choices)
    assert [step.title for step in timeline.steps] == ["All"]


def test_cautions_come_first_and_can_be_left_out():
    step = Step("Rest", Phase.GUIDE, (Sentence("Rest.", 1),))
    routine = replace(routine_of(step), cautions=(Sentence("Leave out what hurts.", 1),))
    assert build_timeline(routine, {}, Choices()).cues[0].text == "Leave out what hurts."
    assert build_timeline(routine, {}, Choices(with_cautions=False)).cues[0].text == "Rest."
