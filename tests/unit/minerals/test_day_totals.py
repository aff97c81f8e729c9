from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleepcalm.minerals.intake import Amount, DayIntake, IntakeEntry, Item, MineralContent, Source
from sleepcalm.minerals.notes import NoteCode, Severity, note_text
from sleepcalm.minerals.reference_intakes import LifeStage, Profile, Region, Sex
from sleepcalm.minerals.totals import day_totals, totals_document

DAY = dt.date(2026, 11, 22)
WOMAN_OF_40 = Profile(Sex.FEMALE, 40)


@pytest.fixture(scope="session")
def total(references):
    """Totals of (item, servings, time) entries; US reference and a woman of 40 unless told otherwise."""

    def of(*taken, profile=WOMAN_OF_40, region=Region.US, **day_fields):
        entries = tuple(
            IntakeEntry(f"e/{number}", item, Amount(servings), time)
            for number, (item, servings, time) in enumerate(taken)
        )
        day = DayIntake(DAY, entries, **day_fields)
        return day_totals(day, references.reference_for(region, profile), references.thresholds)

    return of


def codes(totals):
    return [note.code for note in totals.notes]


def test_food_and_supplement_stand_apart_and_a_drink_counts_as_food(total, make_item):
    totals = total(
        (make_item("Capsule", 100), 1, None),
        (make_item("Oatmeal", 63, 21, Source.FOOD), 1, None),
        (make_item("Almonds", 79, 76, Source.FOOD), 1.5, None),
        (make_item("Mineral water", 20, 50, Source.DRINK), 1, None),
    )
    assert totals_document(totals) == {
        "date": "2026-11-22",
        "magnesium_mg": {
            "food": 201.5,
            "supplement": 100.0,
            "total": 301.5,
            "target": 320.0,
            "upper_limit_supplement": 350.0,
        },
        "calcium_mg": {
            "food": 185.0,
            "supplement": None,
            "total": 185.0,
            "target": 1000.0,
            "upper_limit": 2500.0,
        },
        "notes": [
            {
                "code": "figure_unknown",
                "severity": "note",
                "mineral": "calcium",
                "items": ["Capsule"],
                "text": "The calcium in Capsule is not known and not in the sum.",
            }
        ],
    }


def test_a_range_stands_as_low_and_high_and_the_document_is_json(total, make_item):
    document = totals_document(total((make_item("Capsule", 100, 0), 1, None), profile=Profile()))
    assert document["magnesium_mg"]["target"] == {"low": 310, "high": 420}
    assert document["calcium_mg"]["target"] == {"low": 1000, "high": 1200}
    assert json.loads(json.dumps(document, allow_nan=False)) == document


def test_a_day_that_is_not_recorded_is_unknown_and_nothing_taken_is_zero(total):
    empty, nothing = total(), total(nothing_taken=True)
    assert (empty.magnesium.food_mg, empty.magnesium.total_mg, empty.calcium.supplement_mg) == (None,) * 3
    assert codes(empty) == [NoteCode.NOT_RECORDED]
    assert (nothing.magnesium.food_mg, nothing.magnesium.total_mg, nothing.calcium.total_mg) == (0, 0, 0)
    assert codes(nothing) == []


def test_an_unchecked_entry_counts_for_nothing(references, make_item):
    offered = IntakeEntry("a/1", make_item("Capsule", 400), Amount(1), checked=False)
    taken = IntakeEntry("b/1", make_item("Salt", 10, 10), Amount(1))
    reference = references.reference_for(Region.US, WOMAN_OF_40)
    totals = day_totals(DayIntake(DAY, (offered, taken)), reference, references.thresholds)
    assert totals.magnesium.total_mg == 10
    assert codes(totals) == []


def test_only_unknown_figures_make_an_unknown_total_beside_a_known_zero(total, make_item):
    totals = total((make_item("Capsule", calcium_mg=0), 1, None))
    assert (totals.magnesium.supplement_mg, totals.magnesium.total_mg) == (None, None)
    assert (totals.calcium.supplement_mg, totals.calcium.total_mg) == (0, 0)


@pytest.mark.parametrize(
    ("region", "supplement_mg", "code", "severity", "limit_mg"),
    [
        (Region.US, 249.9, None, None, None),
        (Region.US, 250, NoteCode.MAGNESIUM_SUPPLEMENT, Severity.NOTE, 250),
        (Region.US, 349.9, NoteCode.MAGNESIUM_SUPPLEMENT, Severity.NOTE, 250),
        (Region.US, 350, NoteCode.MAGNESIUM_SUPPLEMENT_WARNING, Severity.WARNING, 350),
        (Region.EU, 250, NoteCode.MAGNESIUM_SUPPLEMENT, Severity.NOTE, 250),
        (Region.EU, 250.1, NoteCode.MAGNESIUM_SUPPLEMENT_ABOVE_LIMIT, Severity.NOTE, 250),
        (Region.EU, 350, NoteCode.MAGNESIUM_SUPPLEMENT_WARNING, Severity.WARNING, 350),
    ],
)
def test_magnesium_from_supplements_is_noted_once_by_its_strongest_word(
    total, make_item, *, region, supplement_mg, code, severity, limit_mg
):
    half = make_item("Capsule", supplement_mg / 2, 0)
    food = make_item("Seeds", 900, 0, Source.FOOD)
    totals = total((half, 1, None), (half, 1, None), (food, 1, None), region=region)
    found = [(note.code, note.severity, note.amount_mg, note.limit_mg) for note in totals.notes]
    assert found == ([] if code is None else [(code, severity, supplement_mg, limit_mg)])


def test_calcium_of_all_sources_is_held_against_its_upper_limit(total, make_item):
    milk = make_item("Milk", 0, 1250, Source.DRINK)
    assert codes(total((milk, 2, None))) == []
    above = total((milk, 2, None), (make_item("Tablet", 0, 0.1), 1, None))
    (note,) = above.notes
    assert (note.code, note.severity) == (NoteCode.CALCIUM_ABOVE_LIMIT, Severity.WARNING)
    assert (note.amount_mg, note.limit_mg) == (2500.1, 2500)


def test_a_single_calcium_dose_is_what_is_taken_at_one_time(total, make_item):
    tablet, capsule = make_item("Tablet", 0, 300), make_item("Capsule", 0, 201)
    morning, evening = dt.time(8), dt.time(20)
    assert codes(total((tablet, 1, morning), (capsule, 1, evening))) == []
    assert codes(total((tablet, 1, None), (capsule, 1, None))) == []
    (note,) = total((tablet, 1, evening), (capsule, 1, evening)).notes
    assert (note.code, note.amount_mg, note.items) == (
        NoteCode.CALCIUM_SINGLE_DOSE,
        501,
        ("Tablet", "Capsule"),
    )
    assert codes(total((make_item("Tablet", 0, 250), 2, None))) == []
    assert codes(total((make_item("Tablet", 0, 250), 2.1, None))) == [NoteCode.CALCIUM_SINGLE_DOSE]
    assert codes(total((make_item("Almond milk", 18, 516, Source.DRINK), 1, None))) == []


def test_under_18_only_food_is_counted_and_the_supplement_is_named(total, make_item):
    capsule, oats = make_item("Capsule", 400, 600), make_item("Oats", 63, 21, Source.FOOD)
    totals = total((capsule, 1, None), (oats, 1, None), profile=Profile(Sex.MALE, 16))
    assert (totals.magnesium.food_mg, totals.magnesium.supplement_mg, totals.magnesium.total_mg) == (
        63,
        None,
        63,
    )
    assert totals.calcium.total_mg == 21
    assert codes(totals) == [NoteCode.SUPPLEMENTS_NOT_COUNTED]
    assert "Capsule" in note_text(totals.notes[0])
    only_food = total((oats, 1, None), profile=Profile(Sex.MALE, 16))
    assert (only_food.magnesium.supplement_mg, only_food.notes) == (0, ())


def test_a_warning_comes_before_a_note_and_each_note_has_a_whole_sentence(total, make_item):
    totals = total(
        (make_item("Capsule", 400), 1, None),
        (make_item("Tablet", calcium_mg=600), 5, None),
        profile=Profile(),
    )
    severities = [note.severity for note in totals.notes]
    assert severities == sorted(severities, reverse=True)
    assert set(severities) == {Severity.NOTE, Severity.WARNING}
    for note in totals.notes:
        text = note_text(note)
        assert text.endswith(".")
        assert "None" not in text
        assert "  " not in text


def test_no_target_is_named_not_guessed(total, make_item):
    totals = total(
        (make_item("Oats", 63, 21, Source.FOOD), 1, None),
        profile=Profile(Sex.FEMALE, 55, LifeStage.PREGNANT),
    )
    assert totals_document(totals)["magnesium_mg"]["target"] is None
    assert codes(totals) == [NoteCode.NO_TARGET, NoteCode.NO_TARGET]


figures = st.none() | st.integers(0, 5000).map(lambda tenths: tenths / 10)
taken = st.lists(
    st.tuples(
        st.builds(
            lambda name, source, magnesium, calcium: Item(
                id=name,
                name=name,
                serving="1",
                source=source,
                magnesium=None if magnesium is None else MineralContent(magnesium),
                calcium=None if calcium is None else MineralContent(calcium),
            ),
            st.sampled_from("abc"),
            st.sampled_from(Source),
            figures,
            figures,
        ),
        st.floats(0.01, 50),
        st.none() | st.times(),
    ),
    max_size=12,
)


@given(taken=taken)
def test_the_parts_as_shown_always_add_up_to_the_total_as_shown(total, taken):
    totals = total(*taken)
    for mineral in (totals.magnesium, totals.calcium):
        known = [part for part in (mineral.food_mg, mineral.supplement_mg) if part is not None]
        if mineral.total_mg is not None:
            assert mineral.total_mg == round(sum(known), 1)
            assert mineral.total_mg == round(mineral.total_mg, 1)


@given(taken=taken, data=st.data())
def test_the_order_of_entries_changes_nothing(total, taken, data):
    shuffled = total(*data.draw(st.permutations(taken)))
    straight = total(*taken)
    assert (straight.magnesium, straight.calcium) == (shuffled.magnesium, shuffled.calcium)
    assert sorted(codes(straight)) == sorted(codes(shuffled))


@given(taken=taken)
def test_a_sum_is_within_rounding_of_its_entries_and_one_more_never_lowers_it(total, make_item, taken):
    before = total(*taken).magnesium
    exact = [
        item.magnesium.elemental_mg * servings for item, servings, _ in taken if item.magnesium is not None
    ]
    if before.total_mg is not None:
        assert before.total_mg == pytest.approx(sum(exact), abs=0.11)
    more = total(*taken, (make_item("One more", 5, 5, Source.FOOD), 1, None)).magnesium
    # Each sum is rounded for itself, by up to 0.05: 0.05 becomes 0.1, and 5.05 becomes 5.0.
    assert more.total_mg == pytest.approx((before.total_mg or 0) + 5, abs=0.101)
    assert more.total_mg > (before.total_mg or 0)
