"""A line to type into, painted in the style of the cards."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLineEdit

from sleepcalm.gui import theme
from sleepcalm.gui.widgets.painting import colour, line_height, outline_pen, paint_focus_ring


class RoundedLine(QLineEdit):
    """A line to type into, in a rounded outline."""

    def __init__(self, characters: int) -> None:
        super().__init__()
        self._characters = characters
        self.setFrame(False)
        bare = QPalette()
        bare.setColor(QPalette.ColorRole.Base, QColor(0, 0, 0, 0))
        self.setPalette(bare)
        inset = round(line_height(self) * 0.6)
        self.setTextMargins(inset, 0, inset, 0)

    def sizeHint(self) -> QSize:
        line = line_height(self)
        digit = QFontMetrics(self.font()).horizontalAdvance("0")
        return QSize(digit * self._characters + round(line * 1.5), round(line * 1.9))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """However the keyboard came here but by the mouse, typing replaces what stands here."""
        super().focusInEvent(event)
        if event.reason() is Qt.FocusReason.OtherFocusReason:
            self.selectAll()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect, radius = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), line_height(self) * 0.5
        painter.setPen(outline_pen(self))
        painter.setBrush(colour(self, theme.GROUND, 0.45))
        painter.drawRoundedRect(rect, radius, radius)
        paint_focus_ring(painter, self, rect.adjusted(-0.5, -0.5, 0.5, 0.5), radius)
        painter.end()
        super().paintEvent(event)
