"""Two small arrows, in a square from -1 to 1."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath, QPolygonF


def earlier() -> QPainterPath:
    return _arrow(-1)


def later() -> QPainterPath:
    return _arrow(1)


def _arrow(to: int) -> QPainterPath:
    """An open angle with arms of even thickness."""
    points = ((-0.35, -0.75), (-0.1, -0.75), (0.55, 0.0), (-0.1, 0.75), (-0.35, 0.75), (0.25, 0.0))
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(x * to, y) for x, y in points]))
    path.closeSubpath()
    return path
