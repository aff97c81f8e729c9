"""The user's own sound files, made into seamless loops: once, block by block, and never whole in memory."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import which

import soundfile

from sleepcalm.audio.decoding import DIRECT_SUFFIXES, FFMPEG_SUFFIXES, DecodingError
from sleepcalm.audio.loop_making import Measured, looped, measure
from sleepcalm.audio.looped_file import LoopedFile
from sleepcalm.audio.softening import soften
from sleepcalm.backgrounds import OWN_PREFIX, BackgroundError, parse_background
from sleepcalm.foreign_files import printable
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ

_FORM = "5"  # of the converted files; another one makes them anew
_ABANDONED_S = 86_400

_FRAME_BYTES = 4
_SPARE_BYTES = 65_536


class OwnSoundError(Exception):
    """A sound that cannot be used; the text is one line with its name and the reason."""


@dataclass(frozen=True, slots=True)
class OwnSound:
    """A file in the user's folder. `problem` says why it cannot be chosen; empty when it can."""

    name: str
    problem: str = ""


class OwnSounds:
    """The files in `folder`, which need not exist. What is made of them lies in `converted_folder`.

    Any thread may call; one conversion of the same file at a time is enough, but two do no harm.
    """

    def __init__(self, folder: Path, converted_folder: Path) -> None:
        self._folder = folder
        self._converted_folder = converted_folder

    def listing(self) -> tuple[OwnSound, ...]:
        """The sound files by name. Nothing is opened, so a damaged one is found out when it is chosen."""
        if not self._folder.is_dir():
            return ()
        try:
            files = [path for path in self._folder.iterdir() if path.is_file()]
        except OSError:
            return ()
        known = DIRECT_SUFFIXES | FFMPEG_SUFFIXES
        names = (path.name for path in files if path.suffix.lower() in known and path.name[0] != ".")
        return tuple(OwnSound(name, _problem(name)) for name in sorted(names, key=str.casefold))

    def ready(self, name: str, on_lost: Callable[[str], None]) -> LoopedFile | None:
        """The loop of a file, or None when it has to be converted first. Raises OwnSoundError.

        `on_lost` is told, in a line, when it can no longer be read while it sounds.
        """
        try:
            path = self._converted(name)
        except OSError as error:
            raise _failure(name, f"it is not there ({error.strerror or error})") from error
        except ValueError as error:  # half a character, or none that a file's name can have
            raise _failure(name, "it is no name of a file") from error
        if not path.is_file():
            return None
        try:
            return LoopedFile(path, lambda: on_lost(str(_failure(name, "it can no longer be read"))))
        except (soundfile.LibsndfileError, OSError):
            path.unlink(missing_ok=True)  # it is ours, and can be made again
            return None

    def convert(self, name: str, is_wanted: Callable[[], bool] = lambda: True) -> None:
        """Make the loop of a file, which takes about a second for a minute of it. Raises OwnSoundError.

        When `is_wanted` turns false it is given up. Until it is complete it does not have its name.
        """
        try:
            source, target = self._folder / name, self._converted(name)
            self._converted_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._let_go_of_abandoned()
            measured = measure(source, is_wanted)
            if is_wanted():
                self._write(source, target, measured, is_wanted)
        except DecodingError as error:
            if is_wanted():  # else it was given up in the midst
                raise _failure(name, str(error)) from error
        except (soundfile.LibsndfileError, OSError) as error:
            raise _failure(name, f"its loop could not be written ({_reason(error)})") from error

    def _has_room(self, frames: int) -> bool:
        try:
            return shutil.disk_usage(self._converted_folder).free > frames * _FRAME_BYTES + _SPARE_BYTES
        except OSError:  # it is told by whoever needs the folder
            return True

    def _converted(self, name: str) -> Path:
        """Where the loop of a file belongs; after any change of the file, elsewhere."""
        if Path(name).name != name:
            raise _failure(name, "it is no name of a file")
        state = (self._folder / name).stat()
        key = f"{_FORM} {name} {state.st_size} {state.st_mtime_ns}"
        digest = hashlib.sha256(key.encode(errors="surrogatepass")).hexdigest()
        return self._converted_folder / f"{digest[:24]}.wav"

    def _write(self, source: Path, target: Path, measured: Measured, is_wanted: Callable[[], bool]) -> None:
        if not self._has_room(measured.frames):
            raise _no_room()
        descriptor, unfinished = tempfile.mkstemp(prefix=".", suffix=".part", dir=self._converted_folder)
        os.close(descriptor)
        frames = 0
        try:
            with soundfile.SoundFile(unfinished, "w", SAMPLE_RATE_HZ, 2, "PCM_16", format="WAV") as file:
                for block in looped(source, measured, is_wanted):
                    if not is_wanted():
                        return
                    file.write(block)
                    frames += len(block)
            soften(Path(unfinished), measured.most_gain, is_wanted)
            if not is_wanted():
                return
            _check(Path(unfinished), frames)
            Path(unfinished).replace(target)
        except (soundfile.LibsndfileError, OSError) as error:
            # libsndfile keeps the reason to itself. Asked for while what is written still takes its room.
            if not self._has_room(0):
                raise _no_room() from error
            raise
        finally:
            with suppress(FileNotFoundError):
                Path(unfinished).unlink()

    def _let_go_of_abandoned(self) -> None:
        """Remove the loops of files that have changed or gone, and what a killed process left."""
        belonging = set()
        for sound in self.listing():
            with suppress(OSError):
                belonging.add(self._converted(sound.name))
        for path in self._converted_folder.iterdir():
            is_old = path.suffix == ".part" and time.time() - path.stat().st_mtime > _ABANDONED_S
            if is_old or (path.suffix == ".wav" and path not in belonging):
                path.unlink(missing_ok=True)


def _problem(name: str) -> str:
    try:
        parts = parse_background(f"{OWN_PREFIX}{name}:1")
    except BackgroundError:
        parts = ()
    if [part.name for part in parts] != [f"{OWN_PREFIX}{name}"] or not name.isprintable():
        return "its name has a character that stands for something else; rename it"
    if Path(name).suffix.lower() in FFMPEG_SUFFIXES and which("ffmpeg") is None:
        return "it needs ffmpeg, which is not installed"
    return ""


def _check(path: Path, frames: int) -> None:
    """See that a loop is whole, and on the disk."""
    with path.open("rb") as written:
        os.fsync(written.fileno())
    if soundfile.info(path).frames != frames:
        raise OSError(None, "the disk took only a part of it")


def _no_room() -> OSError:
    return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _reason(error: soundfile.LibsndfileError | OSError) -> str:
    if getattr(error, "errno", None) == errno.ENOSPC:
        return "there is no room for it on the disk"
    reason = getattr(error, "error_string", None) or getattr(error, "strerror", None) or error
    return str(reason).rstrip(".")


def _failure(name: str, reason: str) -> OwnSoundError:
    return OwnSoundError(f"The background lacks {printable(name)}: {reason}")
