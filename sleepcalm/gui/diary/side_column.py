"""What stands beside the sheet: the month, the figures of the night, and the way to the history."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.diary.calendar_card import (
    MonthCalendar,
    NightState,
    month_beside,
    night_state,
    paint_state,
)
from sleepcalm.gui.diary.icons import earlier, later
from sleepcalm.gui.diary.measures_card import MeasuresPanel
from sleepcalm.gui.diary.ports import DiaryRecord
from sleepcalm.gui.diary.small_button import SmallIconButton
from sleepcalm.gui.diary.wording import month_name
from sleepcalm.gui.widgets.buttons import LinkButton, OutlinedButton
from sleepcalm.gui.widgets.card import Card
from sleepcalm.gui.widgets.labels import label
from sleepcalm.gui.widgets.painting import colour, line_height, scaled_font
from sleepcalm.gui.widgets.scroll import QuietScrollArea, ThinScrollBar

WIDTH_LINES = 16.5
"""The width of the column in heights of a line."""


class CalendarCard(Card):
    """One month of nights, read from the record whenever it is shown."""

    chosen = Signal(object)
    entered = Signal()
    """The night that was chosen is to be filled in."""
    history_wanted = Signal()

    def __init__(self, record: DiaryRecord) -> None:
        super().__init__()
        self._record = record
        self.calendar = MonthCalendar()
        self.title = label("", theme.HEADING)
        self.earlier = SmallIconButton(earlier(), self.tr("Month before"))
        self.later = SmallIconButton(later(), self.tr("Month after"))
        self.today = LinkButton(self.tr("La&st night"))
        self.history = LinkButton(self.tr("&History"))
        self._legend = _Legend()
        self._lay_out()
        self.calendar.chosen.connect(self.chosen)
        self.calendar.entered.connect(self.entered)
        self.calendar.month_wanted.connect(self.show_month)
        self.earlier.clicked.connect(lambda: self.show_month(month_beside(self.calendar.month, -1)))
        self.later.clicked.connect(lambda: self.show_month(month_beside(self.calendar.month, 1)))
        self.today.clicked.connect(lambda: self.chosen.emit(self._record.now().date()))
        self.today.clicked.connect(self.entered)
        self.history.clicked.connect(self.history_wanted)

    def show_month(self, month: date) -> None:
        """Show the month of a day; one that lies in the future is not shown."""
        today, first = self._record.now().date(), month.replace(day=1)
        if first > today:
            return
        entries = self._record.entries(first, month_beside(first, 1))
        states = {day: night_state(entry) for day, entry in entries.items()}
        self.calendar.show_month(first, states, today)
        self._legend.tell_unanswered(NightState.UNANSWERED in states.values())
        self.title.setText(month_name(first.year, first.month))
        self.later.setEnabled(month_beside(first, 1) <= today)

    def select(self, wake_date: date) -> None:
        """Mark the night that is open, and show its month."""
        self.show_month(wake_date)
        self.calendar.select(wake_date)

    def _lay_out(self) -> None:
        line = line_height(self)
        head = QHBoxLayout()
        head.addWidget(self.earlier)
        head.addWidget(self.title, 1, Qt.AlignmentFlag.AlignCenter)
        head.addWidget(self.later)
        foot = QHBoxLayout()
        foot.setSpacing(round(line * 0.5))
        foot.addWidget(self.today)
        foot.addStretch(1)
        foot.addWidget(self.history)
        column = QVBoxLayout(self)
        column.setContentsMargins(round(line * 0.8), round(line * 0.6), round(line * 0.8), round(line * 0.4))
        column.setSpacing(round(line * 0.2))
        column.addLayout(head)
        column.addWidget(self.calendar)
        column.addWidget(self._legend)
        column.addLayout(foot)


class _Legend(QWidget):
    """What the signs of the calendar mean; there is room for three of the four."""

    def __init__(self) -> None:
        super().__init__()
        self._tells_unanswered = False
        text = self.tr("A dot: jolts. A ring: none. A dash: jolts not answered. No sign: not recorded.")
        self.setAccessibleName(text)
        self.setToolTip(text)

    def tell_unanswered(self, tells: bool) -> None:
        self._tells_unanswered = tells
        self.update()

    def sizeHint(self) -> QSize:
        line = line_height(self)
        return QSize(round(line * 13), round(line * 1.3))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(scaled_font(self, 0.85))
        signs = [(NightState.JOLTS, self.tr("jolts")), (NightState.NONE, self.tr("none"))]
        if self._tells_unanswered:
            signs.append((NightState.UNANSWERED, self.tr("jolts not answered")))
        else:
            signs.append((NightState.NOT_RECORDED, self.tr("no sign: not recorded")))
        self._paint_signs(painter, signs)
        painter.end()

    def _paint_signs(self, painter: QPainter, signs: list[tuple[NightState, str]]) -> None:
        line, metrics, x = line_height(self), painter.fontMetrics(), 2.0
        middle = line * 0.65
        base = middle + (metrics.ascent() - metrics.descent()) / 2
        for state, text in signs:
            paint_state(painter, self, QPointF(x + line * 0.2, middle), state, None)
            inset = 0.0 if state is NightState.NOT_RECORDED else line * 0.55
            painter.setPen(colour(self, theme.MUTED))
            painter.drawText(QPointF(x + inset, base), text)
            x += line * 0.6 + inset + metrics.horizontalAdvance(text)


class SideColumn(QWidget):
    """The calendar above, the figures below; both scroll where it is too low for them."""

    back_wanted = Signal()

    def __init__(self, record: DiaryRecord) -> None:
        super().__init__()
        line = line_height(self)
        self.calendar_card = CalendarCard(record)
        self.measures = MeasuresPanel()
        self.back = OutlinedButton(self.tr("&Back to the night"))
        self.back.clicked.connect(self.back_wanted)
        figures = Card()
        inner = QVBoxLayout(figures)
        inner.setContentsMargins(line, round(line * 0.8), line, round(line * 0.6))
        inner.addWidget(self.measures)
        content = QWidget()
        cards = QVBoxLayout(content)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.setSpacing(line)
        cards.addWidget(self.calendar_card)
        cards.addWidget(figures, 1)
        self._area = QuietScrollArea(content)
        self._area.setVerticalScrollBar(ThinScrollBar(ground=theme.GROUND))
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        content.setBackgroundRole(theme.GROUND)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(line)
        column.addWidget(self.back)
        column.addWidget(self._area, 1)
