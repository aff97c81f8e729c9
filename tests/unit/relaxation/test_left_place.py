"""A routine goes on where it was left, and nobody hears half a sentence."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from shipped import ROUTINES, laid_out

from sleepcalm.relaxation.calm_place import calm_place
from sleepcalm.relaxation.left_place import LeftOff, LeftPlace, frame_to_go_on, left_place
from sleepcalm.relaxation.muscle_groups import SIXTEEN
from sleepcalm.relaxation.routine import BreathPart
from sleepcalm.relaxation.same_place import same_place
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ, Choices, Cue, Timeline, build_timeline

ids = st.sampled_from(list(ROUTINES))
shares = st.floats(0, 1)
paces = st.fixed_dictionaries(
    {"pause_scale": st.floats(0.5, 3.0), "hold_s": st.none() | st.floats(3.0, 10.0)}
)
skips = st.frozensets(st.sampled_from(sorted(SIXTEEN)), max_size=4)


def in_another_voice(routine_id: str, **choices: object) -> Timeline:
    """Without clips: every sentence has another length."""
    return build_timeline(ROUTINES[routine_id], {}, Choices(**choices))  # type: ignore[arg-type]


def left(timeline: Timeline, frame: int, share: float = 0.5) -> LeftOff:
    return LeftOff(share, left_place(timeline, frame))


def cue_at(timeline: Timeline, frame: int) -> Cue:
    return next(cue for cue in reversed(timeline.cues) if cue.start_frame <= frame)


def middle_of(cue: Cue) -> int:
    return (cue.start_frame + cue.end_frame) // 2


def test_a_sentence_that_was_cut_off_begins_again():
    line = laid_out("pmr-7")
    for cue in line.cues:
        if cue.text:
            assert frame_to_go_on(line, left(line, middle_of(cue))) == cue.start_frame


def test_a_hold_begins_with_the_sentence_that_announces_it():
    line = laid_out("pmr-7")
    holds = [number for number, cue in enumerate(line.cues) if cue.is_hold]
    assert holds
    for number in holds:
        announced = line.cues[number - 1]
        assert announced.text
        assert frame_to_go_on(line, left(line, middle_of(line.cues[number]))) == announced.start_frame


def test_a_pause_goes_on_at_the_very_frame():
    line = laid_out("body-scan")
    paused = next(cue for cue in line.cues if cue.pause_frames > 2 * SAMPLE_RATE_HZ)
    frame = paused.end_frame + SAMPLE_RATE_HZ + 7
    assert frame_to_go_on(line, left(line, frame)) == frame


def test_a_long_rest_goes_on_within_a_frame_of_where_it_was():
    line = laid_out("quiet-rest", length_min=120.0)
    for frame in range(SAMPLE_RATE_HZ * 60, line.exercise_end_frame, SAMPLE_RATE_HZ * 601 + 13):
        assert abs(frame_to_go_on(line, left(line, frame)) - frame) <= 1


def test_a_guided_breath_begins_again_with_breathing_in():
    line = laid_out("paced-breathing")
    out = [cue for cue in line.cues if cue.breath is BreathPart.EXHALE]
    for cue in out:
        place = frame_to_go_on(line, left(line, cue.next_frame - 1))
        assert cue_at(line, place).breath is BreathPart.INHALE
        assert cue_at(line, place).start_frame == place
        assert cue.next_frame - place < 15 * SAMPLE_RATE_HZ


@given(ids, shares)
def test_nothing_is_passed_over_and_only_a_few_seconds_come_again(routine_id: str, share: float) -> None:
    line = laid_out(routine_id)
    frame = int(share * (line.duration_frames - 1))
    place = frame_to_go_on(line, left(line, frame))
    assert place <= frame + 1
    assert frame - place < 20 * SAMPLE_RATE_HZ
    there = cue_at(line, place)
    assert place == there.start_frame or place >= there.end_frame
    assert not (there.is_hold and place < there.end_frame)


@given(ids, paces, paces, shares)
@example(
    "drifting-pictures",
    {"pause_scale": 0.728515625, "hold_s": None},
    {"pause_scale": 2.0, "hold_s": None},
    0.46587465,
)
@example("pmr-16", {"pause_scale": 2.75, "hold_s": 9.0}, {"pause_scale": 1.0, "hold_s": None}, 0.28515625)
def test_another_pace_and_voice_go_on_with_the_same_words(
    routine_id: str, old: dict, new: dict, share: float
) -> None:
    before, after = laid_out(routine_id, **old), in_another_voice(routine_id, **new)
    frame = int(share * (before.duration_frames - 1))
    was, now = left_place(before, frame), frame_to_go_on(after, left(before, frame))
    if was.pause_share is None:
        wanted = cue_at(before, frame_to_go_on(before, left(before, frame))).text
        if wanted in {cue.text for cue in after.cues}:
            assert cue_at(after, now).text == wanted
        else:  # at this pace the step holds fewer sentences
            assert now in {step.end_frame for step in after.steps}
    else:
        moved = left_place(after, same_place(before, frame, after))
        assert abs(now - frame_to_go_on(after, LeftOff(share, moved))) <= 1


@given(ids, skips, shares)
def test_groups_left_out_since_do_not_move_the_place(
    routine_id: str, skip: frozenset[str], share: float
) -> None:
    before, after = laid_out(routine_id), laid_out(routine_id, skipped_groups=skip)
    frame = int(share * (before.duration_frames - 1))
    step = before.steps[cue_at(before, frame).step_index]
    place = frame_to_go_on(after, left(before, frame, share))
    kept = [(each.title, each.phase, each.muscle_group) for each in after.steps]
    if (step.title, step.phase, step.muscle_group) in kept:
        here = after.steps[cue_at(after, place).step_index]
        # The very end of a step is the beginning of the next one.
        assert here.title == step.title or place == here.start_frame
    else:
        assert place == calm_place(after, round(share * after.exercise_end_frame))


def test_cautions_that_are_not_heard_again_do_not_move_the_place():
    first, second = laid_out("pmr-7"), laid_out("pmr-7", with_cautions=False)
    cue = first.cues[40]
    assert cue_at(second, frame_to_go_on(second, left(first, middle_of(cue)))).text in (
        cue.text,
        first.cues[39].text,
    )


@given(ids, shares)
def test_what_an_older_record_tells_leads_to_the_calm_place_before(routine_id: str, share: float) -> None:
    line = laid_out(routine_id)
    assert frame_to_go_on(line, LeftOff(share)) == calm_place(line, round(share * line.exercise_end_frame))


def test_a_step_that_is_no_longer_there_leads_to_the_calm_place_before():
    line = laid_out("pmr-7")
    gone = LeftPlace("A step of yesterday", "guide", None, 0, 2, None)
    assert frame_to_go_on(line, LeftOff(0.5, gone)) == calm_place(line, round(0.5 * line.exercise_end_frame))


def test_a_step_that_has_become_shorter_goes_on_at_its_end():
    line = laid_out("pmr-7")
    step = line.steps[3]
    long_ago = LeftPlace(step.title, step.phase.value, step.muscle_group, 0, 99, 0.2)
    assert frame_to_go_on(line, LeftOff(0.5, long_ago)) == step.end_frame


def test_without_anything_to_hear_there_is_no_place():
    with pytest.raises(ValueError, match="no place"):
        left_place(Timeline("x", "X", (), (), 0, 0), 0)
