"""The remarks about a day, each a calm sentence with a line beside it; nothing is red."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.widgets.labels import wrapped
from sleepcalm.gui.widgets.painting import colour, line_height
from sleepcalm.minerals.notes import Note, Severity, note_text


class _Line(QWidget):
    """A sentence; the line at its left is in the accent colour where it matters more."""

    def __init__(self, text: str, *, is_warning: bool) -> None:
        super().__init__()
        self._is_warning = is_warning
        row = QHBoxLayout(self)
        row.setContentsMargins(round(line_height(self) * 0.7), 0, 0, 0)
        self.words: QLabel = wrapped(text, theme.TEXT if is_warning else theme.MUTED)
        row.addWidget(self.words)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(self, theme.ACCENT if self._is_warning else theme.FIGURE))
        painter.drawRoundedRect(QRectF(0, 1, 3, self.height() - 2), 1.5, 1.5)
        painter.end()


class NotesBox(QWidget):
    """Shows sentences, those that matter more first."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(round(line_height(self) * 0.45))
        self._shown: list[tuple[str, bool]] = []
        self._lines: list[_Line] = []
        self.hide()

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(text for text, _is_warning in self._shown)

    def show_notes(self, notes: Iterable[Note]) -> None:
        self.show_sentences([(note_text(note), note.severity is Severity.WARNING) for note in notes])

    def show_sentences(self, sentences: list[tuple[str, bool]]) -> None:
        """Each with whether it is a warning."""
        if sentences == self._shown:
            return
        self._shown = sentences
        for line in self._lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [_Line(text, is_warning=is_warning) for text, is_warning in sentences]
        for line in self._lines:
            self._column.addWidget(line)
        self.setVisible(bool(sentences))
