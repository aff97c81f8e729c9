"""Sixteen groups in the first three sessions, then seven, then four, then from memory and by counting."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from sleepcalm.relaxation.catalogue import read_catalogue
from sleepcalm.relaxation.learning_path import STAGES, next_on_path
from sleepcalm.shipped_files import shipped_folder

ALL_IDS = [routine_id for stage in STAGES for routine_id in stage.routine_ids]


def test_the_path_from_the_first_session_on():
    completed: Counter[str] = Counter()
    offered = []
    while (routine_id := next_on_path(completed)) is not None:
        offered.append(routine_id)
        completed[routine_id] += 1
    sixteen, seven, four = ["pmr-16-twice"] * 3, ["pmr-7"] * 2, ["pmr-4"] * 2
    assert offered == [
        *sixteen,
        *seven,
        *four,
        "recall",
        "recall-counting",
        "counting",
    ]


def test_the_short_form_of_the_sixteen_counts_as_well():
    assert next_on_path({"pmr-16": 2, "pmr-16-twice": 1}) == "pmr-7"


def test_other_routines_are_no_part_of_the_path():
    assert next_on_path({"body-scan": 40, "quiet-rest": 9}) == "pmr-16-twice"


def test_what_was_practised_ahead_is_not_asked_for_again():
    assert next_on_path({"pmr-16": 3, "pmr-4": 5, "pmr-7": 2}) == "recall"


@given(st.lists(st.sampled_from([*ALL_IDS, "body-scan"]), max_size=40), st.sampled_from(ALL_IDS))
def test_practice_never_leads_back(sessions, another):
    def stage_of(history: list[str]) -> int:
        offered = next_on_path(Counter(history))
        found = (number for number, stage in enumerate(STAGES) if offered in stage.routine_ids)
        return next(found, len(STAGES))

    assert stage_of([*sessions, another]) >= stage_of(sessions)
    assert next_on_path(Counter(sessions)) == next_on_path(Counter(reversed(sessions)))


def test_every_stage_is_a_routine_there_is():
    shipped = read_catalogue([shipped_folder("assets") / "scripts"]).routines
    assert set(ALL_IDS) <= shipped.keys()
