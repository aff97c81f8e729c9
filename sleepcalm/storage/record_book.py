"""The record as its readers want it: nights, days of intake, items and practices, not documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from sleepcalm.diary.civil_time import Instant
from sleepcalm.diary.entry import Entry, recorded
from sleepcalm.diary.entry_format import validated
from sleepcalm.diary.practice import Practice
from sleepcalm.minerals.intake import ChecklistItem, DayIntake
from sleepcalm.storage.backups import Backups
from sleepcalm.storage.data_folder import BACKUPS
from sleepcalm.storage.database import INTAKE_DAYS, INTAKE_ITEMS, NIGHTS, PRACTICES, Database
from sleepcalm.storage.errors import BadDocumentError, StorageError
from sleepcalm.storage.fixed_storage import FixedStorage
from sleepcalm.storage.migrations import LADDER
from sleepcalm.storage.records import BadRecordError, Recorded, document_from, key_of, record_from, table_of

__all__ = ["RecordBook", "Unreadable", "empty_database"]

_TABLES = (NIGHTS, INTAKE_DAYS, INTAKE_ITEMS, PRACTICES)
T = TypeVar("T", Entry, DayIntake, ChecklistItem, Practice)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A document that holds no night, day, item or practice that could be, and why."""

    table: str
    key: str
    reason: str

    def __str__(self) -> str:
        return f"{self.key} in {self.table} could not be read ({self.reason})"


class RecordBook:
    """Typed access to an open database. Keeps nothing of its own but what it found unreadable."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self.database = database
        self.unreadable: dict[tuple[str, str], Unreadable] = {}
        self._now = now

    def entry(self, wake_date: date) -> Entry | None:
        """The night with that wake date; None if there is none, or none that can be read."""
        return self._get(Entry, wake_date.isoformat())

    def entries(self, first: date = date.min, last: date = date.max) -> dict[date, Entry]:
        """The recorded nights from first to last, both included, in their order."""
        return {entry.wake_date: entry for entry in self._range(Entry, first, last)}

    def save_entry(self, entry: Entry, *, keep_previous: bool = True) -> Entry:
        """Save a night and return it with the time of its first recording.

        What it replaces goes to the bin, unless the caller says that it is the same filling-in that goes on.
        Raises EntryError for a night that an export could not bring back, such as one in the future.
        """
        now = self._now()
        with self.database.batch():
            before = self.entry(entry.wake_date)
            entry = validated(recorded(entry, Instant.from_moment(now, entry.time_zone), before), now)
            self.put(entry, keep_previous=keep_previous)
        return entry

    def delete_entry(self, wake_date: date) -> str:
        """Move a night to the bin and return its id there. Raises StorageError if there is none."""
        return self._delete(Entry, wake_date.isoformat())

    def undelete_entry(self, wake_date: date) -> None:
        """Put back what came to the bin last of that night; a night that took its place goes to the bin.

        Raises StorageError if the bin holds none.
        """
        key = wake_date.isoformat()
        for found in self.database.in_bin():
            if (found.table, found.key) == (NIGHTS, key):
                self.database.undelete(found.entry_id)
                return
        raise StorageError(f"There is no night {key} in the bin.")

    def day(self, day: date) -> DayIntake | None:
        """The intake of a calendar day; None if nothing was saved of it."""
        return self._get(DayIntake, day.isoformat())

    def days(self, first: date = date.min, last: date = date.max) -> dict[date, DayIntake]:
        """The saved days of intake from first to last, both included, in their order."""
        return {day.date: day for day in self._range(DayIntake, first, last)}

    def save_day(self, day: DayIntake, *, keep_previous: bool = False) -> None:
        self.put(day, keep_previous=keep_previous)

    def items(self) -> dict[str, ChecklistItem]:
        """The user's own items, and foods with a mark, by id."""
        return {kept.item.id: kept for kept in self._range(ChecklistItem)}

    def save_item(self, kept: ChecklistItem) -> None:
        """Add an item, or replace the one of its id, which goes to the bin."""
        self.put(kept, keep_previous=True)

    def delete_item(self, item_id: str) -> str:
        """Move an item to the bin and return its id there. Raises StorageError if there is none."""
        return self._delete(ChecklistItem, item_id)

    def practices(self) -> list[Practice]:
        """Every played routine, in order of time."""
        return sorted(self._range(Practice), key=lambda played: played.started.utc)

    def practices_between(self, first: date, last: date) -> list[Practice]:
        """The routines that were started from first to last, both included, by the clock where they were."""
        return list(self._range(Practice, first, last + timedelta(days=1)))

    def save_practice(self, played: Practice) -> None:
        self.put(played)

    def put(self, value: Recorded, *, keep_previous: bool = False) -> None:
        """Save a value just as it is. What it replaces goes to the bin if asked for. Raises StorageError."""
        table, key = self.place_of(value)
        with self.database.batch(), _refused_as_storage_error():
            if self.like(value) is None and (table, key) in self.unreadable:
                self.set_aside(self.unreadable[table, key])
            self.database.put(table, key, document_from(value), keep_previous=keep_previous)

    def put_all(self, values: Iterable[Recorded]) -> None:
        """Save many values in one go, which takes hardly longer than to save one. Nothing goes to the bin."""
        tables = self.database.tables()
        with _refused_as_storage_error():
            for value in values:
                table, key = self.place_of(value)
                tables.setdefault(table, {})[key] = document_from(value)
            self.database.replace_everything(tables)

    def set_aside(self, found: Unreadable) -> None:
        """Take an unreadable document out of its table and keep it apart, until somebody mends it."""
        self.database.set_aside(found.table, found.key, found.reason)
        del self.unreadable[found.table, found.key]

    def like(self, value: Recorded) -> Recorded | None:
        """What the record holds under the date or id of a value."""
        key = key_of(value)
        match value:
            case Entry():
                return self._get(Entry, key)
            case DayIntake():
                return self._get(DayIntake, key)
            case ChecklistItem():
                return self._get(ChecklistItem, key)
            case Practice():
                return self._get(Practice, key)

    @staticmethod
    def place_of(value: Recorded) -> tuple[str, str]:
        """The table and the key of a value."""
        return table_of(type(value)), key_of(value)

    def keys(self) -> set[tuple[str, str]]:
        """Table and key of every value, the unreadable ones as well."""
        return {(table, key) for table in _TABLES for key in self.database.keys(table)}

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Make the changes inside one save: all of them, or none."""
        with self.database.batch():
            yield

    def close(self) -> None:
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _get(self, kind: type[T], key: str) -> T | None:
        document = self.database.get(table_of(kind), key)
        return None if document is None else self._read(kind, key, document)

    def _range(self, kind: type[T], first: date | None = None, last: date | None = None) -> Iterator[T]:
        bounds = (first.isoformat(), last.isoformat()) if first and last else ()
        for key, document in self.database.range(table_of(kind), *bounds).items():
            value = self._read(kind, key, document)
            if value is not None:
                yield value

    def _read(self, kind: type[T], key: str, document: dict[str, Any]) -> T | None:
        try:
            return record_from(kind, key, document)
        except BadRecordError as error:
            table = table_of(kind)
            self.unreadable[table, key] = Unreadable(table, key, str(error))
            return None

    def _delete(self, kind: type[Recorded], key: str) -> str:
        return self.database.delete(table_of(kind), key)


@contextmanager
def _refused_as_storage_error() -> Iterator[None]:
    """A value that cannot be kept is said like a disk that cannot: nothing was saved, and why."""
    try:
        yield
    except (BadRecordError, BadDocumentError, UnicodeEncodeError) as error:
        raise StorageError(f"Not saved ({error}). What was saved before is unchanged.") from error


def empty_database(data_folder: Path, now: Callable[[], datetime]) -> Database:
    """What a reader is shown where there is no record yet."""
    backups = Backups(data_folder / BACKUPS, {})
    return Database(FixedStorage({}, LADDER.version, 0), now=now, backups=backups, ladder=LADDER)
