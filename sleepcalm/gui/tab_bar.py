"""The row of tabs along the top: words, and a line under the one that is open."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QCursor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QTabBar

from sleepcalm.gui import theme
from sleepcalm.gui.widgets.painting import colour, fill, line_height, paint_focus_ring, scaled_font


class QuietTabBar(QTabBar):
    """Tabs without boxes. Too many for the width scroll, as in any tab bar."""

    def __init__(self) -> None:
        super().__init__()
        self.setFont(scaled_font(self, 1.08))
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def tabSizeHint(self, index: int) -> QSize:
        line = line_height(self)
        text = QFontMetrics(self.font()).size(Qt.TextFlag.TextShowMnemonic, self.tabText(index))
        return QSize(text.width() + round(line * 2.2), round(line * 2.6))

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill(painter, QRect(0, self.height() - 1, self.width(), 1), colour(self, theme.RAISED))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index in range(self.count()):
            self._paint_tab(painter, index)
        painter.end()

    def _paint_tab(self, painter: QPainter, index: int) -> None:
        rect, is_open = self.tabRect(index), index == self.currentIndex()
        is_bright = is_open or (self.underMouse() and rect.contains(self.mapFromGlobal(QCursor.pos())))
        painter.setPen(colour(self, theme.TEXT if is_bright else theme.MUTED))
        painter.drawText(
            rect, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextShowMnemonic, self.tabText(index)
        )
        if is_open:
            fill(painter, QRect(rect.left(), rect.bottom() - 1, rect.width(), 2), colour(self, theme.ACCENT))
            paint_focus_ring(painter, self, QRectF(rect).adjusted(4, 4, -4, -6), line_height(self) * 0.4)
