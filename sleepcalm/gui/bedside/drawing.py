"""What the bedside screen shows of a moment, and how it is drawn: dim amber on black, and little of it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetrics, QPainter, QPen

BLACK = QColor("#000000")
# Seen from a pillow they are just there; in daylight they are not. No theme reaches them.
RING = QColor("#2e1c10")
DISC = QColor("#140b05")
WORD = QColor("#5c3c26")
KEYS = QColor("#3b2718")

STILL_FULLNESS = 0.75
_LEAST_FULL = 0.55
"""How large the disc is when all breath is out, as a share of its largest size."""

_LEAST_WORDS = 1 / 55
"""The least size of the words, as a share of the screen's shorter side."""


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


def words_font(size: QSize, font: QFont) -> QFont:
    """The font of the words: on a large screen, which is looked at as a whole, larger than elsewhere."""
    least_px = round(min(size.width(), size.height()) * _LEAST_WORDS)
    if QFontInfo(font).pixelSize() >= least_px:
        return font
    larger = QFont(font)
    larger.setPixelSize(least_px)
    return larger


def words_box(size: QSize, font: QFont) -> QRectF:
    """Where the words are."""
    top = ring_box(size).bottom() + _line_of(words_font(size, font))
    return QRectF(0, top, size.width(), size.height() - top)


def draw_words(painter: QPainter, size: QSize, font: QFont, *, word: str, keys: str, share: float) -> None:
    """Draw the word of the moment and the keys below it, with that share of their light."""
    if share <= 0:
        return
    box = words_box(size, font)
    small = words_font(size, font)
    large = QFont(small)
    large.setPixelSize(round(QFontInfo(small).pixelSize() * 1.7))
    flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
    painter.setFont(large)
    painter.setPen(_dimmed(WORD, share))
    painter.drawText(box, flags, word)
    painter.setFont(small)
    painter.setPen(_dimmed(KEYS, share))
    painter.drawText(_keys_box(box, small, large, keys), flags, keys)


def _keys_box(box: QRectF, small: QFont, large: QFont, keys: str) -> QRectF:
    """Some way below the word; where the screen is low, nearer to it, so that nothing is cut."""
    side = box.width() * 0.06
    flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
    room = box.adjusted(side, 0, -side, 0)
    needed = QFontMetrics(small).boundingRect(room.toAlignedRect(), flags, keys).height()
    spare = box.height() - needed - _line_of(small) * 0.3
    below = max(min(_line_of(small) * 3.2, spare), _line_of(large))
    return room.adjusted(0, below, 0, 0)


def _line_of(font: QFont) -> float:
    """The height of a line in pixels."""
    return QFontMetrics(font).height()


def _dimmed(ink: QColor, share: float) -> QColor:
    """On black, less light is the same as a darker colour."""
    return QColor(*(round(part * share) for part in (ink.red(), ink.green(), ink.blue())))
