"""A ring that empties while a hold or a release lasts, with the seconds left in it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.widgets.painting import colour, fill, line_height, scaled_font

if TYPE_CHECKING:
    from sleepcalm.relaxation.moment import Countdown

_ARC_STEP_PX = 3.0
"""An arc that moved by less than this is not painted anew."""

_LONG_S = 100


class CountdownRing(QWidget):
    """Large and in the accent colour for a hold, smaller and calm otherwise. Empty without a countdown."""

    def __init__(self) -> None:
        super().__init__()
        self._is_hold = False
        self._seconds = 0
        self._share_left = 0.0
        self._is_shown = False
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Countdown"))

    @property
    def shown_seconds(self) -> int | None:
        """The number in the ring; None while there is no ring."""
        return self._seconds if self._is_shown else None

    @property
    def shown_text(self) -> str:
        """What is left: seconds, or minutes and seconds where it is more than such a pause usually is."""
        if not self._is_shown:
            return ""
        minutes, seconds = divmod(self._seconds, 60)
        return (
            f"{minutes}:{seconds:02}" if self._seconds >= _LONG_S else self.locale().toString(self._seconds)
        )

    def show_countdown(self, countdown: Countdown | None, *, is_hold: bool) -> None:
        """Follow a countdown; repaints only what can be seen to have changed."""
        if countdown is None or countdown.total_s <= 0:
            if self._is_shown:
                self._is_shown = False
                self.setAccessibleDescription("")
                self.update()
            return
        seconds, share = math.ceil(countdown.left_s), countdown.left_s / countdown.total_s
        moved_px = abs(share - self._share_left) * self._arc_length(is_hold)
        if (
            not self._is_shown
            or (seconds, is_hold) != (self._seconds, self._is_hold)
            or moved_px >= _ARC_STEP_PX
        ):
            if not self._is_shown or is_hold != self._is_hold:
                words = self.tr("hold for {seconds} s") if is_hold else self.tr("rest for {seconds} s")
                self.setAccessibleDescription(words.format(seconds=round(countdown.total_s)))
            self._is_shown, self._is_hold = True, is_hold
            self._seconds, self._share_left = seconds, share
            self.update()

    def sizeHint(self) -> QSize:
        side = line_height(self) * 8
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill(painter, self.rect(), colour(self, theme.GROUND))
        if self._is_shown:
            self._paint_ring(painter)
        painter.end()

    def _paint_ring(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = self._radius(self._is_hold)
        centre = QRectF(self.rect()).center()
        circle = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
        width = line_height(self) * (0.26 if self._is_hold else 0.15)
        role = theme.ACCENT if self._is_hold else theme.CALM
        painter.setPen(QPen(colour(self, theme.RAISED), width))
        painter.drawEllipse(circle)
        pen = QPen(colour(self, role), width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawArc(circle, 90 * 16, round(self._share_left * 360 * 16))
        weight = QFont.Weight.Medium if self._is_hold else QFont.Weight.Normal
        painter.setFont(scaled_font(self, 2.7 if self._is_hold else 1.6, weight))
        painter.setPen(colour(self, theme.ACCENT if self._is_hold else theme.TEXT))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, self.shown_text)

    def _radius(self, is_hold: bool) -> float:
        room = min(self.width(), self.height()) / 2 - line_height(self) * 0.3
        return min(line_height(self) * (3.7 if is_hold else 2.9), room * (1.0 if is_hold else 0.8))

    def _arc_length(self, is_hold: bool) -> float:
        return 2 * math.pi * self._radius(is_hold) * self.devicePixelRatioF()
