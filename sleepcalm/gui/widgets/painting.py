"""What the painted widgets have in common: sizes from the font, outlines and rings, colours in between."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF
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


def outline_pen(widget: QWidget) -> QPen:
    """The fine outline of what can be pressed, chosen or typed into."""
    return QPen(blended(colour(widget, theme.LINE), colour(widget, theme.MUTED), 0.35), 1)


def paint_answer_box(painter: QPainter, widget: QWidget, box: QRectF, answer: bool | None) -> None:
    """Draw a square box: a tick for yes, a small cross for no, nothing in it for no answer."""
    side = box.width()
    if answer:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(widget, theme.ACCENT))
    else:
        painter.setPen(QPen(colour(widget, theme.MUTED, 0.8), 1.2))
        painter.setBrush(colour(widget, theme.RAISED if widget.underMouse() else theme.CARD))
    painter.drawRoundedRect(box, side * 0.25, side * 0.25)
    if answer is None:
        return
    pen = QPen(colour(widget, theme.ON_ACCENT if answer else theme.MUTED), max(side * 0.13, 1.6))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    for points in _TICK if answer else _CROSS:
        painter.drawPolyline(QPolygonF([QPointF(box.x() + x * side, box.y() + y * side) for x, y in points]))


_TICK = (((0.26, 0.52), (0.43, 0.70), (0.75, 0.32)),)
_CROSS = (((0.3, 0.3), (0.7, 0.7)), ((0.7, 0.3), (0.3, 0.7)))
