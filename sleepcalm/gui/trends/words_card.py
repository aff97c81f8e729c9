"""The card that says in words what the chart shows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from sleepcalm.gui import theme
from sleepcalm.gui.widgets.buttons import FlushLink
from sleepcalm.gui.widgets.card import Card
from sleepcalm.gui.widgets.keys import press_by_space
from sleepcalm.gui.widgets.labels import heading, wrapped
from sleepcalm.gui.widgets.painting import line_height


class WordsCard(Card):
    """Two or three sentences, the efficiency, and the way to what the figures mean."""

    def __init__(self) -> None:
        super().__init__()
        self.words = wrapped(role=theme.TEXT, size=1.0)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.efficiency = wrapped()
        self.excluded = wrapped()
        self.definitions = FlushLink(self.tr("What the figures mean"))
        line = line_height(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(line, round(line * 0.8), line, round(line * 0.6))
        column.setSpacing(round(line * 0.4))
        column.addWidget(heading(self.tr("In words")))
        column.addWidget(self.words)
        column.addWidget(self.efficiency)
        column.addWidget(self.excluded)
        column.addWidget(self.definitions, 0, Qt.AlignmentFlag.AlignLeft)

    def say(self, sentences: Sequence[str], efficiency: str, excluded: str) -> None:
        self.words.setText("\n".join(sentences))
        for text, where in ((efficiency, self.efficiency), (excluded, self.excluded)):
            where.setText(text)
            where.setVisible(bool(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press_by_space(event):
            super().keyPressEvent(event)
