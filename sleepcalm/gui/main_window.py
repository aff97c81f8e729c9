"""The window: a row of tabs and the page of the one that is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from sleepcalm.gui.tab_bar import QuietTabBar
from sleepcalm.gui.theme import ACCENT
from sleepcalm.gui.widgets.painting import line_height


class MainWindow(QWidget):
    """Holds the tabs. Ctrl+1, Ctrl+2 and so on open them in their order."""

    painted = Signal()
    """The first frame, with all that is on it, has been painted. Emitted once."""

    closing = Signal()
    """The window is about to go; what should be said or faded out is due now."""

    def __init__(self, tabs: Sequence[tuple[str, QWidget]], title: str, badge: str = "") -> None:
        """`tabs` are names, with their mnemonic marked by &, and pages; `badge` stands beside them."""
        super().__init__()
        self.setWindowTitle(title)
        self.may_close: Callable[[], bool] = lambda: True
        """Asked before the window closes; it stays open where the answer is no."""
        self.tab_bar = QuietTabBar()
        self.tab_bar.setAccessibleName(self.tr("Tabs"))
        self.pages = QStackedWidget()
        self.tab_bar.currentChanged.connect(self.open_tab)
        line = line_height(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        # The layout's own would be the most that any page asks for, and be larger than some screens.
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        self.setMinimumSize(self._least_size())
        bar_box = QHBoxLayout()
        bar_box.setContentsMargins(round(line * 1.4), 0, 0, 0)
        bar_box.addWidget(self.tab_bar, 1)
        if badge:
            label = QLabel(badge)
            label.setForegroundRole(ACCENT)
            label.setContentsMargins(0, 0, line, 0)
            bar_box.addWidget(label)
        layout.addLayout(bar_box)
        layout.addWidget(self.pages, 1)
        self.resize(self._comfortable_size())
        for name, page in tabs:
            self.add_tab(name, page)
        self.open_tab(0)
        self._after_paint = QTimer(self)
        self._after_paint.setSingleShot(True)
        self._after_paint.timeout.connect(self.painted)
        self.installEventFilter(self)

    def add_tab(self, name: str, page: QWidget) -> None:
        """Add a tab at the end; in `name` an & marks the mnemonic."""
        self.pages.addWidget(page)
        self.tab_bar.addTab(name)

    def open_tab(self, index: int) -> None:
        """Show the page of the tab at `index` and give it the keyboard."""
        self.tab_bar.setCurrentIndex(index)
        self.pages.setCurrentIndex(index)
        page = self.pages.currentWidget()
        if page is not None and not self.tab_bar.hasFocus():
            page.setFocus()

    def open_page(self, page: QWidget) -> None:
        """Show the tab of a page."""
        self.open_tab(self.pages.indexOf(page))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+1, Ctrl+2 and so on open the tabs, Ctrl+Q closes. (QShortcut takes longer to come up.)"""
        number = event.key() - Qt.Key.Key_0
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Q:
            self.close()
        elif 1 <= number <= self.pages.count():
            self.open_tab(number - 1)
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the first frame; an overridden paintEvent would be called for every later one, too."""
        if watched is self and event.type() is QEvent.Type.Paint:
            self.removeEventFilter(self)
            # The children are painted after their window, in the same pass of the event loop.
            self._after_paint.start()
        return False

    def _least_size(self) -> QSize:
        """Where every page still has room for a column; but never larger than the screen."""
        line = line_height(self)
        return QSize(line * 26, line * 23).boundedTo(self.screen().availableSize())

    def _comfortable_size(self) -> QSize:
        """Large enough for everything at this text size, but never larger than the screen."""
        line = line_height(self)
        return QSize(line * 62, line * 42).boundedTo(self.screen().availableSize())

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.may_close():
            event.ignore()
            return
        self.closing.emit()
        super().closeEvent(event)
