"""What the painted widgets have in common: sizes from the font, the focus ring, colours in between."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QWidget

from sleepcalm.gui import theme


def line_height(widget: QWidget) -> int:
    """The height of a line of the widget's text in pixels; all sizes are multiples of it."""
    return widget.fontMetrics().height()


def colour(widget: QWidget, role: theme.Role, alpha: float = 1.0) -> QColor:
    """A colour of the widget's palette, muted where the widget is disabled."""
    value = QColor(widget.palette().color(role))
    value.setAlphaF(alpha if widget.isEnabled() else alpha * 0.4)
    return value


def blended(low: QColor, high: QColor, share: float) -> QColor:
    """The colour that lies `share` (0..1) of the way from `low` to `high`."""
    return QColor.fromRgbF(
        low.redF() + (high.redF() - low.redF()) * share,
        low.greenF() + (high.greenF() - low.greenF()) * share,
        low.blueF() + (high.blueF() - low.blueF()) * share,
    )


def scaled_font(widget: QWidget, factor: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The widget's font, `factor` times as large."""
    font = QFont(widget.font())
    if font.pointSizeF() > 0:
        font.setPointSizeF(font.pointSizeF() * factor)
    else:
        font.setPixelSize(round(font.pixelSize() * factor))
    font.setWeight(weight)
    return font


def fill(painter: QPainter, rect: QRect, ink: QColor) -> None:
    """Fill a rectangle. QPainter.fillRect does the same, but its overloads load all of QGradient."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawRect(rect)


def paint_focus_ring(
    painter: QPainter, widget: QWidget, rect: QRectF, radius: float, role: theme.Role = theme.ACCENT
) -> None:
    """Draw the ring that shows where the keyboard is. Does nothing without the focus."""
    if widget.hasFocus():
        painter.setPen(QPen(colour(widget, role), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)
