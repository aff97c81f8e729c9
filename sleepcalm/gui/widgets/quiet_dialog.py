"""The frame of this tab's small windows: content that scrolls, and a row of buttons."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.widgets.buttons import LinkButton, OutlinedButton
from sleepcalm.gui.widgets.keys import close_all_by_ctrl_q, press_by_space
from sleepcalm.gui.widgets.labels import wrapped
from sleepcalm.gui.widgets.painting import colour, line_height
from sleepcalm.gui.widgets.scroll import QuietScrollArea


class QuietDialog(QDialog):
    """Enter accepts, Escape gives up. A subclass fills `column`, and `foot` with what never scrolls out of
    sight, and overrides `_finish`."""

    def __init__(self, title: str, accept_words: str, parent: QWidget, *, can_cancel: bool = True) -> None:
        super().__init__(parent)
        close_all_by_ctrl_q(self)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        line = line_height(self)
        self.problem = wrapped(role=theme.ACCENT)
        self.problem.hide()
        self.done_button = OutlinedButton(accept_words)
        self.done_button.clicked.connect(self._finish)
        self._content = QWidget()
        self.column = QVBoxLayout(self._content)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(round(line * 0.7))
        self.area = QuietScrollArea(self._content)
        buttons = QHBoxLayout()
        buttons.setSpacing(line)
        buttons.addStretch(1)
        if can_cancel:
            cancel = LinkButton(self.tr("Cancel"))
            cancel.clicked.connect(self.reject)
            buttons.addWidget(cancel)
        buttons.addWidget(self.done_button)
        self.foot = QVBoxLayout()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(round(line * 1.2), round(line * 1.2), round(line * 0.6), line)
        outer.setSpacing(round(line * 0.6))
        outer.addWidget(self.area, 1)
        outer.addLayout(self.foot)
        outer.addWidget(self.problem)
        outer.addLayout(buttons)

    def show_problem(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def sizeHint(self) -> QSize:
        """As large as the content, and never larger than the window it belongs to."""
        line = line_height(self)
        width = line * 27
        inner = width - round(line * 1.8) - self.area.verticalScrollBar().sizeHint().width()
        height = max(self.column.totalHeightForWidth(inner), self._content.sizeHint().height())
        height += max(self.foot.totalHeightForWidth(width - round(line * 1.8)), 0)
        wanted = QSize(width, height + line * 6)
        parent = self.parentWidget()
        return wanted if parent is None else wanted.boundedTo(parent.window().size() - QSize(line, line))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(self, theme.CARD))
        painter.setPen(colour(self, theme.LINE))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt would leave a third of the screen free, and the last fields out of sight."""
        if not event.spontaneous():
            self.resize(self.sizeHint().boundedTo(self.screen().availableSize()))
        super().showEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._finish()
        elif not press_by_space(event):
            super().keyPressEvent(event)

    def _finish(self) -> None:
        self.accept()
