"""What can go wrong with the record, one class for each thing a caller may want to do about it."""

from __future__ import annotations

__all__ = [
    "BadDocumentError",
    "DamagedRecordError",
    "ReadOnlyRecordError",
    "RecordLockedError",
    "RefusedError",
    "StorageError",
]


class StorageError(OSError):
    """The record could not be read or saved; what was saved before is unchanged.

    An OSError, because TinyDB's own storages raise one for the same failures.
    """


class DamagedRecordError(StorageError):
    """A file is not a record, or not the record that was written."""


class ReadOnlyRecordError(StorageError):
    """The record was opened for reading only, so nothing was changed."""


class RecordLockedError(StorageError):
    """Another program is writing to this record; the message names it."""


class RefusedError(StorageError):
    """A rule of the record forbids the change, however often it is tried; the message says which."""


class BadDocumentError(ValueError, TypeError):
    """A document holds something that JSON would change or lose; it was not saved.

    Both a ValueError and a TypeError, because `json` raises the one for NaN and the other for a set.
    """
