"""A thread that makes clips while the window goes on. The sound's libraries are imported by what it calls."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread

from sleepcalm.audio.voices.progress import Outcome


class BackgroundRenderer:
    """Renders on a thread of its own, one voice at a time; `on_end` is called on that thread."""

    def __init__(self, on_end: Callable[[Outcome], None]) -> None:
        self._on_end = on_end
        self._cancel = Event()
        self._thread: Thread | None = None

    def start(self, render: Callable[[Event], Outcome]) -> None:
        """Call `render` with what is set once it has to stop; a rendering that is under way is stopped
        before, and keeps what it has done."""
        self.close()
        self._cancel = Event()
        self._thread = Thread(target=self._run, args=(render, self._cancel), name="voice", daemon=True)
        self._thread.start()

    def cancel(self) -> None:
        """Ask the rendering to stop; it ends within a moment and tells so."""
        self._cancel.set()

    def close(self) -> None:
        """Stop, and wait until nothing is being written any more."""
        self._cancel.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _run(self, render: Callable[[Event], Outcome], cancel: Event) -> None:
        outcome = Outcome(0, 0, problems=("the rendering stopped by a fault of the program",))
        try:
            outcome = render(cancel)
        finally:
            self._on_end(outcome)
