"""Open the record with everything that keeps it safe: lock, recovery, migrations, backups."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sleepcalm.foreign_files import resolved
from sleepcalm.storage.atomic_file import make_private_folder, remove_stale_temporaries
from sleepcalm.storage.atomic_storage import AtomicStorage
from sleepcalm.storage.backups import Backups
from sleepcalm.storage.data_folder import BACKUPS, BESIDE_THE_RECORD, RECORD_NAME
from sleepcalm.storage.database import Database
from sleepcalm.storage.documents import encode_tables, plain_copy
from sleepcalm.storage.errors import DamagedRecordError, StorageError
from sleepcalm.storage.fixed_storage import FixedStorage
from sleepcalm.storage.generations import Generations
from sleepcalm.storage.lock import WriterLock
from sleepcalm.storage.migrations import LADDER, Ladder
from sleepcalm.storage.recovery import RecoveryReport, WhenChanged, look_past, settle

__all__ = ["open_database", "read_database"]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the parts of a user's data lie."""

    folder: Path

    @property
    def record(self) -> Path:
        return self.folder / RECORD_NAME

    def backups(self, sources: Mapping[str, Path] | None) -> Backups:
        beside = {name: self.folder / name for name in BESIDE_THE_RECORD}
        others = beside if sources is None else sources
        return Backups(self.folder / BACKUPS, {RECORD_NAME: self.record, **others})


def open_database(
    data_folder: Path,
    *,
    lock_folder: Path,
    program: str,
    now: Callable[[], datetime],
    when_changed: WhenChanged = WhenChanged.ASK,
    backed_up: Mapping[str, Path] | None = None,
    ladder: Ladder = LADDER,
) -> Database:
    """Open the record for writing, or begin one; a damaged one is restored, and `Database.report` tells.

    `lock_folder` lies on this machine, outside the data; `program` is what another writer is told; `now`
    gives the civil time with its offset; `backed_up` says which files and folders beside the record belong
    into a backup (preferences.json, routines and sounds in the data folder, if not given).
    A record from a newer version opens read-only. Raises RecordLockedError if another program writes to it,
    ChangedOutsideError if somebody has to be asked first, MigrationError and StorageError.
    """
    try:
        place = _Place(resolved(data_folder))
        make_private_folder(place.folder)
        lock = WriterLock(place.record, lock_folder)
        lock.acquire(program, now())
    except OSError as error:
        if isinstance(error, StorageError):
            raise
        raise StorageError(f"{data_folder} cannot be used ({error.strerror or error}).") from error
    try:
        backups = place.backups(backed_up)
        storage, report = _sound(place.record, ladder, backups, now, when_changed)
        storage = _up_to_date(storage, place.record, ladder, backups, now)
    except BaseException as error:
        lock.release()
        if isinstance(error, OSError) and not isinstance(error, StorageError):
            raise StorageError(f"{place.record} cannot be used ({error.strerror or error}).") from error
        raise
    return Database(storage, now=now, backups=backups, ladder=ladder, lock=lock, report=report)


def _sound(
    record: Path,
    ladder: Ladder,
    backups: Backups,
    now: Callable[[], datetime],
    when_changed: WhenChanged,
) -> tuple[AtomicStorage, RecoveryReport | None]:
    """The record's storage, and what had to be done first."""
    remove_stale_temporaries(record)
    if record.exists():
        # The usual case, apart because reading decades twice would take twice as long.
        with contextlib.suppress(DamagedRecordError):
            storage = AtomicStorage(record, now=now)
            if storage.generation >= next(iter(Generations(record).kept()), 0):
                return storage, None
    report = settle(
        record,
        now=now(),
        backups=[backup.path for backup in backups.existing()],
        when_changed=when_changed,
        fallback_version=ladder.version,
    )
    return AtomicStorage(record, schema_version=ladder.version, now=now), report


def _up_to_date(
    storage: AtomicStorage, record: Path, ladder: Ladder, backups: Backups, now: Callable[[], datetime]
) -> AtomicStorage:
    """The storage at the present schema version, or read-only if the record is of a later one."""
    if storage.schema_version > ladder.version:
        return AtomicStorage(record, read_only=True)
    for rung in ladder.rungs_from(storage.schema_version):
        backups.make(now(), f"before-version-{rung.from_version + 1}")
        storage.migrate(rung.apply(plain_copy(storage.read())), rung.from_version + 1)
    return storage


def read_database(
    data_folder: Path,
    *,
    now: Callable[[], datetime],
    backed_up: Mapping[str, Path] | None = None,
    ladder: Ladder = LADDER,
) -> Database | None:
    """Open the record for reading beside whoever writes to it; None if there is none yet.

    Changes nothing on disk. A damaged record is read from its newest good generation, and `Database.report`
    tells. Raises StorageError; DamagedRecordError where nothing readable is left.
    """
    try:
        return _read(_Place(resolved(data_folder)), now, backed_up, ladder)
    except OSError as error:
        if isinstance(error, StorageError):
            raise
        raise StorageError(f"{data_folder} cannot be read ({error.strerror or error}).") from error


def _read(
    place: _Place, now: Callable[[], datetime], backed_up: Mapping[str, Path] | None, ladder: Ladder
) -> Database | None:
    backups = place.backups(backed_up)
    instead = look_past(place.record, (backup.path for backup in backups.existing()))
    if instead is None and not place.record.exists():
        return None
    storage: AtomicStorage | FixedStorage
    if instead is None:
        storage, report = AtomicStorage(place.record, read_only=True), None
    else:
        shown, report = instead
        storage = FixedStorage(shown.tables, shown.header.schema_version, shown.header.generation)
    if storage.schema_version < ladder.version:
        tables = ladder.climb(plain_copy(storage.read()), storage.schema_version)
        storage = FixedStorage(encode_tables(tables), ladder.version, storage.generation)
    return Database(storage, now=now, backups=backups, ladder=ladder, report=report)
