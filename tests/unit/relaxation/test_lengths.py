"""A chosen length is kept: by a pause that stretches, by rounds, or by sentences that go on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleepcalm.relaxation.choices import ChoiceError, Choices, fitting, without_effect
from sleepcalm.relaxation.moment import moment_at
from sleepcalm.relaxation.routine import (
    BreathPart,
    Fill,
    Kind,
    Lengths,
    Phase,
    Routine,
    Sentence,
    Step,
    Variant,
)
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ, Clip, Timeline, build_timeline

LENGTHS = Lengths(10, (5, 10, 60))
WORDS = tuple(Sentence(f"Word {number}.", 8) for number in range(12))
BREATHS = (
    Sentence("In.", 0, BreathPart.INHALE),
    Sentence("", 0, BreathPart.REST),
    Sentence("Out.", 0, BreathPart.EXHALE),
)
FORMS = (Variant("5-5", "Even", 5, 0, 5), Variant("4-7-8", "Long", 4, 7, 8))
CLIPS = {"In.": Clip("in", 20_000), "Out.": Clip("out", 24_001)}


def routine_of(
    *steps: Step, lengths: Lengths | None = LENGTHS, variants: tuple[Variant, ...] = ()
) -> Routine:
    return Routine("r", "R", Kind.REST, "S", (), (), steps, lengths, variants)


RESTING = Step("Rest", Phase.SILENCE, (Sentence("Rest.", 20),), fill=Fill.PAUSE)
SHUFFLED = Step("Pictures", Phase.GUIDE, WORDS, fill=Fill.SENTENCES, is_shuffled=True)
BREATHING = Step("Breathe", Phase.GUIDE, BREATHS, repeats=3, fill=Fill.ROUNDS)
PACED = routine_of(Step("Talk", Phase.GUIDE, WORDS), lengths=None)
"""12 s of words, and 96 s of pauses at the pace of 1."""
TENSED = routine_of(Step("Fist", Phase.TENSE, WORDS, "left_hand", hold_s=5), lengths=None)


def minutes(timeline: Timeline) -> float:
    return timeline.duration_frames / SAMPLE_RATE_HZ / 60


@given(st.floats(5, 60), st.sampled_from([0.5, 1.0, 2.0]))
def test_a_pause_takes_up_all_that_is_left_of_a_length(length_min, pause_scale):
    talk = Step("Talk", Phase.GUIDE, WORDS)
    choices = Choices(length_min=length_min, pause_scale=pause_scale)
    timeline = build_timeline(routine_of(talk, RESTING), {}, choices)
    assert timeline.duration_frames == round(length_min * 60 * SAMPLE_RATE_HZ)
    assert timeline.exercise_end_frame == timeline.duration_frames
    assert timeline.cues[-1].pause_frames >= 10 * SAMPLE_RATE_HZ


@given(st.integers(5, 60), st.sampled_from([0.5, 1.0, 2.0]), st.sampled_from([SHUFFLED, BREATHING]))
def test_rounds_and_sentences_go_on_as_long_as_another_fits(length_min, pause_scale, step):
    choices = Choices(length_min=length_min, pause_scale=pause_scale)
    timeline = build_timeline(routine_of(step, variants=FORMS), CLIPS, choices)
    assert 0 <= length_min - minutes(timeline) < 20 / 60
    texts = [cue.text for cue in timeline.cues]
    if step is BREATHING:
        assert texts == ["In.", "Out."] * (len(texts) // 2)
    else:
        assert set(texts[:12]) == {sentence.text for sentence in WORDS}


@given(st.floats(5, 60), st.sampled_from([0.5, 1.0, 2.0]), st.sampled_from([SHUFFLED, BREATHING]))
def test_a_pause_takes_the_odd_seconds_after_rounds_and_sentences(length_min, pause_scale, step):
    choices = Choices(length_min=length_min, pause_scale=pause_scale)
    timeline = build_timeline(routine_of(RESTING, step, variants=FORMS), CLIPS, choices)
    assert timeline.duration_frames == round(length_min * 60 * SAMPLE_RATE_HZ)
    assert timeline.cues[0].pause_frames < (20 * pause_scale + 20) * SAMPLE_RATE_HZ


@given(
    st.floats(1.2, 5),
    st.sampled_from([0.5, 1.0, 2.0]),
    st.none() | st.floats(3, 10),
    st.sampled_from([PACED, TENSED]),
)
def test_where_the_steps_decide_the_pauses_make_up_a_length(length_min, pause_scale, hold_s, routine):
    choices = Choices(length_min=length_min, pause_scale=pause_scale, hold_s=hold_s)
    timeline = build_timeline(routine, {}, choices)
    assert minutes(timeline) == pytest.approx(length_min, abs=0.1 / 60)
    usual = build_timeline(routine, {}, replace(choices, length_min=None, pause_scale=1.0))
    scales = []
    for cue, plain in zip(timeline.cues, usual.cues, strict=True):
        assert cue.text == plain.text
        assert cue.end_frame - cue.start_frame == plain.end_frame - plain.start_frame
        scales += [cue.pause_frames / plain.pause_frames] if plain.pause_frames else []
    assert scales == pytest.approx([scales[0]] * len(scales), rel=1e-4)
    assert 0.5 <= scales[0] <= 3


@pytest.mark.parametrize(("length_min", "wanted_min"), [(0.99, 1), (5.01, 5)])
def test_a_length_that_is_missed_by_less_than_a_second_is_kept(length_min, wanted_min):
    assert minutes(build_timeline(PACED, {}, Choices(length_min=length_min))) == pytest.approx(wanted_min)


def test_without_pauses_there_is_one_length():
    breathless = routine_of(Step("Talk", Phase.GUIDE, (Sentence("Word.", 0),) * 120), lengths=None)
    assert minutes(build_timeline(breathless, {}, Choices(length_min=1))) == 1
    with pytest.raises(ChoiceError, match="r can last from 1 to 1 minutes, not 2"):
        build_timeline(breathless, {}, Choices(length_min=2))


def test_a_length_of_nothing_is_nothing():
    choices = Choices(length_min=2, skipped_groups=frozenset({"left_hand"}))
    assert build_timeline(TENSED, {}, choices).cues == ()


def test_what_changes_nothing_is_accepted_and_told():
    choices = Choices(variant="5-5", seed=3)
    assert build_timeline(PACED, {}, choices) == build_timeline(PACED, {}, Choices())
    assert without_effect(PACED, choices) == (
        "r has one form only; the variant changes nothing",
        "r always has the same order; the seed changes nothing",
    )
    assert without_effect(PACED, Choices()) == ()
    assert without_effect(routine_of(SHUFFLED, variants=FORMS), choices) == ()


def test_a_length_of_a_form_is_kept_only_where_the_routine_offers_lengths():
    """In the window the listener's pace stays what it is."""
    choices = Choices(length_min=5, variant="5-5")
    assert fitting(PACED, choices) == Choices()
    assert fitting(routine_of(BREATHING, variants=FORMS), choices) == choices


def test_without_a_wish_it_is_the_usual_length():
    assert minutes(build_timeline(routine_of(RESTING), {}, Choices())) == 10


def test_a_slow_pace_is_followed_as_far_as_the_length_allows():
    talk = Step("Talk", Phase.GUIDE, tuple(Sentence("Word.", 20) for _ in range(12)))
    timeline = build_timeline(routine_of(talk, RESTING), {}, Choices(length_min=5, pause_scale=3.0))
    assert timeline.duration_frames == 5 * 60 * SAMPLE_RATE_HZ
    assert timeline.cues[0].pause_frames > 20 * SAMPLE_RATE_HZ


def test_words_for_longer_versions_are_left_out_of_shorter_ones():
    talk = Step("Talk", Phase.GUIDE, (Sentence("Always.", 5), Sentence("At length.", 5, None, 20)))
    only_long = Step("More", Phase.GUIDE, (Sentence("More.", 5, None, 20),))

    def texts(length_min: float) -> list[str]:
        routine = routine_of(talk, only_long, RESTING)
        return [cue.text for cue in build_timeline(routine, {}, Choices(length_min=length_min)).cues]

    assert texts(10) == texts(19.9) == ["Always.", "Rest."]
    assert texts(20) == texts(60) == ["Always.", "At length.", "More.", "Rest."]


@pytest.mark.parametrize(
    ("routine", "choices", "line"),
    [
        (routine_of(RESTING), Choices(length_min=4), "r can last from 5 to 60 minutes, not 4"),
        (routine_of(RESTING), Choices(length_min=61), "r can last from 5 to 60 minutes, not 61"),
        (PACED, Choices(length_min=10), "r can last from 1 to 5 minutes, not 10"),
        (PACED, Choices(length_min=0.98), "r can last from 1 to 5 minutes, not 0.98"),
        (TENSED, Choices(length_min=6, hold_s=10), "r can last from 1.17 to 5.17 minutes, not 6"),
        (
            routine_of(BREATHING, variants=FORMS),
            Choices(variant="4-6"),
            "r has no variant '4-6'; it has 5-5, 4-7-8",
        ),
    ],
)
def test_a_choice_that_is_not_there_is_told_in_a_line(routine, choices, line):
    with pytest.raises(ChoiceError) as caught:
        build_timeline(routine, {}, choices)
    assert str(caught.value) == line


@given(st.integers(), st.integers())
def test_a_seed_is_an_order_and_another_seed_another(one, other):
    def texts(seed: int | None) -> list[str]:
        timeline = build_timeline(routine_of(SHUFFLED), {}, Choices(seed=seed, length_min=20))
        return [cue.text for cue in timeline.cues]

    first = texts(one)
    assert first == texts(one)
    assert sorted(first[:12]) == sorted(sentence.text for sentence in WORDS)
    assert first[:12] != first[12:24]
    assert (first == texts(other)) is (one == other)
    assert texts(None)[:12] == [sentence.text for sentence in WORDS]


def test_a_seed_means_the_same_order_for_ever():
    timeline = build_timeline(routine_of(SHUFFLED), {}, Choices(seed=7))
    numbers = [int(cue.text.strip("Word .")) for cue in timeline.cues[:5]]
    assert numbers == [0, 6, 5, 11, 7]


@pytest.mark.parametrize(
    ("variant", "parts"),
    [
        ("5-5", [(BreathPart.INHALE, 5), (BreathPart.EXHALE, 5)]),
        ("4-7-8", [(BreathPart.INHALE, 4), (BreathPart.REST, 7), (BreathPart.EXHALE, 8)]),
    ],
)
def test_a_breath_lasts_as_the_variant_says_whatever_the_pace(variant, parts):
    choices = Choices(length_min=5, variant=variant, pause_scale=3.0)
    timeline = build_timeline(routine_of(BREATHING, variants=FORMS), CLIPS, choices)
    whole_s = sum(seconds for _, seconds in parts)
    assert (
        timeline.exercise_end_frame == timeline.duration_frames == 300 // whole_s * whole_s * SAMPLE_RATE_HZ
    )
    at = 0
    for part, seconds in parts * 2:
        for share in (0.0, 0.25, 0.999):
            moment = moment_at(timeline, at + round(share * seconds * SAMPLE_RATE_HZ))
            assert moment.breath is not None
            assert (moment.breath.part, moment.breath.total_s) == (part, seconds)
            assert moment.breath.share == pytest.approx(share, abs=1e-5)
        at += seconds * SAMPLE_RATE_HZ


def test_a_wordless_breath_leaves_the_words_before_it_standing():
    timeline = build_timeline(routine_of(BREATHING, variants=FORMS), CLIPS, Choices(variant="4-7-8"))
    moment = moment_at(timeline, 8 * SAMPLE_RATE_HZ)
    assert moment.breath is not None
    assert (moment.breath.part, moment.text, moment.is_holding) == (BreathPart.REST, "In.", False)


def test_words_too_long_for_their_part_of_a_breath_are_not_cut():
    clips = {"In.": Clip("in", 6 * SAMPLE_RATE_HZ)}
    timeline = build_timeline(routine_of(BREATHING, variants=FORMS), clips, Choices(variant="5-5"))
    assert timeline.cues[0].next_frame == 6 * SAMPLE_RATE_HZ


def test_steps_of_another_variant_are_not_heard():
    only = Step("Long ones", Phase.GUIDE, (Sentence("Out for eight.", 2),), variants=("4-7-8",))
    routine = routine_of(only, BREATHING, variants=FORMS)
    assert build_timeline(routine, {}, Choices(variant="4-7-8")).steps[0].title == "Long ones"
    assert build_timeline(routine, {}, Choices()).steps[0].title == "Breathe"


def test_no_length_makes_more_cues_than_a_start_can_wait_for():
    short = Step("Quick", Phase.GUIDE, (Sentence("Now.", 0),), fill=Fill.ROUNDS)
    timeline = build_timeline(routine_of(short, lengths=Lengths(720, (720,))), {}, Choices())
    assert len(timeline.cues) == 2000
