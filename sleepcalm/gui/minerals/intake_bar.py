"""A mineral of a day as a bar: food, then supplements, against a target or the range of targets."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.widgets.painting import blended, colour, line_height
from sleepcalm.minerals.reference_intakes import Target, TargetRange

_ROOM_ABOVE_TARGET = 1.3


def food_colour(widget: QWidget) -> QColor:
    return colour(widget, theme.CALM)


def supplement_colour(widget: QWidget) -> QColor:
    """Lighter than food's, so that the two differ in brightness too."""
    return blended(colour(widget, theme.CALM), colour(widget, theme.TEXT), 0.72)


class IntakeBar(QWidget):
    """The accessible name says in words what is painted; set it with the figures."""

    def __init__(self) -> None:
        super().__init__()
        self._food_mg = 0.0
        self._supplement_mg = 0.0
        self._target: Target | None = None

    def show_figures(self, food_mg: float, supplement_mg: float, target: Target | None, words: str) -> None:
        self._food_mg, self._supplement_mg, self._target = food_mg, supplement_mg, target
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        line = line_height(self)
        return QSize(line * 10, round(line * 1.1))

    def minimumSizeHint(self) -> QSize:
        return QSize(line_height(self) * 6, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        thickness = line_height(self) * 0.62
        track = QRectF(0, (self.height() - thickness) / 2, self.width(), thickness)
        outline = QPainterPath()
        outline.addRoundedRect(track, thickness * 0.35, thickness * 0.35)
        painter.fillPath(outline, colour(self, theme.RAISED))
        painter.save()
        painter.setClipPath(outline)
        low, high = self._target_ends()
        if low != high:
            band = QRectF(self._x(low), track.top(), self._x(high) - self._x(low), thickness)
            painter.fillRect(band, colour(self, theme.ACCENT, 0.28))
        food, both = self._x(self._food_mg), self._x(self._food_mg + self._supplement_mg)
        painter.fillRect(QRectF(0, track.top(), food, thickness), food_colour(self))
        painter.fillRect(QRectF(food, track.top(), both - food, thickness), supplement_colour(self))
        if self._food_mg and self._supplement_mg:
            painter.fillRect(QRectF(food - 0.75, track.top(), 1.5, thickness), colour(self, theme.CARD))
        painter.restore()
        if self._target is not None:
            for value in {low, high}:
                mark = QRectF(self._x(value) - 1, 0, 2, self.height())
                painter.fillRect(mark, colour(self, theme.ACCENT))
        painter.end()

    def _target_ends(self) -> tuple[float, float]:
        if isinstance(self._target, TargetRange):
            return self._target.low, self._target.high
        return (self._target or 0.0,) * 2

    def _x(self, value_mg: float) -> float:
        total_mg = self._food_mg + self._supplement_mg
        full_mg = max(self._target_ends()[1] * _ROOM_ABOVE_TARGET, total_mg, 1.0)
        return self.width() * value_mg / full_mg


class Swatch(QWidget):
    """The small square that says which part of the bar a line is about."""

    def __init__(self, *, is_food: bool) -> None:
        super().__init__()
        self._is_food = is_food
        side = round(line_height(self) * 0.6)
        self.setFixedSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(food_colour(self) if self._is_food else supplement_colour(self))
        painter.drawRoundedRect(QRectF(self.rect()), self.width() * 0.25, self.width() * 0.25)
        painter.end()
