"""A pen for a printed page: text that fits its box, and lines, in quarters of a point.

The page is painted at 288 dots an inch, so that the hairline of one dot, with which charts draw, is a
quarter of a point on paper.
"""

from __future__ import annotations

import unicodedata
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
_MOST_IN_A_LINE = 300
"""Characters; more than go into the width of a page."""
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
        font = paper_font(self._family, max(round(size_pt * POINT), 1))
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
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
        # More than this fits no lines, and to lay out a long text takes its time.
        most = (most_lines + 1) * _MOST_IN_A_LINE
        cut = len(text) > most
        text = one_line(text[:most])
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
        cut = cut or len(starts) > most_lines
        ends = [*starts[1:], len(units) // 2]
        lines = [
            units[2 * start : 2 * end].decode("utf-16-le", "ignore").strip()
            for start, end in zip(starts, ends, strict=True)
        ]
        return self.shortened(Wrapped(tuple(lines), cut), size_pt, width, most_lines)

    def shortened(self, wrapped: Wrapped, size_pt: float, width: float, most_lines: int) -> Wrapped:
        """The first lines of a wrapped text, the last of them ending with … if more was to come."""
        if len(wrapped.lines) <= most_lines and not wrapped.cut:
            return wrapped
        last = " ".join(wrapped.lines[most_lines - 1 : most_lines + 1]) + "…"
        metrics = QFontMetricsF(self.font(size_pt))
        if metrics.horizontalAdvance(last) > width:
            last = metrics.elidedText(last, Qt.TextElideMode.ElideRight, width)
        return Wrapped((*wrapped.lines[: most_lines - 1], last), cut=True)

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


def paper_font(family: str, pixels: int) -> QFont:
    font = QFont(family)
    font.setPixelSize(pixels)
    # Hinting fits glyphs to the dots of a screen, and would space them unevenly on paper.
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    # Whoever searches for "caffeine" types no ligature.
    font.setFeature(QFont.Tag("liga"), 0)
    return font


def one_line(text: str) -> str:
    """The text without line ends and what else steers a line instead of standing in it."""
    return " ".join("".join(" " if _steers(character) else character for character in text).split())


def _steers(character: str) -> bool:
    """A control character, or one that would turn the direction of all that follows it."""
    return unicodedata.category(character) == "Cc" or character in _TURNS


_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
