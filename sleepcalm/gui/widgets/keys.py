"""Keys that mean the same in every window: Space presses, Ctrl+Q closes all."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDialog, QWidget


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


def close_all_by_ctrl_q(dialog: QDialog) -> None:
    """Let Ctrl+Q give the dialog up, as Escape does, and close the window that it belongs to."""

    def close_all() -> None:
        window: QWidget = dialog
        while (parent := window.parentWidget()) is not None:
            below = parent.window()
            if isinstance(window, QDialog):
                window.reject()
            window = below
        QTimer.singleShot(0, window, window.close)

    QShortcut(QKeySequence("Ctrl+Q"), dialog).activated.connect(close_all)
