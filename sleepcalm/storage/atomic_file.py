"""Write a file so that a reader, a crash or a power cut finds the old content or the new, never a part."""

from __future__ import annotations

import contextlib
import errno
import os
from typing import TYPE_CHECKING, TypeAlias

from sleepcalm.foreign_files import resolved

if TYPE_CHECKING:
    from pathlib import Path

Buffer: TypeAlias = "bytes | bytearray | memoryview"

__all__ = [
    "SYSTEM",
    "FileOperations",
    "make_private_folder",
    "remove_stale_temporaries",
    "write_atomically",
    "write_temporary",
]

_TEMPORARY_SUFFIX = ".tmp"


class FileOperations:
    """The system calls that a durable write is made of.

    Passed in, so that tests can record them for the power-loss model and make each of them fail.
    """

    def create(self, path: Path) -> int:
        """Open a new file for writing, readable by its owner only; an existing one is an error."""
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0), 0o600)

    def write(self, descriptor: int, data: Buffer) -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]

    def fsync(self, descriptor: int) -> None:
        os.fsync(descriptor)

    def close(self, descriptor: int) -> None:
        os.close(descriptor)

    def replace(self, source: Path, target: Path) -> None:
        os.replace(source, target)  # noqa: PTH105 (the system call is what this class is about)

    def link(self, source: Path, target: Path) -> None:
        os.link(source, target, follow_symlinks=False)

    def unlink(self, path: Path) -> None:
        os.unlink(path)  # noqa: PTH108

    def fsync_folder(self, folder: Path) -> None:
        """Make the names in a folder durable, where the system can open a folder at all."""
        if os.name == "nt":
            return
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


SYSTEM = FileOperations()


def make_private_folder(folder: Path) -> None:
    """Make a folder, and the parents it lacks, for its owner only (0700).

    A folder that exists keeps its mode: it may be one that the user shares on purpose.
    """
    if folder.is_dir():
        return
    if folder.parent != folder:
        make_private_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    SYSTEM.fsync_folder(folder.parent)


def write_temporary(path: Path, data: Buffer, files: FileOperations = SYSTEM) -> Path:
    """Write data, durably, to a new file beside path, and return its name; on failure none is left."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}-{os.urandom(4).hex()}{_TEMPORARY_SUFFIX}")
    try:
        descriptor = files.create(temporary)
        try:
            files.write(descriptor, data)
            files.fsync(descriptor)
        finally:
            files.close(descriptor)
    except BaseException:
        _discard(temporary, files)
        raise
    return temporary


def write_atomically(path: Path, data: Buffer, files: FileOperations = SYSTEM) -> None:
    """Replace the content of path with data, durably, before returning.

    The file is readable by its owner only (0600). A symbolic link is followed, not replaced. Raises OSError,
    which names `path`; the old content is then still there, unless only the last step failed, which makes the
    new name durable. So it does where a folder, a pipe or a device has that name.
    """
    try:
        _replace(resolved(path), data, files)
    except OSError as error:
        error.filename, error.filename2 = str(path), None  # not the temporary file, which nobody asked for
        raise


def _replace(target: Path, data: Buffer, files: FileOperations) -> None:
    if target.exists() and not target.is_file():
        # To replace the name of a device would take it from the whole machine.
        raise OSError(errno.EINVAL, "is no ordinary file, and stays as it is")
    temporary = write_temporary(target, data, files)
    try:
        files.replace(temporary, target)
    except BaseException:
        _discard(temporary, files)
        raise
    files.fsync_folder(target.parent)


def remove_stale_temporaries(path: Path) -> int:
    """Remove what killed writers of path left beside it, and return how many files that were.

    Only for whoever is the sole writer of path: a temporary file of a living writer would go as well.
    Raises OSError.
    """
    target = resolved(path)
    prefix = f".{target.name}."
    removed = 0
    if not target.parent.is_dir():
        return removed
    for entry in target.parent.iterdir():
        if entry.name.startswith(prefix) and entry.name.endswith(_TEMPORARY_SUFFIX):
            entry.unlink(missing_ok=True)
            removed += 1
    return removed


def _discard(temporary: Path, files: FileOperations) -> None:
    # The error that brought us here is the one to report; what cannot be removed now goes at the next start.
    with contextlib.suppress(OSError):
        files.unlink(temporary)
