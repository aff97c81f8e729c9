"""A stage between two cards; a narrow window shows one card at a time, a small one all in a column."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QSize, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from sleepcalm.gui.relax.side_cards import SideCard
from sleepcalm.gui.relax.stage import Stage
from sleepcalm.gui.widgets.painting import line_height
from sleepcalm.gui.widgets.scroll import QuietScrollArea, lay_on_ground

WIDE_LINES = 54
"""From this width on, in heights of a line, there is room for both cards beside the stage."""

ROOMY_LINES = 76
"""What is wider than this is more than the stage can use, and goes to the cards."""

ONE_CARD_LINES = 39
"""From this width on there is room for one of them."""

HIGH_LINES = 23
"""From this height on the stage has room for a figure."""


class CardedPage(QWidget):
    """Where there is no room for both, the second card takes the place of the first when it is wanted. Where
    there is no room for one beside the stage, both follow below it, and the page scrolls.
    """

    def __init__(self) -> None:
        super().__init__()
        self._is_narrow = self._is_small = False
        self._shows_second = False
        self._page: QuietScrollArea | None = None
        self._row = QHBoxLayout(self)

    def lay_out(self, first: SideCard, stage: Stage, second: SideCard) -> None:
        """Take up the three of them. Call it once."""
        self._first, self._stage, self._second = first, stage, second
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
        """Room for the stage's title and keys; the layout's own minimum would ask for both cards."""
        line = line_height(self)
        return QSize(line * 21, line * 13)

    def swap_cards(self) -> None:
        """Where one card is shown, show the other."""
        self._shows_second = not self._shows_second
        self._arrange()
        self.setFocus()

    def _fit(self) -> None:
        """Arrange cards and margins for the present size."""
        line = line_height(self)
        width, height = self.width() / line, self.height() / line
        margin = round(line * (1.4 if height > 30 else 0.7))
        self._row.setSpacing(margin)
        is_small = width < ONE_CARD_LINES or height < HIGH_LINES
        if is_small != self._is_small:
            self._is_small = is_small
            self._stack() if is_small else self._unstack()
        if is_small:
            self._row.setContentsMargins(margin, 0, 0, 0)
            self._stage.setMinimumHeight(0 if height < HIGH_LINES else self.height() - 2 * margin)
        else:
            self._row.setContentsMargins(margin, margin, margin, round(margin * 0.7))
        self._stage.set_low(is_low=height < HIGH_LINES)
        is_narrow = width < WIDE_LINES and not is_small
        for card in (self._first, self._second):
            if is_narrow:
                card.spread_alone()
            else:
                card.spread((width - ROOMY_LINES) / 2)
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._arrange()

    def _stack(self) -> None:
        """The stage, and the cards below it in their whole length."""
        content = QWidget()
        column = QVBoxLayout(content)
        line = line_height(self)
        column.setContentsMargins(0, round(line * 0.7), 0, round(line * 0.7))
        column.setSpacing(round(line * 0.7))
        for card in (self._first, self._second):
            card.set_whole(is_whole=True)
        for part in (self._stage, self._first, self._second):
            self._row.removeWidget(part)
            column.addWidget(part)
        self._page = QuietScrollArea(content)
        lay_on_ground(self._page, content)
        self._row.insertWidget(0, self._page, 1000)
        self._focus_changed().connect(self._follow_focus)

    def _unstack(self) -> None:
        page, self._page = self._page, None
        if page is None:
            return
        self._focus_changed().disconnect(self._follow_focus)
        self._row.removeWidget(page)
        for card in (self._first, self._second):
            card.set_whole(is_whole=False)
        self._stage.setMinimumHeight(0)
        self._row.insertWidget(0, self._first)
        self._row.insertWidget(2, self._stage, 1000)
        self._row.addWidget(self._second)
        page.deleteLater()
        self._arrange()

    def _follow_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Whatever way the keyboard came: an area sees to it only where Tab has led within it."""
        if self._page is not None and now is not None and self._page.isAncestorOf(now):
            self._page.ensureWidgetVisible(now)

    @staticmethod
    def _focus_changed() -> SignalInstance:
        return cast(QApplication, QApplication.instance()).focusChanged

    def _arrange(self) -> None:
        shows_second = self._shows_second and self._is_narrow
        for card in (self._first, self._second):
            card.offer_other(is_offered=self._is_narrow)
        self._first.setVisible(not shows_second)
        self._second.setVisible(shows_second or not self._is_narrow)
        if not self._is_small:
            self._row.removeWidget(self._second)
            self._row.insertWidget(1 if self._is_narrow else self._row.count(), self._second)
