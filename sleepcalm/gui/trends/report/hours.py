"""The 24 hours of one row of the grid: time in bed, sleep, arrows, and letters at their times."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPen, QPolygonF

from sleepcalm.gui.trends.report.ink import BLACK, FAINT, GREY, MM, PALE, POINT, RULE, SHADE, Ink
from sleepcalm.trends.grid_row import DAY_MIN, GridRow, Stretch

ROW = 5.9 * MM
_LETTER_PT = 6.4
_ARROW_HEIGHT = ROW * 0.43
_ARROW_HALF = 0.38
"""Half the width of an arrow in parts of its height."""


def paint_hours(ink: Ink, hours: QRectF, row: GridRow) -> QRectF:
    """Paint a row into `hours`; where in its upper half a remark has the most room."""
    ink.painter.save()
    ink.painter.setClipRect(hours)
    _paint_lines(ink, hours)
    _paint_sleep(ink, hours, row)
    ink.painter.restore()
    left, right = _widest_gap(hours, _paint_letters(ink, hours, row))
    return QRectF(left, hours.top(), right - left, ROW * 0.5).adjusted(1.5 * POINT, 0, -1.5 * POINT, 0)


def _paint_lines(ink: Ink, hours: QRectF) -> None:
    step = hours.width() / 24
    for hour in range(1, 24):
        x = hours.left() + hour * step
        colour, width = (RULE, 0.5) if hour == 12 else (FAINT, 0.3)
        ink.rule(QPointF(x, hours.top()), QPointF(x, hours.bottom()), colour, width)


def _paint_sleep(ink: Ink, hours: QRectF, row: GridRow) -> None:
    painter = ink.painter
    lower = QRectF(0, hours.top() + ROW * 0.52, 0, ROW * 0.36)
    if row.in_bed is not None:
        painter.setPen(QPen(BLACK, 0.4 * POINT))
        painter.setBrush(Qt.GlobalColor.white)
        painter.drawRect(_box(hours, row.in_bed, lower))
    for other in row.other_sleeps:
        painter.setPen(QPen(GREY, 0.5 * POINT, Qt.PenStyle.DashLine))
        painter.setBrush(PALE)
        painter.drawRect(_box(hours, other, lower))
    if row.asleep is not None:
        painter.setPen(QPen(BLACK, 0.4 * POINT))
        painter.setBrush(SHADE)
        painter.drawRect(_box(hours, row.asleep, lower))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(BLACK)
    for place, down in ((row.into_bed_min, True), (row.out_of_bed_min, False)):
        if place is not None:
            painter.drawPolygon(arrow(_x(hours, place), hours.top() + ROW * 0.07, _ARROW_HEIGHT, down=down))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if row.in_bed is not None:
        _paint_overrun(ink, hours, row.in_bed, lower)


def _paint_overrun(ink: Ink, hours: QRectF, in_bed: Stretch, lower: QRectF) -> None:
    """A small black wedge at the edge over which the time in bed goes on."""
    middle, size = lower.center().y(), ROW * 0.22
    ink.painter.setPen(Qt.PenStyle.NoPen)
    ink.painter.setBrush(BLACK)
    for over, edge, inwards in (
        (in_bed.start_min < 0, hours.left(), 1),
        (in_bed.end_min > DAY_MIN, hours.right(), -1),
    ):
        if over:
            points = [
                (edge, middle),
                (edge + inwards * size, middle - size),
                (edge + inwards * size, middle + size),
            ]
            ink.painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in points]))


def _paint_letters(ink: Ink, hours: QRectF, row: GridRow) -> list[tuple[float, float]]:
    """Each letter at its time, or as near as arrows and other letters leave room; what they all take."""
    reach = _ARROW_HEIGHT * _ARROW_HALF + 0.4 * POINT
    arrows = [_x(hours, place) for place in (row.into_bed_min, row.out_of_bed_min) if place is not None]
    taken = [(x - reach, x + reach) for x in arrows]
    for letter, at in row.letters:
        width = ink.width(letter, _LETTER_PT, bold=True) + 0.8 * POINT
        wanted = _x(hours, at) - width / 2
        starts = [wanted, *(start - width for start, _end in taken), *(end for _start, end in taken)]
        free = [
            start
            for start in starts
            if hours.left() <= start <= hours.right() - width
            and all(start >= end or start + width <= begin for begin, end in taken)
        ]
        left = min(free, key=lambda start: abs(start - wanted), default=hours.left())
        taken.append((left, left + width))
        ink.text(QRectF(left, hours.top(), width + POINT, ROW * 0.52), letter, _LETTER_PT, bold=True)
    return taken


def _widest_gap(hours: QRectF, taken: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Where a word has the most room in the upper half of a row; the last of equal ones."""
    edges = [hours.left()]
    gaps: list[tuple[float, float]] = []
    for begin, end in sorted(taken):
        gaps.append((max(edges), begin))
        edges.append(end)
    gaps.append((max(edges), hours.right()))
    return max(reversed(gaps), key=lambda gap: gap[1] - gap[0])


def _x(hours: QRectF, minutes: float) -> float:
    return hours.left() + hours.width() * minutes / DAY_MIN


def _box(hours: QRectF, stretch: Stretch, lower: QRectF) -> QRectF:
    """As wide as it is long, but never so thin that it is not seen."""
    left = _x(hours, stretch.start_min)
    width = max(_x(hours, stretch.end_min) - left, 0.6 * POINT)
    return QRectF(left, lower.top(), width, lower.height())


def arrow(x: float, top: float, height: float, *, down: bool) -> QPolygonF:
    """A solid arrow whose tip is at `x`, drawn and not written: a font may lack it."""
    half, stem, neck = height * _ARROW_HALF, height * 0.11, height * 0.45
    outline = (
        (0, height), (-half, neck), (-stem, neck), (-stem, 0), (stem, 0), (stem, neck), (half, neck),
    )  # fmt: skip
    return QPolygonF([QPointF(x + dx, top + (dy if down else height - dy)) for dx, dy in outline])
