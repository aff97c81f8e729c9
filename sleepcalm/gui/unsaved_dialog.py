"""Asks before the window closes on something that is not on disk."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox, QWidget


class Answer(Enum):
    TRY_AGAIN = auto()
    CLOSE = auto()
    STAY = auto()


def ask_about_unsaved(parent: QWidget, reason: str) -> Answer:
    """What to do about changes that could not be saved for `reason`."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("Unsaved", text)

    box = QMessageBox(parent)
    box.setWindowTitle(tr("Not everything is saved"))
    box.setText(reason)
    box.setInformativeText(tr("Your last changes are still in this window. If you close it, they are gone."))
    again = box.addButton(tr("&Try again"), QMessageBox.ButtonRole.AcceptRole)
    close = box.addButton(tr("&Close without them"), QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton(tr("&Stay"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(again)
    box.setEscapeButton(stay)
    box.exec()
    if box.clickedButton() is again:
        return Answer.TRY_AGAIN
    return Answer.CLOSE if box.clickedButton() is close else Answer.STAY
