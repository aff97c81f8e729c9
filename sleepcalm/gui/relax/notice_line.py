"""The one quiet line at the foot of the stage."""

from __future__ import annotations

from PySide6.QtCore import QTimer

from sleepcalm.gui import theme
from sleepcalm.gui.widgets.labels import Paragraph

REMARK_MS = 8000
"""How long a remark stands before the lasting notice, if any, is seen again."""

MOST_TOLD = 2
"""So much of what was told stands there at once, the newest; more would leave no room for the figure."""

_LONGEST_SHOWN = 160


class NoticeLine(Paragraph):
    """Shows what was told, then a lasting notice, as that there is no sound device; at times a remark.

    Where there is no notice, it shows how something goes that takes its time.
    """

    def __init__(self) -> None:
        super().__init__(theme.MUTED, size=0.92, lines=1)
        self._told: tuple[str, ...] = ()
        self._notice = self._progress = ""
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REMARK_MS)
        self._rest.timeout.connect(self._show_notice)

    def tell(self, text: str) -> None:
        """Show `text` from now on, whatever else there is to show."""
        text = text[:1].upper() + text[1:]
        self._told = (*(told for told in self._told if told != text), text)[-MOST_TOLD:]
        if not self._rest.isActive():
            self._show_notice()

    def set_notice(self, text: str) -> None:
        """Show `text` until another notice replaces it; "" shows nothing."""
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
        lines = [line for line in (*self._told, self._notice or self._progress) if line]
        self.setText(" ".join(map(_sentence, lines)) if len(lines) > 1 else "".join(map(_short, lines)))
        self.setToolTip("\n".join(lines) if any(len(line) > _LONGEST_SHOWN for line in lines) else "")


def _short(line: str) -> str:
    return line if len(line) <= _LONGEST_SHOWN else f"{line[:_LONGEST_SHOWN]}…"


def _sentence(line: str) -> str:
    short = _short(line)
    return short if short.endswith((".", "?", "!", "…")) else f"{short}."
