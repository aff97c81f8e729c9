"""Finding an item, adding an amount of it, and describing one's own."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from sleepcalm.gui.minerals.item_dialog import ItemDialog
from sleepcalm.gui.minerals.ports import MineralFacts
from sleepcalm.minerals.intake import Amount, AmountUnit, ChecklistItem, MineralContent, Source

from .mineral_record_in_memory import TODAY
from .minerals_window import CAPSULE, EVENING, Opened, Opener, day_with

CONTROL = Qt.KeyboardModifier.ControlModifier


def find(opened: Opened, words: str) -> None:
    """By key alone."""
    opened.press(Qt.Key.Key_F, CONTROL)
    opened.type(words)


def test_a_food_is_found_and_added_by_key(open_tab: Opener) -> None:
    opened = open_tab()
    find(opened, "almonds")
    opened.press(Qt.Key.Key_Return)
    assert opened.tab.checklist.amount.figures.text() == "Mg 79 mg   Ca 76 mg"
    opened.press(Qt.Key.Key_Return)
    (entry,) = opened.record.stored[TODAY].entries
    assert (entry.item.name, entry.amount, entry.checked) == ("Almonds", Amount(1), True)
    assert QApplication.focusWidget() is opened.row("Almonds").tick
    assert opened.tab.checklist.search.text() == ""


@pytest.mark.parametrize(
    ("typed", "in_grams", "amount", "magnesium_mg"),
    [
        ("2", False, Amount(2), 158),
        ("1/2", False, Amount(0.5), 39.5),
        ("1 1/2", False, Amount(1.5), 118.5),
        ("0,5", False, Amount(0.5), 39.5),
        ("14 g", False, Amount(14, AmountUnit.GRAMS), 39.5),
        ("56", True, Amount(56, AmountUnit.GRAMS), 158),
    ],
)
def test_amounts_are_servings_or_grams(
    open_tab: Opener, typed: str, in_grams: bool, amount: Amount, magnesium_mg: float
) -> None:
    opened = open_tab()
    find(opened, "almonds")
    opened.press(Qt.Key.Key_Return)
    panel = opened.tab.checklist.amount
    if in_grams:
        panel.unit.set_value("grams")
    opened.type(typed)
    opened.press(Qt.Key.Key_Return)
    assert opened.entry("Almonds").amount == amount
    assert opened.tab.keeper.totals().magnesium.food_mg == pytest.approx(magnesium_mg)


@pytest.mark.parametrize("typed", ["", "none", "0", "-1", "1/0", "1e400", "99999"])
def test_an_amount_that_is_none_is_said_and_nothing_is_added(open_tab: Opener, typed: str) -> None:
    opened = open_tab()
    find(opened, "almonds")
    opened.press(Qt.Key.Key_Return)
    panel = opened.tab.checklist.amount
    panel.amount.setText(typed)
    opened.press(Qt.Key.Key_Return)
    assert panel.problem.isVisible()
    assert panel.problem.text()
    assert opened.record.handed_over == []


def test_grams_of_what_has_no_weight_are_refused_with_the_reason(open_tab: Opener) -> None:
    opened = open_tab(day_with((CAPSULE, 1, EVENING)))
    opened.press(Qt.Key.Key_Return)
    panel = opened.tab.checklist.amount
    assert panel.unit.isHidden()
    panel.amount.setText("3 g")
    opened.press(Qt.Key.Key_Return)
    assert "weighs" in panel.problem.text()
    assert opened.record.handed_over == []


def test_amount_and_time_of_an_entry_can_be_changed_and_changed_back(open_tab: Opener) -> None:
    opened = open_tab(day_with((CAPSULE, 1, EVENING)))
    opened.press(Qt.Key.Key_Return)
    panel = opened.tab.checklist.amount
    assert (panel.amount.text(), panel.time.text()) == ("1", "21:30")
    opened.type("2")
    panel.time.setText("10:15 pm")
    opened.press(Qt.Key.Key_Return)
    entry = opened.entry("Night capsule")
    assert (entry.amount, entry.time_of_day) == (Amount(2), dt.time(22, 15))
    assert QApplication.focusWidget() is opened.row("Night capsule").tick
    opened.undo()
    assert opened.entry("Night capsule").amount == Amount(1)


def test_a_time_that_is_none_is_said(open_tab: Opener) -> None:
    opened = open_tab(day_with((CAPSULE, 1, EVENING)))
    opened.press(Qt.Key.Key_Return)
    opened.tab.checklist.amount.time.setText("25:00")
    opened.press(Qt.Key.Key_Return)
    assert opened.tab.checklist.amount.problem.text().startswith("Time: ")
    assert opened.record.handed_over == []


def test_what_is_offered_is_checked_and_not_doubled_by_the_search(open_tab: Opener) -> None:
    opened = open_tab(items=(ChecklistItem(CAPSULE, usual_time=EVENING, daily=True),))
    find(opened, "night cap")
    opened.press(Qt.Key.Key_Return)
    opened.press(Qt.Key.Key_Return)
    (entry,) = opened.record.stored[TODAY].entries
    assert (entry.checked, entry.time_of_day) == (True, EVENING)


def test_favourites_come_first_and_are_marked(open_tab: Opener, facts: MineralFacts) -> None:
    milk = [food.item for food in facts.foods if "milk" in food.item.name.lower()][-1]
    opened = open_tab(items=(ChecklistItem(milk, favourite=True),))
    find(opened, "milk")
    rows = opened.tab.checklist.results.rows
    assert len(rows) > 1
    assert rows[0].found.item == milk
    assert [row.is_favourite for row in rows] == [True] + [False] * (len(rows) - 1)
    assert "favourite" in rows[0].accessibleName()


def test_a_food_becomes_a_favourite_from_the_amount(open_tab: Opener) -> None:
    opened = open_tab()
    find(opened, "tahini")
    opened.press(Qt.Key.Key_Return)
    opened.tab.checklist.amount.favourite.click()
    (kept,) = opened.record.items.values()
    assert (kept.item.name, kept.favourite, kept.daily) == ("Tahini", True, False)
    opened.tab.keeper.undo()
    assert opened.record.items == {}


def test_down_leads_through_the_results_and_up_back_to_the_field(open_tab: Opener) -> None:
    opened = open_tab()
    find(opened, "milk")
    rows = opened.tab.checklist.results.rows
    opened.press(Qt.Key.Key_Down)
    opened.press(Qt.Key.Key_Down)
    assert QApplication.focusWidget() is rows[1]
    opened.press(Qt.Key.Key_Up)
    opened.press(Qt.Key.Key_Up)
    assert QApplication.focusWidget() is opened.tab.checklist.search


def test_escape_ends_the_search_and_shows_the_list_again(open_tab: Opener) -> None:
    opened = open_tab(day_with((CAPSULE, 1, EVENING)))
    find(opened, "milk")
    assert opened.tab.checklist.entries.isHidden()
    opened.press(Qt.Key.Key_Escape)
    assert opened.tab.checklist.entries.isVisible()
    assert opened.tab.checklist.results.isHidden()
    assert QApplication.focusWidget() is opened.row("Night capsule").tick


def test_what_is_not_found_can_be_described(open_tab: Opener) -> None:
    opened = open_tab()
    find(opened, "zzyzx")
    assert opened.tab.checklist.results.rows == []
    assert opened.tab.checklist.results.nothing.isVisible()
    opened.tab.checklist.results.describe.click()
    assert opened.tab.findChild(ItemDialog).name.text() == "zzyzx"


def dialog_of(opened: Opened) -> ItemDialog:
    opened.press(Qt.Key.Key_N, CONTROL)
    dialog = opened.tab.findChild(ItemDialog)
    assert dialog is not None
    return dialog


def test_an_item_by_its_elemental_mg_is_offered_every_day(open_tab: Opener) -> None:
    opened = open_tab()
    dialog = dialog_of(opened)
    dialog.name.setText("Evening powder")
    dialog.serving.setText("1 spoon")
    dialog.grams.setText("4.5")
    dialog.editors["magnesium"].kind.set_value("element")
    dialog.editors["magnesium"].mass.setText("150")
    dialog.editors["calcium"].kind.set_value("element")
    dialog.editors["calcium"].mass.setText("0")
    dialog.time.setText("930 pm")
    dialog.done_button.click()
    (kept,) = opened.record.items.values()
    assert kept.daily
    assert kept.usual_time == EVENING
    assert (kept.item.source, kept.item.grams_per_serving) == (Source.SUPPLEMENT, 4.5)
    assert (kept.item.magnesium, kept.item.calcium) == (MineralContent(150.0), MineralContent(0.0))
    assert not opened.entry("Evening powder").checked
    assert QApplication.focusWidget() is opened.row("Evening powder").tick


def test_the_mass_of_a_compound_counts_with_its_share(open_tab: Opener) -> None:
    opened = open_tab()
    dialog = dialog_of(opened)
    editor = dialog.editors["magnesium"]
    dialog.name.setText("Citrate")
    dialog.serving.setText("1 capsule")
    editor.kind.set_value("compound")
    editor.compound.setCurrentIndex(editor.compound.findData("magnesium-citrate"))
    editor.mass.setText("1000")
    assert "162 mg" in editor.result.text()
    dialog.daily.setChecked(False)
    dialog.done_button.click()
    content = opened.entry("Citrate").item.magnesium
    assert content == MineralContent(162.0, "magnesium-citrate", 1000.0, 16.2)
    assert opened.entry("Citrate").item.calcium is None
    assert opened.entry("Citrate").checked
    opened.tab.keeper.undo()
    assert opened.names == []
    assert opened.record.items == {}


@pytest.mark.parametrize("missing", ["name", "serving"])
def test_what_is_missing_is_said_and_nothing_is_kept(open_tab: Opener, missing: str) -> None:
    opened = open_tab()
    dialog = dialog_of(opened)
    for field in ("name", "serving"):
        getattr(dialog, field).setText("" if field == missing else "something")
    dialog.done_button.click()
    assert dialog.isVisible()
    assert dialog.problem.text()
    assert opened.record.items == {}


def test_a_stated_mineral_without_a_number_is_asked_for(open_tab: Opener) -> None:
    opened = open_tab()
    dialog = dialog_of(opened)
    dialog.name.setText("Citrate")
    dialog.serving.setText("1 capsule")
    dialog.editors["calcium"].kind.set_value("element")
    dialog.done_button.click()
    assert dialog.problem.text().startswith("Calcium: ")
    assert opened.record.items == {}


def test_a_changed_item_renews_the_day_shown_and_leaves_the_others(open_tab: Opener) -> None:
    yesterday = day_with((CAPSULE, 1, EVENING), date=TODAY - dt.timedelta(days=1))
    opened = open_tab(yesterday, day_with((CAPSULE, 1, EVENING)), items=(ChecklistItem(CAPSULE, daily=True),))
    opened.tab.open_item(CAPSULE, "")
    dialog = opened.tab.findChild(ItemDialog)
    dialog.editors["magnesium"].mass.setText("120")
    dialog.done_button.click()
    assert opened.entry("Night capsule").item.magnesium == MineralContent(120.0)
    assert opened.record.stored[yesterday.date] == yesterday
    opened.undo()
    assert opened.record.items[CAPSULE.id].item == CAPSULE
    assert opened.entry("Night capsule").item == CAPSULE


def test_a_deleted_item_stays_on_its_days_and_comes_back_by_undo(open_tab: Opener) -> None:
    opened = open_tab(day_with((CAPSULE, 1, EVENING)), items=(ChecklistItem(CAPSULE, daily=True),))
    menu = opened.tab.desk.menu_of(opened.entry("Night capsule").key)
    next(action for action in menu.actions() if "Delete" in action.text()).trigger()
    assert opened.record.items == {}
    assert opened.names == ["Night capsule"]
    assert opened.tab.checklist.undo.text() == "Undo deleting Night capsule"
    opened.undo()
    assert opened.record.items == {CAPSULE.id: ChecklistItem(CAPSULE, daily=True)}


def test_a_food_of_the_table_is_not_offered_for_deletion(open_tab: Opener, facts: MineralFacts) -> None:
    opened = open_tab(day_with((facts.foods[0].item, 1, None)))
    menu = opened.tab.desk.menu_of(opened.tab.keeper.day.entries[0].key)
    words = [action.text() for action in menu.actions()]
    assert not any("Delete" in word or "Change this item" in word for word in words)
    next(action for action in menu.actions() if "every day" in action.text()).trigger()
    assert opened.record.items[facts.foods[0].item.id].daily
