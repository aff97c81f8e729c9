"""Which day is shown, and the ways to another one."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.minerals import icons
from sleepcalm.gui.minerals.wording import day_text, relative_text
from sleepcalm.gui.widgets.buttons import OutlinedButton
from sleepcalm.gui.widgets.icon_buttons import OutlinedIconButton
from sleepcalm.gui.widgets.labels import caption, label
from sleepcalm.gui.widgets.painting import line_height


class DayHeader(QWidget):
    """Asks for another day; Alt with an arrow and Alt+Home do the same by key."""

    day_wanted = Signal(object)
    """A date."""

    calendar_wanted = Signal()
    today_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._date = dt.date.min
        self.title = label(size=1.45)
        self.title.setWordWrap(True)
        self.remark = caption()
        self.earlier = OutlinedIconButton(icons.earlier(), self.tr("The day before"))
        self.later = OutlinedIconButton(icons.later(), self.tr("The day after"))
        self.calendar = OutlinedIconButton(icons.calendar(), self.tr("Choose a day"))
        self.today = OutlinedButton(self.tr("Today"))
        self.earlier.clicked.connect(lambda: self.step(-1))
        self.later.clicked.connect(lambda: self.step(1))
        self.today.clicked.connect(self.today_wanted)
        self.calendar.clicked.connect(self.calendar_wanted)
        self._lay_out()

    def show_day(self, date: dt.date, today: dt.date, *, is_small_hours: bool = False) -> None:
        """In the small hours say that the evening, of which one may think, was yesterday's."""
        self._date = date
        self.title.setText(_capital(day_text(date)))
        near = relative_text(date, today)
        if date == today and is_small_hours:
            near = self.tr("{today}, since midnight; the evening is on the day before").format(today=near)
        self.remark.setText(near)
        self.today.setEnabled(date != today)
        self.earlier.setEnabled(date > dt.date.min)
        self.later.setEnabled(date < dt.date.max)

    def step(self, days: int) -> None:
        """Ask for the day so many days later."""
        try:
            self.day_wanted.emit(self._date + dt.timedelta(days=days))
        except OverflowError:  # the calendar ends here
            return

    def _lay_out(self) -> None:
        line = line_height(self)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.remark)
        self.title.setForegroundRole(theme.TEXT)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(round(line * 0.4))
        row.addLayout(words, 1)
        for button in (self.earlier, self.today, self.later, self.calendar):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
