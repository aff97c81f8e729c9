"""What was deleted or replaced, kept for thirty days so that it can be taken back."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sleepcalm.storage.errors import StorageError
from sleepcalm.storage.tables import RecordTinyDB

__all__ = ["BIN_TABLE", "KEPT_FOR", "Bin", "BinEntry"]

BIN_TABLE = "bin"
KEPT_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class BinEntry:
    """A document that was deleted from a table, or replaced in it by another one."""

    entry_id: str
    table: str
    key: str
    deleted_at: datetime
    """With the offset of the civil time at which it was deleted."""
    replaced: bool
    document: Mapping[str, Any]


class Bin:
    """The bin of one record. Each method that changes something is part of its caller's batch."""

    def __init__(self, tinydb: RecordTinyDB) -> None:
        self._tinydb = tinydb
        self._table = tinydb.keyed(BIN_TABLE)

    def entries(self) -> list[BinEntry]:
        """Everything in the bin, newest first."""
        found = [
            BinEntry(
                str(document.doc_id),
                document["table"],
                document["key"],
                datetime.fromisoformat(document["deleted_at"]),
                document["replaced"],
                document["document"],
            )
            for document in self._table.all()
        ]
        # Entries of one instant stand in the table in the order in which they came.
        found.reverse()
        return sorted(found, key=lambda entry: entry.deleted_at, reverse=True)

    def put(self, table: str, key: str, now: datetime, *, replaced: bool) -> str:
        """Copy a document into the bin and return the id of the entry. Raises KeyError if there is none."""
        document = self._tinydb.keyed(table).document(key)
        if document is None:
            raise KeyError(key)
        entry_id = (
            f"{now:%Y-%m-%dT%H%M%S}-{secrets.token_hex(4)}"  # never given twice: an undo may hold on to it
        )
        self._table.replace(
            entry_id,
            {
                "table": table,
                "key": key,
                "deleted_at": now.isoformat(),
                "replaced": replaced,
                "document": document,
            },
        )
        return entry_id

    def take_back(self, entry_id: str, now: datetime) -> BinEntry:
        """Put an entry's document where it was; one that is there now goes to the bin in its turn."""
        entry = next((entry for entry in self.entries() if entry.entry_id == entry_id), None)
        if entry is None:
            raise StorageError(f"There is no {entry_id} in the bin.")
        if self._tinydb.keyed(entry.table).document(entry.key) is not None:
            self.put(entry.table, entry.key, now, replaced=True)
        self._tinydb.keyed(entry.table).replace(entry.key, entry.document)
        self._table.remove_key(entry_id)
        return entry

    def purge(self, now: datetime) -> int:
        """Let go of what has been in the bin for more than thirty days; returns how many that were."""
        old = [entry for entry in self.entries() if now - entry.deleted_at > KEPT_FOR]
        for entry in old:
            self._table.remove_key(entry.entry_id)
        return len(old)
