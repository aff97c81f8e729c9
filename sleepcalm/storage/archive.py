"""A backup: one zip file with the record, the preferences, own routines and sounds, and their checksums."""

from __future__ import annotations

import contextlib
import hashlib
import os
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO

import msgspec

from sleepcalm.storage.atomic_file import SYSTEM, FileOperations, make_private_folder
from sleepcalm.storage.data_folder import RECORD_NAME
from sleepcalm.storage.errors import DamagedRecordError, StorageError
from sleepcalm.storage.record_file import Intact, judge

__all__ = ["Manifest", "copy_member", "read_manifest", "record_in_archive", "write_archive"]

_MANIFEST_NAME = "manifest.json"
_FORMAT = "sleepcalm-backup"
_UNREADABLE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: the SHA-256 of each file, by its name in the data folder."""

    format: str
    made_at: datetime
    sha256: dict[str, str]


def write_archive(
    target: Path, sources: Mapping[str, Path], made_at: datetime, files: FileOperations = SYSTEM
) -> None:
    """Write a new backup of the sources that exist, read it back and compare it, and only then name it.

    `sources` gives a file or a folder for each name in the backup. Raises StorageError if the record is not
    intact, if anything cannot be read or written, or if what is read back differs; target is then not there.
    The caller sees to it that target is a new name.
    """
    make_private_folder(target.parent)
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        temporary.unlink(missing_ok=True)  # ours: nobody else has this process id, and we write one at a time
        descriptor = files.create(temporary)
        with os.fdopen(descriptor, "wb") as stream:
            manifest = _fill(stream, sources, made_at)
            stream.flush()
            files.fsync(descriptor)
        if read_manifest(temporary) != manifest:
            raise DamagedRecordError(f"The backup {target} does not read back as it was written.")
        files.replace(temporary, target)
        try:
            files.fsync_folder(target.parent)
        except OSError:
            target.unlink(missing_ok=True)
            raise
    except OSError as error:
        if isinstance(error, StorageError):
            raise
        raise StorageError(f"No backup was made at {target} ({error.strerror or error}).") from error
    finally:
        temporary.unlink(missing_ok=True)


def read_manifest(path: Path) -> Manifest:
    """What the backup holds, after comparing every file in it with its checksum.

    Raises DamagedRecordError naming the backup and what is wrong, StorageError if it cannot be read.
    """
    with _opened(path) as archive:
        try:
            manifest = msgspec.json.decode(archive.read(_MANIFEST_NAME), type=Manifest)
        except msgspec.MsgspecError as error:
            raise DamagedRecordError(f"{path} is not a backup of SleepCalm ({error}).") from error
        if manifest.format != _FORMAT or RECORD_NAME not in manifest.sha256:
            raise DamagedRecordError(f"{path} is not a backup of SleepCalm.")
        for name, sha256 in manifest.sha256.items():
            if not _is_safe(name):
                raise DamagedRecordError(f"{path} holds a file that would lie elsewhere: {name!r}.")
            with archive.open(name) as member:
                if _sha256(member) != sha256:
                    raise DamagedRecordError(f"{path} is damaged: {name} is not as it was saved.")
    return manifest


def record_in_archive(path: Path) -> Intact:
    """The record that a backup holds. Raises like read_manifest."""
    read_manifest(path)
    with _opened(path) as archive:
        verdict = judge(archive.read(RECORD_NAME))
    if not isinstance(verdict, Intact):
        raise DamagedRecordError(f"{path} holds a record that is damaged: {verdict.reason}.")
    return verdict


def copy_member(path: Path, name: str) -> bytes:
    """The content of one file of a backup."""
    with _opened(path) as archive:
        return archive.read(name)


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The zip file, with whatever zipfile raises for a damaged one turned into DamagedRecordError."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except StorageError:
        raise
    except OSError as error:
        raise StorageError(f"{path} could not be read ({error.strerror or error}).") from error
    except _UNREADABLE as error:
        raise DamagedRecordError(f"{path} is damaged or not a backup ({error}).") from error


def _fill(stream: IO[bytes], sources: Mapping[str, Path], made_at: datetime) -> Manifest:
    sums: dict[str, str] = {}
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in _files(sources):
            if name == RECORD_NAME:
                content = path.read_bytes()
                if not isinstance(judge(content), Intact):
                    raise DamagedRecordError("The record is not intact, so it was not backed up.")
                archive.writestr(_member(name), content)
                sums[name] = hashlib.sha256(content).hexdigest()
            else:
                with path.open("rb") as source, archive.open(_member(name), "w") as member:
                    sums[name] = _copy(source, member)
        manifest = Manifest(_FORMAT, made_at, sums)
        archive.writestr(_member(_MANIFEST_NAME), msgspec.json.encode(manifest))
    return manifest


def _files(sources: Mapping[str, Path]) -> Iterator[tuple[str, Path]]:
    for name, path in sources.items():
        if path.is_dir():
            for inside in sorted(path.rglob("*")):
                if inside.is_file():
                    yield f"{name}/{inside.relative_to(path).as_posix()}", inside
        elif path.is_file():
            yield name, path


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name)  # dated 1980: when a backup was made stands in its manifest
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = 0o600 << 16
    return member


def _copy(source: IO[bytes], target: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while block := source.read(1 << 20):
        digest.update(block)
        target.write(block)
    return digest.hexdigest()


def _sha256(stream: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while block := stream.read(1 << 20):
        digest.update(block)
    return digest.hexdigest()


def _is_safe(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return not name.startswith("/") and "\\" not in name and ".." not in parts
