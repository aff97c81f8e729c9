"""The preferences while the window is open: changed at once, written a moment after the last change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from sleepcalm.preferences import Preferences

SAVE_AFTER_MS = 400
"""A slider that is drawn along changes many times; one write follows when it rests."""


class KeptPreferences(QObject):
    """The current preferences. `changed` carries them as they were before."""

    changed = Signal(object)

    def __init__(self, preferences: Preferences, save: Callable[[Preferences], None]) -> None:
        super().__init__()
        self._value = preferences
        self._saved = preferences
        self._save = save
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(SAVE_AFTER_MS)
        self._rest.timeout.connect(self.flush)

    @property
    def value(self) -> Preferences:
        return self._value

    def change(self, **fields: Any) -> None:
        """Replace the fields named, as of now."""
        before, self._value = self._value, replace(self._value, **fields)
        if self._value != before:
            self._rest.start()
            self.changed.emit(before)

    def flush(self) -> None:
        """Write what is not written yet."""
        self._rest.stop()
        if self._value != self._saved:
            self._saved = self._value
            self._save(self._value)
