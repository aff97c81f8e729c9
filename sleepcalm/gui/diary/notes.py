"""A few lines for anything else."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRectF, QSize, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QVBoxLayout, QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.diary.fields import TAKEN_AFTER_MS
from sleepcalm.gui.widgets.painting import colour, line_height, outline_pen

LONGEST = 20_000
"""As many characters as an entry keeps."""


class NotesField(QWidget):
    """Taken when the keys rest. Tab leaves it."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.text = QPlainTextEdit()
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText(self.tr("anything worth remembering"))
        self.text.setAccessibleName(self.tr("Notes"))
        bare = QPalette()
        bare.setColor(QPalette.ColorRole.Base, QColor(0, 0, 0, 0))
        self.text.setPalette(bare)
        self.text.viewport().setAutoFillBackground(False)
        self._value: str | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(TAKEN_AFTER_MS)
        self._rest.timeout.connect(self.flush)
        self._is_showing = False
        inset = round(line_height(self) * 0.4)
        column = QVBoxLayout(self)
        column.setContentsMargins(inset, inset // 2, inset, inset // 2)
        column.addWidget(self.text)
        self.setFocusProxy(self.text)
        self.text.textChanged.connect(self._type)
        self.text.installEventFilter(self)

    def set_value(self, value: Any, *, anew: bool = False) -> None:
        """Show a text without a signal; what is being typed stays, unless all is shown `anew`."""
        if not anew and (self._rest.isActive() or self.text.hasFocus()):
            return
        self._rest.stop()
        self._value = value
        if self.text.toPlainText() != (value or ""):
            self._is_showing = True
            self.text.setPlainText(value or "")
            self._is_showing = False

    def flush(self) -> None:
        """Take what is typed now."""
        self._rest.stop()
        value = self.text.toPlainText()[:LONGEST] or None
        if value != (self._value or None):
            self._value = value
            self.changed.emit(value)

    def sizeHint(self) -> QSize:
        line = line_height(self)
        return QSize(line * 20, round(line * 4.2))

    def eventFilter(self, watched: object, event: object) -> bool:
        if isinstance(event, QFocusEvent):
            if event.lostFocus():
                self.flush()
            self.update()
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    def _type(self) -> None:
        if not self._is_showing:
            self._rest.start()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect, radius = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), line_height(self) * 0.5
        painter.setPen(outline_pen(self))
        painter.setBrush(colour(self, theme.GROUND, 0.45))
        painter.drawRoundedRect(rect, radius, radius)
        if self.text.hasFocus():
            painter.setPen(QPen(colour(self, theme.ACCENT), 2))
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.end()
