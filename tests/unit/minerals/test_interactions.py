from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleepcalm.minerals.intake import Amount, IntakeEntry, Mineral, Source
from sleepcalm.minerals.interactions import (
    TickedMedicine,
    is_evening_dose,
    load_interactions,
    rules_to_show,
    spacing_checks,
    spacing_text,
    unknown_medicine_ids,
)
from sleepcalm.minerals.seed_file import SeedFileError

# medicine, mineral, hours the medicine comes before the mineral, hours it comes after
SPACING = [
    ("levothyroxine", "both", (4, 4), (4, 4)),
    ("tetracyclines", "both", (2, 2), (4, 6)),
    ("quinolones", "both", (2, 2), (4, 6)),
    ("bisphosphonates", "both", (4, 4), (4, 4)),
    ("dolutegravir", "both", (2, 2), (6, 6)),
    ("gabapentin", "both", (2, 2), (2, 2)),
    ("iron", "magnesium", (3, 4), (3, 4)),
    ("iron", "calcium", (2, 2), (2, 2)),
    ("zinc", "calcium", (2, 2), (2, 2)),
    ("penicillamine", "both", (4, 4), (4, 4)),
    ("nitrofurantoin", "both", (4, 4), (4, 4)),
    ("eltrombopag", "both", (4, 4), (4, 4)),
]
ASK_FIRST = {
    "mycophenolate",
    "antifungals",
    "other",
    "loop-diuretics",
    "thiazide-diuretics",
    "proton-pump-inhibitors",
    "potassium-sparing-diuretics",
    "digoxin",
    "lithium",
    "calcium-channel-blockers",
}


@pytest.fixture(scope="session")
def dose(make_item):
    def at(time, magnesium_mg=100.0, calcium_mg=None, source=Source.SUPPLEMENT):
        item = make_item("Capsule", magnesium_mg, calcium_mg, source)
        return IntakeEntry("c/1", item, Amount(1), time)

    return at


def test_the_spacing_of_each_medicine(guide):
    expected = {
        (medicine, mineral): (before, after)
        for medicine, which, before, after in SPACING
        for mineral in Mineral
        if which in ("both", mineral)
    }
    found = {
        (medicine.id, mineral): (spacing.hours_before, spacing.hours_after)
        for medicine in guide.medicines.values()
        for mineral, spacing in medicine.spacing.items()
    }
    assert found == expected
    assert {medicine.id for medicine in guide.medicines.values() if not medicine.spacing} == ASK_FIRST


def test_the_rule_text_names_the_hours_it_is_held_against(guide):
    for medicine in guide.medicines.values():
        for spacing in medicine.spacing.values():
            for hours in {*spacing.hours_before, *spacing.hours_after}:
                assert f"{hours:g}" in medicine.text, medicine.id


def test_rules_of_the_ticked_medicines_stand_in_the_order_of_the_guide(guide):
    ticked = [TickedMedicine("lithium"), TickedMedicine("levothyroxine"), TickedMedicine("gone")]
    assert [medicine.id for medicine in rules_to_show(guide, ticked)] == ["levothyroxine", "lithium"]
    assert unknown_medicine_ids(guide, ticked) == ("gone",)


def test_a_morning_medicine_is_far_from_an_evening_dose_across_midnight(guide, dose):
    ticked = [TickedMedicine("levothyroxine", (dt.time(6, 0),))]
    before, after = spacing_checks(guide, ticked, [dose(dt.time(23, 0))])
    assert (before.medicine_first, before.gap_min, before.far_enough) == (True, 17 * 60, True)
    assert (after.medicine_first, after.gap_min, after.far_enough) == (False, 7 * 60, True)


@pytest.mark.parametrize(
    ("medicine_time", "first", "gap_min", "far_enough"),
    [
        (dt.time(20, 0), True, 120, True),
        (dt.time(20, 1), True, 119, False),
        (dt.time(3, 59), False, 359, False),
        (dt.time(4, 0), False, 360, True),
    ],
)
def test_before_and_after_have_their_own_distance_and_the_longer_one_counts(
    guide, dose, *, medicine_time, first, gap_min, far_enough
):
    ticked = [TickedMedicine("quinolones", (medicine_time,))]
    checks = spacing_checks(guide, ticked, [dose(dt.time(22, 0))])
    (check,) = [check for check in checks if check.medicine_first is first]
    assert (check.gap_min, check.far_enough) == (gap_min, far_enough)


def test_the_nearest_of_several_times_counts_on_each_side(guide, dose):
    ticked = [TickedMedicine("gabapentin", (dt.time(8), dt.time(14), dt.time(21)))]
    checks = spacing_checks(guide, ticked, [dose(dt.time(22))])
    assert [(check.medicine_time.hour, check.gap_min) for check in checks] == [(21, 60), (8, 600)]


def test_the_same_time_is_said_once(guide, dose):
    ticked = [TickedMedicine("levothyroxine", (dt.time(22),))]
    (check,) = spacing_checks(guide, ticked, [dose(dt.time(22))])
    assert (check.gap_min, check.far_enough) == (0, False)


def test_each_mineral_of_a_dose_is_checked_by_its_own_rule(guide, dose):
    ticked = [TickedMedicine("iron", (dt.time(20),)), TickedMedicine("zinc", (dt.time(20),))]

    def near(entry):
        return [
            (c.medicine.id, c.mineral.value, c.far_enough)
            for c in spacing_checks(guide, ticked, [entry])
            if c.medicine_first
        ]

    at = dt.time(22, 30)
    assert near(dose(at, 100, 0)) == [("iron", "magnesium", False)]
    assert near(dose(at, None, 500)) == [("iron", "calcium", True), ("zinc", "calcium", True)]
    unknown = [("iron", "magnesium", False), ("iron", "calcium", True), ("zinc", "calcium", True)]
    assert near(dose(at, None, None)) == unknown


def test_without_a_time_on_both_sides_there_is_nothing_to_compute(guide, dose):
    known = [TickedMedicine("levothyroxine", (dt.time(21),))]
    assert spacing_checks(guide, known, [dose(None)]) == ()
    assert spacing_checks(guide, known, [dose(dt.time(22), source=Source.FOOD)]) == ()
    untimed_or_unknown = [TickedMedicine("levothyroxine"), TickedMedicine("gone", (dt.time(21),))]
    assert spacing_checks(guide, untimed_or_unknown, [dose(dt.time(22))]) == ()
    assert spacing_checks(guide, [TickedMedicine("lithium", (dt.time(21),))], [dose(dt.time(22))]) == ()


def test_the_sentence_names_both_times_and_the_distance(guide, dose):
    ticked = [TickedMedicine("quinolones", (dt.time(2, 30),))]
    near = spacing_checks(guide, ticked, [dose(dt.time(22))])[1]
    assert spacing_text(near) == (
        "Quinolone antibiotics at 02:30 is 4 h 30 min after Capsule: "
        "too close (4 to 6 hours after magnesium)."
    )


@pytest.mark.parametrize(
    ("time", "evening"),
    [
        (dt.time(16, 59), False),
        (dt.time(17), True),
        (dt.time(3, 59), True),
        (dt.time(4), False),
        (None, True),
    ],
)
def test_which_dose_is_an_evening_dose(dose, time, evening):
    assert is_evening_dose(dose(time)) is evening
    assert not is_evening_dose(dose(time, source=Source.DRINK))


@given(medicine_time=st.times(), dose_time=st.times())
def test_the_two_sides_always_make_up_a_day(guide, dose, medicine_time, dose_time):
    ticked = [TickedMedicine("levothyroxine", (medicine_time,))]
    gaps = [check.gap_min for check in spacing_checks(guide, ticked, [dose(dose_time)])]
    assert sum(gaps) in (0, 24 * 60)
    assert len(gaps) == (1 if sum(gaps) == 0 else 2)


def test_the_conditions_and_the_wordings_are_there(guide):
    assert {condition.id for condition in guide.conditions if len(condition.minerals) == 2} == {
        "kidney-disease",
        "pregnancy",
        "breastfeeding",
        "under-18",
    }
    assert len(guide.conditions) == 11
    assert "no supplement" in guide.wellness
    assert "\n" not in guide.wellness + guide.ask_first + guide.side_effects


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("hours_before = [4, 4]", "hours_before = [4]", r"medicine 1\.spacing\.magnesium: hours_before must"),
        (
            "hours_before = [4, 4]",
            "hours_before = [5, 4]",
            r"medicine 1\.spacing\.magnesium: hours_before: the",
        ),
        ("spacing.magnesium", "spacing.zinc", r"medicine 1\.spacing: unknown key 'zinc'"),
        ('id = "tetracyclines"', 'id = "levothyroxine"', "medicine 2: id 'levothyroxine' is there twice"),
        ('minerals = ["magnesium", "calcium"]', 'minerals = ["zinc"]', "condition 1: minerals: 'zinc'"),
        ('minerals = ["magnesium", "calcium"]', "minerals = [3]", "condition 1: minerals must be a list"),
    ],
)
def test_a_bad_file_is_named_with_place_and_reason(seeds, tmp_path, before, after, message):
    text = (seeds / "interactions.toml").read_text(encoding="utf-8")
    assert before in text
    path = tmp_path / "interactions.toml"
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(SeedFileError, match=r"^interactions\.toml, " + message):
        load_interactions(path)
