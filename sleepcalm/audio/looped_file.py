"""A seamless loop that is read from the disk while it sounds."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from threading import Lock

import numpy as np
import soundfile

from sleepcalm.audio.samples import Samples

_log = logging.getLogger(__name__)


class LoopedFile:
    """An Ambience of a file whose end leads into its beginning. Safe from any thread.

    When it can no longer be read it is silent from there on, and `on_lost` is called, once. Raises
    soundfile.LibsndfileError and OSError where it cannot be opened.
    """

    def __init__(self, path: Path, on_lost: Callable[[], None]) -> None:
        self._file = soundfile.SoundFile(path)
        self.frames: int = self._file.frames
        self._on_lost = on_lost
        self._lock = Lock()
        self._at = 0
        self._is_lost = self.frames == 0

    def add_to(self, planes: Samples, start_frame: int, gains: Samples) -> None:
        done, frames = 0, planes.shape[1]
        while done < frames and not self._is_lost:
            position = (start_frame + done) % self.frames
            count = min(frames - done, self.frames - position)
            read = self._read(position, count)
            gain = gains if len(gains) == 1 else gains[done : done + count]
            planes[:, done : done + len(read)] += read.T * gain[: len(read)]
            done += count

    def _read(self, position: int, count: int) -> Samples:
        with self._lock:
            try:
                if self._at != position:
                    self._file.seek(position)
                read: Samples = self._file.read(count, dtype="float32", always_2d=True)
            except soundfile.LibsndfileError as error:
                _log.info("a loop cannot be read: %s", error)
                read = np.zeros((0, 2), np.float32)
            self._at = position + len(read)
            was_lost, self._is_lost = self._is_lost, len(read) < count
        if self._is_lost and not was_lost:
            self._on_lost()
        return read
