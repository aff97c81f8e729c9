"""A pen for a printed page: text that fits its box, and lines, in quarters of a point.

The page is painted at 288 dots an inch, so that the hairline of one dot, with which charts draw, is a
quarter of a point on paper.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextLayout, QTextOption

DOTS_PER_INCH = 288
POINT = DOTS_PER_INCH / 72
MM = DOTS_PER_INCH / 25.4

BLACK = QColor("#000000")
GREY = QColor("#4a4a4a")
"""For what explains; about 9:1 on white."""
RULE = QColor("#9c9c9c")
FAINT = QColor("#dadada")
SHADE = QColor("#b4b4b4")
"""Sleep, dark enough to survive a photocopier."""
PALE = QColor("#ececec")

_SMALLEST_PT = 5.0
_LEFT = Qt.AlignmentFlag.AlignLeft
_ONE_LINE = (
    Qt.AlignmentFlag.AlignVCenter.value | Qt.TextFlag.TextSingleLine.value | Qt.TextFlag.TextDontClip.value
)
"""As a number: to join flags of Qt in Python takes longer than to paint a word."""


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A text in lines; `cut` says that it was longer than the lines it was allowed."""

    lines: tuple[str, ...]
    cut: bool


class Ink:
    """Paints with one family of fonts, black unless told otherwise. Sizes of text are points."""

    def __init__(self, painter: QPainter, family: str) -> None:
        self.painter = painter
        self._family = family

    def font(self, size_pt: float, *, bold: bool = False) -> QFont:
        font = QFont(self._family)
        font.setPixelSize(max(round(size_pt * POINT), 1))
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        # Hinting fits glyphs to the dots of a screen, and would space them unevenly on paper.
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font

    def width(self, text: str, size_pt: float, *, bold: bool = False) -> float:
        return QFontMetricsF(self.font(size_pt, bold=bold)).horizontalAdvance(text)

    def line_height(self, size_pt: float) -> float:
        return QFontMetricsF(self.font(size_pt)).height()

    def text(
        self,
        box: QRectF,
        text: str,
        size_pt: float,
        align: Qt.AlignmentFlag = _LEFT,
        *,
        bold: bool = False,
        colour: QColor = BLACK,
    ) -> None:
        """One line in the middle of the box's height, made smaller and then shortened until it fits."""
        text = one_line(text)
        size = size_pt
        while size > _SMALLEST_PT and self.width(text, size, bold=bold) > box.width():
            size -= 0.25
        font = self.font(size, bold=bold)
        metrics = QFontMetricsF(font)
        if metrics.horizontalAdvance(text) > box.width():
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        self.painter.setFont(font)
        self.painter.setPen(colour)
        self.painter.drawText(box, align.value | _ONE_LINE, text)

    def wrap(self, text: str, size_pt: float, width: float, most_lines: int) -> Wrapped:
        """The text in at most so many lines, the last one ending with … if that is not all of it."""
        text = one_line(text)
        font = self.font(size_pt)
        layout = QTextLayout(text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        starts: list[int] = []
        layout.beginLayout()
        while len(starts) <= most_lines:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            starts.append(line.textStart())
        layout.endLayout()
        # QTextLayout counts UTF-16 units, Python characters.
        units = text.encode("utf-16-le")
        cut = len(starts) > most_lines
        ends = [*starts[1:], len(units) // 2]
        if cut:
            starts, ends = starts[:most_lines], [*starts[1:most_lines], len(units) // 2]
        lines = [
            units[2 * start : 2 * end].decode("utf-16-le", "ignore").strip()
            for start, end in zip(starts, ends, strict=True)
        ]
        if cut and lines:
            # What does not fit is more than a line, so that this always shortens it.
            metrics = QFontMetricsF(font)
            lines[-1] = metrics.elidedText(lines[-1], Qt.TextElideMode.ElideRight, width)
        return Wrapped(tuple(lines), cut)

    def lines(self, area: QRectF, lines: Iterable[str], size_pt: float, colour: QColor = BLACK) -> float:
        """Lines below one another from the top of `area`; where they end."""
        box = QRectF(area.left(), area.top(), area.width(), self.line_height(size_pt))
        for line in lines:
            self.text(box, line, size_pt, colour=colour)
            box.translate(0, box.height())
        return box.top()

    def rule(self, start: QPointF, end: QPointF, colour: QColor = RULE, width_pt: float = 0.4) -> None:
        self.painter.setPen(QPen(colour, width_pt * POINT))
        self.painter.drawLine(start, end)


def one_line(text: str) -> str:
    """The text without line ends and control characters, which a line on paper cannot show."""
    return " ".join("".join(" " if ord(c) < 32 or ord(c) == 127 else c for c in text).split())
