"""A drawn body on which the muscle group that is worked on glows."""

from __future__ import annotations

from collections import OrderedDict
from enum import Enum

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap, QTransform
from PySide6.QtWidgets import QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.widgets.body_outline import BOUNDS, HEAD, HEAD_OUTLINE, REGIONS
from sleepcalm.gui.widgets.painting import blended, colour, line_height

_GLOW_WIDTHS = (24.0, 19.0, 15.0, 11.0, 7.5, 4.5)
_KEPT_PICTURES = 4

_GLOW_REACH = max(_GLOW_WIDTHS) / 2
_BOX = BOUNDS.adjusted(-_GLOW_REACH, -_GLOW_REACH, _GLOW_REACH, _GLOW_REACH)

ASPECT = _BOX.width() / _BOX.height()
"""Width to height of the figure with its glow."""


class Glow(Enum):
    """How the active regions shine: about to be tensed, tensed, at rest, or looked at in general."""

    READY = "ready"
    TENSE = "tense"
    CALM = "calm"
    QUIET = "quiet"


_STRENGTH = {Glow.READY: 0.45, Glow.TENSE: 1.0, Glow.CALM: 0.85, Glow.QUIET: 0.45}


class BodyFigure(QWidget):
    """The figure faces the viewer, so the person's right arm is on the viewer's left.

    Each picture is painted once and kept, so that a repaint costs no more than a copy.
    """

    def __init__(self) -> None:
        super().__init__()
        self._active: frozenset[str] = frozenset()
        self._glow = Glow.QUIET
        self._pictures: OrderedDict[object, QPixmap] = OrderedDict()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Body"))

    @property
    def active_regions(self) -> frozenset[str]:
        return self._active

    @property
    def glow(self) -> Glow:
        return self._glow

    def show_regions(self, regions: frozenset[str], glow: Glow, description: str) -> None:
        """Let `regions` (names of the sixteen groups) glow. `description` says the same in words.

        Raises KeyError for a region that is not on the body.
        """
        unknown = regions - REGIONS.keys()
        if unknown:
            raise KeyError(min(unknown))
        if (regions, glow) != (self._active, self._glow):
            self._active, self._glow = regions, glow
            self.setAccessibleDescription(description)
            self.update()

    def to_widget(self) -> QTransform:
        """From the units of the drawing to the pixels of the widget: in the middle, as large as can be."""
        scale = min(self.width() / _BOX.width(), self.height() / _BOX.height())
        return (
            QTransform()
            .translate(self.width() / 2, self.height() / 2)
            .scale(scale, scale)
            .translate(-_BOX.center().x(), -_BOX.center().y())
        )

    def sizeHint(self) -> QSize:
        line = line_height(self)
        return QSize(line * 9, line * 18)

    def minimumSizeHint(self) -> QSize:
        line = line_height(self)
        return QSize(line * 4, line * 6)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture())
        painter.end()

    def _picture(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        key = (self._active, self._glow, self.size(), ratio, self.palette().cacheKey())
        if key not in self._pictures:
            self._pictures[key] = self._painted(ratio)
            if len(self._pictures) > _KEPT_PICTURES:
                self._pictures.popitem(last=False)
        self._pictures.move_to_end(key)
        return self._pictures[key]

    def _painted(self, ratio: float) -> QPixmap:
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(colour(self, theme.GROUND))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setTransform(self.to_widget(), combine=True)
        self._paint_resting(painter)
        self._paint_active(painter)
        painter.end()
        return picture

    def _paint_resting(self, painter: QPainter) -> None:
        figure, ground = colour(self, theme.FIGURE), colour(self, theme.GROUND)
        resting = [outline for name, outline in REGIONS.items() if name not in self._active]
        if HEAD.isdisjoint(self._active):
            resting.append(HEAD_OUTLINE)
        # The seams are a little darker than the body and not as dark as the ground: one body, not parts.
        painter.setPen(QPen(blended(figure, ground, 0.45), 2.4))
        for outline in resting:
            painter.drawPath(outline)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(figure)
        for outline in resting:
            painter.drawPath(outline)

    def _paint_active(self, painter: QPainter) -> None:
        if not self._active:
            return
        role = theme.ACCENT if self._glow in (Glow.READY, Glow.TENSE) else theme.CALM
        light, strength = colour(self, role), _STRENGTH[self._glow]
        shape = QPainterPath()
        for name in self._active:
            shape.addPath(REGIONS[name])
        self._paint_halo(painter, shape, light, strength)
        figure = colour(self, theme.FIGURE)
        painter.strokePath(shape, QPen(blended(figure, light, strength * 0.6), 2.2))
        painter.setBrush(blended(figure, light, strength))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPath(shape)

    def _paint_halo(self, painter: QPainter, shape: QPainterPath, light: QColor, strength: float) -> None:
        halo = QColor(light)
        halo.setAlphaF(0.055 * strength)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for width in _GLOW_WIDTHS:
            pen = QPen(halo, width)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawPath(shape)
