"""What a trial has for tonight, as the Relax tab says it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from relax_window import Opened, Opener

from sleepcalm.diary.civil_time import Instant
from sleepcalm.gui.relax.tonight_line import TonightLine, show_tonight
from sleepcalm.relaxation.catalogue import Catalogue
from sleepcalm.relaxation.routine import Kind, Lengths
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ
from sleepcalm.trends.trial import PRACTICE, Condition, Outcome, Trial, assignments
from sleepcalm.trends.trial_nights import QUIET_REST, TrialNight, night_of, tonight

CREATED = Instant(datetime.fromisoformat("2026-10-01T20:00"), 7200, "Europe/Berlin")
TRIAL = Trial(
    "t", PRACTICE, Outcome.HYPNIC_JERKS, 20, 1, 0, date(2026, 10, 2), 7, CREATED, routine="breath-awareness"
)
HABIT = replace(TRIAL, factor="Coffee after noon", routine=None)
PLAN = assignments(TRIAL)


def evening_of(condition: Condition) -> datetime:
    """Half past nine before the first night with that condition."""
    wake_date = next(night.wake_date for night in PLAN if night.condition is condition)
    return datetime.fromisoformat(f"{wake_date - timedelta(days=1)}T21:30+02:00")


class EveningInMemory(QObject):
    changed = Signal()

    def __init__(self, trial: Trial | None, now: datetime) -> None:
        super().__init__()
        self.trial = trial
        self.time = now

    def now(self) -> datetime:
        return self.time

    def tonight(self) -> TrialNight | None:
        return None if self.trial is None else night_of(self.trial, tonight(self.time))


def opened_with(open_window: Opener, evening: EveningInMemory) -> tuple[Opened, TonightLine]:
    window = open_window(catalogue=with_quiet_rest(open_window))
    return window, show_tonight(window.tab, evening)


def with_quiet_rest(open_window: Opener) -> Catalogue:
    routines = dict(open_window().tab._catalogue.routines)
    rest = replace(routines["breath-awareness"], id=QUIET_REST, title="Quiet rest", kind=Kind.REST)
    return Catalogue({**routines, QUIET_REST: rest}, ())


def test_a_tab_without_a_trial_says_nothing(open_window):
    _, line = opened_with(open_window, EveningInMemory(None, evening_of(Condition.WITH)))
    assert not line.isVisible()


@pytest.mark.parametrize(
    ("trial", "condition", "start"),
    [
        (TRIAL, Condition.WITH, "Tonight: Breath awareness (trial, night "),
        (TRIAL, Condition.WITHOUT, "Tonight: quiet audio (trial, night "),
        (HABIT, Condition.WITH, "Tonight: with “Coffee after noon” (trial, night "),
        (HABIT, Condition.WITHOUT, "Tonight: without “Coffee after noon” (trial, night "),
    ],
)
def test_the_line_says_what_tonight_is(open_window, trial, condition, start):
    _, line = opened_with(open_window, EveningInMemory(trial, evening_of(condition)))
    assert line.isVisible()
    assert line.words.text().startswith(start)
    assert line.words.text().endswith(" of 40)")
    assert line.isWindow() is False


@pytest.mark.parametrize(
    ("condition", "routine"), [(Condition.WITH, "breath-awareness"), (Condition.WITHOUT, QUIET_REST)]
)
def test_enter_chooses_the_routine_of_tonight(open_window, qtbot, condition, routine):
    window, line = opened_with(open_window, EveningInMemory(TRIAL, evening_of(condition)))
    window.tab.choose_routine("pmr-7")
    assert line.choose.isVisible()
    line.choose.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(line.choose, Qt.Key.Key_Return)
    assert window.tab.playback.routine.id == routine
    window.tab.flush()
    assert window.saved[-1].routine == routine
    assert not line.choose.isVisible()
    assert window.tab.hasFocus()


def test_no_other_routine_is_offered_while_one_is_played_and_nothing_moves(open_window, qtbot):
    window, line = opened_with(open_window, EveningInMemory(TRIAL, evening_of(Condition.WITHOUT)))
    title = window.tab.stage.title
    qtbot.waitUntil(lambda: title.y() > line.geometry().bottom() > 0)
    place = title.pos()
    window.tab.playback.toggle()
    assert not line.choose.isVisible()
    for _round in range(5):
        QApplication.processEvents()
    assert title.pos() == place


def test_the_line_changes_when_tonight_does(open_window, qtbot):
    evening = EveningInMemory(TRIAL, datetime.fromisoformat("2026-10-05T08:59:59.950+02:00"))
    _, line = opened_with(open_window, evening)
    assert "night 4 of 40" in line.words.text()
    evening.time = datetime.fromisoformat("2026-10-05T09:00+02:00")
    qtbot.waitUntil(lambda: "night 5 of 40" in line.words.text())


def test_a_window_that_comes_to_the_front_asks_anew(open_window):
    evening = EveningInMemory(TRIAL, datetime.fromisoformat("2026-10-04T22:00+02:00"))
    _, line = opened_with(open_window, evening)
    evening.time = datetime.fromisoformat("2026-10-06T22:00+02:00")
    QGuiApplication.instance().applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    assert "night 6 of 40" in line.words.text()


def test_a_trial_that_is_ended_leaves_the_tab(open_window):
    evening = EveningInMemory(TRIAL, evening_of(Condition.WITH))
    _, line = opened_with(open_window, evening)
    evening.trial = None
    evening.changed.emit()
    assert not line.isVisible()


def test_tonights_rest_is_as_long_as_the_routine_it_is_compared_with(open_window, qtbot):
    lengths = Lengths(20, (1, 20, 720))
    routines = dict(open_window().tab._catalogue.routines)
    rest = replace(routines["breath-awareness"], id=QUIET_REST, kind=Kind.REST, lengths=lengths)
    window = open_window(catalogue=Catalogue({**routines, QUIET_REST: rest}, ()))
    line = show_tonight(window.tab, EveningInMemory(TRIAL, evening_of(Condition.WITHOUT)))
    routine_min = window.tab._timeline_of("breath-awareness").duration_frames / SAMPLE_RATE_HZ / 60
    line.choose.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(line.choose, Qt.Key.Key_Return)
    assert window.tab.playback.routine.id == QUIET_REST
    assert window.tab._kept.value.form_of(QUIET_REST).length_min == pytest.approx(routine_min, abs=0.05)
