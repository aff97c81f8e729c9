"""Reads a user's sound file block by block, as stereo at the program's rate, whatever it is inside."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from shutil import which
from tempfile import TemporaryFile
from threading import Event, Thread
from typing import Self

import numpy as np
import soundfile

from sleepcalm.audio.resampling import Resampler
from sleepcalm.audio.samples import Samples
from sleepcalm.foreign_files import printable
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ

DIRECT_SUFFIXES = frozenset({".wav", ".flac", ".ogg", ".oga", ".opus", ".mp3", ".aiff", ".aif", ".caf"})
"""What libsndfile reads."""

FFMPEG_SUFFIXES = frozenset({".m4a", ".aac", ".mp4", ".m4b", ".wma", ".webm", ".mka"})
"""What is left to ffmpeg, where that is installed."""

_BLOCK_FRAMES = SAMPLE_RATE_HZ
RATE_LIMITS_HZ = (4_000, 768_000)
_LARGEST_SAMPLE = 50_000.0
"""Of full scale. What is kept as 32-bit numbers may be beyond it; a few files have 16-bit values."""

_FRAME_BYTES = 2 * np.dtype("<f4").itemsize


STALL_S = 60.0
"""An ffmpeg that gives no sound for so long hangs."""

_LOOK_EVERY_S = 0.25


class DecodingError(Exception):
    """A file that cannot be heard; the text says why, without its name."""


def decoded(path: Path, is_wanted: Callable[[], bool] = lambda: True) -> Generator[Samples, None, None]:
    """The sound of a file in blocks of about a second, while it is wanted. Raises DecodingError.

    A mono sound is on both sides, and so is the mean of more than two channels.
    """
    if not path.is_file():  # nor a pipe, which would be waited for
        raise DecodingError("it is not there" if not path.exists() else "it is no file")
    is_for_ffmpeg = path.suffix.lower() in FFMPEG_SUFFIXES
    blocks = _by_ffmpeg(path, is_wanted) if is_for_ffmpeg else _by_libsndfile(path)
    for block in blocks:
        _check(block)
        yield block


def _by_libsndfile(path: Path) -> Iterator[Samples]:
    is_sound = False
    try:
        with soundfile.SoundFile(os.fsencode(path) if os.name == "posix" else path) as file:
            is_sound = True
            low, high = RATE_LIMITS_HZ
            if not low <= file.samplerate <= high:
                raise DecodingError(f"its sample rate is {file.samplerate} Hz")
            resampler = Resampler(file.samplerate) if file.samplerate != SAMPLE_RATE_HZ else None
            while len(block := file.read(_BLOCK_FRAMES, dtype="float32", always_2d=True)):
                _check(block)  # before the resampler, which would smear them
                stereo = _as_stereo(block)
                yield resampler.add(stereo) if resampler else stereo
            if resampler:
                yield resampler.finish()
    except soundfile.LibsndfileError as error:
        reason = "it is damaged" if is_sound else "it is not a sound file that can be read"
        raise DecodingError(reason) from error
    except OSError as error:
        raise DecodingError(f"it cannot be read: {error.strerror or error}") from error


def _check(block: Samples) -> None:
    if not np.isfinite(block).all():
        raise DecodingError("it is damaged: some of its samples are no numbers")
    if block.size and max(block.max(), -block.min()) > _LARGEST_SAMPLE:
        raise DecodingError("it is damaged: some of its samples are far beyond what can be heard")


def _as_stereo(block: Samples) -> Samples:
    if block.shape[1] == 2:
        return block
    return np.repeat(block.mean(axis=1, keepdims=True, dtype=np.float32), 2, axis=1)


def _by_ffmpeg(path: Path, is_wanted: Callable[[], bool]) -> Iterator[Samples]:
    program = which("ffmpeg")
    if program is None:
        raise DecodingError(f"a {path.suffix} file needs ffmpeg, which is not installed")
    # A play list could name addresses; nothing but files on this machine is opened.
    source = ["-protocol_whitelist", "file,pipe", "-i", f"file:{path.absolute()}"]
    form = ["-map", "0:a:0", "-ac", "2", "-ar", str(SAMPLE_RATE_HZ), "-f", "f32le", "pipe:1"]
    command = [program, "-v", "error", "-nostdin", *source, *form]
    with (
        TemporaryFile() as said,
        subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=said) as process,
        _Watch(process, is_wanted) as watch,
    ):
        assert process.stdout is not None  # noqa: S101 - for the type checker
        while octets := process.stdout.read(_BLOCK_FRAMES * _FRAME_BYTES):
            watch.note_sound()
            whole = len(octets) // _FRAME_BYTES * _FRAME_BYTES
            yield np.frombuffer(octets[:whole], "<f4").astype(np.float32).reshape(-1, 2)
        if watch.is_stalled:
            raise DecodingError(f"ffmpeg has given no sound of it for {STALL_S:g} s")
        if process.wait() and is_wanted():
            said.seek(0)
            text = said.read().decode(errors="replace").replace(f"file:{path.absolute()}: ", "").strip()
            last = text.rpartition("\n")[2] or "ffmpeg failed"
            raise DecodingError(f"it cannot be read: {printable(last)}")


class _Watch:
    """Kills a process that hangs, and one whose sound is not wanted any more, for whoever reads from it
    waits for as long as it takes. In the end it is killed in any case."""

    def __init__(self, process: subprocess.Popen[bytes], is_wanted: Callable[[], bool]) -> None:
        self.is_stalled = False
        self._process = process
        self._is_wanted = is_wanted
        self._moved_s = time.monotonic()
        self._is_over = Event()
        self._thread = Thread(target=self._look, name="ffmpeg watch", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._is_over.set()
        self._process.kill()
        self._thread.join()

    def note_sound(self) -> None:
        self._moved_s = time.monotonic()

    def _look(self) -> None:
        while not self._is_over.wait(_LOOK_EVERY_S):
            self.is_stalled = time.monotonic() - self._moved_s > STALL_S
            if self.is_stalled or not self._is_wanted():
                self._process.kill()
                return
