"""A thin slider with a round handle."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSlider, QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.widgets.painting import colour, line_height, paint_focus_ring


class ThinSlider(QSlider):
    """A horizontal slider. It jumps to where it is clicked and leaves the wheel to what scrolls."""

    def __init__(self, low: int, high: int, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(low, high)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        line = line_height(self)
        return QSize(line * 8, round(line * 1.3))

    def minimumSizeHint(self) -> QSize:
        line = line_height(self)
        return QSize(line * 4, round(line * 1.3))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        rect, radius = QRectF(self.rect()), self._handle_radius()
        left, right = self._ends()
        x, y = left + (right - left) * self._share(), rect.center().y()
        painter.setBrush(colour(self, theme.FIGURE))
        painter.drawRoundedRect(QRectF(left - radius, y - 2, right - left + 2 * radius, 4), 2, 2)
        painter.setBrush(colour(self, theme.ACCENT, 0.45))
        painter.drawRoundedRect(QRectF(left - radius, y - 2, x - left + radius, 4), 2, 2)
        painter.setBrush(colour(self, theme.ACCENT))
        painter.drawEllipse(QPointF(x, y), radius, radius)
        paint_focus_ring(painter, self, rect, line_height(self) * 0.4)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._go_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._go_to(event.position().x())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self.setSliderDown(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right move the handle; up and down are left to the tab."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _go_to(self, x: float) -> None:
        left, right = self._ends()
        share = min(max((x - left) / max(right - left, 1.0), 0.0), 1.0)
        self.setValue(round(self.minimum() + share * (self.maximum() - self.minimum())))

    def _share(self) -> float:
        return (self.value() - self.minimum()) / max(self.maximum() - self.minimum(), 1)

    def _handle_radius(self) -> float:
        return line_height(self) * 0.4

    def _ends(self) -> tuple[float, float]:
        inset = self._handle_radius() + 3
        return inset, self.width() - inset
