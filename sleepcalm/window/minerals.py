"""The days of intake and the user's items as the Minerals tab asks for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from sleepcalm.gui.minerals.ports import MineralFacts
from sleepcalm.minerals.compounds import load_compounds
from sleepcalm.minerals.food_table import load_foods
from sleepcalm.minerals.intake import ChecklistItem, DayIntake
from sleepcalm.minerals.interactions import load_interactions
from sleepcalm.minerals.reference_intakes import load_reference_tables
from sleepcalm.program import Program
from sleepcalm.window.record import Place, WindowRecord

if TYPE_CHECKING:
    from sleepcalm.storage.record_book import RecordBook

INTAKE_DAYS = "intake_days"
INTAKE_ITEMS = "intake_items"


def load_mineral_facts(seeds: Path) -> MineralFacts:
    """What the program ships about minerals. Raises SeedFileError."""
    return MineralFacts(
        foods=load_foods(seeds / "foods.csv"),
        compounds=load_compounds(seeds / "supplements.toml"),
        references=load_reference_tables(seeds / "reference_intakes.toml"),
        guide=load_interactions(seeds / "interactions.toml"),
    )


class WindowMinerals(QObject):
    """See `sleepcalm.gui.minerals.ports.MineralRecord`."""

    saved = Signal(object)
    save_failed = Signal(str)
    changed = Signal()

    def __init__(self, record: WindowRecord, program: Program) -> None:
        super().__init__()
        self._record = record
        self._program = program

    @property
    def read_only_reason(self) -> str:
        return self._record.read_only_reason

    def today(self) -> date:
        return self.now().date()

    def now(self) -> datetime:
        return self._program.now()

    def day(self, date: date) -> DayIntake | None:
        pending = self._record.pending(INTAKE_DAYS).get(date.isoformat())
        return pending if isinstance(pending, DayIntake) else self._record.book.day(date)

    def days(self, first: date, last: date) -> Sequence[DayIntake]:
        found = dict(self._record.book.days(first, last))
        for value in self._record.pending(INTAKE_DAYS).values():
            if isinstance(value, DayIntake) and first <= value.date <= last:
                found[value.date] = value
        return [found[day] for day in sorted(found)]

    def own_items(self) -> tuple[ChecklistItem, ...]:
        found = dict(self._record.book.items())
        for item_id, value in self._record.pending(INTAKE_ITEMS).items():
            if isinstance(value, ChecklistItem):
                found[item_id] = value
            else:
                found.pop(item_id, None)
        return tuple(found.values())

    def save_day(self, day: DayIntake) -> None:
        self._save((INTAKE_DAYS, day.date.isoformat()), day, lambda book: book.save_day(day))

    def save_item(self, item: ChecklistItem) -> None:
        self._save((INTAKE_ITEMS, item.item.id), item, lambda book: book.save_item(item))

    def delete_item(self, item_id: str) -> Callable[[], None]:
        item = next((kept for kept in self.own_items() if kept.item.id == item_id), None)
        if item is None:
            raise KeyError(item_id)
        self._save((INTAKE_ITEMS, item_id), None, lambda book: book.delete_item(item_id))
        return lambda: self.save_item(item)

    def _save(self, place: Place, value: object, change: Callable[[RecordBook], object]) -> None:
        self._record.save(place, value, change, lambda: self.saved.emit(self.now()), self.save_failed.emit)
