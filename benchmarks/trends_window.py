"""The process in which the Trends tab is timed: prints one line of JSON, milliseconds by what was done."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from statistics import median

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from sleepcalm.diary.entry import Entry
from sleepcalm.diary.entry_format import entry_from_json
from sleepcalm.gui.kept_preferences import KeptPreferences
from sleepcalm.gui.theme import FUSION, apply_theme
from sleepcalm.gui.trends.trends_tab import TrendsTab
from sleepcalm.minerals.checklist import add
from sleepcalm.minerals.intake import DayIntake, Item, MineralContent, Source
from sleepcalm.minerals.reference_intakes import Profile, Region, load_reference_tables
from sleepcalm.minerals.totals import day_totals
from sleepcalm.preferences import Preferences
from sleepcalm.shipped_files import shipped_folder
from sleepcalm.trends.figures import NightFigures, night_figures
from sleepcalm.trends.periods import Period, Span, period_around
from sleepcalm.trends.summary import PeriodSummary, summary_of

TODAY = date(2026, 11, 22)
_NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
_DAY = timedelta(days=1)
_ROUNDS = 7


class KnownNights(QObject):
    """Nights that are all read; see sleepcalm.gui.trends.ports.TrendsRecord."""

    changed = Signal()
    problem = Signal(str)
    is_complete = True

    def __init__(self, nights: Sequence[NightFigures]) -> None:
        super().__init__()
        self._by_date: Mapping[date, NightFigures] = {night.wake_date: night for night in nights}
        self._gap = night_figures({}, {}, (), date(1900, 1, 1), date(1900, 1, 1))[0]
        self._all: PeriodSummary | None = None
        self._span = (nights[0].wake_date, nights[-1].wake_date)

    def today(self) -> date:
        return TODAY

    def recorded(self) -> tuple[date, date]:
        return self._span

    def nights(self, first: date, last: date) -> Sequence[NightFigures]:
        days = (date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1))
        return [self._by_date.get(day, self._gap) for day in days]

    def summary(self, period: Period, week_starts: int) -> PeriodSummary:
        """As in the window, all nights are summed up beforehand."""
        if period.span is not Span.ALL:
            return summary_of(period, self.nights(period.first, period.last), week_starts)
        if self._all is None:
            self._all = summary_of(period, self.nights(*self._span), week_starts)
        return self._all


class LoadedCharts(QObject):
    loaded = Signal()
    is_loaded = True

    def load(self) -> None:
        """It is."""


def main() -> None:
    years = int(sys.argv[1])
    application = QApplication(["benchmark", *FUSION])
    apply_theme(application)
    import sleepcalm.gui.trends.night_chart  # noqa: PLC0415, F401 - what loading does

    bare_ms = median(_timed(lambda: _bare_chart(application)) for _ in range(3))
    record = KnownNights(_nights(years))
    record.summary(period_around(Span.ALL, TODAY, recorded=record.recorded()), 0)
    windows: list[TrendsTab] = []

    def open_tab() -> None:
        tab = TrendsTab(
            record, LoadedCharts(), KeptPreferences(Preferences(), lambda _value: None), lambda _day: None
        )
        tab.resize(1040, 700)
        tab.show()
        application.processEvents()
        windows.append(tab)

    found = {"bare_chart_ms": bare_ms, "first_paint_ms": _timed(open_tab)}
    tab = windows[0]
    for span in ("week", "month", "three_months", "year", "all"):
        found[span] = median(_timed(lambda: _change(application, tab, span)) for _ in range(_ROUNDS))  # noqa: B023
    print(json.dumps(found))


def _change(application: QApplication, tab: TrendsTab, span: str) -> None:
    """To the span, or, where it is shown already, to the period before."""
    if tab.period.span == span and tab.choice.has_earlier:
        tab.go_earlier()
    else:
        tab.choose_span(span)
    application.processEvents()


def _bare_chart(application: QApplication) -> None:
    import pyqtgraph as pg  # noqa: PLC0415 - loaded by now

    chart = pg.GraphicsLayoutWidget()
    chart.resize(700, 600)
    for _strip in range(9):
        plot = chart.addPlot()
        plot.addItem(pg.BarGraphItem(x=range(7), height=range(7), width=0.6))
        chart.nextRow()
    chart.show()
    application.processEvents()
    chart.hide()


def _timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def _nights(years: int) -> Sequence[NightFigures]:
    """Every night filled in, every day with a supplement."""
    count = round(365.25 * years)
    days = [TODAY - _DAY * number for number in reversed(range(count))]
    tables = load_reference_tables(shipped_folder("seeds") / "reference_intakes.toml")
    reference = tables.reference_for(Region("us"), Profile())
    item = Item("capsule", "Capsule", "1", Source.SUPPLEMENT, magnesium=MineralContent(200.0))
    totals = {
        day - _DAY: day_totals(add(DayIntake(day - _DAY), item), reference, tables.thresholds) for day in days
    }
    return night_figures(
        {day: _night(day, number) for number, day in enumerate(days)}, totals, (), days[0], days[-1]
    )


def _night(day: date, number: int) -> Entry:
    answers = {
        "wake_date": day.isoformat(),
        "time_zone": "Europe/Berlin",
        "into_bed": "22:40",
        "tried_to_sleep": "23:05",
        "sleep_onset_latency_min": number % 70,
        "awakenings": 2,
        "wake_after_sleep_onset_min": 20,
        "final_awakening": "06:40",
        "out_of_bed": "07:00",
        "sleep_quality": "good",
        "hypnic_jerks": {"count": ("3-5", "1-2", 0, 2)[number % 4]},
        "evening": {"caffeine_mg": 160, "stress": number % 11},
    }
    return entry_from_json(answers, default_zone="Europe/Berlin", now=_NOW)
