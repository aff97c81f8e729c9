"""The day that is shown, and every change to it or to the user's items, each with a way back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from sleepcalm.gui.minerals.kept_items import KeptItems
from sleepcalm.gui.minerals.ports import ChangingPreferences, MineralFacts, MineralRecord
from sleepcalm.gui.minerals.undo_steps import UndoSteps
from sleepcalm.gui.minerals.wording import short_name
from sleepcalm.minerals import checklist
from sleepcalm.minerals.intake import Amount, ChecklistItem, DayIntake, IntakeEntry, Item
from sleepcalm.minerals.interactions import TickedMedicine
from sleepcalm.minerals.reference_intakes import DayReference
from sleepcalm.minerals.totals import DayTotals, day_totals
from sleepcalm.minerals.week_totals import DAYS_IN_WEEK
from sleepcalm.person import profile_of, region_of, ticked_medicines

ONE_DAY = dt.timedelta(days=1)


class ChecklistKeeper(QObject):
    """Where the record is read-only, nothing is changed and no call complains."""

    shown = Signal()
    """The day, something on it, or what it is held against is another; so may be the next undo."""

    def __init__(self, record: MineralRecord, facts: MineralFacts, preferences: ChangingPreferences) -> None:
        super().__init__()
        self.record = record
        self.facts = facts
        self.items = KeptItems((), facts.foods)
        self._preferences = preferences
        self._undo = UndoSteps()
        self.day = DayIntake(record.today())
        self._read(self.date)
        record.changed.connect(self._read_again)
        preferences.changed.connect(lambda _before: self.shown.emit())

    @property
    def date(self) -> dt.date:
        return self.day.date

    @property
    def can_change(self) -> bool:
        return not self.record.read_only_reason

    @property
    def undo_name(self) -> str:
        """What the next undo takes back; "" for nothing."""
        return self._undo.next_name

    @property
    def medicines(self) -> tuple[TickedMedicine, ...]:
        return ticked_medicines(self._preferences.value)

    @property
    def reference(self) -> DayReference:
        return self._reference_on(self.date)

    def totals(self) -> DayTotals:
        return self._totals_of(self.day)

    def last_days(self) -> tuple[DayTotals, ...]:
        """The seven days that end with the one shown, oldest first; a missing one is not recorded."""
        first = self.date - ONE_DAY * (DAYS_IN_WEEK - 1)
        saved = {day.date: day for day in self.record.days(first, self.date)} | {self.date: self.day}
        dates = [first + ONE_DAY * number for number in range(DAYS_IN_WEEK)]
        return tuple(self._totals_of(saved.get(date, DayIntake(date))) for date in dates)

    def can_copy_day_before(self) -> bool:
        before = self.record.day(self.date - ONE_DAY)
        return before is not None and bool(before.checked_entries)

    def go_to(self, date: dt.date) -> None:
        self._read(date)
        self.shown.emit()

    def toggle(self, key: str) -> None:
        entry = checklist.find_entry(self.day, key)
        name = self.tr("unchecking {item}") if entry.checked else self.tr("checking {item}")
        self._change(checklist.toggle(self.day, key), _named(name, entry.item))

    def add(self, item: Item, amount: Amount, time: dt.time | None) -> str:
        """Check the item off on this day; gives the key of its entry.

        Where the item is offered unchecked, the offer becomes this entry. Raises ValueError for grams
        where a serving has no weight.
        """
        offer = next((e for e in self.day.entries if e.item.id == item.id and not e.checked), None)
        if offer is None:
            day = checklist.add(self.day, item, amount, time)
            key = day.entries[-1].key
        else:
            key = offer.key
            taken = IntakeEntry(key, item, amount, time)
            entries = tuple(taken if e.key == key else e for e in self.day.entries)
            day = replace(self.day, entries=entries, nothing_taken=False)
        self._change(day, _named(self.tr("adding {item}"), item))
        return key

    def change_entry(self, key: str, amount: Amount, time: dt.time | None) -> None:
        """Raises ValueError for grams where a serving has no weight."""
        day = checklist.set_time(checklist.set_amount(self.day, key, amount), key, time)
        self._change(day, _named(self.tr("changing {item}"), checklist.find_entry(day, key).item))

    def remove(self, key: str) -> None:
        """Take an entry off this day; the last one of an item that is offered every day ends the offer."""
        item = checklist.find_entry(self.day, key).item
        day = checklist.remove(self.day, key)
        marks = self.items.marks(item)
        is_last = all(entry.item.id != item.id for entry in day.entries)
        kept = replace(marks, daily=False) if marks.daily and is_last else None
        self._change(day, _named(self.tr("removing {item}"), item), kept)

    def set_nothing_taken(self, *, nothing_taken: bool) -> None:
        answered = checklist.record_nothing_taken(self.day)
        day = answered if nothing_taken else replace(self.day, nothing_taken=False)
        self._change(day, self.tr("the answer “nothing”"))

    def copy_day_before(self) -> None:
        before = self.record.day(self.date - ONE_DAY)
        if before is not None:
            day = checklist.copy_from(self.day, before, self.items.current())
            self._change(day, self.tr("copying the day before"))

    def mark(self, item: Item, *, favourite: bool | None = None, daily: bool | None = None) -> None:
        """Set one mark of an item, or both."""
        marks = self.items.marks(item)
        if favourite is not None:
            marks = replace(marks, favourite=favourite)
        if daily is not None:
            marks = replace(marks, daily=daily)
        self._change(self.day, _named(self.tr("the change to {item}"), item), marks)

    def keep_item(self, kept: ChecklistItem) -> None:
        """Add an item of the user's, or change it: the day shown takes the new figures, others keep theirs.

        A new one that is not offered every day is checked off on the day shown.
        """
        is_new = kept.item.id not in self.items
        name = self.tr("adding {item}") if is_new else self.tr("the change to {item}")
        entries = tuple(
            _renewed(entry, kept.item) if entry.item.id == kept.item.id else entry
            for entry in self.day.entries
        )
        day = replace(self.day, entries=entries)
        if is_new and not kept.daily:
            day = checklist.add(day, kept.item, time_of_day=kept.usual_time)
        self._change(day, _named(name, kept.item), kept)

    def delete_item(self, item: Item) -> None:
        """Delete an item of the user's. Days on which it is checked keep it; an offer on this day goes."""
        if not self.can_change:
            return
        before = self.day
        undelete = self.record.delete_item(item.id)
        self._save(replace(before, entries=tuple(e for e in before.entries if e.checked or e.item != item)))

        def restore() -> None:
            undelete()
            self._save(before)

        self._done(_named(self.tr("deleting {item}"), item), restore)

    def undo(self) -> None:
        """Take back the last change, and show the day on which it was made."""
        step = self._undo.pop()
        if step is not None:
            step.restore()
            self._read_again(forget=False)

    def save_again(self) -> None:
        """Hand over the day once more, after it could not be saved."""
        self.record.save_day(self.day)

    def _change(self, day: DayIntake, name: str, kept: ChecklistItem | None = None) -> None:
        before, kept_before = self.day, None if kept is None else self.items.marks(kept.item)
        is_new = kept is not None and kept.item.id not in self.items
        if not self.can_change or (day == before and kept == kept_before and not is_new):
            return
        self._save(day)
        if kept is not None:
            self.record.save_item(kept)

        def restore() -> None:
            if kept is not None and is_new:
                self.record.delete_item(kept.item.id)
            elif kept_before is not None:
                self.record.save_item(kept_before)
            self._save(before)

        self._done(name, restore)

    def _save(self, day: DayIntake) -> None:
        """Save the day and show it, unless it is as it was."""
        if day != self.day:
            self.day = day
            self.record.save_day(day)

    def _done(self, name: str, restore: Callable[[], None]) -> None:
        self._undo.push(name, restore)
        self._read_again(forget=False)

    def _read_again(self, *, forget: bool = True) -> None:
        """After a change from elsewhere an undo would overwrite it, so there is none any more."""
        if forget:
            self._undo.clear()
        self._read(self.date)
        self.shown.emit()

    def _read(self, date: dt.date) -> None:
        self.items = KeptItems(self.record.own_items(), self.facts.foods)
        day = self.record.day(date) or DayIntake(date)
        self.day = checklist.offer_daily_items(day, self.items.kept)

    def _totals_of(self, day: DayIntake) -> DayTotals:
        return day_totals(day, self._reference_on(day.date), self.facts.references.thresholds)

    def _reference_on(self, date: dt.date) -> DayReference:
        preferences = self._preferences.value
        return self.facts.references.reference_for(region_of(preferences), profile_of(preferences, date))


def _renewed(entry: IntakeEntry, item: Item) -> IntakeEntry:
    """The entry with the item as it is now, if its amount can still be understood."""
    try:
        return replace(entry, item=item)
    except ValueError:  # grams, of an item whose serving has no weight any more
        return entry


def _named(name: str, item: Item) -> str:
    return name.format(item=short_name(item.name))
