"""The card with the day's checklist: the day, the search, the entries, and what else can be done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.minerals.amount_panel import AmountPanel
from sleepcalm.gui.minerals.day_header import DayHeader
from sleepcalm.gui.minerals.entry_list import EntryList
from sleepcalm.gui.minerals.notes_box import NotesBox
from sleepcalm.gui.minerals.search_results import SearchResults
from sleepcalm.gui.widgets.buttons import FlushLink
from sleepcalm.gui.widgets.card import Card
from sleepcalm.gui.widgets.choices import TickBox
from sleepcalm.gui.widgets.labels import caption, wrapped
from sleepcalm.gui.widgets.painting import line_height
from sleepcalm.gui.widgets.scroll import GUTTER, QuietScrollArea
from sleepcalm.gui.widgets.text_field import TextField


class SearchField(TextField):
    """Down leads to what was found, Enter picks the first of it, Escape ends the search."""

    down = Signal()
    entered = Signal()
    ended = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        signal = {
            Qt.Key.Key_Down: self.down,
            Qt.Key.Key_Return: self.entered,
            Qt.Key.Key_Enter: self.entered,
            Qt.Key.Key_Escape: self.ended,
        }.get(Qt.Key(event.key()))
        if signal is None:
            super().keyPressEvent(event)
        else:
            signal.emit()


class ChecklistCard(Card):
    """The widgets and their places; ChecklistDesk joins them with the day."""

    def __init__(self) -> None:
        super().__init__()
        self.header = DayHeader()
        self.summary = wrapped(size=0.92)
        self.warnings = NotesBox()
        self.search = SearchField(self.tr("Find a food or supplement"))
        self.search.setAccessibleName(self.tr("Find a food or supplement"))
        self.search.setClearButtonEnabled(False)
        self.amount = AmountPanel()
        self.results = SearchResults()
        self.entries = EntryList()
        self.empty = wrapped()
        self.nothing_taken = TickBox(self.tr("Nothing taken on this day"))
        self.add_own = FlushLink(self.tr("Add your own item"))
        self.copy = FlushLink("")
        self.undo = FlushLink("")
        self.try_again = FlushLink(self.tr("Try again"))
        self.saved = caption()
        self.notice = wrapped(role=theme.TEXT)
        self.content = QWidget()
        self.area = QuietScrollArea(self.content)
        self._lay_out()
        self.notice.hide()
        self.try_again.hide()
        for source in (self.entries.focus_moved, self.results.focus_moved):
            source.connect(self.area.ensureWidgetVisible)

    def hasHeightForWidth(self) -> bool:
        """The list scrolls, so the card can have any height; otherwise a wide page would scroll too."""
        return False

    def show_list_whole(self, *, is_whole: bool) -> None:
        """Let the list be as high as it is, where something around the card scrolls."""
        line = line_height(self)
        self.area.setMinimumHeight(self._content_height() if is_whole else line * 6)
        layout, width = self.layout(), self.width()
        whole = max(layout.totalHeightForWidth(width), 0) if layout is not None and width > 0 else 0
        self.setMinimumHeight(whole if is_whole else 0)

    def _content_height(self) -> int:
        width = self.area.viewport().width()
        layout = self.content.layout()
        height = layout.totalHeightForWidth(width) if layout is not None and width > 0 else 0
        return height + 2

    def _lay_out(self) -> None:
        line = line_height(self)
        content = QVBoxLayout(self.content)
        content.setContentsMargins(0, 0, 0, 0)
        content.setSpacing(round(line * 0.5))
        content.addWidget(self.results)
        content.addWidget(self.empty)
        content.addWidget(self.entries)
        content.addWidget(self.nothing_taken, 0, Qt.AlignmentFlag.AlignLeft)
        content.addStretch(1)
        links = QHBoxLayout()
        links.setSpacing(line)
        links.addWidget(self.add_own)
        links.addWidget(self.copy)
        links.addStretch(1)
        state = QHBoxLayout()
        state.setSpacing(line)
        state.addWidget(self.undo)
        state.addStretch(1)
        state.addWidget(self.try_again)
        state.addWidget(self.saved)
        column = QVBoxLayout(self)
        column.setContentsMargins(line, line, round(line * (1 - GUTTER)), round(line * 0.6))
        column.setSpacing(round(line * 0.6))
        inset = (0, 0, round(line * GUTTER), 0)
        upper, lower = QVBoxLayout(), QVBoxLayout()
        upper.setSpacing(column.spacing())
        lower.setSpacing(0)
        for part in (self.header, self.summary, self.warnings, self.search, self.amount):
            upper.addWidget(part)
        lower.addWidget(self.notice)
        lower.addLayout(links)
        lower.addLayout(state)
        for layout in (upper, lower):
            layout.setContentsMargins(*inset)
        column.addLayout(upper)
        column.addWidget(self.area, 1)
        column.addLayout(lower)
