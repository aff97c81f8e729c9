"""The frame of the Relax tab's small windows in which every change counts at once."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.widgets.buttons import OutlinedButton
from sleepcalm.gui.widgets.keys import close_all_by_ctrl_q
from sleepcalm.gui.widgets.painting import colour, line_height
from sleepcalm.gui.widgets.scroll import QuietScrollArea


class ScrolledDialog(QDialog):
    """Content that scrolls where the window below is too low for it, and a button that closes. Neither the
    window nor the screen is smaller than it."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        close_all_by_ctrl_q(self)
        self.setWindowTitle(title)
        line = line_height(self)
        below, screen = parent.window().size(), self.screen().availableSize()
        self._room = (below - QSize(line, line)).boundedTo(screen)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setBrush(colour(self, theme.CARD))
        painter.setPen(colour(self, theme.LINE))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def has_room_for(self, width_lines: float) -> bool:
        """Whether content can be that many heights of a line wide."""
        return self._room.width() >= line_height(self) * width_lines

    def show_content(self, content: QWidget, width_lines: float) -> None:
        """Take up the content; `width_lines` are heights of a line. Call it once."""
        line = line_height(self)
        done = OutlinedButton(self.tr("Done"))
        done.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(line, line, round(line * 0.5), line)
        column.setSpacing(round(line * 0.8))
        column.addWidget(QuietScrollArea(content), 1)
        column.addWidget(done, 0, Qt.AlignmentFlag.AlignHCenter)
        height = content.sizeHint().height() + done.sizeHint().height() + round(line * 3.2)
        self.resize(QSize(round(line * width_lines), height).boundedTo(self._room))
