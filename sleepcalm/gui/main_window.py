"""The window: a row of tabs and the page of the one that is open."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from sleepcalm.gui.tab_bar import QuietTabBar
from sleepcalm.gui.widgets.painting import line_height


class MainWindow(QWidget):
    """Holds the tabs. Ctrl+1, Ctrl+2 and so on open them in their order."""

    painted = Signal()
    """The first frame, with all that is on it, has been painted. Emitted once."""

    closing = Signal()
    """The window is about to go; what should be said or faded out is due now."""

    def __init__(self, tabs: Sequence[tuple[str, QWidget]], title: str) -> None:
        """`tabs` are names, with their mnemonic marked by &, and pages."""
        super().__init__()
        self.setWindowTitle(title)
        self.tab_bar = QuietTabBar()
        self.tab_bar.setAccessibleName(self.tr("Tabs"))
        self.pages = QStackedWidget()
        self._has_painted = False
        self.tab_bar.currentChanged.connect(self.open_tab)
        QShortcut("Ctrl+Q", self).activated.connect(self.close)
        line = line_height(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        bar_box = QVBoxLayout()
        bar_box.setContentsMargins(round(line * 1.4), 0, 0, 0)
        bar_box.addWidget(self.tab_bar)
        layout.addLayout(bar_box)
        layout.addWidget(self.pages, 1)
        self.resize(self._comfortable_size())
        for name, page in tabs:
            self.add_tab(name, page)
        self.open_tab(0)

    def add_tab(self, name: str, page: QWidget) -> None:
        """Add a tab at the end; in `name` an & marks the mnemonic."""
        index = self.pages.addWidget(page)
        self.tab_bar.addTab(name)
        shortcut = QShortcut(f"Ctrl+{index + 1}", self)
        shortcut.activated.connect(lambda: self.open_tab(index))

    def open_tab(self, index: int) -> None:
        """Show the page of the tab at `index` and give it the keyboard."""
        self.tab_bar.setCurrentIndex(index)
        self.pages.setCurrentIndex(index)
        page = self.pages.currentWidget()
        if page is not None and not self.tab_bar.hasFocus():
            page.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._has_painted:
            self._has_painted = True
            # The children are painted after their window, in the same pass of the event loop.
            QTimer.singleShot(0, self.painted.emit)

    def _comfortable_size(self) -> QSize:
        """Large enough for everything at this text size, but never larger than the screen."""
        line = line_height(self)
        return QSize(line * 62, line * 42).boundedTo(self.screen().availableSize())

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)
