"""Labels in the few sizes and colours that the program uses."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QBoxLayout, QLabel, QVBoxLayout, QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.widgets.painting import line_height, scaled_font


def label(
    text: str = "",
    role: theme.Role = theme.TEXT,
    size: float = 1.0,
    weight: QFont.Weight = QFont.Weight.Normal,
    parent: QWidget | None = None,
) -> QLabel:
    """A plain label; `size` is relative to the font."""
    result = QLabel(text, parent)
    result.setTextFormat(Qt.TextFormat.PlainText)
    result.setForegroundRole(role)
    if size != 1.0 or weight != QFont.Weight.Normal:
        result.setFont(scaled_font(result, size, weight))
    return result


def heading(text: str) -> QLabel:
    """The name of a group of controls on a card."""
    return label(text, theme.HEADING, 1.08, QFont.Weight.DemiBold)


def caption(text: str = "") -> QLabel:
    """The small line above or beside a control."""
    return label(text, theme.MUTED, 0.92)


def wrapped(text: str = "", role: theme.Role = theme.MUTED, size: float = 0.95) -> QLabel:
    """Text that wraps, to be read and not to be clicked."""
    result = QLabel(text)
    result.setTextFormat(Qt.TextFormat.PlainText)
    result.setForegroundRole(role)
    result.setFont(scaled_font(result, size))
    result.setWordWrap(True)
    return result


def labelled(column: QBoxLayout, words: str, control: QWidget, name: str = "") -> QLabel:
    """A caption over its control, joined for the keyboard and for screen readers."""
    title = caption(words)
    title.setBuddy(control)
    control.setAccessibleName(name or words.replace("&", ""))
    box = QVBoxLayout()
    box.setSpacing(round(line_height(control) * 0.2))
    box.addWidget(title)
    box.addWidget(control)
    column.addLayout(box)
    return title


class Paragraph(QLabel):
    """Centred text that wraps, with room kept for `lines` lines so that what is above never jumps."""

    def __init__(self, role: theme.Role, size: float, lines: int) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setForegroundRole(role)
        self.setFont(scaled_font(self, size))
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setMinimumHeight(QFontMetrics(self.font()).lineSpacing() * lines)
