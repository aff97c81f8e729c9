"""A TinyDB storage that shows one state of the record and writes nothing."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tinydb import Storage

from sleepcalm.storage.documents import EncodedTables, private_copies
from sleepcalm.storage.errors import ReadOnlyRecordError

__all__ = ["FixedStorage"]


class FixedStorage(Storage):
    """For readers of a record whose file cannot be shown as it is: damaged, or of an earlier version."""

    read_only = True

    def __init__(self, tables: EncodedTables, schema_version: int, generation: int) -> None:
        self._tables = tables
        self.schema_version = schema_version
        self.generation = generation
        self.replaced_from_outside: list[Path] = []

    def read(self) -> dict[str, Any]:
        """The tables by name, as private copies."""
        return private_copies(self._tables)

    def write(self, data: Mapping[str, Any]) -> None:  # noqa: ARG002 (TinyDB gives it)
        """Refused with ReadOnlyRecordError."""
        raise ReadOnlyRecordError("The record is open for reading only; nothing was changed.")

    @contextlib.contextmanager
    def batch(self) -> Iterator[None]:
        """Reading only: there is nothing to put together."""
        yield

    def tidy(self) -> None:
        """Nothing is left behind, so nothing has to go."""
