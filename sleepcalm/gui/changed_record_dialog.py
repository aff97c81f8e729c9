"""Asks what to do about a record that was edited by hand."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from sleepcalm.gui.widgets.keys import close_all_by_ctrl_q


def ask_about_changed_record(parent: QWidget, what_happened: str) -> bool | None:
    """True to use it as it is, False to restore the last good state, None to change nothing for now."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("ChangedRecord", text)

    box = QMessageBox(parent)
    close_all_by_ctrl_q(box)
    box.setWindowTitle(tr("Your record was changed"))
    box.setText(what_happened)
    box.setInformativeText(tr("Whichever you choose, the other state is kept in a file beside it."))
    use = box.addButton(tr("&Use it as it is"), QMessageBox.ButtonRole.AcceptRole)
    restore = box.addButton(tr("&Restore the last good state"), QMessageBox.ButtonRole.DestructiveRole)
    look = box.addButton(tr("Only &look for now"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(look)
    box.setEscapeButton(look)
    box.exec()
    if box.clickedButton() is use:
        return True
    return False if box.clickedButton() is restore else None
