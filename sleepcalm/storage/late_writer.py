"""Saves off the caller's thread; of several values waiting, only the newest is written."""

from __future__ import annotations

from collections.abc import Callable
from threading import Condition, Thread
from typing import Generic, TypeVar

_T = TypeVar("_T")


class LateWriter(Generic[_T]):
    """Hands values to `write` on a thread of its own. `on_error` gets what `write` could not do.

    The thread does not keep a process alive that ends without `close`.
    """

    def __init__(self, write: Callable[[_T], None], on_error: Callable[[OSError], None]) -> None:
        self._write = write
        self._on_error = on_error
        self._changed = Condition()
        self._waiting: list[_T] = []
        self._is_closed = False
        self._thread: Thread | None = None  # started late, too: the window's start has nothing to write

    def put(self, value: _T) -> None:
        """Have `value` written soon, in place of any that still waits."""
        with self._changed:
            self._waiting = [value]
            if self._thread is None:
                self._thread = Thread(target=self._run, name="late writer", daemon=True)
                self._thread.start()
            self._changed.notify()

    def close(self) -> None:
        """Return when what was put has been written."""
        with self._changed:
            self._is_closed = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._is_closed)
                if not self._waiting:
                    return
                value = self._waiting.pop()
            try:
                self._write(value)
            except OSError as error:
                self._on_error(error)
