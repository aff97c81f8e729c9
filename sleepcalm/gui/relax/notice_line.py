"""The one quiet line at the foot of the stage."""

from __future__ import annotations

from PySide6.QtCore import QTimer

from sleepcalm.gui import theme
from sleepcalm.gui.widgets.labels import Paragraph

REMARK_MS = 8000
"""How long a remark stands before the lasting notice, if any, is seen again."""


class NoticeLine(Paragraph):
    """Shows a lasting notice, such as that there is no sound device, and now and then a remark.

    Where there is no notice, it shows how something goes that takes its time.
    """

    def __init__(self) -> None:
        super().__init__(theme.MUTED, size=0.92, lines=1)
        self._notice = self._progress = ""
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REMARK_MS)
        self._rest.timeout.connect(self._show_notice)

    def set_notice(self, text: str) -> None:
        """Show `text` until it is replaced; "" shows nothing."""
        self._notice = text
        if not self._rest.isActive():
            self._show_notice()

    def set_progress(self, text: str) -> None:
        """Show `text` where there is no notice, until it is replaced; "" shows nothing."""
        self._progress = text
        if not self._rest.isActive():
            self._show_notice()

    def remark(self, text: str) -> None:
        """Show `text` for a while."""
        self.setText(text)
        self._rest.start()

    def _show_notice(self) -> None:
        self._rest.stop()
        self.setText(self._notice or self._progress)
