"""What stands to the left of a strip: its name, what it counts, its mean, and the nights that rests on."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QGraphicsWidget, QStyleOptionGraphicsItem, QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.trends.look import ChartLook

SMALL = 0.84
_LARGE = 1.22


class StripLabel(QGraphicsWidget):
    """Three lines of text; its least size is that of the words."""

    def __init__(self, name: str, unit: str) -> None:
        super().__init__()
        self._name, self._unit, self._mean, self._nights = name, unit, "", ""
        self._look: ChartLook | None = None

    @property
    def text(self) -> str:
        return f"{self._name}, {self._unit}: {self._mean}, {self._nights}".rstrip(", ")

    def show_mean(self, mean: str, nights: str, look: ChartLook) -> None:
        self._mean, self._nights, self._look = mean, nights, look
        fonts = self._fonts(look)
        widths = (
            QFontMetricsF(fonts[0]).horizontalAdvance(self._name),
            QFontMetricsF(fonts[1]).horizontalAdvance(self._unit),
            QFontMetricsF(fonts[2]).horizontalAdvance(mean) + self._gap(look, nights)
            + QFontMetricsF(fonts[1]).horizontalAdvance(nights),
        )  # fmt: skip
        width = max(widths) + look.line * 0.5
        if width != self.minimumWidth():
            self.setMinimumWidth(width)
        height = sum(QFontMetricsF(font).height() for font in fonts)
        if height != self.minimumHeight():
            self.setMinimumHeight(height)
        self.update()

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        look = self._look
        if look is None:
            return
        name, small, large = self._fonts(look)
        muted = look.colour(theme.MUTED)
        lines = (
            (self._name, name, look.colour(theme.HEADING)),
            (self._unit, small, muted),
            (self._mean, large, look.colour(theme.TEXT)),
        )
        base = top = 0.0
        for text, font, ink in lines:
            base = top + QFontMetricsF(font).ascent()
            top += QFontMetricsF(font).height()
            painter.setFont(font)
            painter.setPen(ink)
            painter.drawText(QPointF(0, base), text)
        beside = QFontMetricsF(large).horizontalAdvance(self._mean) + self._gap(look, self._nights)
        painter.setFont(small)
        painter.setPen(muted)
        painter.drawText(QPointF(beside, base), self._nights)

    @staticmethod
    def _gap(look: ChartLook, nights: str) -> float:
        return look.line * 0.5 if nights else 0.0

    @staticmethod
    def _fonts(look: ChartLook) -> tuple[QFont, QFont, QFont]:
        return look.scaled(1.0), look.scaled(SMALL), look.scaled(_LARGE)
