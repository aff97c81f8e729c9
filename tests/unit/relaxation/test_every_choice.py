"""Every routine that comes with the program can be laid out with every choice, and keeps its promises."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shipped import ROUTINES, VOICE, laid_out, length_s

from sleepcalm.relaxation.choices import PAUSE_SCALE_LIMITS, ChoiceError
from sleepcalm.relaxation.muscle_groups import GROUPS, Hand
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ, Choices, Timeline, build_timeline

FREE = st.builds(
    Choices,
    pause_scale=st.floats(*PAUSE_SCALE_LIMITS),
    hold_s=st.none() | st.floats(3, 10),
    dominant_hand=st.sampled_from(Hand),
    skipped_groups=st.frozensets(st.sampled_from(sorted(GROUPS)), max_size=4),
    with_cautions=st.booleans(),
    seed=st.none() | st.integers(),
)
"""What is chosen in the same way for every routine."""


@cache
def variants() -> tuple[str, ...]:
    return tuple(dict.fromkeys(variant.id for routine in ROUTINES.values() for variant in routine.variants))


@st.composite
def choices_of(draw: st.DrawFn, name: str) -> Choices:
    """Choices that the routine can be had with: of its own variants, where it has some."""
    routine = ROUTINES[name]
    own = tuple(variant.id for variant in routine.variants)
    lengths = st.floats(*routine.lengths.ends_min) if routine.lengths else st.nothing()
    return replace(
        draw(FREE),
        variant=draw(st.none() | st.sampled_from(own or variants())),
        length_min=draw(st.none() | lengths),
    )


def assert_sound(timeline: Timeline) -> None:
    frame = 0
    for cue in timeline.cues:
        assert cue.start_frame == frame
        assert cue.start_frame <= cue.end_frame
        assert cue.pause_frames >= 0
        frame = cue.next_frame
    assert timeline.duration_frames == frame
    assert 0 <= timeline.exercise_end_frame <= timeline.duration_frames
    edges = [step.start_frame for step in timeline.steps] + [timeline.duration_frames]
    assert edges == sorted(edges)


def holds_frames(timeline: Timeline) -> list[int]:
    return [cue.end_frame - cue.start_frame for cue in timeline.cues if cue.is_hold]


every_routine = pytest.mark.parametrize("name", ROUTINES)


@every_routine
@settings(max_examples=40)
@given(data=st.data())
def test_cues_follow_each_other_whatever_is_chosen(name, data):
    choices = data.draw(choices_of(name))
    timeline = build_timeline(ROUTINES[name], VOICE.clips, choices)
    assert_sound(timeline)
    assert timeline == build_timeline(ROUTINES[name], VOICE.clips, choices)
    if not ROUTINES[name].is_shuffled:
        assert timeline == build_timeline(ROUTINES[name], VOICE.clips, replace(choices, seed=None))
    if not ROUTINES[name].variants:
        assert timeline == build_timeline(ROUTINES[name], VOICE.clips, replace(choices, variant=None))


@pytest.mark.parametrize("name", [name for name, routine in ROUTINES.items() if not routine.lengths])
@settings(max_examples=40)
@given(data=st.data(), share=st.floats(0, 1))
def test_a_length_between_the_quickest_and_the_slowest_pace_is_kept(name, data, share):
    choices = replace(data.draw(choices_of(name)), length_min=None)
    routine = ROUTINES[name]
    least, most = (
        length_s(build_timeline(routine, VOICE.clips, replace(choices, pause_scale=scale)))
        for scale in PAUSE_SCALE_LIMITS
    )
    wanted_s = least + share * (most - least)
    chosen = replace(choices, length_min=wanted_s / 60)
    timeline = build_timeline(routine, VOICE.clips, chosen)
    assert_sound(timeline)
    assert length_s(timeline) == pytest.approx(wanted_s, abs=1)
    plain = build_timeline(routine, VOICE.clips, choices)
    assert [cue.text for cue in timeline.cues] == [cue.text for cue in plain.cues]
    assert holds_frames(timeline) == holds_frames(plain)
    if plain.cues:
        for beyond_s in (least - 1.5, most + 1.5):
            with pytest.raises(ChoiceError, match=f"{name} can last from .* minutes, not"):
                build_timeline(routine, VOICE.clips, replace(choices, length_min=beyond_s / 60))


@every_routine
def test_each_option_by_itself(name):
    routine = ROUTINES[name]
    lengths = routine.lengths.offered_min if routine.lengths else ()
    for choices in (
        *({"pause_scale": scale} for scale in (0.5, 1.5, 3.0)),
        *({"hold_s": hold_s} for hold_s in (3.0, 10.0)),
        *({"dominant_hand": hand} for hand in Hand),
        *({"skipped_groups": frozenset({group})} for group in GROUPS),
        *({"with_cautions": with_cautions} for with_cautions in (True, False)),
        *({"seed": seed} for seed in (-1, 0, 10**18)),
        *({"variant": variant.id} for variant in routine.variants),
        *({"length_min": length_min} for length_min in lengths),
    ):
        timeline = laid_out(name, **choices)
        assert_sound(timeline)
        assert timeline.cues, choices
        if "length_min" in choices:
            assert timeline.duration_frames <= choices["length_min"] * 60 * SAMPLE_RATE_HZ


def test_the_limits_that_are_told_can_be_asked_for():
    for name, routine in ROUTINES.items():
        if routine.lengths is None:
            with pytest.raises(ChoiceError) as caught:
                laid_out(name, length_min=700)
            told = str(caught.value).split()
            for length_min in (float(told[told.index("from") + 1]), float(told[told.index("to") + 1])):
                assert length_s(laid_out(name, length_min=length_min)) == pytest.approx(
                    length_min * 60, abs=1
                )
