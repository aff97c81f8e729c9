"""What the marks of the grid stand for, each drawn as it is in the grid."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPen

from sleepcalm.gui.trends.report.hours import arrow
from sleepcalm.gui.trends.report.ink import BLACK, GREY, MM, PALE, POINT, SHADE, Ink
from sleepcalm.gui.trends.report.words import tr
from sleepcalm.trends.grid_row import Letter

LEGEND_HEIGHT = 7.4 * MM
_LINE = LEGEND_HEIGHT / 2
_SIZE_PT = 6.2
_SPACE = 3.2 * MM


def paint_legend(ink: Ink, area: QRectF, *, with_medicines: bool) -> None:
    """Two lines: the shapes, and the letters."""
    _paint_shapes(ink, area)
    letters = [
        (Letter.CAFFEINE, tr("last caffeine")),
        (Letter.ALCOHOL, tr("last alcohol")),
        (Letter.EXERCISE, tr("end of exercise")),
        (Letter.PRACTICE, tr("relaxation practice")),
    ]
    if with_medicines:
        letters.append((Letter.MEDICINE, tr("medicine")))
    left = area.left()
    for letter, name in letters:
        left = _words(ink, left, area.top() + _LINE, letter, bold=True) + 0.9 * MM
        left = _words(ink, left, area.top() + _LINE, name) + _SPACE
    rest = tr("earlier: that day before the grid begins, or at a time not recorded")
    box = QRectF(left, area.top() + _LINE, area.right() - left, _LINE)
    ink.text(box, rest, _SIZE_PT, colour=GREY)


def _paint_shapes(ink: Ink, area: QRectF) -> None:
    painter, top = ink.painter, area.top()
    left = area.left()
    for down, name in ((True, tr("into bed")), (False, tr("out of bed"))):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(BLACK)
        painter.drawPolygon(arrow(left + 1.1 * MM, top + _LINE * 0.16, _LINE * 0.68, down=down))
        left = _words(ink, left + 2.9 * MM, top, name) + _SPACE
    for brush, pen, name in (
        (SHADE, QPen(BLACK, 0.4 * POINT), tr("asleep, as the diary tells it")),
        (Qt.GlobalColor.white, QPen(BLACK, 0.4 * POINT), tr("in bed, not asleep")),
        (PALE, QPen(GREY, 0.5 * POINT, Qt.PenStyle.DashLine), tr("another sleep")),
    ):
        painter.setPen(pen)
        painter.setBrush(brush)
        painter.drawRect(QRectF(left, top + _LINE * 0.2, 6 * MM, _LINE * 0.6))
        left = _words(ink, left + 7.2 * MM, top, name) + _SPACE
    painter.setBrush(Qt.BrushStyle.NoBrush)
    said = tr("minutes awake in the night: figures only")
    ink.text(QRectF(left, top, area.right() - left, _LINE), said, _SIZE_PT, colour=GREY)


def _words(ink: Ink, left: float, top: float, text: str, *, bold: bool = False) -> float:
    """Where the text ends."""
    width = ink.width(text, _SIZE_PT, bold=bold)
    ink.text(QRectF(left, top, width + POINT, _LINE), text, _SIZE_PT, bold=bold)
    return left + width
