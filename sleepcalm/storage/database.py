"""The record of one user: opened with everything that keeps it safe, read and changed by table and key."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sleepcalm.storage.atomic_storage import AtomicStorage
from sleepcalm.storage.backups import Backups
from sleepcalm.storage.bin import Bin, BinEntry
from sleepcalm.storage.documents import plain_copy
from sleepcalm.storage.errors import StorageError
from sleepcalm.storage.fixed_storage import FixedStorage
from sleepcalm.storage.lock import WriterLock
from sleepcalm.storage.migrations import Ladder
from sleepcalm.storage.recovery import RecoveryReport
from sleepcalm.storage.tables import RecordTinyDB

__all__ = [
    "INTAKE_DAYS",
    "INTAKE_ITEMS",
    "NIGHTS",
    "PRACTICES",
    "QUESTIONS",
    "SET_ASIDE",
    "TRIALS",
    "Database",
]

NIGHTS = "nights"
"""One document a night, by wake date."""
INTAKE_DAYS = "intake_days"
"""One document a day of intake, by date."""
INTAKE_ITEMS = "intake_items"
"""The user's own items, by id."""
PRACTICES = "practices"
"""Every played routine, by an id that begins with the instant it started."""
TRIALS = "trials"
"""Randomised trials, by id."""
QUESTIONS = "questions"
"""Comparisons whose numbers were shown, by factor and outcome."""
SET_ASIDE = "set_aside"
"""Documents that could not be read as what their table holds, until somebody mends them; never purged."""
_DATED = {NIGHTS, INTAKE_DAYS}


class Database:
    """A record that is open. Reading is safe from any thread; changes belong to one (see `writer`)."""

    def __init__(
        self,
        storage: AtomicStorage | FixedStorage,
        *,
        now: Callable[[], datetime],
        backups: Backups,
        ladder: Ladder,
        lock: WriterLock | None = None,
        report: RecoveryReport | None = None,
    ) -> None:
        self._storage = storage
        self._tinydb = RecordTinyDB(storage=lambda: storage)
        self._bin = Bin(self._tinydb)
        self._now = now
        self._lock = lock
        self.backups = backups
        self.ladder = ladder
        self.report = report
        """What was found wrong when the record was opened, and what was done; None if all was well."""

    @property
    def read_only(self) -> bool:
        return self._storage.read_only

    @property
    def from_newer_version(self) -> bool:
        """A newer version of the program has written the record, so this one must not."""
        return self._storage.schema_version > self.ladder.version

    @property
    def generation(self) -> int:
        """Counts the saves since the record was begun."""
        return self._storage.generation

    @property
    def replaced_from_outside(self) -> tuple[Path, ...]:
        """Files that something else had put in the record's place while it was open, where they lie now."""
        return tuple(self._storage.replaced_from_outside)

    def get(self, table: str, key: str) -> dict[str, Any] | None:
        """A copy of one document, or None."""
        return self._tinydb.keyed(table).document(key)

    def range(self, table: str, first: str = "", last: str = "\U0010ffff") -> dict[str, dict[str, Any]]:
        """Copies of the documents from key first to key last, both included, in the order of their keys."""
        return self._tinydb.keyed(table).documents(first, last)

    def keys(self, table: str) -> list[str]:
        """All keys of a table, in order."""
        return self._tinydb.keyed(table).keys()

    def tables(self) -> dict[str, dict[str, dict[str, Any]]]:
        """A copy of everything, the bin included."""
        return plain_copy(self._storage.read())

    def put(self, table: str, key: str, document: Mapping[str, Any], *, keep_previous: bool = False) -> None:
        """Save a document in place of the one with that key, which goes to the bin if asked for.

        Durable when it returns. Raises BadDocumentError or StorageError, with nothing changed.
        """
        if table in _DATED:
            _require_date(table, key)
        with self.batch():
            if keep_previous and self.get(table, key) not in (None, document):
                self._bin.put(table, key, self._now(), replaced=True)
            self._tinydb.keyed(table).replace(key, document)

    def delete(self, table: str, key: str) -> str:
        """Move a document to the bin and return the id it has there. Raises StorageError if there is none."""
        with self.batch():
            try:
                entry_id = self._bin.put(table, key, self._now(), replaced=False)
            except KeyError:
                raise StorageError(f"There is no {key} in {table}; nothing was deleted.") from None
            self._tinydb.keyed(table).remove_key(key)
        return entry_id

    def undelete(self, entry_id: str) -> BinEntry:
        """Put a document from the bin back; one that has taken its place goes to the bin instead."""
        with self.batch():
            return self._bin.take_back(entry_id, self._now())

    def set_aside(self, table: str, key: str, reason: str) -> None:
        """Take a document that cannot be read out of its table, and keep it with the reason."""
        document = self.get(table, key)
        if document is None:
            raise StorageError(f"There is no {key} in {table}; nothing was set aside.")
        now = self._now().isoformat()
        kept = {"table": table, "key": key, "set_aside_at": now, "reason": reason, "document": document}
        with self.batch():
            self._tinydb.keyed(SET_ASIDE).replace(f"{now} {table} {key}", kept)
            self._tinydb.keyed(table).remove_key(key)

    def in_bin(self) -> list[BinEntry]:
        """What was deleted or replaced and can be taken back, newest first."""
        return self._bin.entries()

    def purge_bin(self) -> int:
        """Let go of what has been in the bin for more than thirty days; returns how many that were."""
        with self.batch():
            return self._bin.purge(self._now())

    def replace_everything(self, tables: Mapping[str, Any]) -> None:
        """Save these tables, of the present schema version, in place of all there are."""
        self._storage.write(tables)

    @contextlib.contextmanager
    def batch(self) -> Iterator[None]:
        """Make the changes inside one save: all of them, or none as after an exception."""
        with self._storage.batch():
            yield

    def tidy(self) -> None:
        """Remove generations that are old enough to go; for a moment when nobody waits."""
        self._storage.tidy()

    def close(self) -> None:
        """Refuse further changes and let others write."""
        self._storage.close()
        if self._lock is not None:
            self._lock.release()


def _require_date(table: str, key: str) -> None:
    try:
        valid = date.fromisoformat(key).isoformat() == key
    except ValueError:
        valid = False
    if not valid:
        raise StorageError(f"{key!r} is not a date (YYYY-MM-DD), so it was not saved in {table}.")
