"""Scan, breath, rhythm, formulas and pictures: each keeps to what is known of its kind."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pytest
from shipped import ROUTINES, laid_out, length_s, words

from sleepcalm.relaxation.moment import moment_at
from sleepcalm.relaxation.routine import BreathPart, Kind, Phase
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ


@pytest.mark.parametrize("length_min", [10, 20, 30])
def test_a_body_scan_settles_dwells_on_regions_and_ends_with_the_whole_body(length_min):
    timeline = laid_out("body-scan", length_min=length_min)
    assert timeline.duration_frames == length_min * 60 * SAMPLE_RATE_HZ
    caution, settle, *regions, whole, tail = timeline.steps
    assert 45 <= length_s(caution) + length_s(settle) <= 120
    assert len(regions) == 18
    assert all(20 <= length_s(step) <= 60 for step in regions)
    assert 80 <= length_s(whole) <= 150
    assert (whole.muscle_group, tail.phase) == ("whole_body", Phase.SILENCE)
    last = timeline.cues[-1]
    assert last.pause_frames >= 35 * SAMPLE_RATE_HZ


def test_a_body_scan_goes_from_the_feet_up_and_names_both_sides_alike():
    groups = [step.muscle_group for step in laid_out("body-scan").steps if step.muscle_group]
    assert groups[:6] == [
        f"{side}_{part}" for side in ("right", "left") for part in ("foot", "calf", "thigh")
    ]
    assert groups.index("abdomen") < groups.index("chest") < groups.index("neck") < groups.index("forehead")


@pytest.mark.parametrize("length_min", [10, 12, 15])
def test_breath_awareness_says_often_that_wandering_is_normal(length_min):
    timeline = laid_out("breath-awareness", length_min=length_min)
    kindly = re.compile(r"wander|come back|begin again|mind may have|what minds do|good place to start")
    reminders = [cue.start_frame / SAMPLE_RATE_HZ for cue in timeline.cues if kindly.search(cue.text.lower())]
    guided_end_s = timeline.steps[-1].start_frame / SAMPLE_RATE_HZ
    assert reminders[0] <= 210
    assert max(later - earlier for earlier, later in pairwise([*reminders, guided_end_s])) <= 95


@pytest.mark.parametrize(
    ("variant", "inhale_s", "rest_s", "exhale_s"), [("4-6", 4, 0, 6), ("5-5", 5, 0, 5), ("4-7-8", 4, 7, 8)]
)
@pytest.mark.parametrize("length_min", [5, 10, 20])
def test_breaths_are_led_in_the_rhythm_of_the_variant(variant, inhale_s, rest_s, exhale_s, length_min):
    timeline = laid_out("paced-breathing", variant=variant, length_min=length_min)
    assert timeline.duration_frames == length_min * 60 * SAMPLE_RATE_HZ
    led = [cue for cue in timeline.cues if cue.breath]
    expected = {BreathPart.INHALE: inhale_s, BreathPart.REST: rest_s, BreathPart.EXHALE: exhale_s}
    cycle = [part for part in (BreathPart.INHALE, BreathPart.REST, BreathPart.EXHALE) if expected[part]]
    assert [cue.breath for cue in led] == cycle * (len(led) // len(cycle))
    for cue in led:
        assert cue.next_frame - cue.start_frame == expected[cue.breath] * SAMPLE_RATE_HZ
        moment = moment_at(timeline, (cue.start_frame + cue.next_frame) // 2)
        assert moment.breath is not None
        assert (moment.breath.part, moment.breath.share) == (cue.breath, pytest.approx(0.5, abs=1e-4))
    assert len(led) * 10 >= 0.5 * length_min * 60 / (inhale_s + rest_s + exhale_s) * 10 * len(cycle)


def test_the_usual_breath_is_six_a_minute_and_without_any_rest():
    usual = ROUTINES["paced-breathing"].variants[0]
    assert usual.inhale_s + usual.exhale_s == 10
    assert usual.rest_s == 0


def test_nothing_is_held_or_forced_in_breathing():
    routine = ROUTINES["paced-breathing"]
    said = " ".join(routine.spoken_sentences()).lower()
    assert "hold" not in said.replace("no holding", "")
    for word in ("gently", "dizzy", "stop", "doctor", "you can breathe on"):
        assert word in said


@pytest.mark.parametrize("variant", ["plain", "heartbeat"])
def test_autogenic_formulas_come_in_their_order_six_times_each(variant):
    timeline = laid_out("autogenic", variant=variant)
    titles = [step.title for step in timeline.steps if step.title not in ("Calm", "Settle in")]
    heart = ["Calm heart"] if variant == "heartbeat" else []
    arms_and_legs = ["Heavy arms", "Heavy legs", "Warm arms", "Warm legs"]
    assert titles[1:-2] == [*arms_and_legs, *heart, "Breath", "Warm belly", "Cool forehead"]
    counted = Counter(timeline.steps[cue.step_index].title for cue in timeline.cues)
    assert {counted[title] for title in titles[1:-2]} == {6}


def test_autogenic_training_is_not_taken_back_at_bedtime():
    said = " ".join(sentence.text for step in ROUTINES["autogenic"].steps for sentence in step.sentences)
    assert not re.search(r"open your eyes|stretch|wake|arms firm", said.lower())


PICTURES = ROUTINES["drifting-pictures"].steps[1].sentences


def test_pictures_are_many_different_short_and_some_seconds_apart():
    assert len({sentence.text for sentence in PICTURES}) == len(PICTURES) >= 150
    assert all(2 <= len(words(sentence.text)) <= 5 for sentence in PICTURES)
    led = [cue for cue in laid_out("drifting-pictures", seed=5).cues if cue.step_index == 2]
    assert all(5 <= (cue.next_frame - cue.start_frame) / SAMPLE_RATE_HZ <= 15 for cue in led)


def test_pictures_hold_nothing_that_frightens_or_keeps_awake():
    loaded = {
        *("bed", "sleep", "night", "dream", "clock", "alarm", "work", "office", "money", "bill", "letter"),
        *("doctor", "hospital", "pill", "needle", "blood", "knife", "gun", "fire", "smoke", "storm", "flood"),
        *("war", "grave", "coffin", "spider", "snake", "rat", "wasp", "dog", "child", "baby", "mother"),
        *("father", "wife", "husband", "cliff", "edge", "stairs", "fall", "jump", "hole", "cellar"),
        *("tooth", "bone", "skull", "face", "body", "heart", "hand", "foot"),
    }
    assert {word for sentence in PICTURES for word in words(sentence.text)} & loaded == set()


def test_pictures_differ_from_night_to_night():
    orders = {tuple(cue.text for cue in laid_out("drifting-pictures", seed=seed).cues) for seed in range(20)}
    assert len(orders) == 20
    assert all(len(set(order)) == len(order) for order in orders)


def test_after_a_jolt_says_in_a_minute_what_it_was():
    timeline = laid_out("after-a-jolt")
    assert 60 <= length_s(timeline) <= 90
    assert ROUTINES["after-a-jolt"].kind is Kind.RESCUE
    opening = " ".join(cue.text for cue in timeline.cues[:3])
    for word in ("sleep start", "harmless", "letting go"):
        assert word in opening


def test_the_falling_feeling_neither_promises_nor_fights():
    said = " ".join(ROUTINES["falling-feeling"].spoken_sentences()).lower()
    for word in ("harmless", "curiosity", "speak with your doctor"):
        assert word in said
    assert not re.search(r"\b(cure|prevent|stop the jolt|never again|make the jolts)\b", said)


@pytest.mark.parametrize("length_min", [1, 20, 720])
def test_quiet_rest_is_a_sentence_and_then_nothing(length_min):
    timeline = laid_out("quiet-rest", length_min=length_min)
    (cue,) = timeline.cues
    assert "quiet" in cue.text
    assert timeline.duration_frames == timeline.exercise_end_frame == length_min * 60 * SAMPLE_RATE_HZ
