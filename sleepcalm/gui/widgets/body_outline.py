"""The drawn body as sixteen regions, one for each muscle group.

The figure faces the viewer: the person's right is on the viewer's left, at negative x. It is
drawn in units of its own around the middle line, from the crown (y = 0) to the toes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainterPath, QTransform

BOUNDS = QRectF(-66, -2, 132, 314)
"""The box that holds the whole figure."""

_GAP = 2.2


def _head() -> QPainterPath:
    head = QPainterPath()
    head.moveTo(0, 0)
    head.cubicTo(12, 0, 18.5, 8, 18.5, 20)
    head.cubicTo(18.5, 33, 10, 46, 0, 46)
    head.cubicTo(-10, 46, -18.5, 33, -18.5, 20)
    head.cubicTo(-18.5, 8, -12, 0, 0, 0)
    return head


def _head_band(top: float, bottom: float) -> QPainterPath:
    """The part of the head between two heights."""
    band = QPainterPath()
    band.addRect(-30, top, 60, bottom - top)
    return _head().intersected(band)


def _neck() -> QPainterPath:
    path = QPainterPath()
    path.moveTo(-8.5, 43)
    path.cubicTo(-5, 47.5, 5, 47.5, 8.5, 43)
    path.cubicTo(8.2, 50, 9, 54, 13, 57.5)
    path.cubicTo(6, 61, -6, 61, -13, 57.5)
    path.cubicTo(-9, 54, -8.2, 50, -8.5, 43)
    path.closeSubpath()
    return path


def _chest() -> QPainterPath:
    path = QPainterPath()
    path.moveTo(-15, 59.5)
    path.cubicTo(-6, 63.5, 6, 63.5, 15, 59.5)
    path.cubicTo(22, 63, 29, 63.5, 36, 67)
    path.cubicTo(33.5, 76, 33.5, 86, 32, 97)
    path.cubicTo(31.4, 103, 30.2, 108, 29.4, 113)
    path.cubicTo(12, 119, -12, 119, -29.4, 113)
    path.cubicTo(-30.2, 108, -31.4, 103, -32, 97)
    path.cubicTo(-33.5, 86, -33.5, 76, -36, 67)
    path.cubicTo(-29, 63.5, -22, 63, -15, 59.5)
    path.closeSubpath()
    return path


def _abdomen() -> QPainterPath:
    path = QPainterPath()
    path.moveTo(-29, 113 + _GAP)
    path.cubicTo(-12, 119 + _GAP, 12, 119 + _GAP, 29, 113 + _GAP)
    path.cubicTo(27, 124, 26.6, 131, 28, 139)
    path.cubicTo(29.4, 147, 32, 153, 32.8, 162)
    path.cubicTo(24, 164, 11, 169, 0, 177)
    path.cubicTo(-11, 169, -24, 164, -32.8, 162)
    path.cubicTo(-32, 153, -29.4, 147, -28, 139)
    path.cubicTo(-26.6, 131, -27, 124, -29, 113 + _GAP)
    path.closeSubpath()
    return path


def _upper_arm() -> QPainterPath:
    path = QPainterPath()
    path.moveTo(38.5, 68)
    path.cubicTo(45, 71, 48, 78, 49, 87)
    path.cubicTo(50, 98, 52, 108, 54, 119)
    path.cubicTo(50.5, 121.5, 46.5, 122, 42.6, 121)
    path.cubicTo(40.4, 110, 38, 100, 36, 90)
    path.cubicTo(35.4, 82, 36.4, 75, 38.5, 68)
    path.closeSubpath()
    return path


def _forearm_and_hand() -> QPainterPath:
    path = QPainterPath()
    path.moveTo(43.1, 121 + _GAP * 1.1)
    path.cubicTo(47, 122 + _GAP, 51, 121.5 + _GAP, 54.4, 119.4 + _GAP)
    path.cubicTo(57.4, 131, 57.6, 144, 59, 157)
    path.cubicTo(62.4, 163, 64, 171, 62.4, 179)
    path.cubicTo(61.6, 184, 58.4, 186, 56, 184)
    path.cubicTo(52.8, 181, 52, 172, 51.4, 164)
    path.cubicTo(50.6, 160, 50.4, 158, 50, 155)
    path.cubicTo(47, 145, 44.6, 134, 43.1, 121 + _GAP * 1.1)
    path.closeSubpath()
    return path


def _thigh() -> QPainterPath:
    path = QPainterPath()
    path.moveTo(33, 162 + _GAP)
    path.cubicTo(34.4, 182, 30.6, 204, 27, 224)
    path.cubicTo(22, 227, 15, 227, 10, 224)
    path.cubicTo(6.6, 208, 3.4, 194, 1.6, 179)
    path.cubicTo(12, 171.4, 24, 166.4, 33, 162 + _GAP)
    path.closeSubpath()
    return path


def _calf() -> QPainterPath:
    path = QPainterPath()
    path.moveTo(10.2, 224 + _GAP * 1.4)
    path.cubicTo(15, 227 + _GAP * 1.2, 22, 227 + _GAP * 1.2, 26.6, 224 + _GAP * 1.4)
    path.cubicTo(29, 240, 25.6, 258, 22.4, 281)
    path.cubicTo(19.6, 283, 16, 283, 13, 281)
    path.cubicTo(11, 262, 7.4, 244, 10.2, 224 + _GAP * 1.4)
    path.closeSubpath()
    return path


def _foot() -> QPainterPath:
    path = QPainterPath()
    path.moveTo(13, 281 + _GAP * 1.3)
    path.cubicTo(16, 283 + _GAP * 1.2, 19.6, 283 + _GAP * 1.2, 22.3, 281 + _GAP * 1.3)
    path.cubicTo(24.6, 290, 30, 297, 31.6, 304)
    path.cubicTo(32, 308.6, 28, 310, 24, 309.6)
    path.cubicTo(18, 309, 13.6, 308, 12.8, 302)
    path.cubicTo(12.6, 296, 13, 290, 13, 281 + _GAP * 1.3)
    path.closeSubpath()
    return path


_SIDED: Mapping[str, Callable[[], QPainterPath]] = {
    "upper_arm": _upper_arm,
    "hand": _forearm_and_hand,
    "thigh": _thigh,
    "calf": _calf,
    "foot": _foot,
}


def _all_regions() -> dict[str, QPainterPath]:
    regions = {
        "forehead": _head_band(0, 14.5),
        "upper_face": _head_band(14.5 + _GAP * 0.7, 28),
        "jaw": _head_band(28 + _GAP * 0.7, 46),
        "neck": _neck(),
        "chest": _chest(),
        "abdomen": _abdomen(),
    }
    for name, draw in _SIDED.items():
        regions[f"left_{name}"] = draw()
        regions[f"right_{name}"] = QTransform.fromScale(-1, 1).map(draw())
    return regions


HEAD = frozenset({"forehead", "upper_face", "jaw"})
HEAD_OUTLINE = _head()
"""The three parts of the head in one, for when none of them stands out."""

REGIONS: Mapping[str, QPainterPath] = MappingProxyType(_all_regions())
"""The outline of each of the sixteen groups, by the names of `muscle_groups.SIXTEEN`."""
