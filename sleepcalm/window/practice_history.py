"""The practices so far, as the Relax tab asks for them: read once on a thread, then kept up to date."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from sleepcalm.diary.practice import Practice
from sleepcalm.diary.practice_history import left_unfinished, times_completed
from sleepcalm.practice_log import left_off
from sleepcalm.relaxation.left_place import LeftOff
from sleepcalm.storage.errors import StorageError
from sleepcalm.window.background import Background
from sleepcalm.window.record import WindowRecord


class PracticeHistory(QObject):
    """See `History` in the ports of `sleepcalm.gui.relax`. Empty until the record was read."""

    changed = Signal()
    problem = Signal(str)
    """Why the practices could not be read."""

    def __init__(self, record: WindowRecord, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._record = record
        self._now = now
        self._practices: dict[str, Practice] = {}
        self._background = Background()
        self._background.problem.connect(self.problem)
        record.ready.connect(self._read)

    def note(self, practice: Practice) -> None:
        """One that was begun, or has moved on. Told of only once it has ended: nothing is offered before."""
        self._practices[practice.key] = practice
        if practice.ended is not None:
            self.changed.emit()

    def left_off(self, routine: str) -> LeftOff | None:
        left = left_unfinished(self._practices.values(), routine, self._now())
        return None if left is None else left_off(left)

    def times_completed(self) -> Mapping[str, int]:
        return times_completed(self._practices.values())

    def find(self, find: Callable[[], LeftOff | None], tell: Callable[[LeftOff | None], None]) -> None:
        """Tell what `find` gives of the record on disk; None where that cannot be read."""

        def find_or_none() -> LeftOff | None:
            try:
                return find()
            except StorageError:
                return None  # what is wrong with the record is said when it is opened

        self._background.compute(find_or_none, tell)

    def close(self) -> None:
        self._background.close()

    def _read(self) -> None:
        self._background.compute(self._record.book.practices, self._take)

    def _take(self, practices: list[Practice]) -> None:
        read = {practice.key: practice for practice in practices}
        self._practices = read | self._practices
        self.changed.emit()
