"""A row of words of which one or none is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QRadioButton, QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.widgets.painting import colour, line_height, outline_pen

CLEAR_KEYS = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)


class _Cell(QRadioButton):
    """One word of an OptionRow."""

    def __init__(self, text: str, row: OptionRow) -> None:
        super().__init__(text)
        self._row = row
        self.is_hinted = False
        self.is_first = self.is_last = False
        self.setAutoExclusive(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        line = line_height(self)
        width = QFontMetrics(self.font()).horizontalAdvance(self.text())
        return QSize(max(width + round(line * 1.3), round(line * 1.7)), round(line * 1.9))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, _position: object) -> bool:
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._row.take_key(self, event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._row.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if QApplication.focusWidget() not in self._row.cells:
            self._row.forget_digits()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = line_height(self)
        rect = QRectF(self.rect()).adjusted(0, 0.5, 0, -0.5)
        if self.isChecked() or self.underMouse() or self.is_hinted:
            ground = colour(self, theme.ACCENT if self.isChecked() else theme.RAISED)
            painter.fillPath(self._shape(rect, line * 0.5), ground)
        painter.setPen(colour(self, theme.ON_ACCENT if self.isChecked() else theme.TEXT))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            role = theme.ON_ACCENT if self.isChecked() else theme.ACCENT
            painter.setPen(QPen(colour(self, role), 1.6))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(3, 3, -3, -3), line * 0.35, line * 0.35)
        painter.end()

    def _shape(self, rect: QRectF, radius: float) -> QPainterPath:
        """The cell, with round corners where the row ends."""
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        path.addRoundedRect(rect, radius, radius)
        if not self.is_first:
            path.addRect(QRectF(rect.left(), rect.top(), radius, rect.height()))
        if not self.is_last:
            path.addRect(QRectF(rect.right() - radius, rect.top(), radius, rect.height()))
        return path.simplified()


class OptionRow(QWidget):
    """Joined words of which one or none is chosen; choosing it again makes the answer blank.

    One stop for Tab. Arrows choose the next, a digit chooses by number, Backspace makes it blank.
    """

    changed = Signal(object)

    def __init__(self, options: Sequence[tuple[Any, str, str]], title: str) -> None:
        """`options` are the value, its word, and the digits that choose it."""
        super().__init__()
        self.setAccessibleName(title)
        self._value: Any = None
        self._typed = ""
        self._values = [value for value, _word, _keys in options]
        self._keys = {key: value for value, _word, keys in options for key in keys.split()}
        self.cells = [_Cell(word, self) for _value, word, _keys in options]
        self.cells[0].is_first = self.cells[-1].is_last = True
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for place, cell in enumerate(self.cells):
            cell.setAccessibleName(f"{title}: {cell.text()}")
            cell.clicked.connect(lambda _checked=False, place=place: self._click(place))
            row.addWidget(cell)
        self._show()

    @property
    def value(self) -> Any:
        return self._value

    def set_value(self, value: Any, *, anew: bool = False) -> None:  # noqa: ARG002 - as the fields have it
        """Show `value` as chosen, without a signal; None chooses nothing."""
        if value != self._value:
            self._value = value
            self._show()

    def hint(self, value: Any) -> None:
        """Let one word stand out a little: what another control says lies in it."""
        for option, cell in zip(self._values, self.cells, strict=True):
            cell.is_hinted = value is not None and option == value
            cell.update()

    def take_key(self, cell: QWidget, event: QKeyEvent) -> bool:
        """A key pressed on one of the cells; gives whether the row had a use for it."""
        place = self.cells.index(cell)  # type: ignore[arg-type]
        key = event.key()
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(key))
        if step is not None:
            wanted = place if self._value is None else min(max(place + step, 0), len(self.cells) - 1)
            self._choose(self._values[wanted])
        elif key in CLEAR_KEYS:
            self._choose(None)
        elif event.text().isdigit():
            self._type(event.text())
        else:
            return False
        return True

    def forget_digits(self) -> None:
        self._typed = ""
        self.update()

    def _type(self, digit: str) -> None:
        """10 is typed as 1 and 0; a digit that leads nowhere begins anew."""
        self._typed = self._typed + digit if self._typed + digit in self._keys else digit
        if self._typed in self._keys:
            self._choose(self._keys[self._typed])

    def _click(self, place: int) -> None:
        value = self._values[place]
        self._choose(None if value == self._value else value)

    def _choose(self, value: Any) -> None:
        had_focus = any(cell.hasFocus() for cell in self.cells)
        is_new = value != self._value
        self._value = value
        self._show()
        if had_focus:
            self._stop().setFocus()
        if is_new:
            self.changed.emit(value)

    def _stop(self) -> _Cell:
        """The cell at which Tab stops."""
        return self.cells[self._values.index(self._value) if self._value in self._values else 0]

    def _show(self) -> None:
        stop = self._stop()
        for value, cell in zip(self._values, self.cells, strict=True):
            cell.setChecked(value == self._value and self._value is not None)
            cell.setFocusPolicy(Qt.FocusPolicy.TabFocus if cell is stop else Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(stop)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(outline_pen(self))
        last = self.cells[-1].geometry()
        rect = QRectF(0.5, 0.5, last.right(), self.height() - 1)
        radius = line_height(self) * 0.5
        painter.setBrush(colour(self, theme.GROUND, 0.45))
        painter.drawRoundedRect(rect, radius, radius)
        for cell in self.cells[1:]:
            x = cell.x() + 0.5
            painter.drawLine(QPointF(x, 1), QPointF(x, self.height() - 1))
        painter.end()
