"""The thin scroll bar where it lies on the ground of a window and not on a card."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent

from sleepcalm.gui import theme
from sleepcalm.gui.widgets.painting import colour, fill
from sleepcalm.gui.widgets.scroll import ThinScrollBar


class GroundBar(ThinScrollBar):
    """Shows its handle only."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill(painter, self.rect(), colour(self, theme.GROUND))
        if self.maximum() > self.minimum():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(self, theme.FIGURE))
            rect = QRectF(self._handle()).adjusted(self.width() * 0.4, 0, 0, 0)
            painter.drawRoundedRect(rect, rect.width() / 2, rect.width() / 2)
        painter.end()
