"""An output that shows whether it takes sound, while another one still carries the time."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event, Lock, Thread

import numpy as np

from sleepcalm.audio.outputs import Output, OutputError, Read
from sleepcalm.audio.samples import Samples

_log = logging.getLogger(__name__)


class Tap:
    """What an output reads through: shut, it hands out silence. `frames` counts all that was asked for.

    Once `shut` returns, nothing more is read through it, whatever its output does later.
    """

    def __init__(self, read: Read, *, is_open: bool) -> None:
        self._read = read
        self._is_open = is_open
        self._lock = Lock()
        self.frames = 0

    def __call__(self, frames: int) -> Samples:
        with self._lock:
            self.frames += frames
            return self._read(frames) if self._is_open else np.zeros((frames, 2), np.float32)

    def open(self) -> None:
        with self._lock:
            self._is_open = True

    def shut(self) -> None:
        with self._lock:
            self._is_open = False


class Trial:
    """Opens an output, on a thread of its own, for a sound server may let it wait for ever.

    With a tap that is shut, the output hands out silence. It is taken with `take`, or given up and closed,
    then or whenever its opening comes to an end. All but the opening is for one thread.
    """

    def __init__(self, open_output: Callable[[Read], Output], tap: Tap) -> None:
        self.tap = tap
        self.output: Output | None = None
        self._open_output = open_output
        self._frames_at_opening = 0
        self._is_given_up = False
        self._opened, self._decided = Event(), Event()
        self._thread = Thread(target=self._run, name="sound opening", daemon=True)
        self._thread.start()

    def wait(self, limit_s: float) -> None:
        """Until the output is open, or cannot be opened."""
        self._opened.wait(limit_s)

    @property
    def has_failed(self) -> bool:
        """Whether there is nothing to open."""
        return self._opened.is_set() and self.output is None

    @property
    def is_over(self) -> bool:
        """Whether nothing of it is left, so that another one may begin."""
        return self.has_failed or not self._thread.is_alive()

    @property
    def plays(self) -> bool:
        """Whether more is taken than what an opening fills its buffers with, which a device that stands
        still takes, too."""
        is_open = self._opened.is_set() and not self._is_given_up
        return is_open and self.tap.frames > self._frames_at_opening

    def take(self) -> None:
        self._decided.set()

    def give_up(self) -> None:
        self._is_given_up = True
        self._decided.set()

    def _run(self) -> None:
        try:
            output = self._open_output(self.tap)
        except OutputError as error:
            _log.info("%s", error)
            self._opened.set()
            return
        self._frames_at_opening = self.tap.frames
        self.output = output
        self._opened.set()
        self._decided.wait()
        if self._is_given_up:
            output.close()
