"""Garbage is collected on the window's thread, and on no other."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, Qt, QTimer

LOOK_EVERY_MS = 10_000
YOUNG_OBJECTS = 5_000
"""Fewer than so many new ones are not worth a look."""

WHOLE_EVERY = 20


class GarbageCollection(QObject):
    """Python collects wherever it happens to allocate, on the sound's thread, too. A Qt object that ends on
    another thread than the window's can take the process with it, so the automatic collection stays off and
    this one takes its place. What stands when it is made stays to the end, and is never looked through.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()
        self._collections = 0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.timeout.connect(self.collect_if_worth_it)
        self._timer.start(LOOK_EVERY_MS)

    def collect_if_worth_it(self) -> None:
        """The young ones in a few milliseconds; now and then all.

        The first time that all would be due, what stands by then stays, too: the libraries of sound and
        charts have come since the first frame, and to go through them takes an eighth of a second.
        """
        if gc.get_count()[0] < YOUNG_OBJECTS:
            return
        self._collections += 1
        gc.collect(1)
        if self._collections == WHOLE_EVERY:
            gc.freeze()
        elif self._collections % WHOLE_EVERY == 0:
            gc.collect()
