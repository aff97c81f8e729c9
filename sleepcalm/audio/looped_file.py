"""A seamless loop that is read from the disk while it sounds."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from threading import Lock

import numpy as np
import soundfile

from sleepcalm.audio.samples import Samples
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ

PIECE_FRAMES = SAMPLE_RATE_HZ
"""Read at one go: python-soundfile seeks after each reading, and a FLAC decoder begins a block anew then."""

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
        self._piece = np.zeros((0, 2), np.float32)
        self._piece_start = 0
        self._is_lost = self.frames == 0

    def add_to(self, planes: Samples, start_frame: int, gains: Samples) -> None:
        done, frames = 0, planes.shape[1]
        while done < frames and not self._is_lost:
            found = self._from((start_frame + done) % self.frames)[: frames - done]
            end = done + len(found)
            planes[:, done:end] += found.T * (gains if len(gains) == 1 else gains[done:end])
            done = end

    def _from(self, position: int) -> Samples:
        """What there is from a frame on, at most up to the end of the file; nothing once it is lost."""
        with self._lock:
            was_lost = self._is_lost
            if not self._piece_start <= position < self._piece_start + len(self._piece):
                self._piece, self._piece_start = self._read(position), position
            piece, is_lost_now = self._piece[position - self._piece_start :], self._is_lost and not was_lost
        if is_lost_now:
            self._on_lost()
        return piece

    def _read(self, position: int) -> Samples:
        wanted = min(PIECE_FRAMES, self.frames - position)
        try:
            if self._file.tell() != position:
                self._file.seek(position)
            read: Samples = self._file.read(wanted, dtype="float32", always_2d=True)
        except soundfile.LibsndfileError as error:
            _log.info("a loop cannot be read: %s", error)
            read = np.zeros((0, 2), np.float32)
        self._is_lost = self._is_lost or len(read) < wanted
        return read
