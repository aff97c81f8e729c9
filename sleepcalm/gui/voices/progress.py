"""A thin bar that fills."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar

from sleepcalm.gui import theme
from sleepcalm.gui.widgets.painting import colour, line_height


class ThinProgress(QProgressBar):
    """A screen reader reads it as the progress bar that it is."""

    def sizeHint(self) -> QSize:
        line = line_height(self)
        return QSize(line * 12, round(line * 0.6))

    def minimumSizeHint(self) -> QSize:
        return QSize(line_height(self) * 4, round(line_height(self) * 0.6))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        thickness = max(round(line_height(self) * 0.32), 4)
        whole = QRectF(0, (self.height() - thickness) / 2, self.width(), thickness)
        painter.setBrush(colour(self, theme.FIGURE))
        painter.drawRoundedRect(whole, thickness / 2, thickness / 2)
        if self.value() > self.minimum():
            share = (self.value() - self.minimum()) / max(self.maximum() - self.minimum(), 1)
            whole.setWidth(max(whole.width() * share, thickness))
            painter.setBrush(colour(self, theme.ACCENT))
            painter.drawRoundedRect(whole, thickness / 2, thickness / 2)
        painter.end()
