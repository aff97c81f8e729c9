"""A painted icon of the height of a field."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent

from sleepcalm.gui import theme
from sleepcalm.gui.widgets.buttons import IconButton
from sleepcalm.gui.widgets.painting import colour, line_height, paint_focus_ring


class SmallIconButton(IconButton):
    """As the player's buttons, but small and muted."""

    def __init__(self, icon: QPainterPath, name: str) -> None:
        super().__init__(icon, name)
        self._shape = icon

    def sizeHint(self) -> QSize:
        line = line_height(self)
        return QSize(round(line * 1.9), round(line * 1.9))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line, rect = line_height(self), QRectF(self.rect())
        if self.underMouse() and self.isEnabled():
            painter.setPen(colour(self, theme.RAISED))
            painter.setBrush(colour(self, theme.RAISED))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), line * 0.5, line * 0.5)
        painter.save()
        painter.translate(rect.center())
        painter.scale(line * 0.36, line * 0.36)
        painter.fillPath(self._shape, colour(self, theme.TEXT if self.underMouse() else theme.HEADING))
        painter.restore()
        paint_focus_ring(painter, self, rect, line * 0.5)
        painter.end()
