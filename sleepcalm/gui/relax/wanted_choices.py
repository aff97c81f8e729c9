"""The choices that a listener wants for a routine, and when each of them can take effect."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from sleepcalm.relaxation.timeline import Choices

SETTLE_MS = 400
"""How long a slider of the pace has to rest before the sound is laid out anew."""


class WantedChoices(QObject):
    """Pace and groups to leave out can change amid a routine. The hand and the cautions change the order
    of what is heard, so they wait for the next start.
    """

    settled = Signal()
    """No choice has changed for a moment: lay out what can be laid out."""

    def __init__(self, choices: Choices) -> None:
        super().__init__()
        self._used = self.wanted = choices
        self._is_outdated = False
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self.settled)

    @property
    def waits(self) -> bool:
        """Whether the next start is to be laid out otherwise than what there is."""
        return self._is_outdated or self.wanted != self._used

    def puts_off(self, before: Choices) -> bool:
        """Whether some of what is wanted now, and was not `before`, has to wait for a start."""
        wanted, used = self.wanted, self._used
        return wanted.dominant_hand not in (
            before.dominant_hand,
            used.dominant_hand,
        ) or wanted.with_cautions not in (before.with_cautions, used.with_cautions)

    def under_way(self) -> Choices:
        """As much of what is wanted as can take effect amid the routine."""
        used = self._used
        return replace(self.wanted, dominant_hand=used.dominant_hand, with_cautions=used.with_cautions)

    def want(self, choices: Choices) -> None:
        """Take note of other choices, and wait for the one who makes them to come to rest."""
        self.wanted = choices
        self._settle.start()

    def rest(self) -> None:
        """What was to be laid out is, or will be at the next start."""
        self._settle.stop()

    def use(self, choices: Choices) -> None:
        """The routine is laid out for these choices now."""
        self._settle.stop()
        self._used = choices
        self._is_outdated = False

    def outdate(self) -> None:
        """The same choices make another timeline now."""
        self._is_outdated = True
