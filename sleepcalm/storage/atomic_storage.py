"""TinyDB's storage for the record: every write is whole and durable before it returns, or did not happen."""

from __future__ import annotations

import contextlib
import secrets
import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tinydb import Storage

from sleepcalm.foreign_files import read_regular_file, resolved
from sleepcalm.storage.atomic_file import SYSTEM, FileOperations, write_temporary
from sleepcalm.storage.documents import EncodedTables, encode_tables, private_copies
from sleepcalm.storage.errors import (
    BadDocumentError,
    DamagedRecordError,
    ReadOnlyRecordError,
    StorageError,
)
from sleepcalm.storage.generations import Generations
from sleepcalm.storage.record_file import Edited, Header, Intact, compose, judge
from sleepcalm.storage.set_aside import set_aside

__all__ = ["AtomicStorage"]

_FileIdentity = tuple[int, int, int]


def _utc_now() -> datetime:
    return datetime.now(UTC)


class AtomicStorage(Storage):
    """Keeps all tables in one file, and in memory what the file holds.

    `read` hands out private copies that are made as they are looked at. `write` replaces the file durably,
    keeps the generations before it, and raises StorageError with file and memory as they were if it cannot.
    Reading is safe from any thread; writing belongs to one thread and one process at a time (see `lock`).

    A file that is not intact is refused with DamagedRecordError: opening one anyway is `recovery`'s business.
    """

    def __init__(
        self,
        path: Path | str,
        *,
        schema_version: int = 1,
        read_only: bool = False,
        now: Callable[[], datetime] = _utc_now,
        files: FileOperations = SYSTEM,
        keep_generations: int = 5,
    ) -> None:
        """Open the file, or begin an empty record where there is none and writing is allowed.

        The folder has to be there. `schema_version` is that of a record begun now; one that exists has its
        own. Raises DamagedRecordError, StorageError, and FileNotFoundError where there is nothing to read.
        """
        try:
            self._path = resolved(Path(path))
        except OSError as error:
            raise StorageError(f"{path} could not be read ({error.strerror}).") from error
        self._read_only = read_only
        self._now = now
        self._files = files
        self._generations = Generations(self._path, keep=keep_generations, files=files)
        self._batch: _Batch | None = None
        self._closed = False
        self.replaced_from_outside: list[Path] = []
        """Where files went that something else had put in the record's place while it was open."""
        if self._path.exists() or read_only:
            self._load()
        elif self._generations.kept():
            raise DamagedRecordError(f"{self._path} is missing, although earlier generations of it are there")
        else:
            self._header = Header(schema_version, 0, now())
            self._tables: EncodedTables = {}
            self._commit({}, schema_version)

    @property
    def schema_version(self) -> int:
        return self._header.schema_version

    @property
    def generation(self) -> int:
        """Counts the saves since the record was begun."""
        return self._header.generation

    @property
    def read_only(self) -> bool:
        return self._read_only

    def read(self) -> dict[str, Any]:
        """The tables by name, as private copies; a reader sees what the writer saved meanwhile."""
        batch = self._batch
        if batch is not None and batch.thread == threading.get_ident():
            return private_copies(batch.tables)
        if self._read_only and self._identify() != self._identity:
            self._load()
        return private_copies(self._tables)

    def write(self, data: Mapping[str, Any]) -> None:
        """Save all tables durably, or raise StorageError or BadDocumentError with nothing changed."""
        if self._read_only:
            raise ReadOnlyRecordError(f"{self._path.name} is open for reading only; nothing was changed.")
        if self._closed:
            raise StorageError(f"{self._path.name} is closed; nothing was saved.")
        tables = encode_tables(data)
        if self._batch is not None:
            self._batch.tables = tables
        else:
            self._commit(tables, self._header.schema_version)

    def migrate(self, data: Mapping[str, Any], schema_version: int) -> None:
        """Save all tables as those of another schema version."""
        self._commit(encode_tables(data), schema_version)

    @contextlib.contextmanager
    def batch(self) -> Iterator[None]:
        """Make the writes inside one: all are saved at the end, or none, as after an exception.

        A batch inside a batch can fail alone. Other threads see nothing of it until it is saved.
        """
        outer = self._batch
        started = outer.tables if outer is not None else self._tables
        self._batch = inner = _Batch(started)
        try:
            yield
        finally:
            self._batch = outer
        if inner.tables is started:
            return
        if outer is not None:
            outer.tables = inner.tables
        else:
            self._commit(inner.tables, self._header.schema_version)

    def tidy(self) -> None:
        """Remove generations that are old enough to go.

        Apart from `write`, because giving back the space of a large file takes as long as writing one.
        """
        with contextlib.suppress(OSError):  # what stays costs a little space and goes the next time
            self._generations.forget_oldest()

    def close(self) -> None:
        """Refuse further writes. Every write before is durable already."""
        if not self._read_only and not self._closed:
            self.tidy()
        self._closed = True

    def _load(self) -> None:
        try:
            identity = self._identify()
            data = read_regular_file(self._path)
        except FileNotFoundError:
            raise
        except OSError as error:
            raise StorageError(f"{self._path} could not be read ({error.strerror}).") from error
        verdict = judge(data)
        if not isinstance(verdict, Intact):
            edited = "was changed by something else" if isinstance(verdict, Edited) else "is damaged"
            raise DamagedRecordError(f"{self._path} {edited}: {verdict.reason}.")
        self._tables, self._header, self._identity = verdict.tables, verdict.header, identity

    def _commit(self, tables: EncodedTables, schema_version: int) -> None:
        before = self._header.generation
        try:
            newest_kept = next(iter(self._generations.kept()), 0)
            header = Header(schema_version, max(before, newest_kept) + 1, self._now())
            data = compose(header, tables)
            if before > 0:
                self._keep_what_is_there(before)
            self._replace(data, before)
        except UnicodeEncodeError as error:
            raise BadDocumentError(f"a name cannot be kept in JSON: {error}") from error
        except OSError as error:
            reason = error.strerror or error
            if before == 0:
                raise StorageError(f"{self._path} cannot be made ({reason}).") from error
            raise StorageError(f"Not saved ({reason}). What was saved before is unchanged.") from error
        self._tables, self._header, self._identity = tables, header, self._identify()
        # The file is durable. A link to it can wait until the next save, which makes it if need be.
        with contextlib.suppress(OSError):
            self._generations.keep(header.generation)
            if self._generations.overdue:
                self._generations.forget_oldest()

    def _keep_what_is_there(self, generation: int) -> None:
        """Make sure that nothing is lost by replacing the file, whoever wrote it last."""
        if self._identify() == self._identity:
            self._generations.keep(generation)
        elif self._path.exists():
            self.replaced_from_outside.append(set_aside(self._path, "changed-outside", self._now()))

    def _replace(self, data: bytearray, before: int) -> None:
        temporary = write_temporary(self._path, data, self._files)
        try:
            self._files.replace(temporary, self._path)
        except BaseException:
            with contextlib.suppress(OSError):
                self._files.unlink(temporary)
            raise
        try:
            self._files.fsync_folder(self._path.parent)
        except OSError:
            self._put_back(before)
            raise

    def _put_back(self, generation: int) -> None:
        """Undo a replacement whose durability is unknown, so that file and memory agree again."""
        # If this fails too the file on disk is the newer one, whole: the next save goes on from memory.
        with contextlib.suppress(OSError):
            if generation == 0:
                self._files.unlink(self._path)
                return
            beside = self._path.with_name(f".{self._path.name}.{secrets.token_hex(4)}.tmp")
            self._files.link(self._generations.path(generation), beside)
            self._files.replace(beside, self._path)

    def _identify(self) -> _FileIdentity | None:
        try:
            status = self._path.stat()
        except FileNotFoundError:
            return None
        return status.st_ino, status.st_size, status.st_mtime_ns


class _Batch:
    def __init__(self, tables: EncodedTables) -> None:
        self.tables = tables
        self.thread = threading.get_ident()
