"""Values of every kind in the record, by kind and key, read and written with the same checks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from types import TracebackType
from typing import Any, Self, TypeVar

from sleepcalm.storage.database import Database
from sleepcalm.storage.errors import BadDocumentError, RefusedError, StorageError
from sleepcalm.storage.records import (
    TABLES,
    BadRecordError,
    Recorded,
    document_from,
    key_of,
    record_from,
    table_of,
)
from sleepcalm.trends.trial import Trial

__all__ = ["RecordValues", "Unreadable"]

T = TypeVar("T", bound=Recorded)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A document that does not hold what its table is for, and why."""

    table: str
    key: str
    reason: str

    def __str__(self) -> str:
        return f"{self.key} in {self.table} could not be read ({self.reason})"


class RecordValues:
    """Typed access to an open database. Keeps nothing of its own but what it found unreadable."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self.database = database
        self.unreadable: dict[tuple[str, str], Unreadable] = {}
        self._now = now

    def put(self, value: Recorded, *, keep_previous: bool = False) -> None:
        """Save a value just as it is. What it replaces goes to the bin if asked for. Raises StorageError."""
        table, key = self.place_of(value)
        with self.database.batch(), _refused_as_storage_error():
            present = self.like(value)
            if isinstance(value, Trial) and isinstance(present, Trial) and (why := present.breach(value)):
                raise RefusedError(f"{why} Nothing was changed.")
            if present is None and (table, key) in self.unreadable:
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
        return self._get(type(value), key_of(value))

    @staticmethod
    def place_of(value: Recorded) -> tuple[str, str]:
        """The table and the key of a value."""
        return table_of(type(value)), key_of(value)

    def keys(self) -> set[tuple[str, str]]:
        """Table and key of every value, the unreadable ones as well."""
        return {(table, key) for table in TABLES for key in self.database.keys(table)}

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

    def _undelete(self, table: str, key: str, what: str) -> None:
        for found in self.database.in_bin():
            if (found.table, found.key) == (table, key):
                self.database.undelete(found.entry_id)
                return
        raise StorageError(f"There is no {what} {key} in the bin.")


@contextmanager
def _refused_as_storage_error() -> Iterator[None]:
    """A value that cannot be kept is said like a disk that cannot: nothing was saved, and why."""
    try:
        yield
    except (BadRecordError, BadDocumentError, UnicodeEncodeError) as error:
        raise StorageError(f"Not saved ({error}). What was saved before is unchanged.") from error
