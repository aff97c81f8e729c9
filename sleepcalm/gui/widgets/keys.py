"""Space as the key that presses."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox


def press_by_space(event: QKeyEvent) -> bool:
    """Let Space press what has the focus: the quiet buttons leave it to their tab. True if it did."""
    focused = QApplication.focusWidget()
    if event.key() != Qt.Key.Key_Space or event.modifiers() or event.isAutoRepeat():
        return False
    if isinstance(focused, QAbstractButton):
        focused.click()
        return True
    if isinstance(focused, QComboBox):
        focused.showPopup()
        return True
    return False
