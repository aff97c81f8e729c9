"""The history: every recorded night in a table that can be searched and sorted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from sleepcalm.diary.entry import Entry
from sleepcalm.gui import theme
from sleepcalm.gui.diary.history_model import DATE_ROLE, HistoryModel, HistorySearch
from sleepcalm.gui.diary.rounded_line import RoundedLine
from sleepcalm.gui.widgets.buttons import OutlinedButton
from sleepcalm.gui.widgets.card import Card
from sleepcalm.gui.widgets.labels import caption, label
from sleepcalm.gui.widgets.painting import colour, fill, line_height
from sleepcalm.gui.widgets.scroll import ThinScrollBar

_Index = QModelIndex | QPersistentModelIndex


class HistoryPage(Card):
    """Enter or a double click opens the night of a row."""

    night_wanted = Signal(object)
    back_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.model = HistoryModel(self)
        self.shown = HistorySearch(self.model, self)
        self.search = RoundedLine(24)
        self.search.setPlaceholderText(self.tr("Find a word, a day, a month"))
        self.search.setAccessibleName(self.tr("Find in the history"))
        self.search.setClearButtonEnabled(False)
        self.table = _NightTable(self.shown)
        self.found = caption()
        self.back = OutlinedButton(self.tr("&Back to the night"))
        self._lay_out()
        self.search.textChanged.connect(self._find)
        self.table.night_wanted.connect(self.night_wanted)
        self.back.clicked.connect(self.back_wanted)
        self.setFocusProxy(self.search)

    def show_entries(self, entries: Mapping[date, Entry]) -> None:
        """Show these nights, sorted as before."""
        self.model.show_entries(entries)
        self._count()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _find(self, text: str) -> None:
        self.shown.search(text)
        self._count()

    def _count(self) -> None:
        found, all_ = self.shown.rowCount(), self.model.rowCount()
        if found == all_:
            one, many = self.tr("1 night recorded"), self.tr("{number} nights recorded")
            text = (one if all_ == 1 else many).format(number=all_)
        else:
            one, many = self.tr("{found} of 1 night"), self.tr("{found} of {number} nights")
            text = (one if all_ == 1 else many).format(found=found, number=all_)
        self.found.setText(text)

    def _lay_out(self) -> None:
        line = line_height(self)
        head = QHBoxLayout()
        head.addWidget(label(self.tr("History"), theme.TEXT, 1.5))
        head.addStretch(1)
        head.addWidget(self.back)
        tools = QHBoxLayout()
        tools.setSpacing(line)
        tools.addWidget(self.search)
        tools.addWidget(self.found)
        tools.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(line, line, line, line)
        column.setSpacing(round(line * 0.7))
        column.addLayout(head)
        column.addLayout(tools)
        column.addWidget(self.table, 1)


class _NightTable(QTableView):
    night_wanted = Signal(object)

    def __init__(self, model: HistorySearch) -> None:
        super().__init__()
        line = line_height(self)
        self.setModel(model)
        self.setAccessibleName(self.tr("Recorded nights"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setItemDelegate(_QuietCells(self))
        self.setVerticalScrollBar(ThinScrollBar())
        self.setHorizontalScrollBar(ThinScrollBar(Qt.Orientation.Horizontal))
        corner = QWidget()
        corner.setAutoFillBackground(True)
        corner.setBackgroundRole(theme.CARD)
        self.setCornerWidget(corner)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setAccessibleName(self.tr("Rows"))
        self.setCornerButtonEnabled(False)
        self.verticalHeader().setDefaultSectionSize(round(line * 2))
        self.setHorizontalHeader(_QuietHeader(self))
        self.setSortingEnabled(True)
        self.sortByColumn(0, Qt.SortOrder.DescendingOrder)
        self.doubleClicked.connect(self._open)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        self.night_wanted.emit(index.data(DATE_ROLE))


class _QuietCells(QStyledItemDelegate):
    """Text with a hairline below; the chosen row is raised."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        widget: QWidget = self.parent()  # type: ignore[assignment]
        rect: QRect = option.rect
        state = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            fill(painter, rect, colour(widget, theme.RAISED))
        painter.setPen(QPen(colour(widget, theme.LINE), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(colour(widget, theme.ACCENT), 1.4))
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        text = str(index.data() or "")
        inset = round(line_height(widget) * 0.4)
        painter.setPen(colour(widget, theme.TEXT if index.column() == 0 else theme.HEADING))
        room = rect.adjusted(inset, 0, -inset, 0)
        elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        widget: QWidget = self.parent()  # type: ignore[assignment]
        line = line_height(widget)
        width = widget.fontMetrics().horizontalAdvance(str(index.data() or "")) + line + 4
        return QSize(min(width, line * 24), round(line * 2))


class _QuietHeader(QHeaderView):
    """The names of the columns in muted letters, with a small arrow at the one that sorts."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setStretchLastSection(True)
        self.setResizeContentsPrecision(60)
        self.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.setAccessibleName(self.tr("Columns"))

    def sectionSizeFromContents(self, section: int) -> QSize:
        line = line_height(self)
        text = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        return QSize(self.fontMetrics().horizontalAdvance(text) + round(line * 1.4), round(line * 2))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        line = line_height(self)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill(painter, rect, colour(self, theme.CARD))
        is_sorted = section == self.sortIndicatorSection()
        painter.setPen(colour(self, theme.TEXT if is_sorted else theme.MUTED))
        text = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        room = rect.adjusted(round(line * 0.4), 0, 0, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        if is_sorted:
            x = room.left() + self.fontMetrics().horizontalAdvance(text) + line * 0.6
            y, reach = rect.center().y(), line * 0.2
            up = -1 if self.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder else 1
            painter.setPen(QPen(colour(self, theme.ACCENT), 1.6))
            painter.drawLine(round(x - reach), round(y - up * reach / 2), round(x), round(y + up * reach / 2))
            painter.drawLine(round(x), round(y + up * reach / 2), round(x + reach), round(y - up * reach / 2))
        painter.restore()
