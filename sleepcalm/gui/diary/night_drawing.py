"""The picture of a night: the bar, the time in bed, the sleep, the marks and their names."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from sleepcalm.diary.entry import Entry
from sleepcalm.gui import theme
from sleepcalm.gui.diary.night_axis import ASLEEP, Mark, NightAxis, local_clock, night_axis, waking_gaps
from sleepcalm.gui.diary.wording import clock_text, time_name
from sleepcalm.gui.widgets.painting import blended, colour, line_height, paint_focus_ring, scaled_font

_ABOVE = {"into_bed", ASLEEP, "final_awakening"}


class NightDrawing(QWidget):
    """Draws what it is given; one mark is in hand, one may be dragged, one may lie under the pointer."""

    def __init__(self) -> None:
        super().__init__()
        self._entry = Entry(date(2000, 1, 1), "UTC")
        self._axis = night_axis(self._entry, None)
        self._in_hand = "into_bed"
        self._dragged: str | None = None
        self._hovered: str | None = None
        self._practice_end: datetime | None = None

    @property
    def axis(self) -> NightAxis:
        return self._axis

    def x_of(self, moment: datetime) -> float:
        """Where a moment stands, in pixels from the left."""
        left, right = self._ends()
        share = (moment - self._axis.first) / (self._axis.last - self._axis.first)
        return left + share * (right - left)

    def handle_point(self, name: str) -> QPointF:
        """The middle of a mark. Raises KeyError if the line does not show it."""
        mark = self._axis.mark(name)
        if mark is None:
            raise KeyError(name)
        return QPointF(self.x_of(mark.at), self._bar().center().y())

    def sizeHint(self) -> QSize:
        line = line_height(self)
        return QSize(line * 30, round(line * 4.2))

    def minimumSizeHint(self) -> QSize:
        line = line_height(self)
        return QSize(line * 20, round(line * 4.2))

    def _clock(self, mark: Mark) -> str:
        return clock_text(local_clock(mark.at, self._zone_of(mark.name)))

    def _zone_of(self, name: str) -> str:
        instant = self._entry.night_times.get(name)
        return (instant.zone if instant else None) or self._entry.time_zone

    def _ends(self) -> tuple[float, float]:
        inset = line_height(self) * 0.6
        return inset, self.width() - inset

    def _bar(self) -> QRectF:
        line = line_height(self)
        return QRectF(0, (self.height() - line) / 2, self.width(), line)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        bar = self._bar()
        radius = bar.height() / 2
        painter.setBrush(colour(self, theme.RAISED))
        painter.drawRoundedRect(bar, radius, radius)
        self._paint_hours(painter, bar)
        self._paint_spans(painter, bar)
        self._paint_practice(painter, bar)
        for mark in self._axis.marks:
            self._paint_mark(painter, mark)
        self._paint_labels(painter, bar)
        paint_focus_ring(painter, self, QRectF(self.rect()), line_height(self) * 0.4)
        painter.end()

    def _paint_hours(self, painter: QPainter, bar: QRectF) -> None:
        painter.setPen(QPen(colour(self, theme.CARD), 1))
        hour = self._axis.first.replace(minute=0) + timedelta(hours=1)
        while hour < self._axis.last:
            x = self.x_of(hour)
            painter.drawLine(QPointF(x, bar.bottom() - bar.height() * 0.25), QPointF(x, bar.bottom()))
            hour += timedelta(hours=1)
        painter.setPen(Qt.PenStyle.NoPen)

    def _paint_spans(self, painter: QPainter, bar: QRectF) -> None:
        """In bed, and asleep; only between marks that are recorded."""
        at = {mark.name: mark.at for mark in self._axis.marks if not mark.is_ghost}
        bed = at.get("into_bed", at.get("tried_to_sleep"))
        up = at.get("out_of_bed", at.get("final_awakening"))
        if bed is not None and up is not None:
            painter.setBrush(blended(colour(self, theme.RAISED), colour(self, theme.CALM), 0.22))
            painter.drawRect(QRectF(self.x_of(bed), bar.top(), self.x_of(up) - self.x_of(bed), bar.height()))
        asleep, woke = at.get(ASLEEP, at.get("tried_to_sleep")), at.get("final_awakening")
        if asleep is None or woke is None or asleep >= woke or self._entry.did_not_sleep:
            return
        painter.setBrush(colour(self, theme.CALM, 1.0 if ASLEEP in at else 0.55))
        left, right = self.x_of(asleep), self.x_of(woke)
        painter.drawRoundedRect(QRectF(left, bar.top(), right - left, bar.height()), 3, 3)
        painter.setBrush(blended(colour(self, theme.RAISED), colour(self, theme.CALM), 0.22))
        for begin, end in waking_gaps(self._entry):
            x = self.x_of(begin)
            painter.drawRect(QRectF(x, bar.top(), max(self.x_of(end) - x, 2), bar.height()))

    def _paint_practice(self, painter: QPainter, bar: QRectF) -> None:
        """A small notch where a practice ended."""
        end = self._practice_end
        if end is not None and self._axis.first < end < self._axis.last:
            x = self.x_of(end)
            painter.setPen(QPen(colour(self, theme.HEADING, 0.8), 1.6))
            painter.drawLine(QPointF(x, bar.top() - 3), QPointF(x, bar.bottom() + 3))
            painter.setPen(Qt.PenStyle.NoPen)

    def _paint_mark(self, painter: QPainter, mark: Mark) -> None:
        line = line_height(self)
        is_active = mark.name in (self._dragged, self._hovered) or (
            self.hasFocus() and mark.name == self._in_hand
        )
        radius = line * (0.42 if is_active else 0.34) * (0.75 if mark.name == ASLEEP else 1.0)
        point = QPointF(self.x_of(mark.at), self._bar().center().y())
        if mark.is_ghost:
            painter.setPen(QPen(colour(self, theme.ACCENT, 0.9 if is_active else 0.55), 1.6))
            painter.setBrush(colour(self, theme.CARD))
        else:
            painter.setPen(QPen(colour(self, theme.CARD), 1.4))
            painter.setBrush(colour(self, theme.HEADING if mark.name == ASLEEP else theme.ACCENT))
        painter.drawEllipse(point, radius, radius)
        if is_active and self.hasFocus() and mark.name == self._in_hand:
            painter.setPen(QPen(colour(self, theme.ACCENT), 1.6))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(point, radius + 3.5, radius + 3.5)
        painter.setPen(Qt.PenStyle.NoPen)

    def _paint_labels(self, painter: QPainter, bar: QRectF) -> None:
        painter.setFont(scaled_font(self, 0.92))
        metrics = QFontMetrics(painter.font())
        height = metrics.height()
        for above, top in ((True, bar.top() - height - 4), (False, bar.bottom() + 4)):
            marks = [mark for mark in self._axis.marks if (mark.name in _ABOVE) == above]
            marks = [mark for mark in marks if mark.name != ASLEEP or self._tells_asleep(mark)]
            texts = [self._label(mark) for mark in marks]
            widths = [metrics.horizontalAdvance(text) + 2 for text in texts]
            middles = [self.x_of(mark.at) for mark in marks]
            gap = metrics.averageCharWidth() * 1.5
            for mark, text, left, width in zip(
                marks, texts, spread(middles, widths, gap, self.width()), widths, strict=True
            ):
                painter.setPen(colour(self, theme.MUTED if mark.is_ghost else theme.TEXT))
                painter.drawText(QRectF(left, top, width, height + 2), Qt.AlignmentFlag.AlignCenter, text)

    def _tells_asleep(self, mark: Mark) -> bool:
        return mark.name in (self._dragged, self._hovered) or (self.hasFocus() and self._in_hand == ASLEEP)

    def _label(self, mark: Mark) -> str:
        pattern = self.tr("{mark} {time}?") if mark.is_ghost else self.tr("{mark} {time}")
        return pattern.format(mark=time_name(mark.name), time=self._clock(mark))


def spread(middles: list[float], widths: list[int], gap: float, room: float) -> list[float]:
    """The left edges of labels that want to stand in the `middles`, pushed apart and kept in the room."""
    lefts: list[float] = []
    edge = 0.0
    for middle, width in zip(middles, widths, strict=True):
        lefts.append(max(middle - width / 2, edge))
        edge = lefts[-1] + width + gap
    limit = room
    for place in reversed(range(len(lefts))):
        lefts[place] = max(min(lefts[place], limit - widths[place]), 0.0)
        limit = lefts[place] - gap
    return lefts
