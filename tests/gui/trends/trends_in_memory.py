"""Nights in memory as the Trends tab asks for them, and the window around the tab."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from diary.conftest import EXAMPLE
from diary.fake_record import BERLIN, MORNING
from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from sleepcalm.diary.entry import Entry
from sleepcalm.diary.entry_format import entry_from_json
from sleepcalm.diary.practice import Practice
from sleepcalm.gui.kept_preferences import KeptPreferences
from sleepcalm.gui.main_window import MainWindow
from sleepcalm.gui.trends.night_chart import NightChart
from sleepcalm.gui.trends.trends_tab import TrendsTab
from sleepcalm.minerals.totals import DayTotals
from sleepcalm.preferences import Preferences
from sleepcalm.trends.figures import NightFigures, night_figures
from sleepcalm.trends.periods import Period
from sleepcalm.trends.summary import PeriodSummary, summary_of

TODAY = date(2026, 11, 22)
"""A Sunday: the week from Monday the 16th is whole."""


def night(wake_date: date | str, **changes: object) -> Entry:
    """The example night on that wake date, with these answers changed; None leaves one out."""
    answers: dict[str, Any] = EXAMPLE | {"wake_date": str(wake_date)} | changes
    return entry_from_json(answers, default_zone=BERLIN, now=MORNING)


def week(*days: int, **changes: object) -> list[Entry]:
    """Nights to these days of November."""
    return [night(date(2026, 11, day), **changes) for day in days]


class TrendsInMemory(QObject):
    changed = Signal()
    problem = Signal(str)

    def __init__(
        self,
        entries: Iterable[Entry] = (),
        totals: Mapping[date, DayTotals] | None = None,
        practice: Sequence[Practice] = (),
    ) -> None:
        super().__init__()
        self.entries = {entry.wake_date: entry for entry in entries}
        self.totals = dict(totals or {})
        self.practice = tuple(practice)
        self.day = TODAY
        self.is_complete = True

    def today(self) -> date:
        return self.day

    def recorded(self) -> tuple[date, date] | None:
        return (min(self.entries), max(self.entries)) if self.entries else None

    def nights(self, first: date, last: date) -> Sequence[NightFigures] | None:
        if not self.is_complete and last - first > timedelta(days=20):
            return None
        return night_figures(self.entries, self.totals, self.practice, first, last)

    def summary(self, period: Period, week_starts: int) -> PeriodSummary | None:
        nights = self.nights(period.first, period.last)
        return None if nights is None else summary_of(period, nights, week_starts)

    def keep(self, entry: Entry) -> None:
        self.entries[entry.wake_date] = entry
        self.changed.emit()


class ChartsAtHand(QObject):
    loaded = Signal()

    def __init__(self, *, is_loaded: bool = True) -> None:
        super().__init__()
        self.is_loaded = is_loaded
        self.asked = 0

    def load(self) -> None:
        self.asked += 1

    def finish(self) -> None:
        self.is_loaded = True
        self.loaded.emit()


@dataclass
class Opened:
    """A window with its Trends tab."""

    window: MainWindow
    tab: TrendsTab
    record: TrendsInMemory
    charts: ChartsAtHand
    preferences: KeptPreferences
    diaries: list[date] = field(default_factory=list)
    """The nights that were opened in the diary."""

    @property
    def chart(self) -> NightChart:
        assert isinstance(self.tab.card.chart, NightChart)
        return self.tab.card.chart

    @property
    def readout(self) -> str:
        return self.tab.card.readout.text()

    @property
    def words(self) -> str:
        return self.tab.words.words.text()

    def press(self, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            focused = QApplication.focusWidget()
            assert focused is not None
            QTest.keyClick(focused, key, modifier)

    def centre_of(self, place: int) -> QPoint:
        """The middle of a mark in the topmost strip, in the chart's own pixels."""
        room = self.chart.marks_room()
        width = room.width() / len(self.chart.buckets)
        return QPoint(round(room.left() + (place + 0.5) * width), round(room.top() + 20))


class Opener:
    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot

    def __call__(
        self,
        entries: Iterable[Entry] = (),
        *,
        record: TrendsInMemory | None = None,
        charts: ChartsAtHand | None = None,
        preferences: Preferences | None = None,
        size: tuple[int, int] = (1366, 900),
        side_cards: Sequence[QWidget] = (),
    ) -> Opened:
        used = record or TrendsInMemory(entries)
        library = charts or ChartsAtHand()
        kept = KeptPreferences(preferences or Preferences(), lambda _preferences: None)
        diaries: list[date] = []
        tab = TrendsTab(used, library, kept, diaries.append, side_cards)
        window = MainWindow([("&Trends", tab)], "SleepCalm")
        window.resize(*size)
        self._qtbot.addWidget(window)
        with self._qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        tab.setFocus()
        QApplication.processEvents()
        return Opened(window, tab, used, library, kept, diaries)
