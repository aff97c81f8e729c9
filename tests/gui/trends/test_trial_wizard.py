"""A trial is planned: cautions first, a plan that can conclude something, what is missing, what to expect."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication, QLabel

from sleepcalm.gui.trends.trials.card import TrialCard
from sleepcalm.gui.trends.trials.page import HABIT
from sleepcalm.gui.trends.trials.plan_page import PAIRS
from sleepcalm.gui.trends.trials.ports import Chance
from sleepcalm.gui.trends.trials.wizard import TrialWizard
from sleepcalm.trends.plan import Plan
from sleepcalm.trends.red_flags import About, When
from sleepcalm.trends.trial import FEWEST_PAIRS, PRACTICE, Outcome

from .asked_record import shown
from .trial_record import PMR, TOO_FEW_NIGHTS, TrialsInMemory, days_later

TUESDAY = date(2026, 10, 6)


@pytest.fixture(autouse=True)
def _british() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def trials() -> TrialsInMemory:
    return TrialsInMemory()


def wizard_of(qtbot, trials: TrialsInMemory) -> TrialWizard:
    card = TrialCard(trials)
    shown(qtbot, card, 1000, 700)
    card.plan_button.click()
    wizard = card.findChild(TrialWizard)
    assert wizard is not None
    wizard.kept_by = card
    return wizard


def press(qtbot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, key, modifier)


def go_on(wizard: TrialWizard, to: object) -> None:
    """Next, with what each page asks for given, until that page is open."""
    wizard.caution.nothing_applies.setChecked(True)
    while wizard.page is not to:
        before = wizard.page
        wizard.done_button.click()
        assert wizard.page is not before, wizard.problem.text()


def test_by_keyboard_alone_from_the_card_to_the_beginning(qtbot, trials):
    card = TrialCard(trials)
    shown(qtbot, card, 1000, 700)
    card.plan_button.setFocus(Qt.FocusReason.TabFocusReason)
    press(qtbot, Qt.Key.Key_Space)
    wizard = card.findChild(TrialWizard)
    qtbot.waitUntil(lambda: wizard.isAncestorOf(QApplication.focusWidget()))
    press(qtbot, Qt.Key.Key_Return)
    assert wizard.page is wizard.caution
    press(qtbot, Qt.Key.Key_Return)
    assert wizard.page is wizard.caution
    assert "tick" in wizard.problem.text()
    asked_for = wizard.caution.nothing_applies
    assert QApplication.focusWidget() is asked_for
    assert asked_for.visibleRegion().boundingRect() == asked_for.rect()
    press(qtbot, Qt.Key.Key_Space)
    press(qtbot, Qt.Key.Key_Return)
    assert wizard.page is wizard.plan
    press(qtbot, Qt.Key.Key_Right)
    assert wizard.plan.plan.outcome is Outcome.SLEEP_ONSET_LATENCY
    for page in (wizard.shortfall, wizard.chance):
        press(qtbot, Qt.Key.Key_Return)
        assert wizard.page is page
    press(qtbot, Qt.Key.Key_Return)
    expected = Plan(PRACTICE, Outcome.SLEEP_ONSET_LATENCY, 20, 1, TUESDAY, routine="pmr-7")
    assert trials.begun == [(expected, ())]
    assert not wizard.isVisible()


def test_escape_keeps_nothing(qtbot, trials):
    wizard = wizard_of(qtbot, trials)
    go_on(wizard, wizard.chance)
    qtbot.keyClick(wizard, Qt.Key.Key_Escape)
    assert not wizard.isVisible()
    assert trials.begun == []


def test_back_leads_to_the_page_before_with_its_answers(qtbot, trials):
    wizard = wizard_of(qtbot, trials)
    assert not wizard.back.isVisible()
    go_on(wizard, wizard.plan)
    wizard.plan.pairs.setCurrentIndex(wizard.plan.pairs.findData(8))
    go_on(wizard, wizard.shortfall)
    wizard.back.click()
    assert wizard.page is wizard.plan
    assert wizard.plan.plan.pairs == 8


def test_every_red_flag_is_shown_and_only_the_cautions_that_belong_to_it(qtbot, trials):
    wizard = wizard_of(qtbot, trials)
    go_on(wizard, wizard.caution)
    flags = trials.red_flags
    shown_words = "\n".join(
        label.text() for label in wizard.caution.findChildren(QLabel) if label.isVisible()
    )
    assert all(flag.sentence in shown_words for when in When for flag in flags.flags_for(when))
    assert all(caution.sentence in shown_words for caution in flags.cautions_about(About.RELAXATION))
    assert not any(caution.sentence in shown_words for caution in flags.cautions_about(About.SUPPLEMENT))


@pytest.mark.parametrize(
    ("habit", "is_ticked", "is_warned"),
    [
        ("Coffee after noon", False, False),
        ("Magnesium in the evening", False, True),
        ("Sleepwell Forte", True, True),
    ],
)
def test_a_supplement_is_warned_of_by_its_name_or_by_a_tick(qtbot, trials, habit, is_ticked, is_warned):
    wizard = wizard_of(qtbot, trials)
    wizard.subject.choose_kind(HABIT)
    wizard.subject.habit.setText(habit)
    wizard.subject.is_supplement.setChecked(is_ticked)
    go_on(wizard, wizard.caution)
    assert wizard.caution.supplement.isVisible() is is_warned
    assert not wizard.caution.relaxation.isVisible()


def test_asking_a_clinician_first_closes_the_window(qtbot, trials):
    wizard = wizard_of(qtbot, trials)
    go_on(wizard, wizard.caution)
    wizard.caution.ask_first.click()
    assert not wizard.isVisible()
    assert trials.begun == []


def test_reading_scrolls_by_page_down_wherever_the_keyboard_is(qtbot, trials):
    wizard = wizard_of(qtbot, trials)
    go_on(wizard, wizard.caution)
    bar = wizard.area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    assert bar.value() == 0
    assert wizard.done_button.hasFocus()
    press(qtbot, Qt.Key.Key_PageDown)
    assert bar.value() > 0


@pytest.mark.parametrize(("habit", "problem"), [("  ", "name the habit"), ("Practice", "otherwise")])
def test_a_habit_needs_a_name_of_its_own(qtbot, trials, habit, problem):
    wizard = wizard_of(qtbot, trials)
    wizard.subject.choose_kind(HABIT)
    wizard.subject.habit.setText(habit)
    wizard.done_button.click()
    assert wizard.page is wizard.subject
    assert problem in wizard.problem.text()


def test_nothing_is_proposed(qtbot, trials):
    wizard = wizard_of(qtbot, trials)
    assert wizard.subject.habit.text() == ""
    assert {wizard.subject.routine.itemData(row) for row in range(wizard.subject.routine.count())} == set(
        trials.routines
    )


def test_a_plan_that_can_conclude_nothing_and_a_night_that_has_begun_cannot_be_chosen(qtbot, trials):
    wizard = wizard_of(qtbot, trials)
    go_on(wizard, wizard.plan)
    assert min(PAIRS) == FEWEST_PAIRS
    pairs = wizard.plan.pairs
    assert min(pairs.itemData(row) for row in range(pairs.count())) == FEWEST_PAIRS
    start = wizard.plan.start
    assert min(start.itemData(row) for row in range(start.count())) == TUESDAY
    assert start.itemText(0) == "Tonight, Mon 5 to Tue 6 October"
    longest = max(pairs.itemData(row) for row in range(pairs.count()))
    nights = max(wizard.plan.period_nights.itemData(row) for row in range(wizard.plan.period_nights.count()))
    assert 2 * longest * nights <= 1000


def test_the_end_is_shown_and_moves_with_the_plan(qtbot, trials):
    wizard = wizard_of(qtbot, trials)
    wizard.subject.choose_kind(HABIT)
    wizard.subject.habit.setText("Coffee after noon")
    go_on(wizard, wizard.plan)
    assert "8 pairs, 112 nights in all, until the morning of 25 January 2027." in wizard.plan.summary.text()
    assert "2 nights at the start of each" in wizard.plan.summary.text()
    wizard.plan.period_nights.setCurrentIndex(wizard.plan.period_nights.findData(1))
    wizard.plan.start.setCurrentIndex(3)
    end = days_later(TUESDAY, 3 + 16 - 1)
    assert f"until the morning of {end.day} October 2026" in wizard.plan.summary.text()


def test_what_is_missing_is_named_and_going_on_takes_a_tick_that_is_recorded(qtbot, trials):
    trials.short = (TOO_FEW_NIGHTS,)
    wizard = wizard_of(qtbot, trials)
    go_on(wizard, wizard.shortfall)
    assert TOO_FEW_NIGHTS.sentence in wizard.shortfall.state.text()
    wizard.done_button.click()
    assert wizard.page is wizard.shortfall
    assert "tick" in wizard.problem.text()
    wizard.shortfall.accept.setChecked(True)
    wizard.done_button.click()
    wizard.done_button.click()
    ((_, accepted),) = trials.begun
    assert accepted == (TOO_FEW_NIGHTS,)


def test_a_tick_for_another_plan_does_not_count(qtbot, trials):
    trials.short = (TOO_FEW_NIGHTS,)
    wizard = wizard_of(qtbot, trials)
    go_on(wizard, wizard.shortfall)
    wizard.shortfall.accept.setChecked(True)
    wizard.back.click()
    wizard.done_button.click()
    assert not wizard.shortfall.accept.isChecked()


def test_no_step_is_taken_before_the_diary_is_looked_through_and_the_plan_tried_out(qtbot, trials):
    trials.waits = True
    wizard = wizard_of(qtbot, trials)
    go_on(wizard, wizard.shortfall)
    wizard.done_button.click()
    assert wizard.page is wizard.shortfall
    trials.answer()
    wizard.done_button.click()
    assert wizard.page is wizard.chance
    wizard.done_button.click()
    assert trials.begun == []
    trials.answer()
    wizard.done_button.click()
    assert len(trials.begun) == 1


def test_an_answer_about_a_plan_that_was_changed_meanwhile_is_not_shown(qtbot, trials):
    trials.waits = True
    wizard = wizard_of(qtbot, trials)
    go_on(wizard, wizard.shortfall)
    wizard.back.click()
    wizard.plan.pairs.setCurrentIndex(0)
    trials.answer()
    assert wizard.shortfall.problem().startswith("One moment")


@pytest.mark.parametrize(
    ("power", "words"),
    [
        (
            Chance(1.5, 14, 33),
            "With your about 1.5 jolts a night (14 nights), a true halving would be found in ",
        ),
        (Chance(None, 3, None), "Your diary holds too few nights with jolts a night"),
    ],
)
def test_what_to_expect_is_said_plainly(qtbot, trials, power, words):
    trials.power = power
    wizard = wizard_of(qtbot, trials)
    go_on(wizard, wizard.chance)
    assert wizard.chance.chance.text().startswith(words)
    assert "“No clear difference” is the usual result" in wizard.chance.chance.text()
    assert wizard.done_button.text() == "Begin the trial"


def test_there_is_one_trial_at_a_time(qtbot):
    card = TrialCard(TrialsInMemory(PMR))
    shown(qtbot, card)
    assert not card.plan_button.isVisible()
    card.plan()
    assert card.findChild(TrialWizard) is None


def test_a_record_that_can_only_be_read_says_why_there_is_no_trial_to_plan(qtbot):
    card = TrialCard(TrialsInMemory(reason="Another window writes to this record."))
    shown(qtbot, card)
    assert card.state.text() == "Another window writes to this record."
    assert not card.plan_button.isVisible()
