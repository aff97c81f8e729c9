"""How long each routine would be, found out one after the other while nothing else is waited for."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer, Signal

from sleepcalm.gui.relax.wording import minutes_text
from sleepcalm.preferences import RoutineForm
from sleepcalm.relaxation.routine import Routine
from sleepcalm.relaxation.strict_values import RoutineFormatError
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ, Timeline


class RoutineLengths(QObject):
    """Lays out one routine at a time, since reading and laying out all of them takes some hundredths of a
    second. `found` carries an id and a length in words.
    """

    found = Signal(str, str)

    def __init__(self, ids: Iterable[str], lay_out: Callable[[str], Timeline]) -> None:
        """`lay_out` may raise RoutineFormatError: such a routine has no length to show."""
        super().__init__()
        self._ids = tuple(ids)
        self._lay_out = lay_out
        self._waiting: list[str] = []
        self._next = QTimer(self)
        self._next.setInterval(0)
        self._next.timeout.connect(self._find_one)

    def find(self) -> None:
        """Find all lengths, anew where they were found before."""
        self._waiting = list(reversed(self._ids))
        self._next.start()

    def _find_one(self) -> None:
        if not self._waiting:
            self._next.stop()
            return
        routine_id = self._waiting.pop()
        try:
            timeline = self._lay_out(routine_id)
        except RoutineFormatError:
            return
        self.found.emit(routine_id, length_text(timeline))


def length_text(timeline: Timeline) -> str:
    """The length of a routine with the choices that it was laid out for."""
    return minutes_text(timeline.duration_frames / SAMPLE_RATE_HZ)


def form_as_long_as(routine: Routine, timeline: Timeline) -> RoutineForm | None:
    """The routine as long as the other one, as far as it can be; None where it has but one length."""
    if routine.lengths is None:
        return None
    shortest_min, longest_min = routine.lengths.ends_min
    wanted_min = timeline.duration_frames / SAMPLE_RATE_HZ / 60
    return RoutineForm(routine.id, round(min(max(wanted_min, shortest_min), longest_min), 1))
