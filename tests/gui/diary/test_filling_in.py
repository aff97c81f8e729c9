"""The three ways to fill in a night: by keyboard, by mouse, and as a correction of an old one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from sleepcalm.diary.entry import Entry, JerkCountBand, JerkStrength, SleepQuality
from sleepcalm.gui.diary.fields import TAKEN_AFTER_MS

TAB = Qt.Key.Key_Tab


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def drag(widget: QWidget, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(widget, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(widget, (start + end) / 2)
    QTest.mouseMove(widget, end)
    QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=end)


def test_keyboard_fills_in_the_core_in_under_sixty_keystrokes(opened):
    keys = opened.press("2240", TAB, "2305", TAB, "24", TAB, "2", TAB, "20", TAB, "640", TAB, "7", TAB)
    # Past the night line, "did not sleep", and the jolts: a count and the strongest by digit.
    keys += opened.press(TAB, TAB, "1", TAB, TAB, "2", TAB)
    while QApplication.focusWidget() not in opened.sheet.quality.cells:
        keys += opened.press(TAB)
    keys += opened.press("4")
    while QApplication.focusWidget() is not opened.sheet.notes.text:
        keys += opened.press(TAB)
    keys += opened.press("windy", TAB)

    entry = opened.entry
    assert entry.wake_date == date(2026, 11, 22)
    assert entry.into_bed.iso() == "2026-11-21T22:40:00+01:00"
    assert entry.tried_to_sleep.iso() == "2026-11-21T23:05:00+01:00"
    assert entry.final_awakening.iso() == "2026-11-22T06:40:00+01:00"
    assert entry.out_of_bed.iso() == "2026-11-22T07:00:00+01:00"
    assert (entry.sleep_onset_latency_min, entry.awakenings, entry.wake_after_sleep_onset_min) == (24, 2, 20)
    assert entry.sleep_quality is SleepQuality.GOOD
    assert entry.hypnic_jerks.count is JerkCountBand.ONE_TO_TWO
    assert entry.hypnic_jerks.strongest is JerkStrength.JERK
    assert entry.notes == "windy"
    assert keys < 60, keys


def test_mouse_fills_in_a_night_with_the_line_and_the_words(opened):
    line = opened.sheet.night.line
    # The first night's marks wait at usual times; a press takes one where it is.
    for name in ("into_bed", "tried_to_sleep"):
        QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=line.handle_point(name).toPoint())
    for name in ("out_of_bed", "final_awakening"):
        point = line.handle_point(name).toPoint()
        drag(line, point, point + QPoint(40, 0))
    start = line.handle_point("asleep").toPoint()
    drag(
        line,
        start,
        QPoint(round(line.x_of(line.axis.mark("tried_to_sleep").at + timedelta(minutes=40))), start.y()),
    )
    click(opened.sheet.jolts.bands.cells[0])
    click(opened.sheet.quality.cells[3])

    entry = opened.entry
    assert entry.into_bed.wall.time() == time(22, 30)
    assert entry.tried_to_sleep.wall.time() == time(23, 0)
    assert entry.final_awakening.wall.time() > time(6, 45)
    assert entry.out_of_bed.wall.time() > time(7, 0)
    assert entry.out_of_bed.utc >= entry.final_awakening.utc
    assert entry.sleep_onset_latency_min == 40
    assert entry.hypnic_jerks.count is JerkCountBand.ZERO
    assert entry.sleep_quality is SleepQuality.GOOD


def test_a_drag_is_saved_once_when_the_mouse_lets_go(opened):
    line = opened.sheet.night.line
    start = line.handle_point("into_bed").toPoint()
    QTest.mousePress(line, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(line, start + QPoint(-20, 0))
    QTest.mouseMove(line, start + QPoint(-40, 0))
    assert opened.record.writes == []
    QTest.mouseRelease(line, Qt.MouseButton.LeftButton, pos=start + QPoint(-40, 0))
    assert len(opened.record.writes) == 1
    assert opened.entry.into_bed.wall.time() < time(22, 30)


def test_marks_move_by_keyboard(opened):
    line = opened.sheet.night.line
    line.setFocus()
    opened.press(Qt.Key.Key_Right)
    assert opened.entry.into_bed.wall.time() == time(22, 30)
    opened.press(Qt.Key.Key_Right)
    assert opened.entry.into_bed.wall.time() == time(22, 35)
    QTest.keyClick(line, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert opened.entry.into_bed.wall.time() == time(22, 34)
    opened.press(Qt.Key.Key_Down)
    assert line.in_hand == "tried_to_sleep"
    opened.press(Qt.Key.Key_Up, Qt.Key.Key_Backspace)
    assert opened.entry.into_bed is None


def test_a_mark_never_passes_its_neighbour(open_diary, example):
    opened = open_diary([example()])
    line = opened.sheet.night.line
    start = line.handle_point("into_bed").toPoint()
    drag(line, start, start + QPoint(300, 0))
    assert opened.entry.into_bed == opened.entry.tried_to_sleep


def test_edit_of_an_old_night_changes_only_what_was_typed(open_diary, example: Callable[..., Entry]):
    old = example(wake_date="2026-11-10")
    opened = open_diary([old, example()])
    opened.tab.open_night(date(2026, 11, 10))
    assert opened.sheet.night.fields["into_bed"].line.text() == "22:40"
    opened.type_into("final_awakening", "5:55 am")
    changed = opened.record.nights[date(2026, 11, 10)]
    assert changed.final_awakening.iso() == "2026-11-10T05:55:00+01:00"
    assert (changed.into_bed, changed.evening, changed.notes) == (old.into_bed, old.evening, old.notes)
    assert opened.record.nights[date(2026, 11, 22)] == example()


@pytest.mark.parametrize("typed", ["2340", "23:40", "11:40 pm", "23.40"])
def test_times_can_be_typed_as_people_type_them(opened, typed):
    opened.type_into("into_bed", typed)
    assert opened.entry.into_bed.wall.time() == time(23, 40)
    assert opened.sheet.night.fields["into_bed"].line.text() == "23:40"


def test_what_is_typed_is_given_to_the_record_while_the_field_still_has_the_keyboard(opened, qtbot: QtBot):
    opened.press("2340")
    assert opened.record.writes == []
    qtbot.waitUntil(lambda: bool(opened.record.writes), timeout=TAKEN_AFTER_MS * 3)
    assert opened.entry.into_bed.wall.time() == time(23, 40)
    assert opened.sheet.night.fields["into_bed"].line.text() == "2340", "nothing changes under the hands"
    assert opened.tab.card.status.text() == "saved 7:14"


def test_what_cannot_be_read_is_said_below_and_nothing_else_is_lost(open_diary, example):
    opened = open_diary([example()])
    opened.type_into("into_bed", "25:99")
    field = opened.sheet.night.fields["into_bed"]
    assert "22:40 is kept" in field.problem.text()
    assert field.problem.isVisible()
    assert field.line.text() == "25:99"
    opened.type_into("awakenings", "3")
    assert opened.entry.into_bed.wall.time() == time(22, 40)
    assert opened.entry.awakenings == 3
    opened.type_into("into_bed", "2250")
    assert not field.problem.isVisible()
    assert opened.entry.into_bed.wall.time() == time(22, 50)


def test_blank_zero_and_a_value_are_three_things(opened):
    opened.type_into("awakenings", "0")
    assert opened.entry.awakenings == 0
    opened.type_into("awakenings", "2")
    assert opened.entry.awakenings == 2
    line = opened.sheet.night.fields["awakenings"].line
    line.setFocus()
    line.selectAll()
    opened.press(Qt.Key.Key_Delete, TAB)
    assert opened.entry.awakenings is None


def test_yes_no_and_blank_are_three_things(opened):
    box = opened.sheet.jolts.more._built["falling"][0]
    answers = []
    for _press in range(3):
        click(box)
        answers.append(opened.entry.hypnic_jerks.falling_sensation)
    assert answers == [True, False, None]
    box.setFocus()
    opened.press("n")
    assert opened.entry.hypnic_jerks.falling_sensation is False
    assert box.accessibleName() == "a feeling of falling: no"


def test_a_word_that_is_clicked_again_is_blank_again(opened):
    click(opened.sheet.quality.cells[1])
    assert opened.entry.sleep_quality is SleepQuality.POOR
    click(opened.sheet.quality.cells[1])
    assert opened.entry.sleep_quality is None


def test_an_exact_count_and_a_band_replace_each_other(opened):
    jolts = opened.sheet.jolts
    click(jolts.bands.cells[2])
    assert opened.entry.hypnic_jerks.count is JerkCountBand.THREE_TO_FIVE
    jolts.exact.line.setFocus()
    opened.press("4", TAB)
    assert opened.entry.hypnic_jerks.count == 4
    assert jolts.bands.value is None
    click(jolts.bands.cells[0])
    assert opened.entry.hypnic_jerks.count is JerkCountBand.ZERO
    assert jolts.exact.line.text() == ""


def test_nothing_is_written_by_looking(open_diary, example):
    opened = open_diary([example(), example(wake_date="2026-11-10")])
    opened.tab.open_night(date(2026, 11, 10))
    opened.tab.open_night(date(2026, 11, 9))
    opened.tab.open_night(date(2026, 11, 22))
    opened.tab.flush()
    assert opened.record.writes == []


def test_a_night_that_is_left_takes_what_was_typed_with_it(opened):
    opened.press("2240")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert opened.tab.editing.wake_date == date(2026, 11, 21)
    assert list(opened.record.nights) == [date(2026, 11, 22)]
    assert opened.record.nights[date(2026, 11, 22)].into_bed.wall.time() == time(22, 40)
    assert opened.sheet.night.fields["into_bed"].line.text() == ""
