"""A record in memory, which is durable when a test says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime

from PySide6.QtCore import QObject, Signal

from sleepcalm.diary.entry import Entry
from sleepcalm.diary.entry_format import validated
from sleepcalm.gui.diary.ports import Practice

BERLIN = "Europe/Berlin"
MORNING = datetime.fromisoformat("2026-11-22T07:14:00+01:00")


class FakeRecord(QObject):
    """Implements the Diary tab's port; `writes` lists every entry that was given to it."""

    saved = Signal(object, object)
    save_failed = Signal(str)
    replaced = Signal()

    def __init__(self, entries: Iterable[Entry] = (), now: datetime = MORNING) -> None:
        super().__init__()
        self.nights = {entry.wake_date: entry for entry in entries}
        self.moment = now
        self.writes: list[Entry] = []
        self.practised: tuple[Practice, ...] = ()
        self.read_only_reason = ""
        self.time_zone = BERLIN
        self.failure = ""

    def now(self) -> datetime:
        return self.moment

    def entry(self, wake_date: date) -> Entry | None:
        return self.nights.get(wake_date)

    def entries(self, first: date, last: date) -> dict[date, Entry]:
        return {day: entry for day, entry in self.nights.items() if first <= day <= last}

    def practices(self, _wake_date: date) -> tuple[Practice, ...]:
        return self.practised

    def save(self, entry: Entry) -> None:
        """Keep it, if it is one that the real record would take."""
        assert validated(entry, self.moment) == entry
        self.writes.append(entry)
        self.nights[entry.wake_date] = entry
        if self.failure:
            self.save_failed.emit(self.failure)
        else:
            self.saved.emit(entry.wake_date, self.moment)

    def delete(self, wake_date: date) -> Callable[[], None]:
        entry = self.nights.pop(wake_date)

        def bring_back() -> None:
            self.nights[wake_date] = entry

        return bring_back
