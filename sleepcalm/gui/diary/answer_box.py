"""A box for yes, no, and not recorded."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton

from sleepcalm.gui import theme
from sleepcalm.gui.diary.options import CLEAR_KEYS
from sleepcalm.gui.widgets.painting import colour, line_height, paint_answer_box, paint_focus_ring


class AnswerBox(QAbstractButton):
    """Yes, no, or not recorded: a click goes from blank to yes to no and back to blank.

    Space does the same; Y and N answer directly, and Backspace makes it blank.
    """

    changed = Signal(object)

    def __init__(self, text: str, title: str = "") -> None:
        super().__init__()
        self._value: bool | None = None
        self._title = title or text
        self.setText(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(self._next)
        self._name()

    @property
    def value(self) -> bool | None:
        return self._value

    def shown_text(self) -> str:
        """The words beside the box; a no is written out, as a crossed box alone may be taken for a yes."""
        return self._with_no() if self._value is False else self.text()

    def _with_no(self) -> str:
        return self.tr("{question}: no").format(question=self.text())

    def set_value(self, value: bool | None, *, anew: bool = False) -> None:  # noqa: ARG002 - as the fields have it
        """Show `value` without a signal."""
        if value != self._value:
            self._value = value
            self._name()
            self.update()

    def _next(self) -> None:
        self._answer({None: True, True: False, False: None}[self._value])

    def _answer(self, value: bool | None) -> None:
        if value != self._value:
            self.set_value(value)
            self.changed.emit(value)

    def _name(self) -> None:
        words = {None: self.tr("not recorded"), True: self.tr("yes"), False: self.tr("no")}
        self.setAccessibleName(f"{self._title}: {words[self._value]}")
        self.setToolTip(self.tr("Click for yes, again for no, and again to leave it blank"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Y:
            self._answer(True)
        elif key == Qt.Key.Key_N:
            self._answer(False)
        elif key in CLEAR_KEYS:
            self._answer(None)
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        line = line_height(self)
        width = QFontMetrics(self.font()).horizontalAdvance(self._with_no())  # a no moves nothing
        return QSize(width + round(line * 1.9), round(line * 1.7))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = line_height(self)
        side = line * 0.95
        box = QRectF(4.5, (self.height() - side) / 2, side, side)
        paint_answer_box(painter, self, box, self._value)
        painter.setPen(colour(self, theme.MUTED if self._value is False else theme.TEXT))
        text = self.rect().adjusted(round(line * 1.65), 0, 0, 0)
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.shown_text())
        paint_focus_ring(painter, self, QRectF(self.rect()), line * 0.4)
        painter.end()
