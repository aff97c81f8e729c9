"""The chart as the tab shows it: one mark has the keyboard, and Enter or a click opens it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen, QWheelEvent

from sleepcalm.gui import theme
from sleepcalm.gui.trends.chart import TrendChart
from sleepcalm.gui.trends.look import ChartLook

_PAGES: dict[int, int] = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_STEPS: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class NightChart(TrendChart):
    """Left and Right, Home and End go through the marks, and so does the mouse; Page Up and Page Down turn to
    another period. It cannot be zoomed or moved."""

    pointed = Signal(int)
    """At this place is what the keyboard or the mouse points to now."""

    opened = Signal(int)

    turned = Signal(int)
    """To the period before (-1) or after (1)."""

    def __init__(self, look: ChartLook) -> None:
        super().__init__(look)
        self.place: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAccessibleName(self.tr("Chart of the nights"))

    def point_to(self, place: int | None) -> None:
        """Point to a mark, without a signal; None points to none."""
        self.place = place
        self.mark(place)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.line * 20, self.least_height())

    def sizeHint(self) -> QSize:
        return QSize(self.look.line * 40, round(self.least_height() * 1.1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self.buckets) - 1
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif event.key() in _PAGES:
            self.turned.emit(_PAGES[event.key()])
        elif last < 0:
            event.ignore()
        elif event.key() in _STEPS:
            now = last if self.place is None else self.place + _STEPS[event.key()]
            self._point(min(max(now, 0), last))
        elif event.key() == Qt.Key.Key_Home:
            self._point(0)
        elif event.key() == Qt.Key.Key_End:
            self._point(last)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.place is not None:
            self.opened.emit(self.place)
        else:
            event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self.place_at(event.position())
        self.viewport().setCursor(
            Qt.CursorShape.ArrowCursor if place is None else Qt.CursorShape.PointingHandCursor
        )
        if place is not None and place != self.place:
            self._point(place)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pressing is done by releasing, as for a button."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self.place_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and place is not None:
            self._point(place)
            self.opened.emit(place)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The first of the two clicks has opened what there is to open."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The page scrolls."""
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and self.buckets:
            self.wear(ChartLook(self.palette(), self.font()))
            self.mark(self.place)
            self.updateGeometry()

    def drawForeground(self, painter: QPainter, rect: object) -> None:
        """The ring that shows where the keyboard is, round all strips at the mark that it points to."""
        super().drawForeground(painter, rect)
        if not self.hasFocus() or not self.buckets:
            return
        room = self.marks_room()
        if self.place is not None:
            width = room.width() / len(self.buckets)
            room = QRectF(room.left() + width * self.place, room.top(), width, room.height())
        painter.setPen(QPen(self.look.colour(theme.ACCENT), 1.6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(room.adjusted(0.8, 0.8, -0.8, -0.8), 4, 4)

    def _point(self, place: int) -> None:
        self.point_to(place)
        self.pointed.emit(place)
