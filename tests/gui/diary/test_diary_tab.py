"""Going from night to night: calendar, history, deleting and undo, choosing questions, saving and failing."""

from __future__ import annotations

import itertools
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from diary.fake_record import MORNING, FakeRecord
from sleepcalm.gui.diary.calendar_card import NightState, night_state
from sleepcalm.gui.diary.choose_items_dialog import ChooseItemsDialog
from sleepcalm.gui.diary.history_model import DATE_ROLE, HistoryModel, HistorySearch
from sleepcalm.gui.diary.questions import QUESTIONS

LAST_NIGHT = date(2026, 11, 22)


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def test_last_night_is_open_in_the_morning(opened):
    assert opened.tab.editing.wake_date == LAST_NIGHT
    assert opened.tab.card.title.text() == "Saturday night to Sunday"
    assert opened.tab.card.status.text() == "not recorded"
    assert QApplication.focusWidget() is opened.sheet.night.fields["into_bed"].line


def test_a_tab_left_open_shows_the_next_morning(opened):
    opened.record.moment = MORNING + timedelta(days=1)
    opened.tab.hide()
    opened.tab.show()
    assert opened.tab.editing.wake_date == date(2026, 11, 23)


def test_the_calendar_tells_three_states_and_a_blank_from_none(open_diary, example):
    jolts = example(wake_date="2026-11-10", hypnic_jerks={"count": 3})
    none = example(wake_date="2026-11-11", hypnic_jerks={"count": "0"})
    blank = example(wake_date="2026-11-12", hypnic_jerks={})
    opened = open_diary([jolts, none, blank])
    calendar = opened.tab.side.calendar_card.calendar
    states = [calendar.state(date(2026, 11, day)) for day in (10, 11, 12, 13)]
    assert states == [NightState.JOLTS, NightState.NONE, NightState.UNANSWERED, NightState.NOT_RECORDED]
    assert night_state(example(hypnic_jerks={"count": "unknown"})) is NightState.UNANSWERED
    assert night_state(example(hypnic_jerks={"sensory_only": True})) is NightState.JOLTS


def test_the_calendar_follows_an_answer(opened):
    calendar = opened.tab.side.calendar_card.calendar
    assert calendar.state(LAST_NIGHT) is NightState.NOT_RECORDED
    click(opened.sheet.jolts.bands.cells[1])
    assert calendar.state(LAST_NIGHT) is NightState.JOLTS


def test_a_click_in_the_calendar_opens_a_night_but_none_in_the_future(opened):
    calendar = opened.tab.side.calendar_card.calendar
    at = calendar.cell(date(2026, 11, 12)).center().toPoint()
    QTest.mouseClick(calendar, Qt.MouseButton.LeftButton, pos=at)
    assert opened.tab.editing.wake_date == date(2026, 11, 12)
    ahead = calendar.cell(date(2026, 11, 27)).center().toPoint()
    QTest.mouseClick(calendar, Qt.MouseButton.LeftButton, pos=ahead)
    assert opened.tab.editing.wake_date == date(2026, 11, 12)


def test_arrows_walk_through_the_calendar(opened):
    card = opened.tab.side.calendar_card
    card.calendar.setFocus()
    opened.press(Qt.Key.Key_Up, Qt.Key.Key_Left)
    assert opened.tab.editing.wake_date == date(2026, 11, 14)
    assert card.calendar.hasFocus()
    assert card.calendar.accessibleDescription() == "Saturday 14 November 2026: not recorded"
    opened.press(Qt.Key.Key_Home, Qt.Key.Key_Right)
    assert opened.tab.editing.wake_date == LAST_NIGHT
    opened.press(Qt.Key.Key_PageUp)
    assert card.calendar.month == date(2026, 10, 1)
    opened.press(Qt.Key.Key_PageDown, Qt.Key.Key_PageDown)
    assert card.calendar.month == date(2026, 11, 1)


def test_deleting_is_undone_by_a_button_that_names_the_night(open_diary, example):
    opened = open_diary([example()])
    click(opened.sheet.delete_button)
    assert opened.record.nights == {}
    assert opened.sheet.night.fields["into_bed"].line.text() == ""
    undo = opened.tab.card.undo
    assert undo.text() == "Undo: bring back the night to Sunday 22 November 2026"
    opened.tab.open_night(date(2026, 11, 10))
    click(undo)
    assert opened.record.nights == {LAST_NIGHT: example()}
    assert opened.tab.editing.wake_date == LAST_NIGHT
    assert opened.sheet.night.fields["into_bed"].line.text() == "22:40"
    assert not undo.isVisible()


def test_a_failed_save_is_told_and_can_be_tried_again(opened):
    opened.record.failure = "The disk is full. What you typed stays here."
    opened.type_into("awakenings", "2")
    card = opened.tab.card
    assert (card.status.text(), card.notice.text()) == ("not saved", opened.record.failure)
    assert opened.sheet.night.fields["awakenings"].line.text() == "2"
    opened.record.failure = ""
    click(card.again)
    assert card.status.text() == "saved 7:14"
    assert not card.notice.isVisible()


def test_a_record_that_cannot_be_written_says_why_and_still_shows(open_diary, example):
    record = FakeRecord([example()])
    record.read_only_reason = "The record was written by a newer version of SleepCalm."
    opened = open_diary(record=record)
    assert opened.tab.card.notice.text() == record.read_only_reason
    assert opened.sheet.night.fields["into_bed"].line.text() == "22:40"
    assert not opened.sheet.night.fields["into_bed"].line.isEnabled()
    opened.tab.open_night(date(2026, 11, 21))
    opened.tab.flush()
    assert record.writes == []


def test_questions_chosen_are_asked_and_the_others_wait_folded(open_diary):
    opened = open_diary(asked=("rested",))
    night, jolts = opened.sheet.more_night, opened.sheet.jolts.more
    assert night._built["rested"][0].isVisible()
    assert "naps" not in night._built
    night.more.click()
    assert night._built["naps"][0].isVisible()
    assert jolts._built == {}
    night.more.click()
    assert not night._built["naps"][0].isVisible()
    dialog = ChooseItemsDialog(("rested",), opened.tab)
    dialog.changed.connect(opened.tab._ask)
    dialog.boxes["fear"].setChecked(True)
    assert set(opened.kept[-1]) == {"rested", "fear"}
    assert jolts._built["fear"][0].isVisible()


def test_an_answer_is_shown_even_if_its_question_is_not_asked(open_diary, example):
    opened = open_diary([example(restedness="well")], asked=())
    assert opened.sheet.more_night._built["rested"][0].isVisible()
    assert opened.sheet.evening.chips["exercise"].isVisible()


def test_the_table_model_keeps_the_rules_of_qt(example, qtmodeltester, qapp):
    entries = {d: example(wake_date=d.isoformat()) for d in (date(2026, 11, 5), date(2026, 11, 6))}
    model = HistoryModel()
    shown = HistorySearch(model)
    qtmodeltester.check(model)
    model.show_entries(entries)
    qtmodeltester.check(model)
    shown.sort(2)
    shown.search("6 Nov")
    assert shown.rowCount() == 1
    qtmodeltester.check(shown)


@pytest.mark.parametrize("order", [Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder])
def test_what_is_not_recorded_comes_last_however_it_is_sorted(order, example, qapp):
    known = [example(wake_date=f"2026-11-{day:02}", sleep_onset_latency_min=day) for day in (3, 9, 5)]
    blank = example(wake_date="2026-11-07", sleep_onset_latency_min=None)
    model = HistoryModel()
    shown = HistorySearch(model)
    model.show_entries({entry.wake_date: entry for entry in (*known, blank)})
    shown.sort(4, order)
    days = [shown.index(row, 0).data(DATE_ROLE).day for row in range(4)]
    assert days == ([3, 5, 9, 7] if order is Qt.SortOrder.AscendingOrder else [9, 5, 3, 7])


def test_the_history_is_searched_and_opens_a_night(open_diary, example):
    opened = open_diary([example(), example(wake_date="2026-11-10", notes="thunder at two")])
    click(opened.tab.side.calendar_card.history)
    page = opened.tab._history
    assert page.shown.rowCount() == 2
    opened.press("Thunder")
    assert page.shown.rowCount() == 1
    assert page.found.text() == "1 of 2 nights"
    page.table.setFocus()
    page.table.setCurrentIndex(page.shown.index(0, 0))
    opened.press(Qt.Key.Key_Return)
    assert opened.tab.editing.wake_date == date(2026, 11, 10)
    assert opened.tab.card.isVisible()


def unfold_everything(opened) -> None:
    for block in (opened.sheet.jolts.more, opened.sheet.more_night):
        block.more.setChecked(True)
    opened.sheet.evening.add.setChecked(True)
    for question in ("caffeine", "exercise", "medicines"):
        opened.sheet.evening.chips[question].click()
    # Layouts settle from the inside out.
    for _round in range(6):
        QApplication.processEvents()


def test_every_control_has_a_name_that_a_screen_reader_can_say(open_diary, example):
    opened = open_diary([example(evening={})])
    unfold_everything(opened)
    opened.tab.show_history()
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView)
    controls = [c for kind in kinds for c in opened.tab.findChildren(kind)]
    own = [opened.sheet.night.line, opened.tab.side.calendar_card.calendar]
    nameless = [
        type(control).__name__
        for control in (*controls, *own)
        if not control.accessibleName()
        and not (isinstance(control, QAbstractButton) and control.text())
        and not control.objectName().startswith("qt_")
    ]
    assert len(controls) > 60
    assert nameless == []
    names = [control.accessibleName() for control in controls if isinstance(control, QLineEdit)]
    assert len(names) == len(set(names)), sorted(names)


def test_tab_goes_through_the_sheet_as_the_eye_does(open_diary, example):
    opened = open_diary([example(evening={})])
    unfold_everything(opened)
    opened.sheet.night.fields["into_bed"].line.setFocus()
    places, stops = [], []
    while QApplication.focusWidget() is not opened.sheet.delete_button:
        stop = QApplication.focusWidget()
        stops.append(stop)
        if stop is not opened.sheet.night.line:
            places.append(stop.mapTo(opened.sheet, stop.rect().center()).y())
        opened.press(Qt.Key.Key_Tab)
        assert len(stops) < 100
    assert [(a, b) for a, b in itertools.pairwise(places) if b < a - 5] == []
    assert len(stops) > 40
    assert stops.index(opened.sheet.night.line) == 7


def test_the_night_line_is_told_in_words(open_diary, example):
    opened = open_diary([example()])
    words = opened.sheet.night.line.accessibleDescription()
    assert words.startswith(
        "into bed 22:40, lights out 23:05, 24 min to fall asleep, woke up 6:40, got up 7:00"
    )


def test_every_caption_leads_to_its_field(opened):
    for name, field in opened.sheet.night.fields.items():
        assert field.caption.buddy() is field.line, name


@pytest.mark.parametrize("size", [(1040, 700), (1366, 768), (800, 600)])
@pytest.mark.parametrize("text_pt", [11.0, 16.5])
def test_no_text_is_cut(open_diary, example, size, text_pt, qtbot):
    qapp = QApplication.instance()
    font = qapp.font()
    font.setPointSizeF(text_pt)
    qapp.setFont(font)
    opened = open_diary([example()], size=size)
    unfold_everything(opened)
    qtbot.waitUntil(lambda: opened.sheet.height() >= opened.sheet.heightForWidth(opened.sheet.width()))
    assert opened.sheet.width() <= opened.tab.card.area.viewport().width()
    for widget in opened.sheet.findChildren(QWidget):
        if not widget.isVisible() or widget.parent() is None:
            continue
        if isinstance(widget, QLabel | QAbstractButton) and widget.text():
            needed = widget.minimumSizeHint().width()
            if isinstance(widget, QLabel) and widget.wordWrap():
                assert widget.height() >= widget.heightForWidth(widget.width()), widget.text()
            else:
                assert widget.width() >= needed, widget.text()
            corner = widget.mapTo(opened.sheet, widget.rect().bottomRight())
            assert opened.sheet.rect().contains(corner), widget.text()


def test_all_questions_are_known_by_unique_paths():
    paths = [part.path for question in QUESTIONS.values() for part in question.parts]
    assert len(paths) == len(set(paths))


def test_a_future_night_is_not_opened(opened):
    opened.tab.open_night(LAST_NIGHT + timedelta(days=1))
    assert opened.tab.editing.wake_date == LAST_NIGHT


def test_the_first_recording_is_kept_when_a_night_is_corrected(open_diary, example):
    first = example(recorded_at="2026-11-22T07:00:00+01:00")
    opened = open_diary([first], now=datetime.fromisoformat("2026-11-25T09:00:00+01:00"))
    opened.tab.open_night(LAST_NIGHT)
    opened.type_into("awakenings", "4")
    assert opened.entry.recorded_at == first.recorded_at
