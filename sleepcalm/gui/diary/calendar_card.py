"""The month, in which every night is one of: with jolts, without, or not recorded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import Enum

from PySide6.QtCore import QLocale, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from sleepcalm.diary.entry import Entry, JerkStrength
from sleepcalm.diary.jerk_counts import count_range
from sleepcalm.gui import theme
from sleepcalm.gui.diary.wording import long_date
from sleepcalm.gui.widgets.painting import colour, line_height, paint_focus_ring, scaled_font

_DAY = timedelta(days=1)
_WEEK = 7
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -_WEEK, Qt.Key.Key_Down: _WEEK}


class NightState(Enum):
    """What the calendar shows of a night. A recorded night may leave the jolts unanswered."""

    JOLTS = "jolts"
    NONE = "no jolts"
    UNANSWERED = "recorded, jolts not answered"
    NOT_RECORDED = "not recorded"


def night_state(entry: Entry | None) -> NightState:
    """A blank is not a night without jolts."""
    if entry is None:
        return NightState.NOT_RECORDED
    jerks = entry.hypnic_jerks
    count = count_range(jerks.count)
    if count is not None:
        return NightState.NONE if count.high == 0 else NightState.JOLTS
    if jerks.strongest not in (None, JerkStrength.NONE) or jerks.sensory_only:
        return NightState.JOLTS
    return NightState.UNANSWERED


def jolt_colour(widget: QWidget) -> QColor:
    """The colour of jolts: the accent, a step towards red, so that every theme has it."""
    accent = colour(widget, theme.ACCENT)
    hue = (accent.hslHueF() - 0.05) % 1.0
    return QColor.fromHslF(hue, accent.hslSaturationF() * 0.88, accent.lightnessF(), accent.alphaF())


def paint_state(
    painter: QPainter, widget: QWidget, at: QPointF, state: NightState, ink: QColor | None
) -> None:
    """The sign of a state, told apart by shape as well: a dot, a ring, a dash. `ink` replaces its colour."""
    radius = line_height(widget) * 0.17
    if state is NightState.JOLTS:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink or jolt_colour(widget))
        painter.drawEllipse(at, radius, radius)
    elif state is NightState.NONE:
        painter.setPen(QPen(ink or colour(widget, theme.CALM), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(at, radius, radius)
    elif state is NightState.UNANSWERED:
        painter.setPen(QPen(ink or colour(widget, theme.MUTED), 1.5))
        painter.drawLine(at - QPointF(radius * 1.2, 0), at + QPointF(radius * 1.2, 0))


class MonthCalendar(QWidget):
    """Arrows go by days and weeks, Page Up and Page Down by months, Home to last night."""

    chosen = Signal(object)
    """The wake date of a night that was asked for."""

    entered = Signal()
    """A click or Enter: the night that was chosen last is to be filled in."""

    month_wanted = Signal(object)
    """The first day of a month that was asked for by a key."""

    def __init__(self) -> None:
        super().__init__()
        self._month = date(2000, 1, 1)
        self._today = date(2000, 1, 1)
        self._selected = date(2000, 1, 1)
        self._states: Mapping[date, NightState] = {}
        self._hovered: date | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Calendar of nights"))

    @property
    def month(self) -> date:
        """The first day of the month shown."""
        return self._month

    def show_month(self, month: date, states: Mapping[date, NightState], today: date) -> None:
        """Show the month of a day, with the states of its nights by wake date."""
        self._month, self._states, self._today = month.replace(day=1), states, today
        self._describe()
        self.update()

    def select(self, wake_date: date) -> None:
        """Show which night is open."""
        self._selected = wake_date
        self._describe()
        self.update()

    def state(self, day: date) -> NightState:
        return self._states.get(day, NightState.NOT_RECORDED)

    def is_offered(self, day: date) -> bool:
        """Whether the night of a day of this month can be opened; one in the future cannot."""
        return day <= self._today and (day.year, day.month) == (self._month.year, self._month.month)

    def cell(self, day: date) -> QRectF:
        """Where a day of the month shown stands."""
        place = (self._month.weekday() - self._first_weekday()) % _WEEK + day.day - 1
        width, height = self.width() / _WEEK, self._row_height()
        return QRectF(place % _WEEK * width, (place // _WEEK + 0.8) * height, width, height)

    def sizeHint(self) -> QSize:
        line = line_height(self)
        return QSize(line * 14, round(self._row_height() * 6.75))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and day is not None and self.is_offered(day):
            self.chosen.emit(day)
            self.entered.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event.position())
        if day != self._hovered:
            self._hovered = day
            self.setToolTip(self._in_words(day) if day is not None else "")
            self.update()

    def leaveEvent(self, _event: object) -> None:
        self._hovered = None
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._choose(self._selected + _STEPS[key] * _DAY)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif key == Qt.Key.Key_Home:
            self._choose(self._today)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.month_wanted.emit(month_beside(self._month, 1 if key == Qt.Key.Key_PageDown else -1))
        else:
            super().keyPressEvent(event)

    def _choose(self, day: date) -> None:
        if day <= self._today:
            self.chosen.emit(day)

    def _describe(self) -> None:
        self.setAccessibleDescription(self._in_words(self._selected))

    def _in_words(self, day: date) -> str:
        if day > self._today:
            return self.tr("{day}: yet to come").format(day=long_date(day))
        words = {
            NightState.JOLTS: self.tr("jolts"),
            NightState.NONE: self.tr("no jolts"),
            NightState.UNANSWERED: self.tr("recorded, jolts not answered"),
            NightState.NOT_RECORDED: self.tr("not recorded"),
        }
        return self.tr("{day}: {state}").format(day=long_date(day), state=words[self.state(day)])

    def _row_height(self) -> float:
        return line_height(self) * 1.85

    def _first_weekday(self) -> int:
        return QLocale().firstDayOfWeek().value - 1

    def _days(self) -> list[date]:
        last = month_beside(self._month, 1) - _DAY
        return [self._month.replace(day=number) for number in range(1, last.day + 1)]

    def _day_at(self, point: QPointF) -> date | None:
        return next((day for day in self._days() if self.cell(day).contains(point)), None)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_weekdays(painter)
        for day in self._days():
            self._paint_day(painter, day)
        paint_focus_ring(painter, self, QRectF(self.rect()), line_height(self) * 0.4)
        painter.end()

    def _paint_weekdays(self, painter: QPainter) -> None:
        painter.setFont(scaled_font(self, 0.92))
        painter.setPen(colour(self, theme.MUTED))
        width, height = self.width() / _WEEK, self._row_height() * 0.8
        for place in range(_WEEK):
            name = _weekday_letter((self._first_weekday() + place) % _WEEK + 1)
            painter.drawText(QRectF(place * width, 0, width, height), Qt.AlignmentFlag.AlignCenter, name)
        painter.setFont(self.font())

    def _paint_day(self, painter: QPainter, day: date) -> None:
        cell, line = self.cell(day), line_height(self)
        number = QRectF(cell.left(), cell.top(), cell.width(), line * 1.35)
        is_selected = day == self._selected
        if is_selected or (day == self._hovered and self.is_offered(day)):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(self, theme.ACCENT if is_selected else theme.RAISED))
            radius = line * 0.88
            painter.drawEllipse(cell.center(), radius, radius)
        if is_selected:
            ink = colour(self, theme.ON_ACCENT)
        elif self.is_offered(day):
            ink = colour(self, theme.TEXT)
        else:
            ink = colour(self, theme.MUTED, 0.45)
        painter.setPen(ink)
        painter.drawText(number, Qt.AlignmentFlag.AlignCenter, str(day.day))
        foot = QPointF(cell.center().x(), cell.top() + line * 1.5)
        paint_state(painter, self, foot, self.state(day), ink if is_selected else None)


def _weekday_letter(number: int) -> str:
    """The narrow name of a weekday; some locales have only a number for it."""
    narrow = QLocale().dayName(number, QLocale.FormatType.NarrowFormat)
    return narrow if narrow.isalpha() else QLocale().dayName(number, QLocale.FormatType.ShortFormat)[:1]


def month_beside(month: date, step: int) -> date:
    """The first day of the month `step` months on or back."""
    index = month.year * 12 + month.month - 1 + step
    return date(index // 12, index % 12 + 1, 1)
