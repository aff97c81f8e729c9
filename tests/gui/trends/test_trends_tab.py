"""The Trends tab: periods, keys, words, and what opens from it."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from sleepcalm.gui.theme import NIGHT, apply_theme
from sleepcalm.gui.trends.sharing import ShareCard, ShareSource
from sleepcalm.gui.trends.table_dialog import TableDialog
from sleepcalm.preferences import TREND_SERIES, TREND_SPANS, Preferences
from sleepcalm.trends.figures import Series
from sleepcalm.trends.periods import Span
from trends.trends_in_memory import ChartsAtHand, Opener, TrendsInMemory, night, week

MONTH_BEFORE = [night(date(2026, 10, day)) for day in range(1, 32)]
ALT = Qt.KeyboardModifier.AltModifier


def test_the_names_in_the_preferences_are_those_of_the_rules() -> None:
    assert tuple(Series) == TREND_SERIES
    assert tuple(Span) == TREND_SPANS


def test_it_opens_with_this_week(open_trends: Opener) -> None:
    opened = open_trends(week(16, 17, 18, 20, 21, 22))
    assert opened.tab.card.header.title.text() == "16 – 22 November"  # noqa: RUF001
    assert opened.words.startswith("6 of 7 nights recorded.")
    assert not opened.tab.card.header.later.isEnabled()
    assert [strip.series for strip in opened.chart.strips] == list(Series)


def test_the_arrows_go_through_the_nights_and_enter_opens_the_diary(open_trends: Opener) -> None:
    opened = open_trends(week(16, 17, 18, 20, 21, 22))
    assert opened.chart.hasFocus()
    assert opened.readout.startswith("Night to Sunday 22 November 2026: ")
    opened.press(Qt.Key.Key_Left, Qt.Key.Key_Left)
    assert opened.readout.startswith("Night to Friday 20 November 2026: ")
    assert opened.chart.accessibleDescription() == opened.readout
    opened.press(Qt.Key.Key_Left)
    assert opened.readout == "Night to Thursday 19 November 2026: not recorded."
    opened.press(Qt.Key.Key_Return)
    assert opened.diaries == [date(2026, 11, 19)]
    opened.press(Qt.Key.Key_Home, Qt.Key.Key_Left)
    assert "Monday 16" in opened.readout
    opened.press(Qt.Key.Key_End, Qt.Key.Key_Right)
    assert "Sunday 22" in opened.readout


def test_the_mouse_points_and_a_click_opens_the_diary(open_trends: Opener) -> None:
    opened = open_trends(week(16, 17, 18))
    view = opened.chart.viewport()
    QTest.mouseMove(view, opened.centre_of(1))
    assert "Tuesday 17" in opened.readout
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=opened.centre_of(2))
    assert opened.diaries == [date(2026, 11, 18)]
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(3, 60))
    QTest.mouseClick(view, Qt.MouseButton.RightButton, pos=opened.centre_of(2))
    assert opened.diaries == [date(2026, 11, 18)]


def test_neither_wheel_nor_dragging_moves_the_chart(open_trends: Opener) -> None:
    opened = open_trends(week(16, 17, 18))
    view = opened.chart.viewport()
    before = [strip.view.viewRange() for strip in opened.chart.strips]
    at = opened.centre_of(1)
    turn = QWheelEvent(
        QPointF(at), QPointF(view.mapToGlobal(at)), QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view, turn)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseMove(view, opened.centre_of(0))
    assert [strip.view.viewRange() for strip in opened.chart.strips] == before


def test_periods_before_and_after(open_trends: Opener) -> None:
    opened = open_trends([*MONTH_BEFORE, *week(16, 22)])
    opened.press(Qt.Key.Key_PageUp)
    assert opened.tab.period.first == date(2026, 11, 9)
    opened.press(Qt.Key.Key_Left, modifier=ALT)
    assert opened.tab.period.first == date(2026, 11, 2)
    opened.press(Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_PageDown)
    assert opened.tab.period.first == date(2026, 11, 16)
    for _ in range(20):
        opened.tab.card.header.earlier.click()
    assert opened.tab.period.first == date(2026, 9, 28)
    assert not opened.tab.card.header.earlier.isEnabled()


def test_a_mark_of_several_nights_opens_the_period_one_level_down(open_trends: Opener) -> None:
    opened = open_trends([*MONTH_BEFORE, *week(16, 22)])
    opened.tab.choose_span("year")
    opened.press(Qt.Key.Key_Left, Qt.Key.Key_Return)
    assert opened.tab.period.span is Span.MONTH
    assert opened.tab.period.first == date(2026, 10, 1)
    assert opened.preferences.value.trend_span == "month"
    opened.tab.choose_span("three_months")
    opened.press(Qt.Key.Key_Home, Qt.Key.Key_Return)
    assert opened.tab.period.span is Span.WEEK
    assert opened.diaries == []


def test_the_span_is_kept(open_trends: Opener) -> None:
    opened = open_trends(week(16), preferences=Preferences(trend_span="month"))
    assert opened.tab.card.header.title.text() == "November"
    opened.tab.card.header.spans.chosen.emit("year")
    assert opened.preferences.value.trend_span == "year"


def test_weeks_begin_as_the_locale_has_it(open_trends: Opener) -> None:
    from PySide6.QtCore import QLocale  # noqa: PLC0415

    QLocale.setDefault(QLocale("en_US"))
    assert open_trends(week(16)).tab.period.first == date(2026, 11, 22)


def test_what_is_saved_meanwhile_is_shown(open_trends: Opener) -> None:
    opened = open_trends(week(16))
    opened.record.keep(night("2026-11-17"))
    assert opened.words.startswith("2 of 7 nights recorded.")
    opened.window.hide()
    opened.record.keep(night("2026-11-18"))
    opened.window.show()
    assert opened.words.startswith("3 of 7 nights recorded.")


def test_the_next_morning_is_in_the_week_that_is_shown(open_trends: Opener) -> None:
    opened = open_trends(week(16))
    opened.record.day = date(2026, 11, 23)
    opened.window.hide()
    opened.window.show()
    assert opened.tab.period.first == date(2026, 11, 23)


def test_words_stand_there_before_the_chart_is_loaded(open_trends: Opener) -> None:
    charts = ChartsAtHand(is_loaded=False)
    opened = open_trends(week(16), charts=charts)
    assert charts.asked == 1
    assert opened.words.startswith("1 of 7 nights recorded.")
    assert opened.tab.card.notice.isVisible()
    assert opened.tab.card.chart is None
    charts.finish()
    assert opened.chart.isVisible()
    assert not opened.tab.card.notice.isVisible()


def test_long_periods_wait_for_the_nights_to_be_read(open_trends: Opener) -> None:
    record = TrendsInMemory([*MONTH_BEFORE, *week(16)])
    record.is_complete = False
    opened = open_trends(record=record)
    assert opened.chart.isVisible()
    opened.tab.choose_span("month")
    assert opened.tab.card.notice.isVisible()
    assert not opened.chart.isVisible()
    record.is_complete = True
    record.changed.emit()
    assert opened.chart.isVisible()
    assert opened.words.startswith("1 of 22 nights so far recorded.")


def test_strips_are_chosen_and_ordered_by_keyboard(open_trends: Opener) -> None:
    opened = open_trends(week(16))
    opened.tab.choose_strips()
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    dialog.rows[Series.STRESS].box.setFocus()
    for _ in range(20):
        QTest.keyClick(dialog.rows[Series.STRESS].box, Qt.Key.Key_Up, ALT)
    assert opened.preferences.value.trend_series[0] == "stress"
    assert opened.chart.strips[0].series is Series.STRESS
    for series in list(Series)[:-1]:
        dialog.rows[series].box.click()
    assert opened.preferences.value.trend_series == ("stress",)
    dialog.rows[Series.STRESS].box.click()
    assert opened.preferences.value.trend_series == ("stress",)
    assert dialog.rows[Series.STRESS].box.isChecked()
    dialog.accept()


def test_cards_beside_the_chart_stand_below_the_words(open_trends: Opener) -> None:
    card = QLabel("a card")
    opened = open_trends(week(16), side_cards=(card,))
    assert card.isVisible()
    assert card.y() > opened.tab.words.y()


def test_another_theme_is_worn_at_once(open_trends: Opener, qapp: QApplication) -> None:
    opened = open_trends(week(16, 17))
    before = opened.chart.grab().toImage()
    apply_theme(qapp, NIGHT._replace(jolt="#ffffff", card="#333333"))
    QApplication.processEvents()
    assert opened.chart.grab().toImage() != before


def test_the_focus_is_seen(open_trends: Opener) -> None:
    opened = open_trends(week(16, 17))
    focused = opened.chart.grab().toImage()
    opened.tab.card.table_link.setFocus()
    assert opened.chart.grab().toImage() != focused


@pytest.mark.parametrize("size", [(800, 600), (1040, 700), (1366, 768)])
@pytest.mark.parametrize("points", [11.0, 16.5])
def test_no_words_are_cut(
    open_trends: Opener, qapp: QApplication, size: tuple[int, int], points: float
) -> None:
    font = qapp.font()
    font.setPointSizeF(points)
    qapp.setFont(font)
    opened = open_trends([*week(16, 17)], size=size)
    for strip in opened.chart.strips:
        assert strip.label.size().height() >= strip.label.minimumHeight()
        assert strip.label.size().width() >= strip.label.minimumWidth()
        assert strip.view.size().width() > 100
    readout = opened.tab.card.readout
    assert readout.heightForWidth(readout.width()) <= readout.height()
    assert opened.tab.rect().contains(readout.mapTo(opened.tab, readout.rect().center()))


def test_no_letter_is_a_tab_and_a_button_at_once(open_trends: Opener) -> None:
    """Two with the same letter would both be passed over, or the tab would open."""
    source = ShareSource(*[lambda: None] * 6, week_starts=0)
    opened = open_trends(week(16), side_cards=[ShareCard(source)])
    tabs = ["&Relax", "&Diary", "&Minerals", "&Trends"]
    buttons = [button.text() for button in opened.tab.findChildren(QAbstractButton)]
    letters = [QKeySequence.mnemonic(text).toString() for text in (*tabs, *buttons)]
    taken = [letter for letter in letters if letter]
    assert len(taken) > len(tabs) + 4
    assert len(set(taken)) == len(taken)


def test_the_table_has_a_key(qtbot: QtBot, open_trends: Opener) -> None:
    opened = open_trends(week(16))
    QTest.keyClick(opened.window, Qt.Key.Key_A, ALT)
    qtbot.waitUntil(lambda: opened.window.findChild(TableDialog) is not None)
