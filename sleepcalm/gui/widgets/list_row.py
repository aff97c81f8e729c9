"""A painted row of a list in which one row is checked, and how the keys lead through such a list."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QRadioButton

from sleepcalm.gui import theme
from sleepcalm.gui.widgets.painting import colour, line_height


class ListRow(QRadioButton):
    """It answers a click anywhere on it; which row is checked, and what keys mean, the list decides."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setAutoExclusive(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_checked(self, *, is_checked: bool) -> None:
        """Check it or not, without a signal of its list. Tab leads to the row that is checked."""
        self.setChecked(is_checked)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if is_checked else Qt.FocusPolicy.NoFocus)

    def nextCheckState(self) -> None:
        """Not by itself."""

    def hitButton(self, _position: object) -> bool:
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    def paint_ground(self, painter: QPainter) -> None:
        """What lies under the words: whether the row is checked, under the mouse, or has the keyboard."""
        radius = line_height(self) * 0.5
        ground = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(self, theme.RAISED, 1.0 if self.isChecked() else 0.5))
            painter.drawRoundedRect(ground, radius, radius)
        if self.hasFocus():
            painter.setPen(QPen(colour(self, theme.ACCENT), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ground, radius, radius)


def place_after(key: int, place: int, count: int) -> int | None:
    """Where a key leads from the row at `place` of `count`; None if it leads nowhere."""
    targets: dict[int, int] = {
        Qt.Key.Key_Up: max(place - 1, 0),
        Qt.Key.Key_Down: min(place + 1, count - 1),
        Qt.Key.Key_Home: 0,
        Qt.Key.Key_End: count - 1,
    }
    return targets.get(key)
