"""A main card with a column of cards beside it, or below it where there is no room."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from sleepcalm.gui.widgets.painting import line_height
from sleepcalm.gui.widgets.scroll import QuietScrollArea, lay_on_ground

_NO_LIMIT = 100_000


class SideColumn(QWidget):
    """Where it is wide the column scrolls apart; else all of it is as long as it has to be, in one page.

    `arranged` tells that the column has come beside the main card, or gone below it.
    """

    arranged = Signal()

    def __init__(
        self, main: QWidget, *, wide_lines: float, side_lines: float, fit_main: Callable[[int], object]
    ) -> None:
        """From `wide_lines` heights of a line on, the column stands beside, `side_lines` wide.

        `fit_main` is called with the height that the window has for the main card, in pixels, whenever
        heights are settled anew, and before the column's.
        """
        super().__init__()
        self._main = main
        self._wide_lines, self._side_lines = wide_lines, side_lines
        self._fit_main = fit_main
        self.is_wide = True
        self._side = QWidget()
        self._cards = QVBoxLayout(self._side)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(line_height(self))
        self._cards.addStretch(1)
        self._area = QuietScrollArea(self._side)
        content = QWidget()
        self._grid = QGridLayout(content)
        self._grid.setColumnStretch(0, 1)
        self._grid.setRowStretch(0, 1)
        self._grid.addWidget(main, 0, 0)
        self._page = QuietScrollArea(content)
        for area, inside in ((self._area, self._side), (self._page, content)):
            lay_on_ground(area, inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._page)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(0)
        self._settle.timeout.connect(self._keep_heights)
        for part in (self._side, main):
            self.watch(part)
        self._arrange()

    def add_card(self, card: QWidget) -> None:
        """Put a card below those in the column."""
        self._cards.insertWidget(self._cards.count() - 1, card)

    def watch(self, part: QWidget) -> None:
        """Settle heights anew when something in `part` comes, goes or wraps anew."""
        part.installEventFilter(self)

    def show_part(self, part: QWidget) -> None:
        """Scroll the page until `part` is in sight."""
        self._page.ensureWidgetVisible(part)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        line = line_height(self)
        margin = round(line * (1.2 if self.height() > line * 30 else 0.7))
        self._grid.setContentsMargins(margin, margin, 0, margin)
        self._grid.setSpacing(margin)
        is_wide = self.width() >= line * self._wide_lines
        if is_wide != self.is_wide:
            self.is_wide = is_wide
            self._arrange()
            self.arranged.emit()
        self._keep_heights()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._settle.start()
        return super().eventFilter(watched, event)

    def _arrange(self) -> None:
        width = round(line_height(self) * self._side_lines)
        self._grid.removeWidget(self._area)
        self._grid.addWidget(self._area, 0 if self.is_wide else 1, 1 if self.is_wide else 0)
        self._area.setMinimumWidth(width if self.is_wide else 0)
        self._area.setMaximumWidth(width if self.is_wide else _NO_LIMIT)

    def _keep_heights(self) -> None:
        margins = self._grid.contentsMargins()
        self._fit_main(self._page.viewport().height() - margins.top() - margins.bottom())
        width = self._area.viewport().width()
        whole = max(self._cards.totalHeightForWidth(width), 0) if width > 0 else 0
        self._area.setMinimumHeight(line_height(self) * 8 if self.is_wide else whole)
        self._side.setMinimumHeight(whole)
