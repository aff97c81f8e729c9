"""After a jolt a routine goes on from where it was calm."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleepcalm.relaxation.calm_place import LONG_STEP_S, calm_place
from sleepcalm.relaxation.catalogue import read_catalogue
from sleepcalm.relaxation.moment import moment_at
from sleepcalm.relaxation.routine import BreathPart, Phase
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ, Choices, Timeline, build_timeline

ROUTINES = read_catalogue([Path(__file__).parents[3] / "assets" / "scripts"]).routines


def laid_out(routine_id: str) -> Timeline:
    return build_timeline(ROUTINES[routine_id], {}, Choices())


def middle_of(timeline: Timeline, index: int) -> int:
    step = timeline.steps[index]
    return (step.start_frame + step.end_frame) // 2


def test_a_tension_gives_way_to_the_calm_before_it():
    line = laid_out("pmr-7")
    tense = [number for number, step in enumerate(line.steps) if step.phase is Phase.TENSE]
    for number in tense:
        assert calm_place(line, middle_of(line, number)) == line.steps[number - 1].start_frame


def test_a_release_gives_way_to_the_release_before_it():
    line = laid_out("pmr-7")
    releases = [number for number, step in enumerate(line.steps) if step.phase is Phase.RELEASE]
    for before, number in pairwise(releases):
        assert calm_place(line, middle_of(line, number)) == line.steps[before].start_frame


def test_the_cautions_are_not_heard_again():
    line = laid_out("pmr-7")
    assert line.steps[0].is_cautions
    assert calm_place(line, middle_of(line, 1)) == line.steps[1].start_frame


def test_a_long_breathing_exercise_does_not_begin_again_and_no_breath_is_broken():
    line = laid_out("paced-breathing")
    breathing = (line.steps[cue.step_index] for cue in line.cues if cue.breath is BreathPart.EXHALE)
    step = max(breathing, key=lambda each: each.end_frame - each.start_frame)
    length_s = (step.end_frame - step.start_frame) // SAMPLE_RATE_HZ
    assert length_s > LONG_STEP_S + 60
    for seconds in range(round(LONG_STEP_S) + 1, length_s, 7):
        frame = step.start_frame + seconds * SAMPLE_RATE_HZ
        place = calm_place(line, frame)
        assert 30 <= (frame - place) / SAMPLE_RATE_HZ <= 60
        breath = moment_at(line, place).breath
        assert breath is None or (breath.part is BreathPart.INHALE and breath.share == 0)


def test_a_long_quiet_goes_on_without_its_announcement():
    line = laid_out("quiet-rest")
    frame = 600 * SAMPLE_RATE_HZ
    assert calm_place(line, frame) == 570 * SAMPLE_RATE_HZ


def test_after_the_last_word_nothing_is_said_again():
    line = laid_out("pmr-7")
    assert calm_place(line, line.exercise_end_frame) == line.exercise_end_frame


@pytest.mark.parametrize("routine_id", list(ROUTINES))
@given(share=st.floats(0, 1))
def test_no_routine_goes_on_later_than_it_was_or_in_a_tension(routine_id: str, share: float) -> None:
    line = laid_out(routine_id)
    frame = round(share * line.duration_frames)
    place = calm_place(line, frame)
    assert 0 <= place <= frame
    assert moment_at(line, place).step.phase is not Phase.TENSE
