"""Writes a mix to a sound file, block by block, and never leaves half a file behind."""

from __future__ import annotations

import os
import secrets
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import soundfile
from filelock import FileLock

from sleepcalm.audio.mixer import Gains, Mixer
from sleepcalm.audio.tags import TAGGERS, TagError, tags_of, write_tagged
from sleepcalm.foreign_files import printable, resolved
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ

FORMATS = {
    ".wav": ("WAV", "PCM_16"),
    ".flac": ("FLAC", "PCM_16"),
    ".ogg": ("OGG", "VORBIS"),
    ".mp3": ("MP3", "MPEG_LAYER_III"),
}
"""By file suffix, libsndfile's names of the container and of the encoding."""

MOST_WAV_FRAMES = (2**32 - 2**16) // 4
"""A wav file counts its bytes in 32 bits. RF64 does not, but few players, and fewer phones, know it."""

_BLOCK_FRAMES = SAMPLE_RATE_HZ
_BESIDE = ".sleepcalm-"
_NO_LOCK = (OSError, NotImplementedError)
"""Someone holds it, or the file system knows no locks."""


class MixdownError(Exception):
    """A file that was not written; the text says why. What stood there before still stands."""


class UnfitNameError(MixdownError):
    """Another name or another format is needed, whatever the disk has room for."""


def _exists(path: Path) -> MixdownError:
    return MixdownError(f"{_shown(path)} exists and was kept; --force replaces it")


def _unwritten(path: Path, reason: str) -> MixdownError:
    return MixdownError(f"{_shown(path)} was not written: {reason}")


def _shown(path: Path) -> str:
    return printable(str(path))


def check_target(path: Path, *, replace: bool) -> None:
    """Raise MixdownError when a mix could not be put there, whatever it holds."""
    if path.name.lower() in ("", *FORMATS):
        raise UnfitNameError("a file's name is needed, such as tonight.flac")
    if path.suffix.lower() not in FORMATS:
        raise UnfitNameError(f"{printable(path.name)}: the name must end in one of {', '.join(FORMATS)}")
    try:
        kind = path.stat().st_mode
    except FileNotFoundError:
        if path.is_symlink() and not replace:
            raise _exists(path) from None
        folder = resolved(path).parent if path.is_symlink() else path.parent
        if not folder.is_dir():
            raise _unwritten(path, f"there is no folder {_shown(folder)}") from None
        return
    except OSError as error:
        raise _unwritten(path, error.strerror or str(error)) from error
    if not stat.S_ISREG(kind):
        # To replace the name of a device would take it from the whole machine.
        raise MixdownError(f"{_shown(path)} is no ordinary file, and stays as it is")
    if not replace:
        raise _exists(path)


def check_length(path: Path, frames: int) -> None:
    """Raise MixdownError when the format of that name has no room for a mix that long."""
    if path.suffix.lower() == ".wav" and frames > MOST_WAV_FRAMES:
        most, wanted = (_hours(count) for count in (MOST_WAV_FRAMES, frames + 60 * SAMPLE_RATE_HZ - 1))
        raise UnfitNameError(
            f"{printable(path.name)}: a wav file holds {most} at most, and this takes {wanted}; "
            "a name in .flac or .ogg makes a file that holds it"
        )


def _hours(frames: int) -> str:
    hours, minutes = divmod(frames // (60 * SAMPLE_RATE_HZ), 60)
    return f"{hours} h {minutes} min"


def write_mixdown(
    mixer: Mixer, path: Path, gains: Gains, *, replace: bool, on_progress: Callable[[float], None]
) -> None:
    """Write the whole mix to `path`, in the format of its suffix; frame 0 is the timeline's zero.

    Where the format has room for them, the title and the steps, as chapters, are in it.
    `on_progress` gets the share that is done, and the whole again and again until the file gets its name;
    what it raises ends the writing and leaves nothing. An existing file is only replaced when `replace` is
    true, and only once the new one is complete: that which a symbolic link leads to, so that the link stays.
    A folder, a pipe or a device never is. Raises MixdownError.
    """
    check_target(path, replace=replace)
    check_length(path, mixer.total_frames)
    try:
        target = resolved(path) if replace else path
        _remove_abandoned(target.parent)
        with _private_folder(target.parent) as beside:
            finished = _private_file(beside, f"untagged{path.suffix}")
            _write(mixer, finished, gains, on_progress)
            if path.suffix.lower() in TAGGERS:
                untagged, finished = finished, _private_file(beside, f"tagged{path.suffix}")
                tags = tags_of(mixer.timeline, mixer.total_frames)
                write_tagged(untagged, finished, tags, lambda: on_progress(1))
            _check(finished, mixer.total_frames)
            on_progress(1)
            _publish(finished, target, replace=replace)
    except OSError as error:
        raise _unwritten(path, error.strerror or str(error)) from error
    except soundfile.LibsndfileError as error:
        raise _unwritten(path, error.error_string) from error
    except TagError as error:
        raise _unwritten(path, str(error)) from error


@contextmanager
def _private_folder(parent: Path) -> Iterator[Path]:
    """A folder for what is not finished, gone in the end; a lock in it shows that its maker still lives."""
    # Named before it is there, so that an interruption at any moment finds it and takes it away.
    folder = parent / f"{_BESIDE}{secrets.token_hex(8)}"
    lock = _lock_of(folder)
    try:
        folder.mkdir(0o700)
        with suppress(*_NO_LOCK):  # then what is left when the process is killed stays
            lock.acquire()
        yield folder
    finally:
        lock.release()
        shutil.rmtree(folder, ignore_errors=True)


def _remove_abandoned(parent: Path) -> None:
    """Remove what a killed process left there. Nothing is in such a folder before its lock is held."""
    for folder in parent.glob(f"{_BESIDE}*"):
        with suppress(*_NO_LOCK):  # another's, or in use: it stays
            if _is_private(folder) and any(folder.glob("*tagged.*")):
                with _lock_of(folder):
                    pass  # it is free, so whoever made the folder has ended
                shutil.rmtree(folder)


def _lock_of(folder: Path) -> FileLock:
    return FileLock(folder / "lock", timeout=0, mode=0o600)


def _is_private(folder: Path) -> bool:
    """Whether it is a folder, no link to one, that nobody else can have put anything in."""
    status = folder.lstat()
    is_own = not hasattr(os, "getuid") or status.st_uid == os.getuid()
    return stat.S_ISDIR(status.st_mode) and is_own and not status.st_mode & 0o022


def _private_file(folder: Path, name: str) -> Path:
    path = folder / name
    path.touch(0o600)
    return path


def _write(mixer: Mixer, path: Path, gains: Gains, on_progress: Callable[[float], None]) -> None:
    container, encoding = FORMATS[path.suffix.lower()]
    total = mixer.total_frames
    try:
        with soundfile.SoundFile(path, "w", SAMPLE_RATE_HZ, 2, encoding, format=container) as file:
            for start in range(0, total, _BLOCK_FRAMES):
                frames = min(_BLOCK_FRAMES, total - start)
                file.write(mixer.mix(start, frames, gains))
                on_progress((start + frames) / total)
    except soundfile.LibsndfileError:
        _ask_for_room(path)
        raise


def _check(path: Path, frames: int) -> None:
    """See that a file is whole, and on the disk."""
    with path.open("rb") as written:
        os.fsync(written.fileno())
    if soundfile.info(path).frames < frames:
        _ask_for_room(path)
        raise OSError(None, "the disk took only a part of it")


def _ask_for_room(path: Path) -> None:
    """Raise the system's error, which libsndfile keeps to itself, where the disk takes no more of a file."""
    with path.open("ab", buffering=0) as file:
        for _ in range(2):  # the first may be taken in part
            file.write(bytes(4 * _BLOCK_FRAMES))
        os.fsync(file.fileno())


def _publish(unfinished: Path, path: Path, *, replace: bool) -> None:
    if replace:
        unfinished.replace(path)
        return
    try:
        path.hardlink_to(unfinished)  # unlike a rename, fails when a file has appeared meanwhile
    except FileExistsError as error:
        raise _exists(path) from error
    except OSError:  # a file system without hard links
        unfinished.rename(path)
