"""One quiet line above the stage that offers something, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.widgets.buttons import LinkButton
from sleepcalm.gui.widgets.labels import label
from sleepcalm.gui.widgets.painting import line_height

LEAST_ROOM_LINES = 22
"""The height of the stage, in heights of a line, below which an offer would cut other words."""


@dataclass(frozen=True, slots=True)
class Offer:
    """`key` tells it from others: one that was waved away does not come again while the window is open."""

    key: str
    words: str
    action: str
    act: Callable[[], None]
    when_waved_away: Callable[[], None] | None = None


class OfferLine(QWidget):
    """Shows the first offer that was not waved away."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._offer: Offer | None = None
        self._waved_away: set[str] = set()
        self.words = label(role=theme.MUTED, size=0.95)
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.accept_button = LinkButton()
        self.dismiss_button = LinkButton(self.tr("Not now"))
        self.accept_button.clicked.connect(self._accept)
        self.dismiss_button.clicked.connect(self._dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, round(line_height(self) * 0.3))
        row.addStretch(1)
        row.addWidget(self.words, 1000)
        row.addWidget(self.accept_button)
        row.addWidget(self.dismiss_button)
        row.addStretch(1)
        self.hide()
        parent.installEventFilter(self)

    @property
    def offer(self) -> Offer | None:
        """What is offered now."""
        return self._offer

    def show_offers(self, offers: list[Offer]) -> None:
        """Show the first of them that was not waved away."""
        self._offer = next((offer for offer in offers if offer.key not in self._waved_away), None)
        if self._offer is not None:
            self.words.setText(self._offer.words)
            self.accept_button.setText(self._offer.action)
            self.accept_button.setAccessibleDescription(self._offer.words)
            self.dismiss_button.setAccessibleDescription(self._offer.words)
            self.accept_button.updateGeometry()
        self._fit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._fit()
        return False

    def _fit(self) -> None:
        """What is said of the routine comes first: on a stage that is low there is no room for an offer."""
        stage = self.parentWidget()
        has_room = stage is not None and stage.height() >= line_height(self) * LEAST_ROOM_LINES
        self.setVisible(self._offer is not None and has_room)

    def _accept(self) -> None:
        if self._offer is not None:
            self._offer.act()

    def _dismiss(self) -> None:
        offer = self._offer
        if offer is not None:
            self._waved_away.add(offer.key)
            self.show_offers([])
            if offer.when_waved_away is not None:
                offer.when_waved_away()
