"""The Trends tab at chosen moments, on the invented diary."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from typing import cast

from diary_stills import DEMO
from PySide6.QtCore import QObject, Signal
from still import ROOT, Staged, Stills

from sleepcalm.diary.entry import Entry
from sleepcalm.diary.practice import Practice
from sleepcalm.gui.kept_preferences import KeptPreferences
from sleepcalm.gui.trends.questions.card import QuestionCard
from sleepcalm.gui.trends.trends_tab import TrendsTab
from sleepcalm.gui.trends.trials.card import TrialCard
from sleepcalm.gui.trends.trials.ports import Trials
from sleepcalm.minerals.intake import DayIntake
from sleepcalm.preferences import Preferences
from sleepcalm.recorded_nights import read_figures
from sleepcalm.storage.exchange_json import read_demo
from sleepcalm.trends.comparison import Comparison, compare
from sleepcalm.trends.figures import NightFigures, Series
from sleepcalm.trends.periods import Period
from sleepcalm.trends.summary import PeriodSummary, summary_of
from sleepcalm.trends.trial import Trial

TODAY = date(2026, 11, 22)


class DemoDays:
    """The invented diary up to this morning, as sleepcalm.recorded_nights reads a record."""

    def __init__(self) -> None:
        values = [row.value for row in read_demo(DEMO).rows]
        self._nights = {v.wake_date: v for v in values if isinstance(v, Entry) and v.wake_date <= TODAY}
        self._days = {v.date: v for v in values if isinstance(v, DayIntake) and v.date < TODAY}
        self._practice = [v for v in values if isinstance(v, Practice)]
        self.span = (min(self._nights), max(self._nights))

    def entries(self, first: date, last: date) -> dict[date, Entry]:
        return {day: entry for day, entry in self._nights.items() if first <= day <= last}

    def days(self, first: date, last: date) -> dict[date, DayIntake]:
        return {day: intake for day, intake in self._days.items() if first <= day <= last}

    def practices_between(self, first: date, last: date) -> list[Practice]:
        return [played for played in self._practice if first <= played.started.wall.date() <= last]


@cache
def demo_days() -> DemoDays:
    return DemoDays()


class DemoTrends(QObject):
    changed = Signal()
    problem = Signal(str)
    is_complete = True

    def today(self) -> date:
        return TODAY

    def recorded(self) -> tuple[date, date]:
        return demo_days().span

    def nights(self, first: date, last: date) -> Sequence[NightFigures]:
        return read_figures(
            demo_days(),
            ROOT / "seeds",
            Preferences(sex="female", birth_year=1984),
            rest_routines=(),
            first=first,
            last=last,
        )

    def summary(self, period: Period, week_starts: int) -> PeriodSummary:
        return summary_of(period, self.nights(period.first, period.last), week_starts)


class ReadyCharts(QObject):
    loaded = Signal()
    is_loaded = True

    def load(self) -> None:
        """pyqtgraph is loaded where it is first wanted."""


MOMENTS: dict[str, Callable[[TrendsTab], object]] = {
    "week": lambda tab: tab.setFocus(),
    "week-before": lambda tab: tab.go_earlier(),
    "month": lambda tab: tab.choose_span("month"),
    "three-months": lambda tab: tab.choose_span("three_months"),
    "all": lambda tab: tab.choose_span("all"),
    "strips": lambda tab: tab.choose_strips(),
    "table": lambda tab: tab.show_table(),
    "definitions": lambda tab: tab.words.definitions.click(),
}


class NothingAskedYet(QObject):
    """The questions and trials of somebody who has asked none so far."""

    changed = Signal()
    problem = Signal(str)
    read_only_reason = ""

    def compare(self, factor: str, outcome: Series, tell: Callable[[Comparison], None]) -> None:
        tell(compare(DemoTrends().nights(*demo_days().span), factor, outcome))

    def closed_by(self, factor: str, outcome: Series) -> None:
        """Of no trial: none is under way."""

    def asked(self) -> int:
        return 0

    def remember(self, factor: str, outcome: Series) -> None:
        """Nothing is kept."""

    def trials(self) -> tuple[Trial, ...]:
        return ()


def _stage(moment: str) -> Staged:
    preferences = KeptPreferences(Preferences(), lambda _preferences: None)
    asked = NothingAskedYet()
    # With no trial under way and none planned, its card asks for nothing else.
    cards = (QuestionCard(asked), TrialCard(cast("Trials", asked)))
    tab = TrendsTab(DemoTrends(), ReadyCharts(), preferences, lambda _night: None, cards)
    return Staged(tab, lambda: MOMENTS[moment](tab))


STILLS = Stills("&Trends", "week", MOMENTS, _stage)
