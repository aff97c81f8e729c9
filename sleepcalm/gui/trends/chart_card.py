"""The card with the period, the chart, and the line that tells one night's figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.trends.look import ChartLook
from sleepcalm.gui.trends.period_header import PeriodHeader
from sleepcalm.gui.trends.strip_figures import StripFigures
from sleepcalm.gui.trends.wording import bucket_name, cell_text, not_recorded, series_name
from sleepcalm.gui.widgets.buttons import FlushLink
from sleepcalm.gui.widgets.card import Card
from sleepcalm.gui.widgets.keys import press_by_space
from sleepcalm.gui.widgets.labels import wrapped
from sleepcalm.gui.widgets.painting import line_height
from sleepcalm.gui.widgets.scroll import QuietScrollArea
from sleepcalm.trends.buckets import Bucket
from sleepcalm.trends.figures import Series

_NIGHT_LINES = 2
_MEANS_LINES = 3
"""The room in which the figures of a night, or the means of several with their nights, are told."""


class ChartCard(Card):
    """The chart comes when pyqtgraph is loaded; until then a line says so."""

    opened = Signal(object)
    """A `Bucket` that Enter or a click chose."""

    earlier_wanted = Signal()
    later_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.header = PeriodHeader()
        self.header.earlier_wanted.connect(self.earlier_wanted)
        self.header.later_wanted.connect(self.later_wanted)
        self.chart: QWidget | None = None
        self.area = QWidget()
        self.notice = wrapped(self.tr("The chart is being prepared."))
        self.notice.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.readout = wrapped(role=theme.TEXT)
        self.excluded = wrapped()
        self.table_link = FlushLink(self.tr("Show as a t&able"))
        self.strips_link = FlushLink(self.tr("Choose &strips"))
        self._shown: tuple[object, ...] = ()
        """What was drawn last: nights that were read or saved elsewhere change nothing here."""
        self._buckets: tuple[Bucket, ...] = ()
        self._series: tuple[Series, ...] = ()
        self._lay_out()

    def show_chart(
        self,
        buckets: Sequence[Bucket],
        series: Sequence[Series],
        figures: Mapping[Series, StripFigures],
        today: date,
    ) -> None:
        """Draw the buckets; call it only once pyqtgraph is loaded, else it has to be waited for."""
        from sleepcalm.gui.trends.night_chart import NightChart  # noqa: PLC0415 - loaded by now

        if not isinstance(self.chart, NightChart):
            chart = NightChart(ChartLook(self.palette(), self.font()))
            chart.pointed.connect(self._tell)
            chart.turned.connect(lambda to: (self.earlier_wanted if to < 0 else self.later_wanted).emit())
            chart.opened.connect(lambda place: self.opened.emit(self._buckets[place]))
            self.area = QuietScrollArea(chart)
            # As high as there is room for: what the chart would like to have is what scrolls.
            self.area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
            self._column.insertWidget(2, self.area, 1)
            self.setFocusProxy(chart)
            self.chart = chart
        self.notice.hide()
        self.area.show()
        shown = (tuple(buckets), tuple(series), dict(figures), today)
        if shown == self._shown:
            return
        is_new = tuple(buckets) != self._buckets
        self._shown, self._buckets, self._series = shown, tuple(buckets), tuple(series)
        self.chart.draw(buckets, series, figures, today)
        self.chart.setMinimumHeight(self.chart.least_height())
        if is_new or self.chart.place is None:
            self.chart.point_to(self._last_recorded())
        self._keep_room()
        self._tell(self.chart.place)
        self._column.activate()  # else the room would be found after the first paint, and painted twice

    def show_notice(self, text: str) -> None:
        """Say in place of the chart why there is none."""
        self.notice.setText(text)
        self.notice.show()
        if self.chart is not None:
            self.area.hide()
        self._shown = ()
        self.readout.clear()

    def show_excluded(self, text: str) -> None:
        self.excluded.setText(text)
        self.excluded.setVisible(bool(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press_by_space(event):
            super().keyPressEvent(event)

    def _last_recorded(self) -> int | None:
        recorded = [place for place, bucket in enumerate(self._buckets) if any(bucket.cells.values())]
        return recorded[-1] if recorded else None

    def _tell(self, place: int | None) -> None:
        """The figures of one mark, for those who see the line and those who hear it."""
        if place is None or place >= len(self._buckets):
            text = self.tr("Nothing is recorded in this time.")
        else:
            text = bucket_text(self._buckets[place], self._series)
        self.readout.setText(text)
        if self.chart is not None:
            self.chart.setAccessibleDescription(text)

    def _keep_room(self) -> None:
        """So that the chart does not jump from mark to mark."""
        by_night = all(bucket.first == bucket.last for bucket in self._buckets)
        lines = _NIGHT_LINES if by_night else _MEANS_LINES
        self.readout.setMinimumHeight(self.readout.fontMetrics().lineSpacing() * lines)

    def _lay_out(self) -> None:
        line = line_height(self)
        self.readout.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.readout.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        foot = QHBoxLayout()
        foot.setSpacing(line)
        foot.addWidget(self.excluded, 1)
        foot.addStretch(1)
        foot.addWidget(self.strips_link)
        foot.addWidget(self.table_link)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(line, line, round(line * 0.5), round(line * 0.5))
        self._column.setSpacing(round(line * 0.6))
        self._column.addWidget(self.header)
        self._column.addWidget(self.notice, 1)
        self._column.addWidget(self.readout)
        self._column.addLayout(foot)
        self.excluded.hide()


def bucket_text(bucket: Bucket, series: Sequence[Series]) -> str:
    """One night, or the nights of one mark, with what is known of them in the order of the strips."""
    known = [
        f"{series_name(one).lower()} {cell_text(one, bucket, with_spread=False)}"
        for one in series
        if bucket.cells[one] is not None
    ]
    if not known:
        return f"{bucket_name(bucket)}: {not_recorded()}."
    return f"{bucket_name(bucket)}: {'; '.join(known)}."
