"""A stage between two cards, of which a narrow window shows one at a time."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sleepcalm.gui.relax.side_cards import SideCard
from sleepcalm.gui.widgets.painting import line_height

WIDE_LINES = 54
"""From this width on, in heights of a line, there is room for both cards beside the stage."""


class CardedPage(QWidget):
    """Where there is no room for both, the second card takes the place of the first when it is wanted."""

    def __init__(self) -> None:
        super().__init__()
        self._is_narrow = False
        self._shows_second = False
        self._row = QHBoxLayout(self)

    def lay_out(self, first: SideCard, stage: QWidget, second: SideCard) -> None:
        """Take up the three of them. Call it once."""
        self._first, self._second = first, second
        self._row.addWidget(first)
        self._row.addStretch(1)
        self._row.addWidget(stage, 1000)
        self._row.addStretch(1)
        self._row.addWidget(second)
        for card in (first, second):
            card.other_wanted.connect(self.swap_cards)
        self._fit()
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Room for one card and the stage; the layout's own minimum would ask for both cards."""
        line = line_height(self)
        return QSize(line * 39, line * 23)

    def swap_cards(self) -> None:
        """Where one card is shown, show the other."""
        self._shows_second = not self._shows_second
        self._arrange()
        self.setFocus()

    def _fit(self) -> None:
        """Arrange cards and margins for the present size."""
        line = line_height(self)
        margin = round(line * (1.4 if self.height() > line * 30 else 0.7))
        self._row.setContentsMargins(margin, margin, margin, round(margin * 0.7))
        self._row.setSpacing(margin)
        is_narrow = self.width() < line * WIDE_LINES
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._arrange()

    def _arrange(self) -> None:
        shows_second = self._shows_second and self._is_narrow
        for card in (self._first, self._second):
            card.offer_other(is_offered=self._is_narrow)
        self._first.setVisible(not shows_second)
        self._second.setVisible(shows_second or not self._is_narrow)
        self._row.removeWidget(self._second)
        self._row.insertWidget(1 if self._is_narrow else self._row.count(), self._second)
