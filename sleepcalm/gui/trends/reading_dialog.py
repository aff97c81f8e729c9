"""A small window with more to read than may have room."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from sleepcalm.gui.widgets.quiet_dialog import QuietDialog


class ReadingDialog(QuietDialog):
    """Page Up and Page Down scroll it, wherever the keyboard is."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.area.verticalScrollBar()
        if event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            bar.setValue(bar.value() + bar.pageStep() * (1 if event.key() == Qt.Key.Key_PageDown else -1))
        else:
            super().keyPressEvent(event)
