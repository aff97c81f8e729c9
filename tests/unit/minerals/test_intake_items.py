from __future__ import annotations

import datetime as dt
import math

import msgspec
import pytest

from sleepcalm.minerals.intake import (
    Amount,
    AmountUnit,
    ChecklistItem,
    DayIntake,
    IntakeEntry,
    Mineral,
    MineralContent,
    Source,
)

DAY = dt.date(2026, 11, 22)


def test_grams_are_taken_as_their_share_of_a_serving(make_item):
    almonds = make_item("Almonds", 79, 76, Source.FOOD, grams=28)
    entry = IntakeEntry("a/1", almonds, Amount(42, AmountUnit.GRAMS))
    assert entry.servings == pytest.approx(1.5)
    assert entry.elemental_mg(Mineral.MAGNESIUM) == pytest.approx(118.5)
    assert entry.elemental_mg(Mineral.CALCIUM) == pytest.approx(114)


def test_grams_are_refused_where_a_serving_has_no_weight(make_item):
    with pytest.raises(ValueError, match="give servings, not grams"):
        IntakeEntry("a/1", make_item("Capsule", 100), Amount(5, AmountUnit.GRAMS))


def test_unknown_stays_unknown_whatever_the_amount_and_zero_stays_zero(make_item):
    capsule = IntakeEntry("a/1", make_item("Capsule", magnesium_mg=0), Amount(3))
    assert capsule.elemental_mg(Mineral.CALCIUM) is None
    assert capsule.elemental_mg(Mineral.MAGNESIUM) == 0


@pytest.mark.parametrize("value", [0, -1, math.nan, math.inf])
def test_an_amount_is_above_zero_and_finite(value):
    with pytest.raises(ValueError, match="above 0"):
        Amount(value)


@pytest.mark.parametrize("value", [-0.1, math.nan, math.inf])
def test_a_mineral_content_is_finite_and_never_negative(value):
    with pytest.raises(ValueError, match="number from 0"):
        MineralContent(value)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ({"compound": "magnesium-oxide"}, "go together"),
        ({"compound": "x", "compound_mg": 500, "share_pct": 0}, "share_pct"),
        ({"compound": "x", "compound_mg": 500, "share_pct": 101}, "share_pct"),
        ({"compound": "x", "compound_mg": 500, "share_pct": 10}, "not the share"),
    ],
)
def test_a_derivation_must_be_whole_and_true(arguments, reason):
    with pytest.raises(ValueError, match=reason):
        MineralContent(100, **arguments)


def test_a_day_is_recorded_by_a_check_or_by_the_explicit_answer_nothing(make_item):
    offered = IntakeEntry("a/1", make_item("Capsule", 100), Amount(1), checked=False)
    taken = IntakeEntry("a/2", make_item("Capsule", 100), Amount(1))
    assert not DayIntake(DAY).recorded
    assert not DayIntake(DAY, (offered,)).recorded
    assert DayIntake(DAY, (offered, taken)).recorded
    assert DayIntake(DAY, (offered,), nothing_taken=True).recorded
    with pytest.raises(ValueError, match="contradicts"):
        DayIntake(DAY, (taken,), nothing_taken=True)


def test_two_entries_with_one_key_are_refused(make_item):
    entry = IntakeEntry("a/1", make_item("Capsule", 100), Amount(1))
    with pytest.raises(ValueError, match="same key"):
        DayIntake(DAY, (entry, entry))


def test_a_day_and_a_kept_item_survive_the_way_to_json_and_back(make_item):
    item = make_item("Capsule", 14.1)
    derived = MineralContent(14.1, "magnesium-bisglycinate", 100, 14.1)
    day = DayIntake(
        DAY,
        (
            IntakeEntry("a/1", item, Amount(2), dt.time(21, 30)),
            IntakeEntry("b/1", item, Amount(1), None, checked=False),
        ),
    )
    kept = ChecklistItem(make_item("Salt", 1, 2, Source.FOOD, 10), dt.time(7), favourite=True)
    assert msgspec.json.decode(msgspec.json.encode(day), type=DayIntake) == day
    assert msgspec.json.decode(msgspec.json.encode(kept), type=ChecklistItem) == kept
    assert msgspec.json.decode(msgspec.json.encode(derived), type=MineralContent) == derived


def test_a_stored_day_with_an_impossible_figure_is_refused():
    text = b'{"date":"2026-11-22","entries":[{"key":"a/1","amount":{"value":-1},"item":{"id":"a","name":"A",'
    text += b'"serving":"1","source":"food"}}]}'
    with pytest.raises(msgspec.ValidationError, match="above 0"):
        msgspec.json.decode(text, type=DayIntake)
