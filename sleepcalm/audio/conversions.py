"""Converts the user's own sounds while something else plays already."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread

from sleepcalm.audio.own_sounds import OwnSoundError, OwnSounds


class Conversions:
    """Each on a thread of its own, on which `on_done` is told the name, or `on_problem` a line."""

    def __init__(
        self, own_sounds: OwnSounds, on_done: Callable[[str], None], on_problem: Callable[[str], None]
    ) -> None:
        self._own_sounds = own_sounds
        self._on_done = on_done
        self._on_problem = on_problem
        self._threads: dict[str, Thread] = {}
        self._is_closed = Event()

    def begin(self, name: str) -> None:
        """Convert a file, unless that is being done. For one thread."""
        running = self._threads.get(name)
        if (running is None or not running.is_alive()) and not self._is_closed.is_set():
            self._threads[name] = Thread(
                target=self._convert, args=(name,), name="sound conversion", daemon=True
            )
            self._threads[name].start()

    def wait(self) -> None:
        """Wait until nothing is being converted."""
        for thread in self._threads.values():
            thread.join()

    def close(self) -> None:
        """Give up what is not done, and wait for that."""
        self._is_closed.set()
        self.wait()

    def _convert(self, name: str) -> None:
        problem = ""
        try:
            self._own_sounds.convert(name, lambda: not self._is_closed.is_set())
        except OwnSoundError as error:
            problem = str(error)
        if self._is_closed.is_set():
            return  # given up, or nobody listens any more
        if problem:
            self._on_problem(problem)
        else:
            self._on_done(name)
