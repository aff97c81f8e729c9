"""The nights of the record as the Diary tab asks for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from threading import Thread

from PySide6.QtCore import QObject, Qt, Signal

from sleepcalm.diary.entry import Entry
from sleepcalm.diary.joining import night_of_practice
from sleepcalm.gui.diary.ports import Practice
from sleepcalm.program import Program, UserError, local_zone
from sleepcalm.window.record import WindowRecord

NIGHTS = "nights"


class WindowDiary(QObject):
    """See `sleepcalm.gui.diary.ports.DiaryRecord`."""

    saved = Signal(object, object)
    save_failed = Signal(str)
    replaced = Signal()

    _all_read = Signal(object)

    def __init__(self, record: WindowRecord, program: Program) -> None:
        super().__init__()
        self._record = record
        self._program = program
        self._changed_here: set[date] = set()
        self._known: dict[date, Entry] | None = None
        """Every night on disk, once a thread has read them: years of them take some tenths of a second."""
        self._all_read.connect(self._know_all, Qt.ConnectionType.QueuedConnection)
        record.ready.connect(self._read_all)

    @property
    def read_only_reason(self) -> str:
        return self._record.read_only_reason

    @property
    def time_zone(self) -> str:
        try:
            return local_zone()
        except UserError:
            return "UTC"

    def now(self) -> datetime:
        return self._program.now()

    def entry(self, wake_date: date) -> Entry | None:
        pending = self._record.pending(NIGHTS)
        if wake_date.isoformat() in pending:
            return _night(pending[wake_date.isoformat()])
        return self._record.book.entry(wake_date)

    def entries(self, first: date, last: date) -> Mapping[date, Entry]:
        if self._known is None:
            found = dict(self._record.book.entries(first, last))
        else:
            found = {day: entry for day, entry in self._known.items() if first <= day <= last}
        for key, value in self._record.pending(NIGHTS).items():
            wake_date = date.fromisoformat(key)
            if first <= wake_date <= last:
                night = _night(value)
                if night is None:
                    found.pop(wake_date, None)
                else:
                    found[wake_date] = night
        return dict(sorted(found.items()))

    def practices(self, wake_date: date) -> Sequence[Practice]:
        days = (wake_date - timedelta(days=1), wake_date)
        entries = self.entries(days[0], wake_date + timedelta(days=1))
        return [
            Practice(self._title(played.routine), played.started, played.ended, played.completed)
            for played in self._record.book.practices_between(*days)
            if night_of_practice(played.started, entries)[0] == wake_date
        ]

    def save(self, entry: Entry) -> None:
        """The first change of a night in this window leaves what stood there before in the bin."""
        wake_date = entry.wake_date
        is_first = wake_date not in self._changed_here
        self._changed_here.add(wake_date)
        self._record.save(
            (NIGHTS, wake_date.isoformat()),
            entry,
            lambda book: book.save_entry(entry, keep_previous=is_first),
            lambda: self._after_save(entry),
            self.save_failed.emit,
        )

    def delete(self, wake_date: date) -> Callable[[], None]:
        entry = self.entry(wake_date)
        self._changed_here.add(wake_date)
        place = (NIGHTS, wake_date.isoformat())
        self._record.save(
            place,
            None,
            lambda book: book.delete_entry(wake_date),
            lambda: self._after_replacing(wake_date, None),
            self.save_failed.emit,
        )

        def bring_back() -> None:
            self._record.save(
                place,
                entry,
                lambda book: book.undelete_entry(wake_date),
                lambda: self._after_replacing(wake_date, entry),
                self.save_failed.emit,
            )

        return bring_back

    def _read_all(self) -> None:
        book = self._record.book
        Thread(target=lambda: self._all_read.emit(book.entries()), name="reading nights", daemon=True).start()

    def _know_all(self, entries: dict[date, Entry]) -> None:
        """Nights saved while the thread was reading are read anew."""
        self._known = entries
        for wake_date in self._changed_here:
            self._know(wake_date, self._record.book.entry(wake_date))

    def _know(self, wake_date: date, entry: Entry | None) -> None:
        if self._known is None:
            return
        if entry is None:
            self._known.pop(wake_date, None)
        else:
            self._known[wake_date] = entry

    def _after_save(self, entry: Entry) -> None:
        self._know(entry.wake_date, entry)
        self.saved.emit(entry.wake_date, self.now())

    def _after_replacing(self, wake_date: date, entry: Entry | None) -> None:
        self._know(wake_date, entry)
        self.replaced.emit()

    def _title(self, routine_id: str) -> str:
        routine = self._program.catalogue.routines.get(routine_id)
        return routine.title if routine else routine_id


def _night(value: object) -> Entry | None:
    return value if isinstance(value, Entry) else None
