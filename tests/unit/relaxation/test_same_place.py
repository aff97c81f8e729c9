"""A timeline that was laid out anew goes on where the one before was."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sleepcalm.relaxation.catalogue import read_catalogue
from sleepcalm.relaxation.moment import moment_at
from sleepcalm.relaxation.muscle_groups import SIXTEEN
from sleepcalm.relaxation.routine import Routine
from sleepcalm.relaxation.same_place import same_place
from sleepcalm.relaxation.timeline import Choices, Timeline, build_timeline
from sleepcalm.shipped_files import shipped_folder

ROUTINES = list(read_catalogue([shipped_folder("assets") / "scripts"]).routines.values())


def timeline(routine: Routine, **choices: object) -> Timeline:
    return build_timeline(routine, {}, Choices(**choices))  # type: ignore[arg-type]


paces = st.fixed_dictionaries(
    {
        "pause_scale": st.floats(0.5, 3.0),
        "hold_s": st.none() | st.floats(3.0, 10.0),
    }
)
routines = st.sampled_from(ROUTINES)
shares = st.floats(0, 1)
skips = st.frozensets(st.sampled_from(sorted(SIXTEEN)), max_size=4)


@given(routines, paces, paces, shares)
def test_another_pace_says_the_same_words(routine: Routine, old: dict, new: dict, share: float) -> None:
    before, after = timeline(routine, **old), timeline(routine, **new)
    frame = int(share * (before.duration_frames - 1))
    there, here = moment_at(before, frame), moment_at(after, same_place(before, frame, after))
    if there.step_index == here.step_index:
        assert there.step.title == here.step.title
    else:  # the very end of a step is the beginning of the next one
        assert here.frame == here.step.start_frame
        assert here.step_index == there.step_index + 1


@given(routines, paces, shares)
def test_the_same_choices_give_the_same_frame(routine: Routine, pace: dict, share: float) -> None:
    line = timeline(routine, **pace)
    frame = int(share * line.duration_frames)
    assert same_place(line, frame, line) == frame


@given(routines, paces, paces)
def test_the_order_of_places_is_kept(routine: Routine, old: dict, new: dict) -> None:
    before, after = timeline(routine, **old), timeline(routine, **new)
    places = [same_place(before, before.duration_frames * part // 50, after) for part in range(51)]
    assert places == sorted(places)


@given(routines, skips, shares)
def test_what_is_left_out_gives_way_to_what_follows(
    routine: Routine, skip: frozenset[str], share: float
) -> None:
    before, after = timeline(routine), timeline(routine, skipped_groups=skip)
    frame = int(share * (before.duration_frames - 1))
    place = same_place(before, frame, after)
    left = [step.title for step in before.steps[moment_at(before, frame).step_index :]]
    kept = [step.title for step in after.steps]
    if place < after.duration_frames:
        assert moment_at(after, place).step.title in left
        assert kept[moment_at(after, place).step_index :] == [title for title in left if title in kept]


def test_without_anything_to_hear_the_place_is_the_beginning() -> None:
    line = timeline(ROUTINES[0])
    assert same_place(line, 1000, Timeline("x", "X", (), (), 0, 0)) == 0
