"""The Relax tab and its small windows where the screen is small, or the text large."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QScrollArea, QWidget
from relax_window import Opened, Opener

from sleepcalm.gui.relax.leave_out_dialog import LeaveOutDialog
from sleepcalm.gui.widgets.scroll import QuietScrollArea
from sleepcalm.preferences import Preferences

SMALL = (800, 600)
LARGE_POINTS = 22
"""With these the screen of 800 by 600 pixels is as small as at twice the usual text size."""


@pytest.fixture
def large_text(qapp: QApplication) -> None:
    font = QFont(qapp.font())
    font.setPointSizeF(LARGE_POINTS)
    qapp.setFont(font)


@pytest.fixture
def small(large_text: None, open_window: Opener) -> Opened:
    opened = open_window(Preferences(routine="pmr-7"), size=SMALL)
    opened.window.setMinimumSize(0, 0)  # the screen of this test is higher than a small one
    opened.window.resize(*SMALL)
    return opened


def settle() -> None:
    for _ in range(5):
        QApplication.processEvents()


def rect_in(widget: QWidget, outer: QWidget) -> QRect:
    return QRect(widget.mapTo(outer, QPoint(0, 0)), widget.size())


def words_are_cut(label: QLabel) -> bool:
    needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
    too_wide = not label.wordWrap() and label.sizeHint().width() > label.width() + 1
    return too_wide or needed > label.height() + 1


def test_the_window_is_never_larger_than_the_screen(large_text, open_window):
    window = open_window(size=SMALL).window
    screen = window.screen().availableSize()
    assert window.minimumSize() == window.minimumSize().boundedTo(screen)
    assert window.minimumSize().width() > 0.9 * screen.width()


@pytest.mark.parametrize("size", [(800, 600), (900, 700), (1000, 760)])
@pytest.mark.parametrize("under_way", [False, True])
def test_what_is_needed_to_begin_is_in_sight_on_a_small_screen(small, size, under_way):
    small.window.resize(*size)
    if under_way:
        small.tab.prepare()
        small.tab.playback.toggle()
        small.sound.hear(small.first_hold_s() + 1)
    settle()
    stage, room = small.tab.stage, small.tab.rect()
    for part in (stage.title, stage.bar, stage.elapsed, stage.left, stage.play_button, stage.next_button):
        assert room.contains(rect_in(part, small.tab)), part
    assert stage.play_button.size() == stage.play_button.sizeHint()
    for label in (stage.step_label, stage.title, stage.elapsed, stage.left):
        assert not words_are_cut(label), label.text()


def test_sentences_on_a_small_screen_wrap_and_are_whole(small):
    small.tab.prepare()
    small.tab.playback.toggle()
    for step in range(0, 18, 3):
        small.tab.playback.seek(small.step_start_s(step) + 2)
        small.sound.hear(small.step_start_s(step) + 2)
        settle()
        assert small.tab.stage.sentence.text()
        assert not words_are_cut(small.tab.stage.sentence), small.tab.stage.sentence.text()
        assert not words_are_cut(small.tab.stage.step_label), small.tab.stage.step_label.text()


def test_keys_stay_where_they_are_on_a_small_screen(small):
    small.tab.prepare()
    small.tab.playback.toggle()
    places = set()
    for step in range(0, 18, 3):
        small.sound.hear(small.step_start_s(step) + 2)
        settle()
        places.add(rect_in(small.tab.stage.play_button, small.tab).topLeft().toTuple())
    assert len(places) == 1


def test_both_cards_follow_below_in_their_whole_length(small):
    settle()
    for inside in (small.tab.routines, small.tab.settings):
        area = inside.parentWidget().parentWidget()
        assert isinstance(area, QuietScrollArea)
        assert area.verticalScrollBar().maximum() == 0
        assert inside.isVisible()
    assert rect_in(small.tab.settings, small.tab).width() <= small.tab.width()


def test_the_keyboard_brings_what_is_below_into_sight(small):
    settle()
    seen = set()
    for _ in range(40):
        QTest.keyClick(small.window.focusWidget() or small.tab, Qt.Key.Key_Tab)
        settle()
        focused = QApplication.focusWidget()
        if focused is not None and small.tab.isAncestorOf(focused):
            seen.add(focused)
            where = rect_in(focused, small.tab)
            assert small.tab.rect().intersects(where), focused
            assert where.top() >= 0, focused
    assert small.tab.settings.voice in seen
    assert small.tab.stage.play_button in seen


def test_a_larger_window_has_the_cards_beside_the_stage_again(small, large_text):
    line = small.tab.fontMetrics().height()
    small.window.resize(line * 60, line * 34)
    settle()
    stage, tab = small.tab.stage, small.tab
    assert rect_in(tab.routines, tab).right() < rect_in(stage, tab).left()
    assert rect_in(stage.step_label, tab).bottom() < rect_in(stage.title, tab).top()
    assert rect_in(tab.settings, tab).left() > rect_in(stage, tab).right()
    assert stage.figure.isVisible()
    assert rect_in(stage.sentence, tab).bottom() < rect_in(stage.bar, tab).top() or stage.about.isVisible()
    small.window.resize(*SMALL)
    settle()
    assert rect_in(tab.routines, tab).top() > rect_in(stage, tab).bottom()
    assert not stage.figure.isVisible()


def test_a_figure_gives_way_before_words_do(open_window):
    opened = open_window(Preferences(routine="pmr-7"), size=(620, 560))
    settle()
    stage = opened.tab.stage
    assert stage.figure.isVisible()
    assert stage.ring.geometry().right() <= stage.figure.parentWidget().width()
    assert not stage.figure.geometry().intersects(stage.ring.geometry())
    assert not words_are_cut(stage.title)


def open_leave_out(opened: Opened) -> LeaveOutDialog:
    opened.tab.settings.leaving_out_wanted.emit()
    dialog = opened.tab.findChild(LeaveOutDialog)
    assert isinstance(dialog, LeaveOutDialog)
    settle()
    return dialog


def test_leaving_out_fits_a_small_screen_and_scrolls_to_every_box(small):
    dialog = open_leave_out(small)
    assert QSize(*SMALL).expandedTo(dialog.size()) == QSize(*SMALL)
    area = dialog.findChild(QScrollArea)
    assert area is not None
    seen: set[QWidget] = set()
    for _ in range(len(dialog.boxes) + 1):
        focused = dialog.focusWidget()
        assert isinstance(focused, QAbstractButton)
        seen.add(focused)
        assert dialog.rect().contains(rect_in(focused, dialog)), focused.text()
        if area.isAncestorOf(focused):
            assert area.viewport().rect().contains(rect_in(focused, area.viewport())), focused.text()
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        settle()
    assert {*dialog.boxes.values()} < seen
    dialog.accept()


def test_leaving_out_has_the_body_between_the_boxes_where_there_is_room(open_window):
    opened = open_window(size=(1040, 700))
    dialog = open_leave_out(opened)
    left, right = dialog.boxes["right_hand"], dialog.boxes["left_hand"]
    body = rect_in(dialog._figure, dialog)
    assert rect_in(left, dialog).right() < body.left()
    assert body.right() < rect_in(right, dialog).left()
    dialog.accept()


def test_a_long_rest_is_told_in_minutes_and_a_short_one_in_seconds(open_window):
    opened = open_window(Preferences(routine="quiet-rest"))
    opened.tab.prepare()
    opened.tab.playback.toggle()
    opened.sound.hear(60)
    shown = opened.tab.stage.ring.shown_seconds
    assert shown is not None
    assert shown > 600
    assert opened.tab.stage.ring.shown_text == f"{shown // 60}:{shown % 60:02}"
    opened.sound.hear(opened.tab.playback.timeline.duration_frames / 48_000 - 20)
    assert opened.tab.stage.ring.shown_text == str(opened.tab.stage.ring.shown_seconds)
