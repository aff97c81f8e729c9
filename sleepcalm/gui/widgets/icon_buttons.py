"""Small buttons that show an icon and no words."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.widgets.buttons import OutlinedButton, QuietButton
from sleepcalm.gui.widgets.painting import colour, line_height, paint_focus_ring


class OutlinedIconButton(OutlinedButton):
    """An icon in the outline of the buttons with words."""

    def __init__(self, icon: QPainterPath, name: str) -> None:
        super().__init__()
        self._icon = icon
        self.setAccessibleName(name)
        self.setToolTip(name)

    def sizeHint(self) -> QSize:
        line = line_height(self)
        return QSize(round(line * 2.1), round(line * 1.9))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        _paint_icon(self, self._icon, theme.TEXT, 0.42)


class BareIconButton(QuietButton):
    """An icon alone, as high as a line of a list."""

    def __init__(self, icon: QPainterPath, name: str) -> None:
        super().__init__()
        self._icon = icon
        self.setAccessibleName(name)
        self.setToolTip(name)

    def sizeHint(self) -> QSize:
        line = line_height(self)
        return QSize(round(line * 1.8), round(line * 1.7))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        bright = self.underMouse() or self.hasFocus()
        _paint_icon(self, self._icon, theme.TEXT if bright else theme.MUTED, 0.5)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_focus_ring(painter, self, QRectF(self.rect()), line_height(self) * 0.4)
        painter.end()


def _paint_icon(widget: QWidget, icon: QPainterPath, role: theme.Role, extent_lines: float) -> None:
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    extent = line_height(widget) * extent_lines
    painter.translate(QRectF(widget.rect()).center())
    painter.scale(extent, extent)
    painter.fillPath(icon, colour(widget, role))
    painter.end()
