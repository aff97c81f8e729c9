"""The small window in which any day is chosen from a calendar."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QBrush, QIcon, QPainter, QPainterPath, QPixmap, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QToolButton, QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.minerals import icons
from sleepcalm.gui.widgets.painting import colour, line_height
from sleepcalm.gui.widgets.quiet_dialog import QuietDialog


class CalendarDialog(QuietDialog):
    """Arrows and Page Up and Down go through the days, Enter takes the one that is marked."""

    picked = Signal(object)
    """A date."""

    def __init__(self, date: dt.date, parent: QWidget) -> None:
        super().__init__(parent.tr("Choose a day"), parent.tr("Show this day"), parent)
        self.calendar = QCalendarWidget()
        self.calendar.setAccessibleName(self.tr("Calendar"))
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setMinimumSize(line_height(self) * 20, line_height(self) * 15)
        words = QTextCharFormat()
        words.setForeground(QBrush(colour(self, theme.TEXT)))
        for day in range(1, 8):  # Qt paints weekends red, which would say something here
            self.calendar.setWeekdayTextFormat(Qt.DayOfWeek(day), words)
        self._quieten_head()
        self.calendar.setSelectedDate(QDate(date.year, date.month, date.day))
        self.calendar.activated.connect(lambda _date: self._finish())
        self.column.addWidget(self.calendar)
        self.calendar.setFocus()

    def _quieten_head(self) -> None:
        """Qt fills the head with the colour of what is chosen, and its arrows are black."""
        bar = self.calendar.findChild(QWidget, "qt_calendar_navigationbar")
        if bar is not None:
            bar.setBackgroundRole(theme.CARD)
        named = {"qt_calendar_prevmonth": icons.earlier(), "qt_calendar_nextmonth": icons.later()}
        for button in self.calendar.findChildren(QToolButton):
            palette = button.palette()
            for role in (theme.Role.ButtonText, theme.ON_ACCENT):
                palette.setColor(role, colour(self, theme.TEXT))
            button.setPalette(palette)
            if button.objectName() in named:
                button.setIcon(self._icon(named[button.objectName()]))

    def _icon(self, path: QPainterPath) -> QIcon:
        side = line_height(self)
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(side / 2, side / 2)
        painter.scale(side * 0.42, side * 0.42)
        painter.fillPath(path, colour(self, theme.TEXT))
        painter.end()
        return QIcon(pixmap)

    def _finish(self) -> None:
        chosen = self.calendar.selectedDate()
        self.picked.emit(dt.date(chosen.year(), chosen.month(), chosen.day()))
        self.accept()
