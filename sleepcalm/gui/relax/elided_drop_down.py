"""A drop-down list for texts that can be wider than their column."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QWidget

from sleepcalm.gui.widgets.choices import DropDown
from sleepcalm.gui.widgets.painting import line_height

_LEAST_LINES = 5
_MOST_LINES = 16
"""Between these, in heights of a line, its column may be as narrow and its list as wide as there is room."""

_BESIDE_TEXT_LINES = 2.8
"""What the outline and the arrow take."""


class ElidedDropDown(DropDown):
    """As narrow as its column; its list is wider, and what is cut off stands in the tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.currentTextChanged.connect(self._tell_whole)

    def sizeHint(self) -> QSize:
        return super().sizeHint().boundedTo(QSize(line_height(self) * _MOST_LINES, line_height(self) * 5))

    def minimumSizeHint(self) -> QSize:
        return QSize(line_height(self) * _LEAST_LINES, self.sizeHint().height())

    def showPopup(self) -> None:
        room = self.window().width() - line_height(self)
        self.view().setMinimumWidth(min(super().sizeHint().width(), room))
        super().showPopup()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_whole()

    def _tell_whole(self) -> None:
        text = self.currentText()
        room = self.width() - round(line_height(self) * _BESIDE_TEXT_LINES)
        is_cut = QFontMetrics(self.font()).horizontalAdvance(text) > room
        self.setToolTip(escape(text) if is_cut else "")
