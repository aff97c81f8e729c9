"""The checklist by keyboard: check, undo, copy, other days."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication

from sleepcalm.gui.minerals.calendar_dialog import CalendarDialog
from sleepcalm.minerals.intake import ChecklistItem, DayIntake

from .mineral_record_in_memory import TODAY
from .minerals_window import CAPSULE, EVENING, TABLET, Opener, day_with

DAILY = (ChecklistItem(CAPSULE, usual_time=EVENING, daily=True), ChecklistItem(TABLET, daily=True))
YESTERDAY = TODAY - dt.timedelta(days=1)


def test_space_checks_and_unchecks_what_is_offered(open_tab: Opener) -> None:
    opened = open_tab(items=DAILY)
    assert opened.names == ["Night capsule", "Calcium tablet"]
    assert opened.record.handed_over == []
    opened.press(Qt.Key.Key_Space)
    assert [entry.checked for entry in opened.record.stored[TODAY].entries] == [True, False]
    assert opened.tab.totals.panels["magnesium"].total.text() == "100"
    opened.press(Qt.Key.Key_Space)
    assert not opened.record.stored[TODAY].recorded


def test_arrows_lead_through_the_rows_and_the_keyboard_stays_after_a_change(open_tab: Opener) -> None:
    opened = open_tab(items=DAILY)
    opened.press(Qt.Key.Key_Down)
    opened.press(Qt.Key.Key_Space)
    assert opened.entry("Calcium tablet").checked
    assert QApplication.focusWidget() is opened.row("Calcium tablet").tick
    opened.press(Qt.Key.Key_Home)
    assert QApplication.focusWidget() is opened.row("Night capsule").tick


def test_a_click_anywhere_on_the_row_checks_it(open_tab: Opener) -> None:
    opened = open_tab(items=DAILY)
    tick = opened.row("Calcium tablet").tick
    opened.qtbot.mouseClick(tick, Qt.MouseButton.LeftButton, pos=tick.rect().center())
    assert opened.entry("Calcium tablet").checked


def test_undo_is_named_and_takes_back_one_step_at_a_time(open_tab: Opener) -> None:
    opened = open_tab(items=DAILY)
    assert opened.tab.checklist.undo.isHidden()
    opened.press(Qt.Key.Key_Space)
    opened.press(Qt.Key.Key_Down)
    opened.press(Qt.Key.Key_Space)
    assert opened.tab.checklist.undo.text() == "Undo checking Calcium tablet"
    opened.undo()
    assert [entry.checked for entry in opened.record.stored[TODAY].entries] == [True, False]
    assert opened.tab.checklist.undo.text() == "Undo checking Night capsule"
    opened.tab.checklist.undo.click()
    assert not opened.record.stored[TODAY].recorded
    assert opened.tab.checklist.undo.isHidden()


def test_undo_leads_back_to_the_day_of_the_change(open_tab: Opener) -> None:
    opened = open_tab(items=DAILY)
    opened.press(Qt.Key.Key_Space)
    opened.press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert opened.tab.keeper.date == YESTERDAY
    opened.undo()
    assert opened.tab.keeper.date == TODAY
    assert not opened.entry("Night capsule").checked
    assert YESTERDAY not in opened.record.stored


def test_delete_takes_an_entry_off_the_day_and_undo_brings_it_back(open_tab: Opener) -> None:
    day = day_with((CAPSULE, 1, EVENING), (TABLET, 1, None))
    opened = open_tab(day)
    opened.press(Qt.Key.Key_Delete)
    assert opened.names == ["Calcium tablet"]
    assert QApplication.focusWidget() is opened.row("Calcium tablet").tick
    opened.undo()
    assert opened.record.stored[TODAY] == day


def test_removing_a_daily_item_ends_its_offer_until_undone(open_tab: Opener) -> None:
    opened = open_tab(items=DAILY)
    opened.press(Qt.Key.Key_Delete)
    assert opened.names == ["Calcium tablet"]
    assert not opened.record.items[CAPSULE.id].daily
    opened.undo()
    assert opened.names == ["Night capsule", "Calcium tablet"]
    assert opened.record.items[CAPSULE.id].daily


def test_copy_yesterday_checks_what_was_checked(open_tab: Opener) -> None:
    yesterday = day_with((CAPSULE, 2, EVENING), (TABLET, 1, None), date=YESTERDAY)
    opened = open_tab(yesterday, items=DAILY)
    assert opened.tab.checklist.copy.text() == "Copy yesterday"
    opened.tab.checklist.copy.click()
    copied = opened.record.stored[TODAY]
    assert [(e.item, e.amount.value, e.time_of_day) for e in copied.checked_entries] == [
        (CAPSULE, 2, EVENING),
        (TABLET, 1, None),
    ]
    opened.undo()
    assert not opened.tab.keeper.day.recorded
    assert opened.record.stored[YESTERDAY] == yesterday


def test_nothing_to_copy_is_not_offered(open_tab: Opener) -> None:
    assert not open_tab(items=DAILY).tab.checklist.copy.isEnabled()


def test_any_day_has_a_checklist(open_tab: Opener) -> None:
    opened = open_tab(day_with((TABLET, 1, None), date=YESTERDAY), items=DAILY)
    header = opened.tab.checklist.header
    assert (header.title.text(), header.remark.text()) == ("Sunday, 22 November", "today")
    assert not header.today.isEnabled()
    header.earlier.click()
    assert (header.title.text(), header.remark.text()) == ("Saturday, 21 November", "yesterday")
    assert opened.entry("Calcium tablet").checked
    opened.press(Qt.Key.Key_Space)
    assert opened.tab.keeper.date == YESTERDAY
    header.today.click()
    assert opened.tab.keeper.date == TODAY
    opened.tab.desk.go_to(dt.date(2024, 2, 29))
    assert (header.title.text(), header.remark.text()) == ("Thursday, 29 February", "2024")


def test_after_midnight_the_evening_is_pointed_to(open_tab: Opener) -> None:
    opened = open_tab(items=DAILY)
    opened.record.current_time = dt.time(0, 40)
    opened.tab.refresh()
    assert "evening is on the day before" in opened.tab.checklist.header.remark.text()
    opened.tab.checklist.header.earlier.click()
    assert opened.tab.checklist.header.remark.text() == "yesterday"


def test_the_calendar_opens_the_day_that_is_picked(open_tab: Opener) -> None:
    opened = open_tab()
    opened.tab.checklist.header.calendar.click()
    dialog = opened.tab.findChild(CalendarDialog)
    dialog.calendar.setSelectedDate(QDate(2026, 10, 3))
    dialog.done_button.click()
    assert opened.tab.keeper.date == dt.date(2026, 10, 3)


def test_nothing_taken_is_an_answer_and_not_an_empty_day(open_tab: Opener) -> None:
    opened = open_tab(items=DAILY)
    panel = opened.tab.totals.panels["magnesium"]
    assert panel.total.text() == "\N{EN DASH}"
    assert panel.food.text() == "not recorded"
    opened.tab.checklist.nothing_taken.click()
    assert opened.record.stored[TODAY].nothing_taken
    assert panel.total.text() == "0"
    opened.row("Night capsule").tick.click()
    assert not opened.record.stored[TODAY].nothing_taken
    assert opened.tab.checklist.nothing_taken.isHidden()


def test_a_figure_that_is_not_known_is_a_dash_and_named(open_tab: Opener) -> None:
    opened = open_tab(day_with((CAPSULE, 1, EVENING)))
    assert "calcium not known" in opened.row("Night capsule").tick.accessibleName()
    assert opened.tab.totals.panels["calcium"].total.text() == "\N{EN DASH}"
    assert "Night capsule" in opened.tab.totals.panels["calcium"].remark.text()


def test_a_change_from_elsewhere_is_shown_and_cannot_be_undone_away(open_tab: Opener) -> None:
    opened = open_tab(items=DAILY)
    opened.press(Qt.Key.Key_Space)
    opened.record.stored[TODAY] = day_with((TABLET, 3, None))
    opened.record.changed.emit()
    assert opened.entry("Calcium tablet").amount.value == 3
    opened.undo()
    assert opened.entry("Calcium tablet").amount.value == 3


def test_a_read_only_record_is_shown_and_never_written(open_tab: Opener) -> None:
    day = day_with((CAPSULE, 1, EVENING))
    opened = open_tab(day, read_only_reason="Another window writes here.")
    assert opened.tab.checklist.notice.text() == "Another window writes here."
    opened.press(Qt.Key.Key_Space)
    opened.press(Qt.Key.Key_Delete)
    opened.tab.open_item(None, "")
    assert opened.row("Night capsule").tick.isChecked()
    assert opened.record.handed_over == []


def test_what_could_not_be_saved_is_said_and_tried_again(open_tab: Opener) -> None:
    opened = open_tab(items=DAILY)
    opened.press(Qt.Key.Key_Space)
    opened.record.save_failed.emit("Not saved (the disk is full).")
    said = "Not saved (the disk is full). What you see is kept while the window is open."
    assert opened.tab.checklist.notice.text() == said
    assert opened.entry("Night capsule").checked
    opened.tab.checklist.try_again.click()
    assert opened.record.handed_over[-1] == opened.record.handed_over[-2]
    opened.record.saved.emit(opened.record.now())
    assert opened.tab.checklist.saved.text() == "saved 21:30"
    assert opened.tab.checklist.notice.isHidden()


def test_a_tab_left_open_over_midnight_shows_the_new_day(open_tab: Opener) -> None:
    opened = open_tab(items=DAILY)
    opened.tab.hide()
    opened.record.current_date = TODAY + dt.timedelta(days=1)
    opened.tab.show()
    assert opened.tab.keeper.date == TODAY + dt.timedelta(days=1)
    assert opened.record.day(opened.tab.keeper.date) is None


def test_an_empty_list_says_what_to_do_and_starts_at_the_search(open_tab: Opener) -> None:
    opened = open_tab(DayIntake(TODAY))
    assert not opened.tab.checklist.empty.isHidden()
    assert QApplication.focusWidget() is opened.tab.checklist.search
