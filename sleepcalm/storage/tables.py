"""TinyDB's tables as the record uses them: documents under keys of their own, most of them dates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tinydb import Storage, TinyDB
from tinydb.table import Table

from sleepcalm.storage.documents import StoredDocument, StoredTable

__all__ = ["KeyedTable", "RecordTinyDB"]


class KeyedTable(Table):
    """A table whose document ids are texts, and whose documents are replaced, not merged.

    No query cache: it would hand out one and the same document twice, with what its first taker changed.
    """

    # TinyDB lets a table choose the class of its ids, but annotates them as int.
    document_id_class = str  # type: ignore[assignment]

    def __init__(self, storage: Storage, name: str, **options: Any) -> None:
        super().__init__(storage, name, **{**options, "cache_size": 0})

    def keys(self) -> list[str]:
        return sorted(self._read_table())

    def document(self, key: str) -> dict[str, Any] | None:
        """A copy of the document, or None."""
        stored = self._read_table().get(key)
        return None if stored is None else _content(stored)

    def documents(self, first: str, last: str) -> dict[str, dict[str, Any]]:
        """Copies of the documents whose keys lie between first and last, both included, in order."""
        table = self._read_table()
        return table.contents(first, last) if isinstance(table, StoredTable) else {}

    def replace(self, key: str, document: Mapping[str, Any]) -> None:
        """Put a document in the place of whatever is there."""

        def put(table: dict[Any, Mapping[str, Any]]) -> None:
            table[key] = dict(document)

        self._update_table(put)

    def remove_key(self, key: str) -> None:
        """Remove a document, if it is there."""

        def take(table: dict[Any, Mapping[str, Any]]) -> None:
            table.pop(key, None)

        self._update_table(take)


def _content(stored: Mapping[str, Any]) -> dict[str, Any]:
    # The storage's copies are private already: copying them again would take longer than making them.
    return stored.content if type(stored) is StoredDocument else dict(stored)


class RecordTinyDB(TinyDB):
    """A TinyDB whose tables are keyed tables."""

    table_class = KeyedTable  # type: ignore[assignment]

    def keyed(self, name: str) -> KeyedTable:
        table = self.table(name)
        if not isinstance(table, KeyedTable):
            raise TypeError(f"{name} is no keyed table")
        return table
