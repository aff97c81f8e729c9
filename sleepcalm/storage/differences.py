"""What differs between two states of the record, document by document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sleepcalm.storage.documents import EncodedTables, private_copies

__all__ = ["Change", "Difference", "differences"]


class Change(Enum):
    """What going over from one state to the other does to a document."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One document that is not the same in both states."""

    table: str
    key: str
    change: Change
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields that differ, where both states have the document."""
        if self.before is None or self.after is None:
            return ()
        names = [*self.before, *(name for name in self.after if name not in self.before)]
        return tuple(
            name
            for name in names
            if (name in self.before, self.before.get(name)) != (name in self.after, self.after.get(name))
        )


def differences(before: EncodedTables, after: EncodedTables) -> tuple[Difference, ...]:
    """What changes from one state to the other, by table and key (so by date, where the key is one)."""
    old, new = private_copies(before), private_copies(after)
    found = []
    for table in sorted(old.keys() | new.keys()):
        old_table, new_table = old.get(table, {}), new.get(table, {})
        for key in sorted(old_table.keys() | new_table.keys()):
            was, becomes = old_table.get(key), new_table.get(key)
            if was is None:
                found.append(Difference(table, key, Change.ADDED, None, becomes))
            elif becomes is None:
                found.append(Difference(table, key, Change.REMOVED, was, None))
            elif was.encoded != becomes.encoded and was != becomes:
                found.append(Difference(table, key, Change.CHANGED, was, becomes))
    return tuple(found)
