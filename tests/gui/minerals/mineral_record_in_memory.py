"""A record of minerals that keeps everything in memory and remembers what it was handed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from sleepcalm.minerals.intake import ChecklistItem, DayIntake

TODAY = dt.date(2026, 11, 22)


class RecordInMemory(QObject):
    saved = Signal(object)
    save_failed = Signal(str)
    changed = Signal()

    def __init__(self, read_only_reason: str = "") -> None:
        super().__init__()
        self.read_only_reason = read_only_reason
        self.current_date = TODAY
        self.current_time = dt.time(21, 30)
        self.stored: dict[dt.date, DayIntake] = {}
        self.items: dict[str, ChecklistItem] = {}
        self.in_bin: dict[str, ChecklistItem] = {}
        self.handed_over: list[DayIntake] = []

    def today(self) -> dt.date:
        return self.current_date

    def now(self) -> dt.datetime:
        return dt.datetime.combine(self.current_date, self.current_time, dt.UTC)

    def day(self, date: dt.date) -> DayIntake | None:
        return self.stored.get(date)

    def days(self, first: dt.date, last: dt.date) -> list[DayIntake]:
        return [day for date, day in sorted(self.stored.items()) if first <= date <= last]

    def own_items(self) -> tuple[ChecklistItem, ...]:
        return tuple(self.items.values())

    def save_day(self, day: DayIntake) -> None:
        assert not self.read_only_reason
        self.handed_over.append(day)
        self.stored[day.date] = day

    def save_item(self, item: ChecklistItem) -> None:
        assert not self.read_only_reason
        self.items[item.item.id] = item

    def delete_item(self, item_id: str) -> Callable[[], None]:
        assert not self.read_only_reason
        self.in_bin[item_id] = self.items.pop(item_id)
        return lambda: self.items.update({item_id: self.in_bin.pop(item_id)})
