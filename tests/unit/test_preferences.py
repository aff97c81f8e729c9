"""Preferences: what is usable is used, the rest is told."""

from __future__ import annotations

from dataclasses import asdict, fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleepcalm.backgrounds import SOUNDS
from sleepcalm.preferences import AT_END, DeviceVolumes, Preferences, RoutineForm
from sleepcalm.preferences_reading import preferences_from
from sleepcalm.relaxation.muscle_groups import GROUPS, Hand
from sleepcalm.relaxation.routine import Fill, Kind, Lengths, Phase, Routine, Sentence, Step, Variant

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)
USABLE = st.builds(
    Preferences,
    voice_volume=st.floats(0, 1),
    background_volume=st.floats(0, 1),
    background=st.sampled_from(("none", *SOUNDS, "rain:0.5+brown", "own:fire.ogg:0.7")),
    narrator=st.sampled_from(
        ("slt", "espeak-ng:en-gb", "folder:Šárka\u3000\xa0", "folder:\u0645\u06cc\u200c\u062e")
    ),
    pause_scale=st.floats(0.5, 3),
    hold_s=st.none() | st.floats(3, 10),
    dominant_hand=st.sampled_from(Hand),
    skipped_groups=st.lists(st.sampled_from(sorted(GROUPS)), max_size=3).map(tuple),
    cautions_heard=st.lists(st.text(min_size=1, max_size=9), max_size=3).map(tuple),
    routine=st.text(min_size=1, max_size=9),
    timer_min=st.none() | st.floats(1, 720),
    at_end=st.sampled_from(AT_END),
    bedside_after_s=st.floats(0, 600),
    jolt_key=st.booleans(),
    device_volumes=st.lists(
        st.builds(DeviceVolumes, st.text(min_size=1, max_size=9), st.floats(0, 1), st.floats(0, 1)),
        max_size=3,
    ).map(tuple),
    routine_forms=st.lists(
        st.builds(
            RoutineForm,
            routine=st.text(min_size=1, max_size=9),
            length_min=st.none() | st.floats(1, 720),
            variant=st.none() | st.text(min_size=1, max_size=9),
        ),
        max_size=3,
    ).map(tuple),
)

REST = Routine(
    "rest",
    "Rest",
    Kind.REST,
    "Rest.",
    (),
    (),
    (Step("Rest", Phase.GUIDE, (Sentence("Rest.", 5),), fill=Fill.PAUSE),),
    Lengths(10, (5, 10, 20)),
    (Variant("a", "A"), Variant("b", "B")),
)


@given(USABLE)
def test_every_preference_survives_the_way_through_a_file(preferences):
    assert preferences_from(asdict(preferences)) == (preferences, ())


@given(st.dictionaries(st.sampled_from([field.name for field in fields(Preferences)]), JSON))
def test_whatever_stands_in_the_file_it_is_used_or_told(values):
    preferences, complaints = preferences_from(values)
    told = {complaint.split(":")[0] for complaint in complaints}
    assert told <= values.keys()
    defaults = asdict(Preferences())
    for name, value in asdict(preferences).items():
        if name in values and name not in told:
            assert value == values[name] or list(value) == values[name]
        else:
            assert value == defaults[name]
    assert 0 <= preferences.voice_volume <= 1
    assert 0.5 <= preferences.pause_scale <= 3


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("voice_volume", 1.1),
        ("voice_volume", float("nan")),
        ("voice_volume", True),
        ("voice_volume", "0.5"),
        ("background", "drums"),
        ("background", ["rain"]),
        ("narrator", ""),
        ("narrator", "espeak-ng:a\0b"),
        ("narrator", "espeak-ng:\ud800"),
        ("narrator", "folder:a\u2028b"),
        ("narrator", "folder:\u202ea"),
        ("narrator", "piper:" + "a" * 500),
        ("routine", "a" * 501),
        ("cautions_heard", ["a" * 501]),
        ("background", f"own:{'a' * 4_000_000}"),
        ("pause_scale", 10**400),
        ("hold_s", 60),
        ("dominant_hand", "both"),
        ("skipped_groups", "left_arm"),
        ("skipped_groups", ["tail"]),
        ("skipped_groups", [["left_arm"]]),
        ("skipped_groups", [{}]),
        ("cautions_heard", [1]),
        ("routine", None),
    ],
)
def test_a_value_that_makes_no_sense_is_told_and_the_others_are_kept(name, value):
    preferences, (complaint,) = preferences_from({"pause_scale": 2, "hold_s": 5, name: value})
    assert complaint.startswith(f"{name}: ")
    assert complaint.endswith("; the default is used")
    assert "\n" not in complaint
    assert getattr(preferences, name) == getattr(Preferences(), name)
    assert name == "pause_scale" or preferences.pause_scale == 2


def test_cautions_are_spoken_until_they_were_heard():
    preferences = Preferences(cautions_heard=("rest",), skipped_groups=("left_arm",))
    assert not preferences.choices_of(REST).with_cautions
    assert preferences.choices_of(replace(REST, id="other")).with_cautions
    assert preferences.choices_of(REST).skipped_groups == {"left_arm"}


def test_a_routine_keeps_the_form_that_was_chosen_as_far_as_it_has_it():
    preferences = Preferences()
    preferences = replace(preferences, routine_forms=preferences.with_form(RoutineForm("rest", 20, "b")))
    choices = preferences.choices_of(REST)
    assert (choices.length_min, choices.variant) == (20, "b")
    choices = preferences.choices_of(replace(REST, lengths=Lengths(5, (5, 10)), variants=()))
    assert (choices.length_min, choices.variant) == (None, None)
    assert preferences.with_form(RoutineForm("rest")) == ()


@pytest.mark.parametrize("name", [field.name for field in fields(Preferences)])
@pytest.mark.parametrize(
    "value",
    [
        pytest.param("x" * 100_000, id="text"),
        pytest.param(["x" * 100_000], id="list"),
        pytest.param({"x" * 100_000: 1}, id="object"),
        pytest.param("\u202e\n", id="control characters"),
        pytest.param(10**5000, id="number"),
    ],
)
def test_what_is_told_of_a_value_is_short_and_on_one_line(name, value):
    _, complaints = preferences_from({name: value})
    for complaint in complaints:
        assert len(complaint) < 250
        assert complaint.isprintable()
