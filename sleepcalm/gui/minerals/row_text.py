"""The text of a row of the checklist or of the search: where each part goes, at any width."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.widgets.painting import blended, colour, line_height, scaled_font

if TYPE_CHECKING:
    _Painted = QWidget
else:
    _Painted = object  # it is mixed into widgets, which have one base of Qt each

_SMALL = 0.92
_WRAP = Qt.TextFlag.TextWordWrap
_NARROWEST_NAME_LINES = 8
COLUMN_SAMPLE = "Mg 1888.8 mg"


@dataclass(frozen=True, slots=True)
class Remark:
    """A line below the row; one that `stands_out` is brighter, never red."""

    text: str
    stands_out: bool = False


@dataclass(frozen=True, slots=True)
class RowText:
    """`detail` stands behind the name, the two figures in columns at the end of the row."""

    name: str
    detail: str
    figures: tuple[str, str]
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class RowPlaces:
    """Rectangles of the parts of a row, and the height of the whole."""

    name: QRect
    detail: QRect
    figures: tuple[QRect, QRect]
    remarks: tuple[QRect, ...]
    height: int


def places(text: RowText, widget: QWidget, left: int, right: int) -> RowPlaces:
    """Where the parts of `text` go between the columns of pixels `left` and `right`.

    The figures share the line of the name; where that leaves too little for the name they go below it.
    """
    line = line_height(widget)
    metrics, small = QFontMetrics(widget.font()), QFontMetrics(scaled_font(widget, _SMALL))
    column, pad = small.horizontalAdvance(COLUMN_SAMPLE), round(line * 0.45)
    beside = right - left - 2 * column - line >= line * _NARROWEST_NAME_LINES
    room = right - left - (2 * column + line if beside else 0)
    name = _wrapped(metrics, text.name, left, pad, room)
    gap = round(line * 0.5)
    detail_width = small.horizontalAdvance(text.detail)
    if name.height() <= metrics.height() + 2 and name.width() + gap + detail_width <= room:
        baseline = name.top() + metrics.ascent() - small.ascent()
        detail = QRect(name.right() + gap, baseline, detail_width + 2, small.height())
    else:
        detail = _wrapped(small, text.detail, left, name.bottom() + 2, room)
    bottom = max(name.bottom(), detail.bottom())
    if beside:
        top = name.top() + metrics.ascent() - small.ascent()
        first = QRect(right - 2 * column, top, column, small.height())
        second = QRect(right - column, top, column, small.height())
    else:
        first = QRect(left, bottom + 3, column, small.height())
        second = first.translated(column, 0)
        bottom = first.bottom()
    remarks = []
    for remark in text.remarks:
        rect = _wrapped(small, remark.text, left, bottom + round(line * 0.25), right - left)
        remarks.append(rect)
        bottom = rect.bottom()
    return RowPlaces(name, detail, (first, second), tuple(remarks), bottom + pad + 1)


def paint_row_text(painter: QPainter, widget: QWidget, text: RowText, where: RowPlaces) -> None:
    painter.setPen(colour(widget, theme.TEXT))
    painter.drawText(where.name, _WRAP, text.name)
    painter.setFont(scaled_font(widget, _SMALL))
    muted = colour(widget, theme.MUTED)
    painter.setPen(muted)
    painter.drawText(where.detail, _WRAP, text.detail)
    beside = where.figures[0].top() < where.name.bottom()
    side = Qt.AlignmentFlag.AlignRight if beside else Qt.AlignmentFlag.AlignLeft
    for rect, figure in zip(where.figures, text.figures, strict=True):
        painter.drawText(rect, side, figure)
    for rect, remark in zip(where.remarks, text.remarks, strict=True):
        bright = blended(colour(widget, theme.ACCENT), colour(widget, theme.TEXT), 0.35)
        painter.setPen(bright if remark.stands_out else muted)
        painter.drawText(rect, _WRAP, remark.text)


class WrappedRow(_Painted):
    """What the painted rows of such text have in common: as high as it needs at each width.

    `free_at_end_lines` is the room beyond the text, in heights of a line.
    """

    free_at_end_lines: float
    _row_text: RowText

    def places_at(self, width: int) -> RowPlaces:
        line = line_height(self)
        return places(self._row_text, self, round(line * 1.7), width - round(line * self.free_at_end_lines))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self.places_at(width).height

    def sizeHint(self) -> QSize:
        width = line_height(self) * 24
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(line_height(self) * 14, round(line_height(self) * 1.9))


def _wrapped(metrics: QFontMetrics, text: str, left: int, top: int, width: int) -> QRect:
    needed = metrics.boundingRect(QRect(left, top, width, 10_000), _WRAP, text)
    # A pixel more than needed: painting rounds otherwise than measuring and would break the last word.
    return QRect(left, top, min(needed.width() + 2, width), needed.height() + 1)
