"""The Trends tab: the chart of a period, what it says in words, and the cards handed in beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QLocale, QSize, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sleepcalm.gui.minerals.ports import ChangingPreferences
from sleepcalm.gui.trends.chart_card import ChartCard
from sleepcalm.gui.trends.in_words import efficiency_text, excluded_text, sentences
from sleepcalm.gui.trends.period_choice import PeriodChoice
from sleepcalm.gui.trends.ports import ChartLibrary, TrendsRecord
from sleepcalm.gui.trends.strip_figures import StripFigures, targets_of
from sleepcalm.gui.trends.wording import period_title
from sleepcalm.gui.trends.words_card import WordsCard
from sleepcalm.gui.widgets.painting import line_height
from sleepcalm.gui.widgets.side_column import SideColumn
from sleepcalm.preferences import Preferences
from sleepcalm.trends.buckets import Bucket
from sleepcalm.trends.figures import Series
from sleepcalm.trends.periods import Period, Span

WIDE_LINES = 50
"""From this width on, in heights of a line, the words stand beside the chart."""

_SIDE_LINES = 16.5


class TrendsTab(QWidget):
    """Alt with Left and Right changes the period, and Page Up and Page Down on the chart do; the arrows go
    through the chart, Enter opens what it points to."""

    def __init__(
        self,
        record: TrendsRecord,
        charts: ChartLibrary,
        preferences: ChangingPreferences,
        open_night: Callable[[date], object],
        side_cards: Sequence[QWidget] = (),
    ) -> None:
        """`open_night` shows the diary of a wake date; `side_cards` stand below the words, in their order."""
        super().__init__()
        self._record = record
        self._charts = charts
        self._preferences = preferences
        self._open_night = open_night
        self.week_starts = QLocale().firstDayOfWeek().value - 1
        """0 Monday to 6 Sunday, as the locale has it."""
        self.card = ChartCard()
        self.words = WordsCard()
        self._columns = SideColumn(
            self.card, wide_lines=WIDE_LINES, side_lines=_SIDE_LINES, fit_main=self._fit_card
        )
        self.choice = PeriodChoice(
            Span(preferences.value.trend_span),
            record.today(),
            record.recorded(),
            self.week_starts,
        )
        self._lay_out(side_cards)
        self._connect()
        charts.load()

    @property
    def period(self) -> Period:
        return self.choice.period

    @property
    def series(self) -> tuple[Series, ...]:
        """The strips from the top."""
        return tuple(Series(name) for name in self._preferences.value.trend_series)

    def add_card(self, card: QWidget) -> None:
        """Put a card below those beside the chart: one that has to ask the tab for what it shows."""
        self._columns.add_card(card)

    def refresh(self) -> None:
        """Show the period as the record has it now."""
        self.choice.follow(self._record.today(), self._record.recorded())
        self._show_period()

    def choose_span(self, span: str) -> None:
        self.choice.choose(Span(span))
        self._preferences.change(trend_span=str(span))
        self._show_period()

    def go_earlier(self) -> None:
        self.choice.go_earlier()
        self._show_period()

    def go_later(self) -> None:
        self.choice.go_later()
        self._show_period()

    def show_table(self) -> None:
        """The nights of the chart as a table of their own."""
        from sleepcalm.gui.trends.table_dialog import TableDialog  # noqa: PLC0415 - not before it is wanted
        from sleepcalm.gui.trends.table_model import TrendTableModel  # noqa: PLC0415

        summary = self._record.summary(self.period, self.week_starts)
        model = TrendTableModel()
        if summary is not None:
            model.show_buckets(summary.buckets, self.series, summary.means)
        TableDialog(period_title(self.period, self._record.today()), model, self).open()

    def choose_strips(self) -> None:
        from sleepcalm.gui.trends.strips_dialog import StripsDialog  # noqa: PLC0415 - seldom wanted

        dialog = StripsDialog(self.series, self)
        dialog.changed.connect(lambda chosen: self._preferences.change(trend_series=tuple(map(str, chosen))))
        dialog.open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What no control in the tab had a use for."""
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        key = event.key()
        if alt and key == Qt.Key.Key_Left:
            self.go_earlier()
        elif alt and key == Qt.Key.Key_Right:
            self.go_later()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Shown first, or again: one that was left open overnight goes on with the new day."""
        super().showEvent(event)
        self.refresh()

    def minimumSizeHint(self) -> QSize:
        line = line_height(self)
        return QSize(line * 26, line * 18)

    def _show_period(self) -> None:
        choice, today = self.choice, self._record.today()
        self.card.header.show_period(
            self.period, today, has_earlier=choice.has_earlier, has_later=choice.has_later
        )
        now = self._record.summary(self.period, self.week_starts)
        before = () if choice.before is None else self._record.nights(choice.before.first, choice.before.last)
        if now is None or before is None:
            self.card.show_notice(self.tr("The nights are being read."))
            self.words.say((), "", "")
            return
        excluded = excluded_text(now.nights_excluded)
        told = sentences(self.period, now, before, today)
        self.words.say(told, efficiency_text(now.efficiency), excluded)
        self.card.show_excluded(excluded)
        if not self._charts.is_loaded:
            self.card.show_notice(self.tr("The chart is being prepared."))
            return
        figures = {one: StripFigures(now.means[one], targets_of(one, now.nights)) for one in self.series}
        self.card.show_chart(now.buckets, self.series, figures, today)

    def _open(self, bucket: Bucket) -> None:
        """A night in the diary; several nights as a period of their own."""
        if bucket.first == bucket.last:
            if bucket.first <= self._record.today():
                self._open_night(bucket.first)
            return
        self.choice.go_into(bucket)
        self._preferences.change(trend_span=str(self.period.span))
        self._show_period()

    def _show_definitions(self) -> None:
        from sleepcalm.gui.trends.definitions_dialog import DefinitionsDialog  # noqa: PLC0415 - seldom

        DefinitionsDialog(self).open()

    def _follow_preferences(self, before: Preferences) -> None:
        if before.trend_series != self._preferences.value.trend_series:
            self._show_period()

    def _connect(self) -> None:
        self.card.earlier_wanted.connect(self.go_earlier)
        self.card.later_wanted.connect(self.go_later)
        self.card.header.span_wanted.connect(self.choose_span)
        self.card.opened.connect(self._open)
        self.card.table_link.clicked.connect(self.show_table)
        self.card.strips_link.clicked.connect(self.choose_strips)
        self.words.definitions.clicked.connect(self._show_definitions)
        self._record.changed.connect(self._refresh_if_seen)
        self._record.problem.connect(self.card.show_notice)
        self._charts.loaded.connect(self._show_period)
        self._preferences.changed.connect(self._follow_preferences)

    def _refresh_if_seen(self) -> None:
        """One that is not seen is refreshed when it is shown."""
        if self.isVisible():
            self.refresh()

    def _fit_card(self, room: int) -> None:
        """The chart scrolls inside its card, so that the line with the figures of a night stays in sight."""
        least = max(room, line_height(self) * 20)
        self.card.setMinimumHeight(0 if self._columns.is_wide else least)

    def _lay_out(self, side_cards: Sequence[QWidget]) -> None:
        self.setAccessibleName(self.tr("Trends"))
        self.setAccessibleDescription(
            self.tr(
                "Left and Right go through the nights, Enter opens one,"
                " Page Up and Page Down show the period before and after."
            )
        )
        self.setFocusProxy(self.card)
        for card in (self.words, *side_cards):
            self._columns.add_card(card)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._columns)
