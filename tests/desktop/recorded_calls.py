"""The program as the desktop calls it."""

from __future__ import annotations

from queue import Empty, SimpleQueue
from typing import Any

from testbed.bus import WAIT_S


class RecordedCalls:
    """Notes every call; `next` waits for the next one and gives it."""

    def __init__(self) -> None:
        self._calls: SimpleQueue[tuple[str, Any]] = SimpleQueue()

    def next(self) -> tuple[str, Any]:
        return self._calls.get(timeout=WAIT_S)

    def none_waits(self) -> bool:
        try:
            self._calls.get_nowait()
        except Empty:
            return True
        return False

    def play(self) -> None:
        self._calls.put(("play", None))

    def pause(self) -> None:
        self._calls.put(("pause", None))

    def play_pause(self) -> None:
        self._calls.put(("play_pause", None))

    def stop(self) -> None:
        self._calls.put(("stop", None))

    def next_step(self) -> None:
        self._calls.put(("next_step", None))

    def previous_step(self) -> None:
        self._calls.put(("previous_step", None))

    def seek_by(self, offset_s: float) -> None:
        self._calls.put(("seek_by", offset_s))

    def set_position(self, position_s: float) -> None:
        self._calls.put(("set_position", position_s))

    def set_volume(self, volume: float) -> None:
        self._calls.put(("set_volume", volume))

    def raise_window(self) -> None:
        self._calls.put(("raise_window", None))

    def about_to_sleep(self) -> None:
        self._calls.put(("about_to_sleep", None))

    def suspend_refused(self, reason: str) -> None:
        self._calls.put(("suspend_refused", reason))
