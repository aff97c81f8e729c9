"""A line of text that is typed."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit

from sleepcalm.gui import theme
from sleepcalm.gui.widgets.painting import blended, colour, line_height, outline_pen, paint_focus_ring


class TextField(QLineEdit):
    """A line of text in a rounded outline."""

    def __init__(self, placeholder: str = "", width_lines: float = 8) -> None:
        super().__init__()
        self._width_lines = width_lines
        self.setPlaceholderText(placeholder)
        self.setFrame(False)
        palette = self.palette()
        palette.setColor(theme.CARD, QColor(0, 0, 0, 0))  # the outline below is the ground
        self.setPalette(palette)
        side = round(line_height(self) * 0.6)
        self.setTextMargins(side, 0, side, 0)

    def sizeHint(self) -> QSize:
        line = line_height(self)
        return QSize(round(line * self._width_lines), round(line * 1.9))

    def minimumSizeHint(self) -> QSize:
        return QSize(line_height(self) * 4, round(line_height(self) * 1.9))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect, radius = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), line_height(self) * 0.5
        painter.setPen(outline_pen(self))
        painter.setBrush(blended(colour(self, theme.RAISED), colour(self, theme.GROUND), 0.55))
        painter.drawRoundedRect(rect, radius, radius)
        paint_focus_ring(painter, self, rect, radius)
        painter.end()
        super().paintEvent(event)
