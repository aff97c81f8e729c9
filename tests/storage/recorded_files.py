"""File operations that are recorded, or fail where a test wants them to.

`PowerLoss` replays a recording up to any point and gives every state in which a disk may then be: what was
not synced may be there in part, as zeros, or not at all; names that were not synced may be there in any mix.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sleepcalm.storage.atomic_file import Buffer, FileOperations


@dataclass(frozen=True)
class Call:
    """One operation; `paths` are the names it is about, `data` what was written."""

    name: str
    paths: tuple[Path, ...] = ()
    data: bytes = b""


class RecordingFiles(FileOperations):
    """Does everything, and remembers it in `calls`."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self._names: dict[int, Path] = {}

    def create(self, path: Path) -> int:
        descriptor = super().create(path)
        self._names[descriptor] = path
        self.calls.append(Call("create", (path,)))
        return descriptor

    def write(self, descriptor: int, data: Buffer) -> None:
        super().write(descriptor, data)
        self.calls.append(Call("write", (self._names[descriptor],), bytes(data)))

    def fsync(self, descriptor: int) -> None:
        super().fsync(descriptor)
        self.calls.append(Call("fsync", (self._names[descriptor],)))

    def replace(self, source: Path, target: Path) -> None:
        super().replace(source, target)
        self.calls.append(Call("replace", (source, target)))

    def link(self, source: Path, target: Path) -> None:
        super().link(source, target)
        self.calls.append(Call("link", (source, target)))

    def unlink(self, path: Path) -> None:
        super().unlink(path)
        self.calls.append(Call("unlink", (path,)))

    def fsync_folder(self, folder: Path) -> None:
        super().fsync_folder(folder)
        self.calls.append(Call("fsync_folder", (folder,)))

    def acknowledge(self, what: str) -> None:
        """Note that the caller was told that something is durable."""
        self.calls.append(Call("acknowledge", data=what.encode()))


class WithoutSyncs(RecordingFiles):
    """What a careless program does: everything but the syncs."""

    def fsync(self, descriptor: int) -> None:
        """Left out."""

    def fsync_folder(self, folder: Path) -> None:
        """Left out."""


class FailingFiles(FileOperations):
    """Raises an error in place of the n-th operation, and in place of each one after it if it persists."""

    def __init__(self, error: int, at: int, *, persists: bool = False) -> None:
        self._error = error
        self._at = at
        self._persists = persists
        self.done = 0

    @property
    def failed(self) -> bool:
        return self.done > self._at

    def _count(self) -> None:
        self.done += 1
        if self.done == self._at + 1 or (self._persists and self.failed):
            raise OSError(self._error, "injected")

    def create(self, path: Path) -> int:
        self._count()
        return super().create(path)

    def write(self, descriptor: int, data: Buffer) -> None:
        try:
            self._count()
        except OSError:
            super().write(descriptor, memoryview(data)[: len(data) // 2])
            raise
        super().write(descriptor, data)

    def fsync(self, descriptor: int) -> None:
        self._count()
        super().fsync(descriptor)

    def replace(self, source: Path, target: Path) -> None:
        self._count()
        super().replace(source, target)

    def link(self, source: Path, target: Path) -> None:
        self._count()
        super().link(source, target)

    def fsync_folder(self, folder: Path) -> None:
        self._count()
        super().fsync_folder(folder)


@dataclass
class _Inode:
    data: bytes = b""
    synced: bytes | None = None

    def states(self) -> tuple[bytes, ...]:
        """What may be on the disk: the last that was synced, or any part of what was written since."""
        if self.synced == self.data:
            return (self.data,)
        zeros = b"\0" * len(self.data)
        half = self.data[: len(self.data) // 2]
        return tuple(dict.fromkeys((self.synced or b"", half, half + zeros[len(half) :], zeros, self.data)))


@dataclass
class _Disk:
    names: dict[Path, _Inode] = field(default_factory=dict)

    def apply(self, change: tuple[str, Path, _Inode | None, Path | None]) -> None:
        kind, name, inode, gone = change
        if kind == "unlink":
            self.names.pop(name, None)
            return
        assert inode is not None
        self.names[name] = inode
        if gone is not None:
            self.names.pop(gone, None)


def power_loss_states(calls: list[Call]) -> Iterator[tuple[set[str], dict[Path, bytes]]]:
    """Each state that a power cut may leave: what was acknowledged by then, and the files by name."""
    durable, live = _Disk(), _Disk()
    pending: list[tuple[str, Path, _Inode | None, Path | None]] = []
    acknowledged: set[str] = set()
    seen: set[tuple[frozenset[str], frozenset[tuple[Path, bytes]]]] = set()
    for call in calls:
        if call.name == "acknowledge":
            acknowledged.add(call.data.decode())
        elif call.name == "write":
            live.names[call.paths[0]].data += call.data
        elif call.name == "fsync":
            inode = live.names[call.paths[0]]
            inode.synced = inode.data
        elif call.name == "fsync_folder":
            for change in [change for change in pending if change[1].parent == call.paths[0]]:
                durable.apply(change)
                pending.remove(change)
        else:
            change = _change_of_names(call, live)
            live.apply(change)
            pending.append(change)
        for files in _states(durable, pending):
            state = (frozenset(acknowledged), frozenset(files.items()))
            if state not in seen:
                seen.add(state)
                yield set(acknowledged), files


def _change_of_names(call: Call, live: _Disk) -> tuple[str, Path, _Inode | None, Path | None]:
    if call.name == "create":
        return "name", call.paths[0], _Inode(), None
    if call.name == "link":
        return "name", call.paths[1], live.names[call.paths[0]], None
    if call.name == "replace":
        return "name", call.paths[1], live.names[call.paths[0]], call.paths[0]
    return "unlink", call.paths[0], None, None


def _states(
    durable: _Disk, pending: list[tuple[str, Path, _Inode | None, Path | None]]
) -> Iterator[dict[Path, bytes]]:
    for count in range(len(pending) + 1):
        for chosen in itertools.combinations(pending, count):
            disk = _Disk(dict(durable.names))
            for change in chosen:
                disk.apply(change)
            inodes = list({id(inode): inode for inode in disk.names.values()}.values())
            for contents in itertools.product(*(inode.states() for inode in inodes)):
                of = {id(inode): content for inode, content in zip(inodes, contents, strict=True)}
                yield {name: of[id(inode)] for name, inode in disk.names.items()}
