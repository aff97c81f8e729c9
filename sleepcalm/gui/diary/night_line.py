"""The drawn night: bed, lights out, asleep, awake, up, to be taken hold of and moved."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent

from sleepcalm.diary.entry import Entry
from sleepcalm.gui.diary.night_axis import NightAxis, night_axis
from sleepcalm.gui.diary.night_drawing import NightDrawing
from sleepcalm.gui.diary.wording import line_text, time_name
from sleepcalm.gui.widgets.painting import line_height

SNAP_MIN = 5
"""The mouse and the arrows go by this much; with Shift by one minute."""

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class NightLine(NightDrawing):
    """Left and right move the mark in hand, up and down take up another, Backspace makes it blank.

    `moving` and `moved` carry the name of a mark and its moment in UTC, the first while the mouse still
    holds it; `cleared` carries a name. A mark that is not recorded waits as a ring, faint: pressing or
    moving it records it.
    """

    moving = Signal(str, object)
    moved = Signal(str, object)
    cleared = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Night line"))

    @property
    def in_hand(self) -> str:
        """The mark that the keys move."""
        return self._in_hand

    def show_night(self, entry: Entry, previous: Entry | None, practice_end: datetime | None) -> None:
        """Show a night; marks not set wait where `previous` had them."""
        axis = night_axis(entry, previous)
        if self._dragged is not None:
            # The line stands still under the mouse.
            axis = NightAxis(axis.marks, self._axis.first, self._axis.last)
        self._entry, self._axis, self._practice_end = entry, axis, practice_end
        if axis.mark(self._in_hand) is None:
            self._in_hand = axis.marks[0].name
        self._describe()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        name = self._nearest(event.position())
        if event.button() is Qt.MouseButton.LeftButton and name is not None:
            self._dragged = self._in_hand = name
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._describe()
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None:
            moment = self._moment_at(event)
            self.moving.emit(self._dragged, self._limited(self._dragged, moment))
        else:
            hovered = self._nearest(event.position())
            if hovered != self._hovered:
                self._hovered = hovered
                self.setCursor(
                    Qt.CursorShape.SizeHorCursor if hovered is not None else Qt.CursorShape.ArrowCursor
                )
                self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        if self._dragged is not None:
            name, self._dragged = self._dragged, None
            mark = self._axis.mark(name)
            if mark is not None:
                self.moved.emit(name, mark.at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, names = Qt.Key(event.key()), [mark.name for mark in self._axis.marks]
        place = names.index(self._in_hand)
        if key in _STEPS:
            minutes = 1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else SNAP_MIN
            self._move_by(timedelta(minutes=_STEPS[key] * minutes))
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            place += 1 if key == Qt.Key.Key_Down else -1
            self._in_hand = names[min(max(place, 0), len(names) - 1)]
            self._describe()
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._move_by(timedelta(0))
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.cleared.emit(self._in_hand)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def _move_by(self, step: timedelta) -> None:
        mark = self._axis.mark(self._in_hand)
        if mark is not None:
            # The first step takes hold of a mark where it waits; only the next ones move it.
            self.moved.emit(mark.name, mark.at if mark.is_ghost else self._limited(mark.name, mark.at + step))

    def _limited(self, name: str, moment: datetime) -> datetime:
        low, high = self._axis.limits(name)
        if low is not None:
            moment = max(moment, low)
        return moment if high is None else min(moment, high)

    def _moment_at(self, event: QMouseEvent) -> datetime:
        left, right = self._ends()
        share = min(max((event.position().x() - left) / max(right - left, 1), 0.0), 1.0)
        minutes = share * ((self._axis.last - self._axis.first) / timedelta(minutes=1))
        snap = 1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else SNAP_MIN
        return self._axis.first + timedelta(minutes=round(minutes / snap) * snap)

    def _nearest(self, point: QPointF) -> str | None:
        """The mark under the pointer. Of marks on one spot, the first that is still to be set."""
        reach = line_height(self) * 0.7
        near = [
            (abs(self.x_of(mark.at) - point.x()), not mark.is_ghost, mark.name)
            for mark in self._axis.marks
            if abs(self.x_of(mark.at) - point.x()) <= reach
        ]
        if not near or abs(point.y() - self._bar().center().y()) > line_height(self):
            return None
        return min(near)[2]

    def _describe(self) -> None:
        mark = self._axis.mark(self._in_hand)
        text = line_text(self._entry) + "."
        if mark is not None:
            state = self.tr("not recorded, waits at") if mark.is_ghost else self.tr("at")
            text += self.tr(" In hand: {mark}, {state} {time}. Left and right move it.").format(
                mark=time_name(mark.name), state=state, time=self._clock(mark)
            )
        if text != self.accessibleDescription():
            self.setAccessibleDescription(text)
