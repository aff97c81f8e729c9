"""Full disks, failing disks, lost power: what was acknowledged stays, and what failed leaves no trace."""

from __future__ import annotations

import errno
import os
import random
import stat
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from damages import KINDS, damage
from recorded_files import FailingFiles, RecordingFiles, WithoutSyncs, power_loss_states
from storage_clock import Clock

from sleepcalm.storage.atomic_file import FileOperations, write_atomically
from sleepcalm.storage.atomic_storage import AtomicStorage
from sleepcalm.storage.documents import plain_copy
from sleepcalm.storage.errors import StorageError
from sleepcalm.storage.opening import open_database
from sleepcalm.storage.record_file import Intact, judge
from sleepcalm.storage.recovery import WhenChanged, settle

NIGHTS = {f"2026-11-{day:02d}": {"awakenings": day, "notes": "calm " * day} for day in range(1, 20)}


def folder_in(parent: Path, name: str) -> Path:
    folder = parent / name
    folder.mkdir(parents=True)
    return folder


def tree(count: int) -> dict[str, dict[str, object]]:
    return {"nights": dict(list(NIGHTS.items())[:count])}


def error_of(save: Callable[[], None]) -> StorageError | None:
    try:
        save()
    except StorageError as error:
        return error
    return None


@pytest.mark.parametrize("persists", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("error", [errno.EIO, errno.ENOSPC, errno.EACCES])
def test_a_save_that_fails_at_any_step_changes_neither_file_nor_memory(
    tmp_path: Path, error: int, persists: bool
) -> None:
    steps = 0
    for step in range(50):
        path = folder_in(tmp_path, str(step)) / "record.json"
        AtomicStorage(path).write(tree(10))
        before = path.read_bytes()
        files = FailingFiles(error, step, persists=persists)
        storage = AtomicStorage(path, files=files)
        failure = error_of(lambda storage=storage: storage.write(tree(12)))
        if failure is not None:
            assert "injected" in str(failure)
            assert "What was saved before is unchanged" in str(failure)
            assert plain_copy(storage.read()) == tree(10)
            if not (
                persists and path.read_bytes() != before
            ):  # nothing can be put back on a disk that is gone
                assert path.read_bytes() == before
                assert [entry.name for entry in path.parent.iterdir() if entry.suffix == ".tmp"] == []
            assert isinstance(judge(path.read_bytes()), Intact)
            steps += 1
            AtomicStorage(path).write(tree(13))
        else:
            assert plain_copy(AtomicStorage(path).read()) == tree(12)
        if not files.failed:
            break
    assert steps >= 5


def test_the_next_save_after_a_failed_one_succeeds(tmp_path: Path) -> None:
    for step in range(8):
        path = folder_in(tmp_path, str(step)) / "record.json"
        AtomicStorage(path).write(tree(3))
        storage = AtomicStorage(path, files=FailingFiles(errno.EIO, step))
        for count in (4, 5):
            if error_of(lambda storage=storage, count=count: storage.write(tree(count))) is not None:
                storage.write(tree(count))
        assert plain_copy(AtomicStorage(path).read()) == tree(5)
        assert storage.replaced_from_outside == []


def test_other_files_are_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "preferences.json"
    path.write_bytes(b"before")
    for step in range(4):
        with pytest.raises(OSError, match="injected"):
            write_atomically(path, b"after", FailingFiles(errno.ENOSPC, step))
        assert path.read_bytes() == b"before"
        assert list(tmp_path.iterdir()) == [path]


def test_an_error_names_the_file_that_was_meant_and_no_temporary_one(tmp_path: Path) -> None:
    path = tmp_path / "week.csv"
    for step in range(4):
        with pytest.raises(OSError, match="injected") as failure:
            write_atomically(path, b"nights", FailingFiles(errno.ENOSPC, step))
        assert (failure.value.filename, failure.value.filename2) == (str(path), None)
    with pytest.raises(FileNotFoundError) as failure:
        write_atomically(tmp_path / "nowhere" / "week.csv", b"nights")
    assert failure.value.filename == str(tmp_path / "nowhere" / "week.csv")


def test_only_an_ordinary_file_is_replaced(tmp_path: Path) -> None:
    """A device or a pipe would be gone for the whole machine; a folder is never meant."""
    pipe, folder, link = tmp_path / "pipe", tmp_path / "folder", tmp_path / "link"
    os.mkfifo(pipe)
    folder.mkdir()
    link.symlink_to(pipe)
    for path in (pipe, folder, link):
        with pytest.raises(OSError, match="no ordinary file") as failure:
            write_atomically(path, b"nights")
        assert failure.value.filename == str(path)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert sorted(tmp_path.iterdir()) == [folder, link, pipe]


def record_of(folder: Path, files: RecordingFiles) -> None:
    """Save a growing, then a shrinking record, noting each acknowledgement."""
    storage = AtomicStorage(folder / "record.json", files=files)
    for count in (1, 9, 19, 4, 2):
        storage.write(tree(count))
        files.acknowledge(str(count))


def lost_or_damaged(calls_of: RecordingFiles, folder: Path, clock: Clock) -> tuple[int, int]:
    """Open every state that a power cut may leave; how many there are, and in how many something is lost."""
    states = bad = 0
    order = ["1", "9", "19", "4", "2"]
    for acknowledged, files in power_loss_states(calls_of.calls):
        states += 1
        path = folder_in(folder, str(states)) / "record.json"
        for name, content in files.items():
            copy = folder / str(states) / name.relative_to(folder / "original")
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(content)
        settle(path, now=clock(), when_changed=WhenChanged.RESTORE)
        found = plain_copy(AtomicStorage(path).read()).get("nights", {})
        index = max((order.index(count) for count in acknowledged), default=-1)
        allowed = [tree(int(count))["nights"] for count in order[max(index, 0) : index + 2]]
        if found not in ([{}, *allowed] if index < 0 else allowed):
            bad += 1
    return states, bad


def test_no_state_after_a_power_cut_lacks_what_was_acknowledged(tmp_path: Path, clock: Clock) -> None:
    files = RecordingFiles()
    record_of(folder_in(tmp_path, "original"), files)
    states, bad = lost_or_damaged(files, tmp_path, clock)
    assert states > 50
    assert bad == 0


def test_the_power_loss_model_finds_what_a_save_without_syncs_loses(tmp_path: Path) -> None:
    path = tmp_path / "record.json"
    files = WithoutSyncs()
    storage = AtomicStorage(path, files=files)
    storage.write(tree(1))
    files.acknowledge("1")
    after = [files for acknowledged, files in power_loss_states(files.calls) if acknowledged]
    lost = [files for files in after if b"awakenings" not in files.get(path, b"")]
    damaged = [files for files in after if not isinstance(judge(files.get(path, b"")), Intact)]
    assert len(lost) > len(after) / 4
    assert len(damaged) > len(after) / 4


def test_the_operations_are_the_system_calls(tmp_path: Path) -> None:
    """The model stands on this order: a file is synced before it is named, its folder before the answer."""
    files = RecordingFiles()
    storage = AtomicStorage(tmp_path / "record.json", files=files)
    storage.write(tree(1))
    files.calls.clear()
    storage.write(tree(2))
    assert [call.name for call in files.calls] == [
        "create",
        "write",
        "fsync",
        "replace",
        "fsync_folder",
        "link",
    ]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 256 KiB."""
    if os.geteuid() != 0:
        pytest.skip("mounting a small tmpfs needs root")
    mount_point = tmp_path / "small"
    mount_point.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", mount_point],
        check=False,
        capture_output=True,
        text=True,
    )
    if mounted.returncode != 0:
        pytest.skip(f"this machine does not let us mount a tmpfs: {mounted.stderr.strip()}")
    yield mount_point
    subprocess.run(["umount", mount_point], check=True)


def test_a_full_disk_keeps_everything_saved_before(small_disk: Path, tmp_path: Path, clock: Clock) -> None:
    folder = small_disk / "data"
    database = open_database(folder, lock_folder=tmp_path / "locks", program="a test", now=clock)
    saved: list[str] = []

    def fill_the_disk() -> None:
        for number in range(10_000):
            database.put("practices", f"{number:05d}", {"notes": "x" * 2000})
            saved.append(f"{number:05d}")

    with pytest.raises(StorageError, match=r"No space left on device.*What was saved before is unchanged"):
        fill_the_disk()
    assert len(saved) > 5
    assert database.keys("practices") == saved
    assert [entry.name for entry in folder.iterdir() if entry.suffix == ".tmp"] == []
    database.close()
    database = open_database(folder, lock_folder=tmp_path / "locks", program="a test", now=clock)
    assert database.report is None
    assert database.keys("practices") == saved
    database.close()


def random_damages(folder: Path, clock: Clock, rounds: int, seed: int) -> dict[str, int]:
    """Damage a record in so many ways; how often each was noticed and the generation before restored."""
    rng = random.Random(seed)  # noqa: S311
    mended = dict.fromkeys(KINDS, 0)
    path = folder_in(folder, "data") / "record.json"
    storage = AtomicStorage(path)
    storage.write(tree(18))
    storage.write(tree(19))
    whole = path.read_bytes()
    for number in range(rounds):
        kind = list(KINDS)[number % len(KINDS)]
        path.write_bytes(damage(whole, kind, rng))
        report = settle(path, now=clock(), when_changed=WhenChanged.RESTORE)
        clock.advance(seconds=1)
        assert report is not None, f"{kind} was not noticed (round {number})"
        assert plain_copy(AtomicStorage(path).read()) == tree(18), f"{kind} was not mended (round {number})"
        mended[kind] += 1
    return mended


def test_random_damages_are_all_noticed_and_mended(tmp_path: Path, clock: Clock) -> None:
    assert sum(random_damages(tmp_path, clock, rounds=1000, seed=20261122).values()) == 1000


def test_file_operations_are_the_real_ones_by_default() -> None:
    assert type(AtomicStorage.__init__.__kwdefaults__["files"]) is FileOperations
