from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleepcalm.minerals import checklist
from sleepcalm.minerals.intake import (
    Amount,
    AmountUnit,
    ChecklistItem,
    DayIntake,
    IntakeEntry,
    Mineral,
    Source,
)

YESTERDAY = DayIntake(dt.date(2026, 11, 21))
TODAY = DayIntake(dt.date(2026, 11, 22))
EVENING = dt.time(21, 30)


@pytest.fixture(scope="session")
def capsule(make_item):
    return make_item("Capsule", 100)


@pytest.fixture(scope="session")
def almonds(make_item):
    return make_item("Almonds", 79, 76, Source.FOOD, grams=28)


def shown(day):
    return [(entry.item.name, entry.amount.value, entry.time_of_day, entry.checked) for entry in day.entries]


def test_the_same_item_can_stand_there_twice_under_two_keys(capsule):
    day = checklist.add(checklist.add(TODAY, capsule, time_of_day=dt.time(8)), capsule, time_of_day=EVENING)
    first, second = (entry.key for entry in day.entries)
    assert first != second
    day = checklist.remove(day, first)
    again = checklist.add(day, capsule)
    assert len({entry.key for entry in again.entries}) == 2
    assert [entry.time_of_day for entry in again.entries] == [EVENING, None]


def test_a_change_gives_a_new_day_and_leaves_the_one_before_for_undo(capsule):
    before = checklist.add(TODAY, capsule, checked=False)
    key = before.entries[0].key
    after = checklist.toggle(before, key)
    assert after.entries[0].checked
    assert not before.entries[0].checked
    assert checklist.toggle(after, key) == before


def test_amount_and_time_can_be_changed(almonds):
    day = checklist.add(TODAY, almonds)
    key = day.entries[0].key
    day = checklist.set_time(checklist.set_amount(day, key, Amount(14, AmountUnit.GRAMS)), key, EVENING)
    assert checklist.find_entry(day, key).servings == 0.5
    assert checklist.find_entry(day, key).time_of_day == EVENING


def test_grams_of_an_item_without_a_weight_are_refused_and_the_day_is_as_it_was(capsule):
    day = checklist.add(TODAY, capsule)
    with pytest.raises(ValueError, match="give servings"):
        checklist.set_amount(day, day.entries[0].key, Amount(14, AmountUnit.GRAMS))
    assert day.entries[0].amount == Amount(1)


@pytest.mark.parametrize("change", [checklist.toggle, checklist.remove, checklist.find_entry])
def test_an_unknown_key_is_an_error(change):
    with pytest.raises(KeyError, match="gone/1"):
        change(TODAY, "gone/1")


def test_daily_items_are_offered_once_unchecked_with_their_usual_time(capsule, almonds, make_item):
    kept = [
        ChecklistItem(capsule, EVENING, daily=True),
        ChecklistItem(almonds, favourite=True),
        ChecklistItem(make_item("Tablet"), daily=True),
    ]
    day = checklist.add(TODAY, make_item("Tablet"))
    offered = checklist.offer_daily_items(day, kept)
    assert shown(offered) == [("Tablet", 1, None, True), ("Capsule", 1, EVENING, False)]
    assert checklist.offer_daily_items(offered, kept) == offered
    assert not checklist.offer_daily_items(TODAY, kept).recorded


def test_nothing_taken_unchecks_and_a_check_takes_it_back(capsule):
    day = checklist.record_nothing_taken(checklist.add(TODAY, capsule))
    assert day.recorded
    assert shown(day) == [("Capsule", 1, None, False)]
    day = checklist.toggle(day, day.entries[0].key)
    assert not day.nothing_taken
    assert checklist.record_nothing_taken(day).checked_entries == ()
    unchanged = checklist.add(checklist.record_nothing_taken(TODAY), capsule, checked=False)
    assert unchanged.nothing_taken


def test_copying_yesterday_takes_what_was_checked_with_amount_and_time(capsule, almonds):
    yesterday = checklist.add(YESTERDAY, capsule, Amount(2), EVENING)
    yesterday = checklist.add(yesterday, almonds, checked=False)
    today = checklist.copy_from(TODAY, yesterday, {})
    assert today.date == TODAY.date
    assert shown(today) == [("Capsule", 2, EVENING, True)]
    assert checklist.copy_from(today, yesterday, {}) == today


def test_copying_checks_what_is_offered_and_doubles_nothing(capsule, almonds):
    yesterday = checklist.add(YESTERDAY, capsule, Amount(1), dt.time(8))
    yesterday = checklist.add(yesterday, capsule, Amount(2), EVENING)
    yesterday = checklist.add(yesterday, almonds, Amount(14, AmountUnit.GRAMS))
    today = checklist.add(TODAY, capsule, time_of_day=EVENING)
    today = checklist.add(today, almonds, checked=False)
    copied = checklist.copy_from(today, yesterday, {})
    assert shown(copied) == [
        ("Capsule", 1, EVENING, True),
        ("Almonds", 14, None, True),
        ("Capsule", 2, EVENING, True),
    ]


def test_copying_uses_the_figures_of_today_and_history_keeps_its_own(make_item, capsule):
    yesterday = checklist.add(YESTERDAY, capsule)
    corrected = make_item("Capsule", 120)
    today = checklist.copy_from(TODAY, yesterday, {corrected.id: corrected})
    assert today.entries[0].elemental_mg(Mineral.MAGNESIUM) == 120
    assert yesterday.entries[0].elemental_mg(Mineral.MAGNESIUM) == 100


def test_copying_an_item_whose_serving_changed_keeps_it_as_it_was(make_item, almonds):
    yesterday = checklist.add(YESTERDAY, almonds, Amount(42, AmountUnit.GRAMS))
    without_weight = make_item("Almonds", 3, 3, Source.FOOD)
    today = checklist.copy_from(TODAY, yesterday, {without_weight.id: without_weight})
    assert today.entries[0].item == almonds


names = st.sampled_from(["A", "B", "C"])
lines = st.lists(st.tuples(names, st.sampled_from([None, dt.time(8), EVENING]), st.booleans()), max_size=8)


@given(earlier=lines, present=lines)
def test_copying_loses_nothing_doubles_nothing_and_a_second_time_changes_nothing(make_item, earlier, present):
    def day(start, chosen):
        entries = tuple(
            IntakeEntry(f"{number}", make_item(name, 1, 1), Amount(1), time, checked)
            for number, (name, time, checked) in enumerate(chosen)
        )
        return DayIntake(start.date, entries)

    yesterday, today = day(YESTERDAY, earlier), day(TODAY, present)
    copied = checklist.copy_from(today, yesterday, {})
    assert {entry.key for entry in today.entries} <= {entry.key for entry in copied.entries}
    assert set(today.checked_entries) <= set(copied.checked_entries)
    assert checklist.copy_from(copied, yesterday, {}) == copied
    for name in "ABC":
        checked = [sum(e.item.name == name for e in d.checked_entries) for d in (yesterday, today, copied)]
        assert checked[2] == max(checked[0], checked[1])
