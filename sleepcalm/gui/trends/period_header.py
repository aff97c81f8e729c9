"""The row above the chart: the period, the ways to the one before and after, and how long it is."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.diary.icons import earlier, later
from sleepcalm.gui.trends.wording import period_title
from sleepcalm.gui.widgets.choices import Segments
from sleepcalm.gui.widgets.icon_buttons import OutlinedIconButton
from sleepcalm.gui.widgets.labels import label
from sleepcalm.gui.widgets.painting import line_height
from sleepcalm.trends.periods import Period, Span


class PeriodHeader(QWidget):
    """The words of the span stand below the title where there is no room beside it."""

    earlier_wanted = Signal()
    later_wanted = Signal()
    span_wanted = Signal(str)
    """One of `Span`."""

    def __init__(self) -> None:
        super().__init__()
        self.earlier = OutlinedIconButton(earlier(), self.tr("Period before"))
        self.later = OutlinedIconButton(later(), self.tr("Period after"))
        self.title = label("", theme.TEXT, 1.4)
        self.spans = Segments(
            {
                Span.WEEK: self.tr("week"),
                Span.MONTH: self.tr("month"),
                Span.THREE_MONTHS: self.tr("3 months"),
                Span.YEAR: self.tr("year"),
                Span.ALL: self.tr("all"),
            },
            self.tr("How long"),
        )
        line = line_height(self)
        where = QHBoxLayout()
        where.setSpacing(round(line * 0.6))
        where.addWidget(self.earlier)
        where.addWidget(self.title)
        where.addWidget(self.later)
        where.addStretch(1)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(round(line * 0.5))
        self._box.addLayout(where, 1)
        self._box.addWidget(self.spans, 0, Qt.AlignmentFlag.AlignLeft)
        self.earlier.clicked.connect(self.earlier_wanted)
        self.later.clicked.connect(self.later_wanted)
        self.spans.chosen.connect(self.span_wanted)

    def show_period(self, period: Period, today: date, *, has_earlier: bool, has_later: bool) -> None:
        self.title.setText(period_title(period, today))
        self.earlier.setEnabled(has_earlier)
        self.later.setEnabled(has_later)
        self.spans.set_value(str(period.span or Span.ALL))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Room is kept for a long title of this year, so that the words stay where they are."""
        line = line_height(self)
        longest = self.title.fontMetrics().horizontalAdvance("30 September – 27 November")  # noqa: RUF001
        title = max(longest, self.title.sizeHint().width())
        needed = title + self.spans.sizeHint().width() + line * 7
        is_wide = self.width() >= needed
        self._box.setDirection(
            QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        )
