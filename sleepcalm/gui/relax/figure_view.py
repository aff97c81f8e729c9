"""The drawn body in the middle and the countdown beside it, close together whatever the width."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from sleepcalm.gui.widgets.body_figure import ASPECT, BodyFigure
from sleepcalm.gui.widgets.countdown_ring import CountdownRing
from sleepcalm.gui.widgets.painting import line_height


class FigureView(QWidget):
    """Places its two widgets itself: the figure keeps the middle, the ring follows its right side."""

    def __init__(self) -> None:
        super().__init__()
        self.figure = BodyFigure()
        self.ring = CountdownRing()
        self.figure.setParent(self)
        self.ring.setParent(self)

    def sizeHint(self) -> QSize:
        return QSize(self.minimumSizeHint().width(), line_height(self) * 18)

    def minimumSizeHint(self) -> QSize:
        line = line_height(self)
        return QSize(2 * self.ring.sizeHint().width() + line * 4, line * 5)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width, height = self.width(), self.height()
        side = min(self.ring.sizeHint().width(), height)
        figure_width = min(round(height * ASPECT), width - 2 * side)
        left = (width - figure_width) // 2
        self.figure.setGeometry(left, 0, figure_width, height)
        gap = round(line_height(self) * 0.8)
        ring_left = min(left + figure_width + gap, width - side)
        self.ring.setGeometry(ring_left, (height - side) // 2, side, side)
