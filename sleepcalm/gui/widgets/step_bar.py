"""The bar that shows how far a routine has come, divided into its steps, and lets one go elsewhere."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSlider

from sleepcalm.gui import theme
from sleepcalm.gui.widgets.painting import blended, colour, fill, line_height, paint_focus_ring

SEEK_BY_S = 10
"""How far an arrow key goes while the bar has the focus."""

_GAP_PX = 3.0


class BarStep(NamedTuple):
    """One division of the bar, in seconds from the start."""

    title: str
    start_s: float
    end_s: float


class StepBar(QSlider):
    """Click or drag to go to a place; arrows go by seconds, Page Up and Page Down by steps.

    It is a slider in seconds, so that a screen reader reads it as one.
    """

    sought = Signal(float)
    """A place in seconds was asked for."""

    hovered_to = Signal(object)
    """While dragging: the place in seconds under the pointer; None when the drag is over."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._steps: tuple[BarStep, ...] = ()
        self._duration_s = 0.0
        self._position_s = 0.0
        self._dragged_s: float | None = None
        self._painted_px = -1
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Place in the routine, in seconds"))
        self.setAccessibleDescription(
            self.tr("Left and right go by ten seconds, Page Up and Page Down by a step.")
        )

    def set_steps(self, steps: Sequence[BarStep]) -> None:
        """Show another routine; the place is its beginning."""
        self._steps = tuple(steps)
        self._duration_s = self._steps[-1].end_s if self._steps else 0.0
        self._dragged_s = None
        self.setRange(0, round(self._duration_s))
        self.set_position(0.0)
        self.setEnabled(bool(self._steps))
        self.update()

    def set_position(self, position_s: float) -> None:
        """Follow the sound; repaints only when the place has moved by a pixel."""
        self._position_s = position_s
        if self.value() != round(position_s):
            self.setValue(round(position_s))
        pixel = round(self._x_at(position_s) * self.devicePixelRatioF())
        if pixel != self._painted_px and self._dragged_s is None:
            before, now = self._x_of(self._painted_px), self._x_of(pixel)
            reach = line_height(self)
            self.update(QRect(min(before, now) - reach, 0, abs(now - before) + 2 * reach, self.height()))
            self._painted_px = pixel

    def sliderChange(self, change: QSlider.SliderChange) -> None:
        """The value alone changes nothing that is seen: `set_position` repaints what moved."""

    def sizeHint(self) -> QSize:
        line = line_height(self)
        return QSize(line * 20, round(line * 1.5))

    def minimumSizeHint(self) -> QSize:
        line = line_height(self)
        return QSize(line * 10, round(line * 1.5))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._steps:
            self._drag_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag, or tell in the tool tip which step lies under the pointer."""
        if self._dragged_s is not None:
            self._drag_to(event.position().x())
        elif self._steps:
            self.setToolTip(self._steps[self._index_at(self._seconds_at(event.position().x()))].title)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        if self._dragged_s is not None:
            target, self._dragged_s = self._dragged_s, None
            self.hovered_to.emit(None)
            self.sought.emit(target)
            self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        target = self._targets().get(event.key())
        if target is None or not self._steps:
            event.ignore()
        else:
            self.sought.emit(min(max(target, 0.0), self._duration_s))

    def _targets(self) -> dict[int, float]:
        """Where each key leads, in seconds."""
        index = self._index_at(self._position_s)
        starts = [step.start_s for step in self._steps] or [0.0]
        return {
            Qt.Key.Key_Left: self._position_s - SEEK_BY_S,
            Qt.Key.Key_Right: self._position_s + SEEK_BY_S,
            Qt.Key.Key_PageUp: starts[max(index - 1, 0)],
            Qt.Key.Key_PageDown: starts[min(index + 1, len(starts) - 1)],
            Qt.Key.Key_Home: 0.0,
            Qt.Key.Key_End: starts[-1],
        }

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill(painter, event.rect(), colour(self, theme.GROUND))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        place_s = self._position_s if self._dragged_s is None else self._dragged_s
        ahead, played = colour(self, theme.FIGURE), colour(self, theme.ACCENT)
        current = self._index_at(place_s)
        for index, step in enumerate(self._steps):
            left, right = self._x_at(step.start_s), self._x_at(step.end_s) - _GAP_PX
            if index == current and place_s > 0:
                self._paint_part(painter, left, right, blended(ahead, played, 0.4))
                self._paint_part(painter, left, min(self._x_at(place_s), right), played)
            else:
                self._paint_part(painter, left, right, played if index < current else ahead)
        if self._dragged_s is not None or self.underMouse() or self.hasFocus():
            radius = line_height(self) * 0.38
            painter.setBrush(played)
            x, y = self._x_at(place_s), self.height() / 2
            painter.drawEllipse(QRectF(x - radius, y - radius, 2 * radius, 2 * radius))
        paint_focus_ring(painter, self, QRectF(self.rect()), line_height(self) * 0.4)
        painter.end()

    def _paint_part(self, painter: QPainter, left: float, right: float, ink: QColor) -> None:
        thickness = max(round(line_height(self) * 0.32), 4)
        painter.setBrush(ink)
        rect = QRectF(left, (self.height() - thickness) / 2, max(right - left, 1.5), thickness)
        radius = min(thickness / 2, rect.width() / 2)
        painter.drawRoundedRect(rect, radius, radius)

    def _drag_to(self, x: float) -> None:
        self._dragged_s = self._seconds_at(x)
        self.hovered_to.emit(self._dragged_s)
        self.update()

    def _index_at(self, seconds: float) -> int:
        return max(bisect_right(self._steps, seconds, key=lambda step: step.start_s) - 1, 0)

    def _inset(self) -> float:
        return line_height(self) * 0.5

    def _x_at(self, seconds: float) -> float:
        width = self.width() - 2 * self._inset() + _GAP_PX
        return self._inset() + width * (seconds / self._duration_s if self._duration_s else 0.0)

    def _seconds_at(self, x: float) -> float:
        width = self.width() - 2 * self._inset() + _GAP_PX
        share = (x - self._inset()) / max(width, 1.0)
        return min(max(share, 0.0), 1.0) * self._duration_s

    def _x_of(self, device_pixel: int) -> int:
        return round(device_pixel / self.devicePixelRatioF())
