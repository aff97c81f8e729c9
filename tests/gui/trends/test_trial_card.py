"""The card of trials: tonight and how far, no result before the end, and what was found after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication, QLabel

from sleepcalm.gui.trends.trials.card import TrialCard
from sleepcalm.gui.trends.trials.dialogs import EndTrialDialog, NightsToldDialog
from sleepcalm.gui.trends.trials.result_dialog import TrialResultDialog
from sleepcalm.trends.trial import Condition, NightKept, Outcome, Trial
from sleepcalm.trends.trial_analysis import TrialResult, Verdict

from .asked_record import shown
from .trial_record import (
    COFFEE,
    PMR,
    TOO_FEW_NIGHTS,
    TrialsInMemory,
    at,
    practised,
    result_with,
)

AFTER_THE_END = "2026-12-27T21:00"


@pytest.fixture(autouse=True)
def _british() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


def card_on(qtbot, trials: TrialsInMemory) -> TrialCard:
    card = TrialCard(trials)
    shown(qtbot, card, 1000, 700)
    return card


def press(qtbot, key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, key)


def words_of_result(qtbot, trial: Trial, result: TrialResult) -> str:
    trials = TrialsInMemory(trial, now=AFTER_THE_END)
    trials.found = result
    card = card_on(qtbot, trials)
    card.past[0].click()
    dialog = card.findChild(TrialResultDialog)
    assert dialog is not None
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def better(number: int, condition: Condition) -> int:
    return number % 3 + 2 * (condition is Condition.WITHOUT)


def worse(number: int, condition: Condition) -> int:
    return number % 3 + 2 * (condition is Condition.WITH)


def alike(number: int, _condition: Condition) -> int:
    return number * 7 % 5


def test_without_a_trial_the_card_offers_to_plan_one(qtbot):
    card = card_on(qtbot, TrialsInMemory())
    assert card.plan_button.isVisible()
    assert not card.end_link.isVisible()
    assert not card.nights_button.isVisible()
    assert not card.past_title.isVisible()


def test_a_trial_under_way_says_what_tonight_is_how_far_it_is_and_how_it_was_kept(qtbot):
    trials = TrialsInMemory(PMR)
    trials.played = practised(PMR, True, True, False, None)
    card = card_on(qtbot, trials)
    assert card.subject.text() == "Muscle relaxation, seven groups against quiet audio, by jolts a night"
    assert card.state.text() == "Tonight: quiet audio. Night 5 of 40, until 10 November 2026."
    assert card.kept.text() == "2 nights as planned, 1 the other way round, 1 missed."
    assert not card.nights_button.isVisible()


def test_no_result_is_to_be_had_before_the_end(qtbot):
    for now in ("2026-10-05T21:30", "2026-11-10T06:00", "2026-11-10T12:00"):
        trials = TrialsInMemory(PMR, now=now)
        card = card_on(qtbot, trials)
        assert card.past == []
        assert trials.looked_at == []
        assert not card.plan_button.isVisible()


def test_the_last_morning_waits_for_the_diary(qtbot):
    trials = TrialsInMemory(PMR, now="2026-11-10T12:00")
    card = card_on(qtbot, trials)
    assert card.state.text().startswith("The last night is over.")
    assert not card.end_link.isVisible()
    trials.recorded = [PMR.planned_end]
    trials.changed.emit()
    assert len(card.past) == 1
    assert card.plan_button.isVisible()


def test_a_trial_that_is_yet_to_begin_says_when(qtbot):
    card = card_on(qtbot, TrialsInMemory(PMR, now="2026-09-30T21:00"))
    assert card.state.text() == (
        "It begins with the night Thu 1 to Fri 2 October, and takes 40 nights until 10 November 2026."
    )
    assert card.end_link.isVisible()


def test_the_first_nights_of_a_period_are_told_to_settle_in(qtbot):
    card = card_on(qtbot, TrialsInMemory(COFFEE, now="2026-10-02T21:00"))
    assert "the first nights of a period settle in, and are not counted" in card.state.text()
    card = card_on(qtbot, TrialsInMemory(COFFEE, now="2026-10-04T21:00"))
    assert "settle in" not in card.state.text()


def test_of_a_habit_each_night_that_is_over_can_be_told_by_keyboard(qtbot):
    trials = TrialsInMemory(COFFEE)
    card = card_on(qtbot, trials)
    assert card.kept.text() == "0 nights as planned, 4 not told."
    card.nights_button.setFocus(Qt.FocusReason.TabFocusReason)
    press(qtbot, Qt.Key.Key_Space)
    dialog = card.findChild(NightsToldDialog)
    assert list(dialog.answers) == [date(2026, 10, day) for day in (5, 4, 3, 2)]
    newest = dialog.answers[date(2026, 10, 5)]
    qtbot.waitUntil(lambda: newest.isAncestorOf(QApplication.focusWidget()))
    press(qtbot, Qt.Key.Key_Space)
    assert trials.kept["coffee"].kept == (NightKept(date(2026, 10, 5), Condition.WITH),)
    press(qtbot, Qt.Key.Key_Right)
    press(qtbot, Qt.Key.Key_Tab)
    press(qtbot, Qt.Key.Key_Right)
    assert trials.kept["coffee"].kept == (
        NightKept(date(2026, 10, 4), Condition.WITH),
        NightKept(date(2026, 10, 5), Condition.WITHOUT),
    )
    assert card.kept.text() == "1 night as planned, 1 the other way round, 2 not told."


def test_ending_early_takes_its_own_button_and_enter_lets_it_go_on(qtbot):
    trials = TrialsInMemory(PMR)
    card = card_on(qtbot, trials)
    card.end_link.setFocus(Qt.FocusReason.TabFocusReason)
    press(qtbot, Qt.Key.Key_Space)
    dialog = card.findChild(EndTrialDialog)
    assert "for ever" in "".join(label.text() for label in dialog.findChildren(QLabel))
    press(qtbot, Qt.Key.Key_Return)
    assert trials.kept["pmr"].ended_early is None
    card.end_link.click()
    card.findChildren(EndTrialDialog)[-1].end_button.click()
    assert trials.kept["pmr"].ended_early == date(2026, 10, 5)
    assert card.plan_button.isVisible()
    assert card.past[0].accessibleName() == (
        "What it found: Muscle relaxation, seven groups, ended early 05/10/2026"
    )


def test_a_trial_that_ended_while_it_was_asked_about_is_not_ended_early(qtbot):
    trials = TrialsInMemory(PMR)
    card = card_on(qtbot, trials)
    card.end_link.click()
    trials.time = at(AFTER_THE_END)
    card.findChild(EndTrialDialog).end_button.click()
    assert trials.kept["pmr"].ended_early is None


@pytest.mark.parametrize(
    ("jolts", "verdict", "words"),
    [
        (better, Verdict.LIKELY_BETTER, "Likely better: fewer jolts with “Muscle relaxation, seven groups”."),
        (worse, Verdict.LIKELY_WORSE, "Likely worse: more jolts with “Muscle relaxation, seven groups”."),
        (alike, Verdict.NO_CLEAR_DIFFERENCE, "No clear difference. That is the usual result;"),
    ],
)
def test_what_a_trial_found_is_said_with_its_interval_and_what_it_rests_on(qtbot, jolts, verdict, words):
    result = result_with(PMR, jolts)
    assert result.verdict is verdict
    told = words_of_result(qtbot, PMR, result)
    assert words in told
    assert "95 % interval" in told
    assert "It rests on 20 of 20 pairs: 20 nights with, 20 without." in told
    assert "ended early" not in told
    assert "You knew which night was which" in told


def test_too_little_data_shows_no_number(qtbot):
    result = result_with(PMR, lambda number, condition: better(number, condition) if number < 8 else None)
    assert result.verdict is Verdict.TOO_LITTLE_DATA
    told = words_of_result(qtbot, PMR, result)
    assert "Too little data: 4 of 20 pairs can be used, and fewer than 6 say nothing." in told
    assert "interval" not in told
    assert "With minus without" not in told


def test_a_trial_of_which_nothing_is_known_is_worded_too(qtbot):
    told = words_of_result(qtbot, PMR, result_with(PMR, lambda _number, _condition: None))
    assert "Too little data: 0 of 20 pairs" in told


def test_a_trial_that_was_ended_early_says_so_for_ever_and_what_it_was_begun_in_spite_of(qtbot):
    ended = replace(PMR, ended_early=date(2026, 10, 25), accepted=(TOO_FEW_NIGHTS,))
    told = words_of_result(qtbot, ended, result_with(ended, better))
    assert "ended early: its last morning was 25 October 2026, not 10 November 2026." in told
    assert "You began it knowing: 9 of the last 14 nights" in told


def test_a_trial_that_was_ended_before_its_first_night(qtbot):
    ended = replace(PMR, ended_early=date(2026, 10, 1))
    told = words_of_result(qtbot, ended, result_with(ended, better))
    assert "ended before its first night" in told


def test_minutes_to_fall_asleep_are_worded_as_minutes(qtbot):
    minutes = replace(COFFEE, outcome=Outcome.SLEEP_ONSET_LATENCY)
    told = words_of_result(qtbot, minutes, replace(result_with(COFFEE, better), trial=minutes))
    assert "Likely better: sooner asleep with “Coffee after noon”." in told
    assert "minutes to fall asleep (95 % interval" in told


def test_pairs_are_in_the_words_for_screen_readers(qtbot):
    trials = TrialsInMemory(PMR, now=AFTER_THE_END)
    trials.found = result_with(PMR, better)
    card = card_on(qtbot, trials)
    card.past[0].click()
    dialog = card.findChild(TrialResultDialog)
    assert dialog.pairs.accessibleDescription().count("pair ") == 20


def test_why_something_could_not_be_saved_is_said(qtbot):
    trials = TrialsInMemory(PMR)
    card = card_on(qtbot, trials)
    trials.problem.emit("No space left on device.")
    assert card.problem.text() == "No space left on device."
    assert card.problem.isVisible()
