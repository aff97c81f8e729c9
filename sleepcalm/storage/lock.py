"""One writer at a time: a lock that the kernel frees when its holder dies, however it dies."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sleepcalm.foreign_files import resolved
from sleepcalm.storage.atomic_file import make_private_folder, write_atomically
from sleepcalm.storage.errors import RecordLockedError

if TYPE_CHECKING:
    from pathlib import Path

    from filelock import FileLock

__all__ = ["Holder", "WriterLock"]


@dataclass(frozen=True, slots=True)
class Holder:
    """Who may write, in words for whoever is refused."""

    program: str
    pid: int
    since: datetime

    def __str__(self) -> str:
        return f"{self.program} (process {self.pid}, since {self.since:%Y-%m-%d %H:%M})"


class WriterLock:
    """The right to write to one record.

    The lock lies in a folder of this machine, named after the record's real path, because a lock file inside
    a synced folder would travel to other machines. A file beside it names the holder.
    """

    def __init__(self, record: Path, lock_folder: Path) -> None:
        """Raises OSError where the record has no real path, for its links lead in a circle."""
        name = hashlib.sha256(os.fsencode(resolved(record))).hexdigest()[:32]
        self._folder = lock_folder
        self._lock_file = lock_folder / f"{name}.lock"
        self._holder_file = lock_folder / f"{name}.json"
        self._lock: FileLock | None = None

    def acquire(self, program: str, now: datetime) -> None:
        """Take the lock, or raise RecordLockedError naming the holder at once; OSError if neither can be."""
        # Imported when needed: it takes longer to import than a record takes to open.
        from filelock import FileLock, Timeout  # noqa: PLC0415

        make_private_folder(self._folder)
        lock = FileLock(self._lock_file, timeout=0, mode=0o600, thread_local=False)
        try:
            lock.acquire()
        except Timeout:
            holder = self.holder() or "another program"
            raise RecordLockedError(
                f"The record is being written to by {holder}; close it or let it end, then try again."
            ) from None
        self._lock = lock
        mine = asdict(Holder(program, os.getpid(), now))
        # Without the name the lock holds all the same, and whoever is refused hears "another program".
        with contextlib.suppress(OSError):
            write_atomically(self._holder_file, json.dumps(mine, default=datetime.isoformat).encode())

    def release(self) -> None:
        """Give the lock back; without effect if it is not held."""
        if self._lock is None:
            return
        with contextlib.suppress(OSError):  # a name that stays is overwritten by the next holder
            self._holder_file.unlink()
        self._lock.release()
        self._lock = None

    def holder(self) -> Holder | None:
        """Who took the lock last, as far as it can be told. Says nothing on whether it is held."""
        try:
            written = json.loads(self._holder_file.read_bytes())
            return Holder(written["program"], written["pid"], datetime.fromisoformat(written["since"]))
        except (OSError, ValueError, TypeError, KeyError):
            return None
