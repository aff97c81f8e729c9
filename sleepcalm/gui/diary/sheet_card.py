"""The card that holds the sheet of a night: its name, whether it is saved, and how to go to another."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.diary.icons import earlier, later
from sleepcalm.gui.diary.small_button import SmallIconButton
from sleepcalm.gui.diary.wording import long_date, night_title
from sleepcalm.gui.widgets.buttons import OutlinedButton
from sleepcalm.gui.widgets.card import Card
from sleepcalm.gui.widgets.labels import caption, label
from sleepcalm.gui.widgets.painting import line_height
from sleepcalm.gui.widgets.scroll import GUTTER, QuietScrollArea


class SheetCard(Card):
    """`earlier_wanted` and `later_wanted` ask for the night before and after."""

    earlier_wanted = Signal()
    later_wanted = Signal()
    calendar_wanted = Signal()
    again_wanted = Signal()
    """What could not be saved is to be tried again."""
    undo_wanted = Signal()

    def __init__(self, sheet: QWidget) -> None:
        super().__init__()
        self.title = label("", theme.TEXT, 1.55)
        self.title.setWordWrap(True)
        self.day = caption()
        self.status = caption()
        self.status.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.earlier = SmallIconButton(earlier(), self.tr("The night before"))
        self.later = SmallIconButton(later(), self.tr("The night after"))
        self.calendar = OutlinedButton(self.tr("&Calendar"))
        self.notice = label("", theme.TEXT)
        self.notice.setWordWrap(True)
        self.again = OutlinedButton(self.tr("Try again"))
        self.undo = OutlinedButton()
        self.undo.setAccessibleName(self.tr("Undo"))
        self.area = QuietScrollArea(sheet)
        self._lay_out()
        self.earlier.clicked.connect(self.earlier_wanted)
        self.later.clicked.connect(self.later_wanted)
        self.calendar.clicked.connect(self.calendar_wanted)
        self.again.clicked.connect(self.again_wanted)
        self.undo.clicked.connect(self.undo_wanted)
        self.show_notice("")
        self.offer_undo("")

    def show_night(self, wake_date: date, today: date) -> None:
        """Name the night that is open."""
        self.title.setText(night_title(wake_date))
        self.day.setText(long_date(wake_date))
        self.later.setEnabled(wake_date < today)

    def show_status(self, text: str) -> None:
        """The quiet word at the right: saved, and when."""
        self.status.setText(text)
        self.status.setAccessibleName(text)

    def show_notice(self, text: str, *, can_try_again: bool = False) -> None:
        """A line that stays until something is done about it; "" ends it."""
        self.notice.setText(text)
        self.notice.setVisible(bool(text))
        self.again.setVisible(bool(text) and can_try_again)

    def offer_undo(self, text: str) -> None:
        """Offer to bring back what was deleted, by name; "" offers nothing."""
        self.undo.setText(text)
        self.undo.setAccessibleName(text or self.tr("Undo"))
        self.undo.updateGeometry()
        self.undo.setVisible(bool(text))

    def _lay_out(self) -> None:
        line = line_height(self)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self.title)
        names.addWidget(self.day)
        head = QHBoxLayout()
        head.setSpacing(round(line * 0.2))
        head.addLayout(names, 1)
        head.addWidget(self.status)
        head.addSpacing(round(line * 0.4))
        head.addWidget(self.calendar)
        head.addWidget(self.earlier)
        head.addWidget(self.later)
        trouble = QHBoxLayout()
        trouble.addWidget(self.notice, 1)
        trouble.addWidget(self.again)
        above = QVBoxLayout()
        above.setContentsMargins(0, 0, round(line * GUTTER), 0)
        above.setSpacing(round(line * 0.5))
        above.addLayout(head)
        above.addLayout(trouble)
        above.addWidget(self.undo, 0, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(line, round(line * 0.8), round(line * (1 - GUTTER)), round(line * 0.6))
        column.setSpacing(round(line * 0.4))
        column.addLayout(above)
        column.addWidget(self.area, 1)
