"""The drawn body in the middle and the countdown beside it, close together whatever the width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from sleepcalm.gui.widgets.body_figure import ASPECT, BodyFigure
from sleepcalm.gui.widgets.breath_guide import BreathGuide
from sleepcalm.gui.widgets.countdown_ring import CountdownRing
from sleepcalm.gui.widgets.painting import line_height

if TYPE_CHECKING:
    from sleepcalm.relaxation.moment import GuidedBreath


_MOST_BESIDE = 0.36
"""The most of the width that what stands beside the figure takes; as much is free on the other side."""


class FigureView(QWidget):
    """Places its widgets itself: the figure keeps the middle, ring or guide follows its right side."""

    def __init__(self) -> None:
        super().__init__()
        self.figure = BodyFigure()
        self.ring = CountdownRing()
        self.guide = BreathGuide()
        self.figure.setParent(self)
        self.ring.setParent(self)
        self.guide.setParent(self)
        self.guide.hide()

    def show_breath(self, breath: GuidedBreath | None) -> None:
        """Let the guide stand in the ring's place while breath is guided."""
        if breath is not None:
            self.guide.show_breath(breath)
        if self.guide.isHidden() is (breath is not None):
            self.guide.setVisible(breath is not None)
            self.ring.setVisible(breath is None)

    def sizeHint(self) -> QSize:
        line = line_height(self)
        return QSize(line * 20, line * 18)

    def minimumSizeHint(self) -> QSize:
        line = line_height(self)
        return QSize(line * 14, line * 5)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width, height = self.width(), self.height()
        side = min(self.ring.sizeHint().width(), height, round(width * _MOST_BESIDE))
        figure_width = min(round(height * ASPECT), width - 2 * side)
        left = (width - figure_width) // 2
        self.figure.setGeometry(left, 0, figure_width, height)
        gap = round(line_height(self) * 0.8)
        ring_left = min(left + figure_width + gap, width - side)
        for beside in (self.ring, self.guide):
            beside.setGeometry(ring_left, (height - side) // 2, side, side)
