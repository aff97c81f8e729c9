"""Nights with and without: what is said below the minimum, what above it, and while a trial asks the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from pyqtgraph import ScatterPlotItem
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication, QLabel

from sleepcalm.diary.civil_time import Instant
from sleepcalm.diary.entry import JerkCountBand
from sleepcalm.gui.trends.questions.card import QuestionCard
from sleepcalm.gui.trends.questions.dialog import QuestionDialog
from sleepcalm.trends.figures import Series
from sleepcalm.trends.trial import Outcome, Trial

from .asked_record import QuestionsInMemory, nights_of, shown

CREATED = Instant(datetime.fromisoformat("2026-10-01T20:00"), 0, "UTC")
ALCOHOL_TRIAL = Trial("t", "alcohol", Outcome.HYPNIC_JERKS, 10, 1, 0, date(2026, 10, 2), 7, CREATED)
FEW = nights_of((1, True), (2, True), (0, False), (None, True), (JerkCountBand.THREE_TO_FIVE, False))
ENOUGH = nights_of(*[(3, True)] * 12, *[(1, False)] * 20)
ALIKE = nights_of(*[(number % 4, number % 2 == 0) for number in range(40)], *[(1, True), (1, False)] * 4)


@pytest.fixture(autouse=True)
def _british() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


def card_on(qtbot, questions: QuestionsInMemory) -> QuestionCard:
    card = QuestionCard(questions)
    shown(qtbot, card)
    card.factor.setCurrentIndex(card.factor.findData("alcohol"))
    return card


def answer_of(card: QuestionCard) -> str:
    dialog = card.findChild(QuestionDialog)
    assert dialog is not None
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def test_below_the_minimum_it_says_what_is_missing_and_shows_no_number(qtbot):
    questions = QuestionsInMemory(FEW)
    card = card_on(qtbot, questions)
    assert card.state.text() == (
        "2 nights with, 1 without. A comparison needs 30 nights, 8 on each side. "
        "Still missing: 6 with, 7 without, 27 in all. Until then no number is shown. "
        "1 night with jolts told only as a range cannot take part here."
    )
    assert not card.show_button.isVisible()
    card.show_comparison()
    assert card.findChild(QuestionDialog) is None
    assert questions.remembered == []
    assert card.asked.text() == "No question asked so far."


def test_an_empty_diary_is_worded(qtbot):
    card = card_on(qtbot, QuestionsInMemory(nights_of()))
    assert card.state.text().startswith("0 nights with, 0 without.")


def test_looking_at_the_counts_is_no_question_and_seeing_the_numbers_is_one(qtbot):
    questions = QuestionsInMemory(ENOUGH)
    card = card_on(qtbot, questions)
    assert card.state.text() == "12 nights with, 20 without."
    assert questions.remembered == []
    card.show_button.click()
    assert questions.remembered == [("alcohol", Series.HYPNIC_JERKS)]
    assert card.asked.text() == "Questions asked so far: 1."
    words = answer_of(card)
    assert "With: 12 nights, median 3\nWithout: 20 nights, median 1" in words
    assert "Difference, with minus without: +2 (95 % interval +2 to +2)" in words
    assert "this was the first question" in words.lower()
    assert "This is not proof" in words
    assert "Why they do is not known." in words


def test_no_clear_difference_is_said_so_and_every_dot_is_in_the_words_for_screen_readers(qtbot):
    questions = QuestionsInMemory(ALIKE)
    questions.remembered = [("caffeine", Series.HYPNIC_JERKS), ("caffeine", Series.SLEEP_QUALITY)]
    card = card_on(qtbot, questions)
    card.show_button.click()
    words = answer_of(card)
    assert "these nights show no clear difference" in words
    assert "one of 3 questions so far" in words
    dialog = card.findChild(QuestionDialog)
    told = dialog.dots.accessibleDescription()
    assert told.count(",") == 48 - 2
    assert told.startswith("With: 0, ")


def test_dots_are_told_apart_by_shape_and_stand_at_the_same_place_every_time(qtbot):
    places = []
    for _time in range(2):
        card = card_on(qtbot, QuestionsInMemory(ENOUGH))
        card.show_button.click()
        scatters = [
            item
            for item in card.findChild(QuestionDialog).dots.plot.getPlotItem().items
            if isinstance(item, ScatterPlotItem)
        ]
        assert [scatter.opts["symbol"] for scatter in scatters] == ["o", "t1"]
        assert [len(scatter.data) for scatter in scatters] == [12, 20]
        places.append([list(scatter.getData()[0]) for scatter in scatters])
    assert places[0] == places[1]


def test_while_a_trial_asks_the_same_the_question_is_closed_and_says_until_when(qtbot):
    questions = QuestionsInMemory(ENOUGH, ALCOHOL_TRIAL)
    card = card_on(qtbot, questions)
    assert "until 21 October 2026" in card.state.text()
    assert not card.show_button.isVisible()
    card.show_comparison()
    assert card.findChild(QuestionDialog) is None
    card.outcome.setCurrentIndex(card.outcome.findData(Series.SLEEP_QUALITY.value))
    assert "until" not in card.state.text().split("Until then")[0]


def test_a_trial_that_ends_opens_the_question_again(qtbot):
    questions = QuestionsInMemory(ENOUGH, ALCOHOL_TRIAL)
    card = card_on(qtbot, questions)
    questions.closing = None
    questions.changed.emit()
    assert card.show_button.isVisible()


def test_an_answer_that_comes_late_to_another_question_is_not_shown(qtbot):
    questions = QuestionsInMemory(ENOUGH)
    questions.waits = True
    card = card_on(qtbot, questions)
    card.factor.setCurrentIndex(card.factor.findData("nicotine"))
    questions.answer()
    assert card.state.text().startswith("0 nights with, 0 without.")
    assert not card.show_button.isVisible()


def test_an_answer_that_comes_when_a_trial_has_begun_is_not_shown(qtbot):
    questions = QuestionsInMemory(ENOUGH)
    questions.waits = True
    card = card_on(qtbot, questions)
    questions.closing = ALCOHOL_TRIAL
    questions.answer()
    assert not card.show_button.isVisible()


def test_by_keyboard_alone(qtbot):
    questions = QuestionsInMemory(ENOUGH)
    card = card_on(qtbot, questions)
    card.factor.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert card.outcome.hasFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert card.show_button.hasFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    dialog = card.findChild(QuestionDialog)
    assert dialog.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_why_something_could_not_be_computed_is_said(qtbot):
    questions = QuestionsInMemory(FEW)
    card = card_on(qtbot, questions)
    questions.problem.emit("The record cannot be read.")
    assert card.state.text() == "The record cannot be read."
