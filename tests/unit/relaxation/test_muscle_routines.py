"""The muscle routines keep the order, the tensions and the times of Bernstein and Borkovec's sequences."""

from __future__ import annotations

from itertools import pairwise

import pytest
from shipped import ROUTINES, laid_out, length_s, steps_of

from sleepcalm.relaxation.muscle_groups import GROUPS, SIXTEEN, Hand
from sleepcalm.relaxation.routine import Kind, Phase
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ

MIDDLE = ["forehead", "upper_face", "jaw", "neck", "chest", "abdomen"]


def sided(hand: Hand, *parts: str) -> list[str]:
    return [f"{hand}_{part}" for part in parts]


def sixteen(hand: Hand) -> list[str]:
    arms = sided(hand, "hand", "upper_arm") + sided(hand.opposite, "hand", "upper_arm")
    legs = sided(hand, "thigh", "calf", "foot") + sided(hand.opposite, "thigh", "calf", "foot")
    return [*arms, *MIDDLE, *legs]


def seven(hand: Hand) -> list[str]:
    arms, legs = (sided(hand, part) + sided(hand.opposite, part) for part in ("arm", "leg"))
    return [*arms, "face", "neck", "torso", *legs]


FOUR = ["both_arms", "face_and_neck", "torso", "both_legs"]
ORDERS = {
    "pmr-16": sixteen,
    "pmr-16-twice": lambda hand: [group for group in sixteen(hand) for _ in range(2)],
    "pmr-7": seven,
    "pmr-4": lambda _hand: FOUR,
}


@pytest.mark.parametrize("hand", Hand)
@pytest.mark.parametrize("name", ORDERS)
def test_groups_in_their_order_each_tensed_and_then_let_go(name, hand):
    timeline = laid_out(name, dominant_hand=hand)
    worked_on = [step for step in timeline.steps if step.phase in (Phase.TENSE, Phase.RELEASE)]
    assert [step.muscle_group for step in worked_on[::2]] == ORDERS[name](hand)
    assert {step.phase for step in worked_on[::2]} == {Phase.TENSE}
    assert [step.muscle_group for step in worked_on[1::2]] == ORDERS[name](hand)
    assert {step.phase for step in worked_on[1::2]} == {Phase.RELEASE}
    assert frozenset().union(*(GROUPS[group] for group in ORDERS[name](hand))) == SIXTEEN


@pytest.mark.parametrize("name", ORDERS)
def test_a_tension_begins_at_now_and_lasts_five_to_seven_seconds_with_a_foot_at_most_five(name):
    cues = laid_out(name).cues
    for before, hold in pairwise(cues):
        if not hold.is_hold:
            continue
        assert before.text.endswith("now.")
        assert before.pause_frames == 0
        seconds = (hold.end_frame - hold.start_frame) / SAMPLE_RATE_HZ
        assert 5 <= seconds <= 7
        if any(part.endswith("foot") for part in GROUPS[hold.muscle_group]):
            assert seconds <= 5


@pytest.mark.parametrize("name", ORDERS)
def test_a_release_lasts_30_to_40_seconds_and_a_second_one_45_to_60(name):
    releases = steps_of(laid_out(name), Phase.RELEASE)
    for before, step in zip([None, *releases], releases, strict=False):
        is_second = before is not None and before.muscle_group == step.muscle_group
        shortest, longest = (45, 60) if is_second else (30, 40)
        assert shortest <= length_s(step) <= longest, step.title


@pytest.mark.parametrize(
    ("name", "shortest_min", "longest_min"),
    [
        ("pmr-16-twice", 33, 35),
        ("pmr-16", 16.5, 17.5),
        ("pmr-7", 10, 12),
        ("pmr-4", 7, 8),
        ("recall", 4.5, 5.5),
    ],
)
def test_totals(name, shortest_min, longest_min):
    assert shortest_min * 60 <= length_s(laid_out(name)) <= longest_min * 60


@pytest.mark.parametrize("name", ["recall", "recall-counting"])
def test_recall_lets_go_of_the_four_groups_from_memory(name):
    timeline = laid_out(name)
    assert steps_of(timeline, Phase.TENSE) == []
    releases = steps_of(timeline, Phase.RELEASE)
    assert [step.muscle_group for step in releases] == FOUR
    assert all(30 <= length_s(step) <= 45 for step in releases)


@pytest.mark.parametrize(("name", "rounds"), [("recall-counting", 1), ("counting", 2)])
def test_counting_goes_from_one_to_ten_at_the_pace_of_slow_breaths(name, rounds):
    cues = [cue for cue in laid_out(name).cues if len(cue.text.split()) == 1]
    numbers = ["One.", "Two.", "Three.", "Four.", "Five.", "Six.", "Seven.", "Eight.", "Nine.", "Ten."]
    assert [cue.text for cue in cues] == numbers * rounds
    assert all(5 <= (cue.next_frame - cue.start_frame) / SAMPLE_RATE_HZ <= 12 for cue in cues)


@pytest.mark.parametrize("name", ORDERS)
def test_who_tenses_hears_of_injury_cramp_heart_and_half_of_the_strength(name):
    routine = ROUTINES[name]
    cautions = " ".join(sentence.text for sentence in routine.cautions)
    for word in ("injured", "cramp", "heart", "blood pressure", "doctor", "stop"):
        assert word in cautions
    assert "Half of your strength" in " ".join(sentence.text for sentence in routine.steps[0].sentences)


def test_all_of_them_are_muscle_relaxation():
    named = {"pmr-16", "pmr-16-twice", "pmr-7", "pmr-4", "recall", "recall-counting", "counting"}
    assert {routine.id for routine in ROUTINES.values() if routine.kind is Kind.PMR} == named
