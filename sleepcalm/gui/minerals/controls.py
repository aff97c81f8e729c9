"""Small controls of this tab: a rounded text field, icon buttons, and Space as the key that presses."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QBoxLayout,
    QComboBox,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from sleepcalm.gui import theme
from sleepcalm.gui.widgets.buttons import LinkButton, OutlinedButton, QuietButton
from sleepcalm.gui.widgets.labels import caption
from sleepcalm.gui.widgets.painting import (
    blended,
    colour,
    line_height,
    outline_pen,
    paint_focus_ring,
    scaled_font,
)


class TextField(QLineEdit):
    """A line of text in a rounded outline."""

    def __init__(self, placeholder: str = "", width_lines: float = 8) -> None:
        super().__init__()
        self._width_lines = width_lines
        self.setPlaceholderText(placeholder)
        self.setFrame(False)
        palette = self.palette()
        palette.setColor(theme.CARD, QColor(0, 0, 0, 0))  # the outline below is the ground
        self.setPalette(palette)
        side = round(line_height(self) * 0.6)
        self.setTextMargins(side, 0, side, 0)

    def sizeHint(self) -> QSize:
        line = line_height(self)
        return QSize(round(line * self._width_lines), round(line * 1.9))

    def minimumSizeHint(self) -> QSize:
        return QSize(line_height(self) * 4, round(line_height(self) * 1.9))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect, radius = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), line_height(self) * 0.5
        painter.setPen(outline_pen(self))
        painter.setBrush(blended(colour(self, theme.RAISED), colour(self, theme.GROUND), 0.55))
        painter.drawRoundedRect(rect, radius, radius)
        paint_focus_ring(painter, self, rect, radius)
        painter.end()
        super().paintEvent(event)


class OutlinedIconButton(OutlinedButton):
    """An icon in the outline of the buttons with words."""

    def __init__(self, icon: QPainterPath, name: str) -> None:
        super().__init__()
        self._icon = icon
        self.setAccessibleName(name)
        self.setToolTip(name)

    def sizeHint(self) -> QSize:
        line = line_height(self)
        return QSize(round(line * 2.1), round(line * 1.9))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        _paint_icon(self, self._icon, theme.TEXT, 0.42)


class BareIconButton(QuietButton):
    """An icon alone, as high as a line of a list."""

    def __init__(self, icon: QPainterPath, name: str) -> None:
        super().__init__()
        self._icon = icon
        self.setAccessibleName(name)
        self.setToolTip(name)

    def sizeHint(self) -> QSize:
        line = line_height(self)
        return QSize(round(line * 1.8), round(line * 1.7))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        bright = self.underMouse() or self.hasFocus()
        _paint_icon(self, self._icon, theme.TEXT if bright else theme.MUTED, 0.5)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_focus_ring(painter, self, QRectF(self.rect()), line_height(self) * 0.4)
        painter.end()


class FlushLink(LinkButton):
    """A link whose words stand where the text above them does; the keyboard underlines it."""

    def sizeHint(self) -> QSize:
        wide = super().sizeHint()
        return QSize(wide.width() - line_height(self) + 4, wide.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        bright = self.underMouse() or self.hasFocus()
        painter.setPen(colour(self, theme.TEXT if bright else theme.CALM))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic
        painter.drawText(self.rect(), flags, self.text())
        if self.hasFocus():
            below = round((self.height() + line_height(self)) / 2) + 1
            painter.fillRect(0, below, self.width() - 4, 2, colour(self, theme.ACCENT))
        painter.end()


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


def wrapped(text: str = "", role: theme.Role = theme.MUTED, size: float = 0.95) -> QLabel:
    """Text that wraps, to be read and not to be clicked."""
    result = QLabel(text)
    result.setTextFormat(Qt.TextFormat.PlainText)
    result.setForegroundRole(role)
    result.setFont(scaled_font(result, size))
    result.setWordWrap(True)
    return result


def press_by_space(event: QKeyEvent) -> bool:
    """Let Space press what has the focus: the quiet buttons leave it to their tab. True if it did."""
    focused = QApplication.focusWidget()
    if event.key() != Qt.Key.Key_Space or event.modifiers() or event.isAutoRepeat():
        return False
    if isinstance(focused, QAbstractButton):
        focused.click()
        return True
    if isinstance(focused, QComboBox):
        focused.showPopup()
        return True
    return False


def _paint_icon(widget: QWidget, icon: QPainterPath, role: theme.Role, extent_lines: float) -> None:
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    extent = line_height(widget) * extent_lines
    painter.translate(QRectF(widget.rect()).center())
    painter.scale(extent, extent)
    painter.fillPath(icon, colour(widget, role))
    painter.end()
