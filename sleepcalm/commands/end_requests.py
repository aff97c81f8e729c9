"""Lets Ctrl-C, a request to terminate and a closed terminal end a command's work where that does no harm."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import FrameType

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT")
"""Windows has the first two."""


class EndRequests:
    """While it is entered, the first signal of each kind sets `asked`; the second one ends at once.

    With `heeds_one` nothing ends at once: whatever comes after the first is without effect until the program
    has ended. That is for work that looks often, and leaves behind what is in the way. A sound file being
    written looks several times a second, but for the moment in which the disk takes the last of it: 0.6 s
    for the 6 GB that 22 hours of flac may have, and 4 s more until they are removed.

    The handler runs amid whatever the main thread does. So this thread must neither wait for `asked` nor
    clear it: the handler would wait for the lock that its own thread holds. Other threads may do as they
    like, and those that enter this get no signals.
    """

    _SIGNALS = tuple(getattr(signal, name) for name in _NAMES if hasattr(signal, name))

    def __init__(self, *, heeds_one: bool = False) -> None:
        self.asked = threading.Event()
        self._heeds_one = heeds_one
        self._was_handled = False

    def __enter__(self) -> Self:
        is_main = threading.current_thread() is threading.main_thread()
        wanted = [number for number in self._SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]
        self._before = {int(number): signal.signal(number, self._handle) for number in wanted if is_main}
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            # One more on the way out would end the program without its line and its status.
            is_leaving = self._heeds_one and self._was_handled
            signal.signal(number, signal.SIG_IGN if is_leaving else handler)

    def _handle(self, number: int, _frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_IGN if self._heeds_one else self._before[number])
        if not self._was_handled:  # else another kind came within `set`, which holds a lock
            self._was_handled = True
            self.asked.set()
