"""The list of routines at the left, with their lengths."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from sleepcalm.gui import theme
from sleepcalm.gui.widgets.painting import colour, line_height, scaled_font
from sleepcalm.gui.widgets.scroll import ThinScrollBar
from sleepcalm.relaxation.routine import Routine

_ID = Qt.ItemDataRole.UserRole
_LENGTH = Qt.ItemDataRole.UserRole + 1

_LENGTH_SIZE = 0.9

_Index = QModelIndex | QPersistentModelIndex


class RoutineList(QListWidget):
    """Choosing is not starting. While something is under way, moving through the list by keys only
    looks around, so that a stray key ends nothing; Enter or a click chooses then.
    """

    chosen = Signal(str)
    begun = Signal()
    """Enter on the routine that is chosen already."""

    def __init__(self, routines: Iterable[Routine]) -> None:
        super().__init__()
        self.only_looks_around = False
        self._chosen_id = ""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBar(ThinScrollBar())
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.viewport().setAutoFillBackground(False)
        self.setItemDelegate(_RoutineDelegate(self))
        self.setAccessibleName(self.tr("Routines"))
        self.setAccessibleDescription(self.tr("Up and down choose, Enter begins."))
        for routine in routines:
            item = QListWidgetItem(routine.title, self)
            item.setData(_ID, routine.id)
            item.setToolTip(routine.summary)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, routine.summary)
        self.itemClicked.connect(self._choose)

    @property
    def chosen_id(self) -> str:
        return self._chosen_id

    def set_chosen(self, routine_id: str) -> None:
        """Mark a routine as chosen, without a signal."""
        self._chosen_id = routine_id
        self._return_to_chosen()
        self.viewport().update()

    def set_length(self, routine_id: str, text: str) -> None:
        """Show a length beside a routine."""
        item = self._item(routine_id)
        if item is not None and item.data(_LENGTH) != text:
            item.setData(_LENGTH, text)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.text()}, {text}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Escape):
            event.ignore()
            return
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if item is not None and item.data(_ID) != self._chosen_id:
                self._choose(item)
            else:
                self.begun.emit()
            return
        super().keyPressEvent(event)
        if self.currentItem() is not item and not self.only_looks_around:
            self._choose(self.currentItem())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._return_to_chosen()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def minimumSizeHint(self) -> QSize:
        return QSize(line_height(self) * 8, line_height(self) * 6)

    def sizeHint(self) -> QSize:
        return QSize(line_height(self) * 11, line_height(self) * 20)

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(_ID) != self._chosen_id:
            self.chosen.emit(item.data(_ID))

    def _item(self, routine_id: str) -> QListWidgetItem | None:
        items = (self.item(row) for row in range(self.count()))
        return next((item for item in items if item.data(_ID) == routine_id), None)

    def _return_to_chosen(self) -> None:
        item = self._item(self._chosen_id)
        if item is not None:
            self.setCurrentItem(item)


class _RoutineDelegate(QStyledItemDelegate):
    """The title on as many lines as it needs, and the length below it."""

    def __init__(self, view: RoutineList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        width = self._view.viewport().width()
        title = self._title_rect(QRect(0, 0, width, 0), index)
        return QSize(width, title.bottom() + round(line_height(self._view) * 1.6))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        view = self._view
        rect, state = option.rect, option.state
        line = line_height(view)
        ground = QRectF(rect).adjusted(1, 1, -1, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_chosen = index.data(_ID) == view.chosen_id
        if is_chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(view, theme.RAISED, 1.0 if is_chosen else 0.5))
            painter.drawRoundedRect(ground, line * 0.5, line * 0.5)
        if view.hasFocus() and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(colour(view, theme.ACCENT), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ground.adjusted(0.5, 0.5, -0.5, -0.5), line * 0.5, line * 0.5)
        painter.setPen(colour(view, theme.TEXT))
        title = self._title_rect(rect, index)
        painter.drawText(title, Qt.TextFlag.TextWordWrap, index.data(Qt.ItemDataRole.DisplayRole))
        painter.setFont(scaled_font(view, _LENGTH_SIZE))
        painter.setPen(colour(view, theme.MUTED))
        length = QRect(title.left(), title.bottom() + 2, rect.width(), line * 2)
        painter.drawText(length, Qt.AlignmentFlag.AlignLeft, index.data(_LENGTH) or "")
        painter.restore()

    def _title_rect(self, rect: QRect, index: _Index) -> QRect:
        """Where the title goes in an item at `rect`, as high as its text needs."""
        line = line_height(self._view)
        side = round(line * 0.6)
        room = QRect(rect.left() + side, rect.top() + round(line * 0.5), rect.width() - 2 * side, line * 20)
        text = index.data(Qt.ItemDataRole.DisplayRole)
        needed = QFontMetrics(self._view.font()).boundingRect(room, Qt.TextFlag.TextWordWrap, text)
        room.setHeight(needed.height())
        return room
