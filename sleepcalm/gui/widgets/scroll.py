"""A scroll area without a frame and with a thin bar, for cards that can be too low for their content."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QScrollBar, QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.widgets.painting import colour, fill, line_height

GUTTER = 0.6
"""The width of the bar in heights of a line."""

EDGE = 1.5
"""The height of a soft edge, likewise."""


class ThinScrollBar(QScrollBar):
    """Shows its handle only, on `ground`, whatever it lies on."""

    def __init__(
        self, orientation: Qt.Orientation = Qt.Orientation.Vertical, ground: theme.Role = theme.CARD
    ) -> None:
        super().__init__(orientation)
        self._ground = ground
        self._is_exact = False
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, on=False)

    def sizeHint(self) -> QSize:
        across, along = round(line_height(self) * GUTTER), line_height(self) * 4
        return QSize(across, along) if self._is_upright() else QSize(along, across)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill(painter, self.rect(), colour(self, self._ground))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.maximum() > self.minimum():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(self, theme.FIGURE))
            left, top = (self.width() * 0.4, 0) if self._is_upright() else (0, self.height() * 0.4)
            rect = QRectF(self._handle()).adjusted(left, top, 0, 0)
            radius = min(rect.width(), rect.height()) / 2
            painter.drawRoundedRect(rect, radius, radius)
        painter.end()

    def enterEvent(self, event: QEnterEvent) -> None:
        """The handle is where the style will look for it when the mouse takes hold of it."""
        self._is_exact = True
        self.update()
        super().enterEvent(event)

    def _is_upright(self) -> bool:
        return self.orientation() is Qt.Orientation.Vertical

    def _handle(self) -> QRect:
        return self._styled_handle() if self._is_exact else self._shown_handle()

    def _shown_handle(self) -> QRect:
        """The part that is in sight. Asking the style needs classes that take 10 ms to load."""
        along = self.height() if self._is_upright() else self.width()
        whole = self.maximum() - self.minimum() + self.pageStep()
        start = round(along * (self.value() - self.minimum()) / whole)
        length = round(along * self.pageStep() / whole)
        return (
            QRect(0, start, self.width(), length)
            if self._is_upright()
            else QRect(start, 0, length, self.height())
        )

    def _styled_handle(self) -> QRect:
        from PySide6.QtWidgets import QStyle, QStyleOptionSlider  # noqa: PLC0415 - slow, and seldom needed

        option = QStyleOptionSlider()
        self.initStyleOption(option)
        return self.style().subControlRect(
            QStyle.ComplexControl.CC_ScrollBar, option, QStyle.SubControl.SC_ScrollBarSlider, self
        )


class _SoftEdge(QWidget):
    """Lets what is cut off at an edge of a scroll area fade out, so that it is seen to go on there.

    The painter's gradients would do the same, but take 10 ms to load.
    """

    def __init__(self, area: QScrollArea, content: QWidget, *, is_lower: bool) -> None:
        super().__init__(area)
        self._content = content
        self._is_lower = is_lower
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def place(self, over: QRect) -> None:
        """Lie on the edge of `over`."""
        height = min(round(line_height(self) * EDGE), over.height() // 4)
        top = over.bottom() + 1 - height if self._is_lower else over.top()
        self.setGeometry(over.left(), top, over.width(), height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, ink = QPainter(self), colour(self, self._content.backgroundRole())
        for y in range(self.height()):
            share = (y + 1) / self.height()
            ink.setAlphaF(share if self._is_lower else 1 - share)
            fill(painter, QRect(0, y, self.width(), 1), ink)
        painter.end()


class QuietScrollArea(QScrollArea):
    """Scrolls upright only. The room for the bar is always kept, so that nothing shifts when it appears."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBar(ThinScrollBar())
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setWidget(content)
        self._content = content
        self._shows_all = False
        content.setBackgroundRole(theme.CARD)
        content.setAutoFillBackground(True)
        self._edges = _SoftEdge(self, content, is_lower=False), _SoftEdge(self, content, is_lower=True)
        self.verticalScrollBar().valueChanged.connect(self._show_edges)
        self.verticalScrollBar().rangeChanged.connect(self._show_edges)
        self._show_edges()

    def show_all(self, *, shows_all: bool) -> None:
        """Ask for all the height that the content needs: what holds this one scrolls then."""
        self._shows_all = shows_all
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return self._shows_all

    def heightForWidth(self, width: int) -> int:
        content, inner = self._content, width - self.verticalScrollBar().sizeHint().width()
        wanted = content.heightForWidth(inner) if content.hasHeightForWidth() else content.sizeHint().height()
        return max(wanted, content.minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # What is beside the bar is the viewport; to ask for that one takes 15 ms the first time.
        room = self.width() - self.verticalScrollBar().sizeHint().width()
        for edge in self._edges:
            edge.place(QRect(0, 0, room, self.height()))

    def _show_edges(self) -> None:
        bar, (upper, lower) = self.verticalScrollBar(), self._edges
        upper.setVisible(bar.value() > bar.minimum())
        lower.setVisible(bar.value() < bar.maximum())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows that a control had no use for are not for scrolling either: the tab has them."""
        if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def sizeHint(self) -> QSize:
        content = self._content.sizeHint()
        return QSize(content.width() + self.verticalScrollBar().sizeHint().width(), content.height())

    def minimumSizeHint(self) -> QSize:
        width = self._content.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(width, line_height(self) * 8)


def lay_on_ground(area: QuietScrollArea, content: QWidget) -> None:
    """Between cards the scroll area shows the ground of the window, and so does its bar."""
    content.setBackgroundRole(theme.GROUND)
    bar = area.verticalScrollBar()
    palette = QPalette(bar.palette())
    palette.setColor(theme.CARD, palette.color(theme.GROUND))
    bar.setPalette(palette)
