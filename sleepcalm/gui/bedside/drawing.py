"""What the bedside screen shows of a moment, and how it is drawn: dim amber on black, and little of it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

BLACK = QColor("#000000")
# Seen from a pillow they are just there; in daylight they are not. No theme reaches them.
RING = QColor("#2e1c10")
DISC = QColor("#140b05")
WORD = QColor("#5c3c26")
KEYS = QColor("#3b2718")

STILL_FULLNESS = 0.75
_LEAST_FULL = 0.55
"""How large the disc is when all breath is out, as a share of its largest size."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What is to be seen. `ring_left` is the share of a countdown that is left, 1 without one."""

    word: str = ""
    ring_left: float = 1.0
    fullness: float = STILL_FULLNESS
    """Of the breath, from 0 to 1."""
    is_over: bool = False
    """Then nothing is to be seen at all."""


def ring_box(size: QSize) -> QRectF:
    """Where ring and disc are, in a window of that size; nothing of them lies outside."""
    side = min(size.width(), size.height()) * 0.27
    centre = QPointF(size.width() / 2, size.height() * 0.43)
    return QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side)


def draw_sight(painter: QPainter, size: QSize, sight: Sight, ring_share: float) -> None:
    """Draw ring and disc; `ring_share` is how much of their light they have, from 0 to 1."""
    if sight.is_over or ring_share <= 0:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = ring_box(size)
    width = max(box.width() * 0.012, 1.5)
    circle = box.adjusted(width, width, -width, -width)
    disc = circle.width() / 2 * 0.8 * (_LEAST_FULL + (1 - _LEAST_FULL) * sight.fullness)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_dimmed(DISC, ring_share))
    painter.drawEllipse(circle.center(), disc, disc)
    pen = QPen(_dimmed(RING, ring_share), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawArc(circle, 90 * 16, round(sight.ring_left * 360 * 16))


def words_box(size: QSize, font: QFont) -> QRectF:
    """Where the words are."""
    top = ring_box(size).bottom() + line_of(font)
    return QRectF(0, top, size.width(), size.height() - top)


def draw_words(painter: QPainter, size: QSize, font: QFont, *, word: str, keys: str, share: float) -> None:
    """Draw the word of the moment and the keys below it, with that share of their light."""
    if share <= 0:
        return
    box = words_box(size, font)
    large = QFont(font)
    large.setPointSizeF(font.pointSizeF() * 1.7)
    painter.setFont(large)
    painter.setPen(_dimmed(WORD, share))
    flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
    painter.drawText(box, flags, word)
    painter.setFont(font)
    painter.setPen(_dimmed(KEYS, share))
    side = size.width() * 0.06
    painter.drawText(box.adjusted(side, line_of(font) * 3.2, -side, 0), flags, keys)


def line_of(font: QFont) -> float:
    """About the height of a line in pixels."""
    return font.pointSizeF() * 1.6 if font.pointSizeF() > 0 else font.pixelSize() * 1.2


def _dimmed(ink: QColor, share: float) -> QColor:
    """On black, less light is the same as a darker colour."""
    return QColor(*(round(part * share) for part in (ink.red(), ink.green(), ink.blue())))
