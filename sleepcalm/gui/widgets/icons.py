"""Icons as painter paths in a square from -1 to 1, so that no font and no picture file is needed."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath, QPolygonF


def _polygon(points: Iterable[tuple[float, float]]) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
    path.closeSubpath()
    return path


def _bar(x: float, y: float, width: float, height: float, radius: float = 0.12) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(x, y, width, height, radius, radius)
    return path


def play() -> QPainterPath:
    return _polygon([(-0.55, -0.85), (-0.55, 0.85), (0.85, 0.0)])


def pause() -> QPainterPath:
    path = _bar(-0.65, -0.8, 0.42, 1.6)
    path.addPath(_bar(0.23, -0.8, 0.42, 1.6))
    return path


def next_step() -> QPainterPath:
    path = _polygon([(-0.75, -0.75), (-0.75, 0.75), (0.5, 0.0)])
    path.addPath(_bar(0.56, -0.75, 0.2, 1.5, 0.08))
    return path


def previous_step() -> QPainterPath:
    path = _polygon([(0.75, -0.75), (0.75, 0.75), (-0.5, 0.0)])
    path.addPath(_bar(-0.76, -0.75, 0.2, 1.5, 0.08))
    return path
