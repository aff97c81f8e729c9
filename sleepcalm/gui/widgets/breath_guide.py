"""A disc that widens with a guided breath in and narrows with the breath out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.widgets.breath import breath_fullness
from sleepcalm.gui.widgets.painting import colour, fill, line_height, scaled_font
from sleepcalm.relaxation.routine import BreathPart

if TYPE_CHECKING:
    from sleepcalm.relaxation.moment import GuidedBreath

_LEAST_FULL = 0.4
_STILL = 0.7
_SEEN_PX = 0.5
"""A disc that grew by less is not painted anew."""


class BreathGuide(QWidget):
    """Stands still where motion is reduced: then its word alone changes."""

    def __init__(self) -> None:
        super().__init__()
        self.is_still = False
        self._part: BreathPart | None = None
        self._fullness = 0.0
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Breathing guide"))

    @property
    def fullness(self) -> float:
        """How large the disc is, from 0 to 1."""
        return self._fullness

    def show_breath(self, breath: GuidedBreath) -> None:
        """Follow a breath; repaints only what can be seen to have changed."""
        fullness = _STILL if self.is_still else breath_fullness(breath)
        grown_px = abs(fullness - self._fullness) * self._radius() * self.devicePixelRatioF()
        if breath.part is not self._part or grown_px >= _SEEN_PX:
            if breath.part is not self._part:
                self.setAccessibleDescription(self._word(breath.part))
            self._part, self._fullness = breath.part, fullness
            self.update()

    def sizeHint(self) -> QSize:
        side = line_height(self) * 8
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill(painter, self.rect(), colour(self, theme.GROUND))
        if self._part is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            centre, radius = QPointF(QRectF(self.rect()).center()), self._radius()
            painter.setPen(QPen(colour(self, theme.RAISED), line_height(self) * 0.12))
            painter.drawEllipse(centre, radius, radius)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(self, theme.CALM, 0.3))
            disc = radius * (_LEAST_FULL + (0.94 - _LEAST_FULL) * self._fullness)
            painter.drawEllipse(centre, disc, disc)
            painter.setFont(scaled_font(self, 1.25))
            painter.setPen(colour(self, theme.TEXT))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._word(self._part))
        painter.end()

    def _word(self, part: BreathPart) -> str:
        return {
            BreathPart.INHALE: self.tr("In"),
            BreathPart.REST: self.tr("Rest"),
            BreathPart.EXHALE: self.tr("Out"),
        }[part]

    def _radius(self) -> float:
        return min(min(self.width(), self.height()) / 2 - 2, line_height(self) * 3.7)
