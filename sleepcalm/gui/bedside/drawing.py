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

_LEAST_NOTICE_PX = 10

_WRAPPED = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


@dataclass(frozen=True, slots=True)
class Sight:
    """What is to be seen. `ring_left` is the share of a countdown that is left, 1 without one."""

    word: str = ""
    ring_left: float = 1.0
    fullness: float = STILL_FULLNESS
    """Of the breath, from 0 to 1."""
    is_over: bool = False
    """Then nothing is to be seen at all."""
    is_paused: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """What can be read below the ring: the word of the moment, what there is to say, and the keys."""

    word: str
    notice: str
    keys: str


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


def draw_words(painter: QPainter, size: QSize, font: QFont, words: Words, share: float) -> None:
    """Draw the word of the moment, a notice and the keys below it, with that share of their light."""
    if share <= 0:
        return
    box = words_box(size, font)
    small = _small_font(size, font, words)
    large = _larger(small)
    painter.setFont(large)
    painter.setPen(_dimmed(WORD, share))
    painter.drawText(box, _WRAPPED, words.word)
    painter.setFont(small)
    painter.drawText(_room_of(box).adjusted(0, _notice_top(small), 0, 0), _WRAPPED, words.notice)
    painter.setPen(_dimmed(KEYS, share))
    painter.drawText(_keys_box(box, small, words), _WRAPPED, words.keys)


def _small_font(size: QSize, font: QFont, words: Words) -> QFont:
    """The font of the words; where the screen is low and there is much to say, somewhat smaller."""
    small, box = QFont(words_font(size, font)), words_box(size, font)
    if not words.notice:
        return small
    for pixels in range(QFontInfo(small).pixelSize(), _LEAST_NOTICE_PX, -1):
        small.setPixelSize(pixels)
        needed = _keys_least(box, small, words) + _height_of(words.keys, box, small) + _line_of(small) * 0.3
        if needed <= box.height():
            break
    return small


def _keys_box(box: QRectF, small: QFont, words: Words) -> QRectF:
    """Some way below the word; where the screen is low, nearer to it, so that nothing is cut."""
    spare = box.height() - _height_of(words.keys, box, small) - _line_of(small) * 0.3
    least = _keys_least(box, small, words)
    wanted = least + _line_of(small) if words.notice else _line_of(small) * 3.2
    return _room_of(box).adjusted(0, max(min(wanted, spare), least), 0, 0)


def _keys_least(box: QRectF, small: QFont, words: Words) -> float:
    """How far below the word's top the keys are at least."""
    if not words.notice:
        return _line_of(_larger(small))
    return _notice_top(small) + _height_of(words.notice, box, small) + _line_of(small) * 0.2


def _notice_top(small: QFont) -> float:
    return _line_of(_larger(small)) + _line_of(small) * 0.5


def _room_of(box: QRectF) -> QRectF:
    side = box.width() * 0.06
    return box.adjusted(side, 0, -side, 0)


def _height_of(text: str, box: QRectF, font: QFont) -> float:
    return QFontMetrics(font).boundingRect(_room_of(box).toAlignedRect(), _WRAPPED, text).height()


def _larger(small: QFont) -> QFont:
    large = QFont(small)
    large.setPixelSize(round(QFontInfo(small).pixelSize() * 1.7))
    return large


def _line_of(font: QFont) -> float:
    """The height of a line in pixels."""
    return QFontMetrics(font).height()


def _dimmed(ink: QColor, share: float) -> QColor:
    """On black, less light is the same as a darker colour."""
    return QColor(*(round(part * share) for part in (ink.red(), ink.green(), ink.blue())))
