"""Go back to a backup: first what that would change, then, if wanted, the change, with a way back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sleepcalm.storage.archive import copy_member, read_manifest, record_in_archive
from sleepcalm.storage.atomic_file import make_private_folder, write_atomically
from sleepcalm.storage.data_folder import RECORD_NAME
from sleepcalm.storage.database import Database
from sleepcalm.storage.differences import Difference, differences
from sleepcalm.storage.documents import EncodedTables, encode_tables, plain_copy, private_copies
from sleepcalm.storage.errors import StorageError

__all__ = ["RestorePlan", "plan_restore", "restore"]


@dataclass(frozen=True, slots=True)
class RestorePlan:
    """What restoring a backup would do to the record and to the files beside it."""

    backup: Path
    made_at: datetime
    documents: tuple[Difference, ...]
    """Documents that would come back, go or change, by table and date."""
    files: tuple[str, ...]
    """Other files that would come back or change. Files that the backup does not know stay as they are."""
    sha256: str
    """Of the record in the backup, so that what is restored is what was shown."""
    tables: EncodedTables

    @property
    def changes_nothing(self) -> bool:
        return not self.documents and not self.files


def plan_restore(database: Database, backup: Path, destinations: Mapping[str, Path]) -> RestorePlan:
    """Compare a backup with what there is; nothing is changed.

    `destinations` says where each file or folder of a backup belongs, by its name in there. Raises
    DamagedRecordError for a backup that is not whole, StorageError for one from a newer version.
    """
    manifest = read_manifest(backup)
    archived = record_in_archive(backup)
    version = archived.header.schema_version
    if version > database.ladder.version:
        raise StorageError(f"{backup} was made by a newer version of SleepCalm; nothing was changed.")
    tables = encode_tables(database.ladder.climb(plain_copy(private_copies(archived.tables)), version))
    present = encode_tables(database.tables())
    files = tuple(
        name
        for name in sorted(manifest.sha256)
        if name != RECORD_NAME and _differs(backup, name, _destination(name, destinations))
    )
    return RestorePlan(
        backup,
        manifest.made_at,
        differences(present, tables),
        files,
        manifest.sha256[RECORD_NAME],
        tables,
    )


def restore(database: Database, plan: RestorePlan, destinations: Mapping[str, Path], now: datetime) -> Path:
    """Carry the plan out and return the backup that undoes it: the state before, made first.

    The record is the last to be replaced, all or nothing. Raises StorageError; once the state before is
    backed up the message names that backup, because some of the files beside the record may be replaced.
    """
    if read_manifest(plan.backup).sha256[RECORD_NAME] != plan.sha256:
        raise StorageError(f"{plan.backup} has changed since it was looked at; nothing was changed.")
    before = database.backups.make(now, "before-restore")
    try:
        for name in plan.files:
            destination = _destination(name, destinations)
            if destination is not None:
                make_private_folder(destination.parent)
                write_atomically(destination, copy_member(plan.backup, name))
        database.replace_everything(private_copies(plan.tables))
    except OSError as error:
        raise StorageError(f"Not restored ({error}). The state before is kept as {before}.") from error
    return before


def _destination(name: str, destinations: Mapping[str, Path]) -> Path | None:
    """Where a file of a backup belongs; None for one that this program does not know."""
    top, _, inside = name.partition("/")
    if top not in destinations:
        return None
    return destinations[top] / inside if inside else destinations[top]


def _differs(backup: Path, name: str, destination: Path | None) -> bool:
    if destination is None:
        return False
    try:
        return destination.read_bytes() != copy_member(backup, name)
    except FileNotFoundError:
        return True
    except OSError as error:
        if isinstance(error, StorageError):
            raise
        raise StorageError(f"{destination} could not be read ({error.strerror}).") from error
