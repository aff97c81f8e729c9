"""A tab's page that is built when it is first looked at."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget


class LazyPage(QWidget):
    """Empty until it is shown and something was offered that builds its content."""

    def __init__(self) -> None:
        super().__init__()
        self._build: Callable[[], QWidget] | None = None
        self.content: QWidget | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)

    def offer(self, build: Callable[[], QWidget]) -> None:
        """What the content needs is there: `build` may be called now or later, once."""
        self._build = build
        if self.isVisible():
            self._fill()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # The tab is painted as chosen first: building takes a quarter of a second.
        QTimer.singleShot(0, self._fill)

    def build(self) -> None:
        """Build the content of a page that is shown now, not a moment later."""
        self._fill()

    def _fill(self) -> None:
        if self.content is not None or self._build is None or not self.isVisible():
            return
        self.content = self._build()
        layout = self.layout()
        if layout is not None:
            layout.addWidget(self.content)
        self.setFocusProxy(self.content)
        self.content.setFocus()
