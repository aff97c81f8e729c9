"""A rounded word that stands for an answer: given, blank, or offered."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton

from sleepcalm.gui import theme
from sleepcalm.gui.widgets.painting import colour, line_height, outline_pen, paint_focus_ring


class Look(Enum):
    """An answer that is recorded stands out; one that is blank is muted; an offer is faint and dashed."""

    RECORDED = "recorded"
    BLANK = "blank"
    OFFERED = "offered"


class Chip(QPushButton):
    """A button of the size of its words; Space and Enter press it."""

    def __init__(self, text: str = "", look: Look = Look.BLANK) -> None:
        super().__init__(text)
        self._look = look
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    @property
    def look(self) -> Look:
        return self._look

    def show_answer(self, text: str, look: Look, accessible_name: str) -> None:
        """Show an answer in its words. `accessible_name` also says whether it is recorded."""
        self._look = look
        if text != self.text():
            self.setText(text)
            self.updateGeometry()
        self.setAccessibleName(accessible_name)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        line = line_height(self)
        width = QFontMetrics(self.font()).horizontalAdvance(self.text())
        return QSize(width + round(line * 1.5), round(line * 1.9))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = line_height(self)
        rect, radius = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), line * 0.55
        pen = outline_pen(self)
        if self._look is Look.OFFERED:
            pen = QPen(colour(self, theme.MUTED, 0.6), 1, Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([3, 3])
        painter.setPen(pen)
        raised = self.underMouse() or self.isDown() or self.isChecked()
        painter.setBrush(colour(self, theme.RAISED if raised else theme.CARD))
        painter.drawRoundedRect(rect, radius, radius)
        is_bright = self._look is Look.RECORDED or raised
        painter.setPen(colour(self, theme.TEXT if is_bright else theme.MUTED))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        paint_focus_ring(painter, self, rect, radius)
        painter.end()
