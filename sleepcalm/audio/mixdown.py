"""Writes a mix to a sound file, block by block, and never leaves half a file behind."""

from __future__ import annotations

import os
import secrets
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import soundfile

from sleepcalm.audio.mixer import Gains, Mixer
from sleepcalm.audio.tags import TAGGERS, TagError, tags_of, write_tagged
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ

FORMATS = {
    ".wav": ("WAV", "PCM_16"),
    ".flac": ("FLAC", "PCM_16"),
    ".ogg": ("OGG", "VORBIS"),
    ".mp3": ("MP3", "MPEG_LAYER_III"),
}
"""By file suffix, libsndfile's names of the container and of the encoding."""

_BLOCK_FRAMES = SAMPLE_RATE_HZ


class MixdownError(Exception):
    """A file that was not written; the text says why. What stood there before still stands."""


def _exists(path: Path) -> MixdownError:
    return MixdownError(f"{path} exists and was kept; --force replaces it")


def check_target(path: Path, *, replace: bool) -> None:
    """Raise MixdownError when a mix could not be put there, whatever it holds."""
    if path.suffix.lower() not in FORMATS:
        raise MixdownError(f"{path.name}: the name must end in one of {', '.join(FORMATS)}")
    try:
        kind = path.stat().st_mode
    except FileNotFoundError:
        if not path.parent.is_dir():
            raise MixdownError(f"{path} was not written: there is no folder {path.parent}") from None
        if path.is_symlink() and not replace:
            raise _exists(path) from None
        return
    except OSError as error:
        raise MixdownError(f"{path} was not written: {error.strerror}") from error
    if not replace:
        raise _exists(path)
    if not stat.S_ISREG(kind):
        # To replace the name of a device would take it from the whole machine.
        raise MixdownError(f"{path} is no ordinary file, and stays as it is")


def write_mixdown(
    mixer: Mixer, path: Path, gains: Gains, *, replace: bool, on_progress: Callable[[float], None]
) -> None:
    """Write the whole mix to `path`, in the format of its suffix; frame 0 is the timeline's zero.

    Where the format has room for them, the title and the steps, as chapters, are in it.
    `on_progress` gets the share that is done. An existing file is only replaced when `replace` is
    true, and only once the new one is complete; a folder, a pipe or a device never is. Raises MixdownError.
    """
    check_target(path, replace=replace)
    try:
        # Named before it is there, so that an interruption at any moment finds it and takes it away.
        beside = path.parent / f".{secrets.token_hex(8)}"
        try:
            beside.mkdir(0o700)
            finished = _private_file(beside, f"untagged{path.suffix}")
            _write(mixer, finished, gains, on_progress)
            if path.suffix.lower() in TAGGERS:
                untagged, finished = finished, _private_file(beside, f"tagged{path.suffix}")
                write_tagged(untagged, finished, tags_of(mixer.timeline, mixer.total_frames))
            _check(finished, mixer.total_frames)
            _publish(finished, path, replace=replace)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise MixdownError(f"{path} was not written: {error.strerror or error}") from error
    except soundfile.LibsndfileError as error:
        raise MixdownError(f"{path} was not written: {error.error_string}") from error
    except TagError as error:
        raise MixdownError(f"{path} was not written: {error}") from error


def _private_file(folder: Path, name: str) -> Path:
    path = folder / name
    path.touch(0o600)
    return path


def _write(mixer: Mixer, path: Path, gains: Gains, on_progress: Callable[[float], None]) -> None:
    container, encoding = FORMATS[path.suffix.lower()]
    total = mixer.total_frames
    with soundfile.SoundFile(path, "w", SAMPLE_RATE_HZ, 2, encoding, format=container) as file:
        for start in range(0, total, _BLOCK_FRAMES):
            frames = min(_BLOCK_FRAMES, total - start)
            file.write(mixer.mix(start, frames, gains))
            on_progress((start + frames) / total)


def _check(path: Path, frames: int) -> None:
    """See that a file is whole, and on the disk."""
    with path.open("rb") as written:
        os.fsync(written.fileno())
    if soundfile.info(path).frames < frames:
        raise OSError(None, "the disk took only a part of it")


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
