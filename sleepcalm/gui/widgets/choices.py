"""Controls that choose: a check box, a drop-down list, and segments of which one is on."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QRadioButton, QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.widgets.painting import (
    colour,
    line_height,
    outline_pen,
    paint_answer_box,
    paint_focus_ring,
)


class TickBox(QCheckBox):
    """A check box, the one control for which Space keeps its usual meaning."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        line = line_height(self)
        text = QFontMetrics(self.font()).size(Qt.TextFlag.TextShowMnemonic, self.text())
        return QSize(text.width() + round(line * 1.9), max(round(line * 1.7), text.height() + 8))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, _position: object) -> bool:
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = line_height(self)
        side = line * 0.95
        box = QRectF(4.5, (self.height() - side) / 2, side, side)
        paint_answer_box(painter, self, box, True if self.isChecked() else None)
        painter.setPen(colour(self, theme.TEXT))
        text = self.rect().adjusted(round(line * 1.65), 0, 0, 0)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextShowMnemonic
        painter.drawText(text, flags, self.text())
        paint_focus_ring(painter, self, QRectF(self.rect()), line * 0.4)
        painter.end()


class DropDown(QComboBox):
    """A drop-down list that shows its choice in a rounded outline and ignores the wheel."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        line = line_height(self)
        metrics = QFontMetrics(self.font())
        widest = max((metrics.horizontalAdvance(self.itemText(i)) for i in range(self.count())), default=0)
        return QSize(widest + line * 3, round(line * 1.9))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down choose; Enter opens the list; Space and the other arrows are left to the tab."""
        is_command = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if is_command or event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Space):
            event.ignore()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.showPopup()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = line_height(self)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(outline_pen(self))
        painter.setBrush(colour(self, theme.RAISED if self.underMouse() else theme.CARD))
        painter.drawRoundedRect(rect, line * 0.5, line * 0.5)
        painter.setPen(colour(self, theme.TEXT))
        text = self.rect().adjusted(round(line * 0.8), 0, -line * 2, 0)
        words = painter.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, text.width()
        )
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        x, y, reach = rect.right() - line * 1.1, rect.center().y(), line * 0.26
        painter.setPen(QPen(colour(self, theme.MUTED), 1.6))
        painter.drawPolyline(
            QPolygonF(
                [
                    QPointF(x - reach, y - reach / 2),
                    QPointF(x, y + reach / 2),
                    QPointF(x + reach, y - reach / 2),
                ]
            )
        )
        paint_focus_ring(painter, self, QRectF(self.rect()), line * 0.5)
        painter.end()


class _Segment(QRadioButton):
    """One of the parts of Segments, which decides what is chosen."""

    def __init__(self, text: str, value: str) -> None:
        super().__init__(text)
        self.value = value
        self.setAutoExclusive(False)

    def nextCheckState(self) -> None:
        """A click alone changes nothing: Segments does."""

    def sizeHint(self) -> QSize:
        line = line_height(self)
        return QSize(QFontMetrics(self.font()).horizontalAdvance(self.text()) + line * 2, round(line * 1.9))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    def hitButton(self, _position: object) -> bool:
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        radius = line_height(self) * 0.5
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(self, theme.ACCENT))
        else:
            painter.setPen(outline_pen(self))
            painter.setBrush(colour(self, theme.CARD))
        painter.drawRoundedRect(rect, radius, radius)
        painter.setPen(colour(self, theme.ON_ACCENT if self.isChecked() else theme.TEXT))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        ring = theme.ON_ACCENT if self.isChecked() else theme.ACCENT
        paint_focus_ring(painter, self, rect.adjusted(2, 2, -2, -2), radius * 0.8, ring)
        painter.end()


class Segments(QWidget):
    """A row of words of which exactly one is chosen; the arrow keys go from one to the next."""

    chosen = Signal(str)

    def __init__(self, names: Mapping[str, str], accessible_name: str) -> None:
        """`names` maps each value to the word shown for it."""
        super().__init__()
        self.setAccessibleName(accessible_name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(round(line_height(self) * 0.4))
        self._segments = [_Segment(word, value) for value, word in names.items()]
        for segment in self._segments:
            segment.setAccessibleName(f"{accessible_name}: {segment.text()}")
            segment.clicked.connect(lambda _checked=False, value=segment.value: self._choose(value))
            row.addWidget(segment)

    @property
    def value(self) -> str:
        return next((segment.value for segment in self._segments if segment.isChecked()), "")

    def set_value(self, value: str) -> None:
        """Show `value` as chosen, without a signal. Tab leads to it."""
        for segment in self._segments:
            is_chosen = segment.value == value
            segment.setChecked(is_chosen)
            segment.setFocusPolicy(Qt.FocusPolicy.TabFocus if is_chosen else Qt.FocusPolicy.NoFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps: dict[int, int] = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Down: 1,
        }
        if event.key() not in steps:
            event.ignore()
            return
        values = [segment.value for segment in self._segments]
        place = min(max(values.index(self.value) + steps[event.key()], 0), len(values) - 1)
        self._segments[place].setFocus()
        self._choose(values[place])

    def _choose(self, value: str) -> None:
        if value != self.value:
            self.set_value(value)
            self.chosen.emit(value)
