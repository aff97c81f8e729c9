"""Icons of this tab, as painter paths in a square from -1 to 1."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainterPath, QPainterPathStroker, QPolygonF


def _stroked(*points: tuple[float, float], width: float = 0.2) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
    stroker = QPainterPathStroker()
    stroker.setWidth(width)
    stroker.setCapStyle(Qt.PenCapStyle.RoundCap)
    stroker.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return stroker.createStroke(path)


def earlier() -> QPainterPath:
    return _stroked((0.28, -0.6), (-0.3, 0.0), (0.28, 0.6))


def later() -> QPainterPath:
    return _stroked((-0.28, -0.6), (0.3, 0.0), (-0.28, 0.6))


def calendar() -> QPainterPath:
    path = _stroked((-0.75, -0.6), (0.75, -0.6), (0.75, 0.75), (-0.75, 0.75), (-0.75, -0.6), width=0.15)
    path.addPath(_stroked((-0.75, -0.2), (0.75, -0.2), width=0.15))
    path.addPath(_stroked((-0.38, -0.85), (-0.38, -0.6), width=0.15))
    path.addPath(_stroked((0.38, -0.85), (0.38, -0.6), width=0.15))
    path.setFillRule(Qt.FillRule.WindingFill)
    return path


def more() -> QPainterPath:
    path = QPainterPath()
    for x in (-0.6, 0.0, 0.6):
        path.addEllipse(QPointF(x, 0.0), 0.15, 0.15)
    return path


def star() -> QPainterPath:
    points = []
    for corner in range(10):
        reach, angle = (0.9 if corner % 2 == 0 else 0.4), math.pi * (corner / 5 - 0.5)
        points.append(QPointF(reach * math.cos(angle), reach * math.sin(angle) + 0.06))
    path = QPainterPath()
    path.addPolygon(QPolygonF(points))
    path.closeSubpath()
    return path
