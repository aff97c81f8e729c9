"""Buttons: painted icons for the player, outlined words and links for everything else."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.widgets.painting import blended, colour, line_height, outline_pen, paint_focus_ring

_CLICK_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class QuietButton(QPushButton):
    """A button that a click leaves without the focus, and whose keys are Enter only.

    Space and the arrows belong to the tab, whatever has the focus.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)  # the constructor's overloads would load all of QIcon
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _CLICK_KEYS:
            self.click()
        else:
            event.ignore()


class OutlinedButton(QuietButton):
    """Words in a rounded outline."""

    def sizeHint(self) -> QSize:
        line = line_height(self)
        text = QFontMetrics(self.font()).size(Qt.TextFlag.TextShowMnemonic, self.text())
        return QSize(text.width() + 2 * line, round(line * 1.9))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        radius = line_height(self) * 0.5
        raised = self.underMouse() or self.isDown() or self.isChecked()
        painter.setPen(outline_pen(self))
        painter.setBrush(colour(self, theme.RAISED if raised else theme.CARD))
        painter.drawRoundedRect(rect, radius, radius)
        painter.setPen(colour(self, theme.TEXT))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextShowMnemonic
        painter.drawText(self.rect(), flags, self.text())
        paint_focus_ring(painter, self, rect, radius)
        painter.end()


class IconButton(QuietButton):
    """A painted icon, filled with the accent if it is the `primary` one."""

    def __init__(self, icon: QPainterPath, name: str, *, primary: bool = False) -> None:
        super().__init__()
        self._icon = icon
        self._is_primary = primary
        self.setAccessibleName(name)
        self.setToolTip(name)

    def set_icon(self, icon: QPainterPath, name: str) -> None:
        """Show another icon under another name."""
        self._icon = icon
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.update()

    def sizeHint(self) -> QSize:
        line = line_height(self)
        return QSize(round(line * 4.8), round(line * 3)) if self._is_primary else QSize(line * 3, line * 3)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        rect = QRectF(self.rect())
        line = line_height(self)
        if self._is_primary:
            ground = colour(self, theme.ACCENT)
            if self.isDown() or not self.underMouse():
                ground = blended(ground, colour(self, theme.GROUND), 0.12 if self.isDown() else 0.04)
            painter.setBrush(ground)
            inner = rect.adjusted(4, 4, -4, -4)
            painter.drawRoundedRect(inner, inner.height() / 2, inner.height() / 2)
            ink, extent = colour(self, theme.ON_ACCENT), line * 0.62
        else:
            raised = self.underMouse() or self.isDown() or self.isChecked()
            ink, extent = colour(self, theme.TEXT if raised else theme.HEADING), line * 0.72
        painter.save()
        painter.translate(rect.center())
        painter.scale(extent, extent)
        painter.fillPath(self._icon, ink)
        painter.restore()
        paint_focus_ring(painter, self, rect, rect.height() / 2 if self._is_primary else line * 0.6)
        painter.end()


class LinkButton(QuietButton):
    """Words alone, for what is seldom needed."""

    def sizeHint(self) -> QSize:
        text = QFontMetrics(self.font()).size(Qt.TextFlag.TextShowMnemonic, self.text())
        return QSize(text.width() + line_height(self), round(line_height(self) * 1.5))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(colour(self, theme.TEXT if self.underMouse() else theme.CALM))
        painter.drawText(
            self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextShowMnemonic, self.text()
        )
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
