"""A layout that sets widgets in lines like words, and begins a new line where one is full."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Its height follows from its width, so that narrow windows grow downwards."""

    def __init__(self, across: int, down: int, *, sinks: bool = False) -> None:
        """`across` and `down` are the gaps in pixels; `sinks` lets each line stand on its foot."""
        super().__init__()
        self._across, self._down = across, down
        self._sinks = sinks
        self._heights: dict[int, int] = {}
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._arrange(QRect(0, 0, width, 0), moves=False)
        return self._heights[width]

    def invalidate(self) -> None:
        self._heights.clear()
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, moves=True)

    def sizeHint(self) -> QSize:
        shown = self._shown()
        width = sum(item.sizeHint().width() for item in shown) + self._across * max(len(shown) - 1, 0)
        return QSize(width, max((item.sizeHint().height() for item in shown), default=0))

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _arrange(self, rect: QRect, *, moves: bool) -> int:
        """Go through the lines; gives the height. Each line is as high as the tallest in it."""
        x, y, line = rect.x(), rect.y(), list[tuple[QLayoutItem, QRect]]()
        for item in self._shown():
            size = item.sizeHint().boundedTo(QSize(max(rect.width(), 1), 1 << 24))
            size = size.expandedTo(item.minimumSize())
            if line and x + size.width() > rect.x() + rect.width():
                y += self._finish(line, moves=moves) + self._down
                x, line = rect.x(), []
            if item.hasHeightForWidth():
                size.setHeight(item.heightForWidth(size.width()))
            line.append((item, QRect(QPoint(x, y), size)))
            x += size.width() + self._across
        return y + self._finish(line, moves=moves) - rect.y()

    def _finish(self, line: list[tuple[QLayoutItem, QRect]], *, moves: bool) -> int:
        """Put the items of a full line in their places; gives its height."""
        tallest = max((place.height() for _item, place in line), default=0)
        if moves:
            for item, place in line:
                item.setGeometry(place.translated(0, tallest - place.height() if self._sinks else 0))
        return tallest


def flow_of(*widgets: QWidget, across: int, down: int, sinks: bool = False) -> FlowLayout:
    """A flow that holds `widgets` already."""
    layout = FlowLayout(across, down, sinks=sinks)
    for widget in widgets:
        layout.addWidget(widget)
    return layout
