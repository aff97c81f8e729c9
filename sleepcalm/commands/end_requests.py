"""Lets Ctrl-C, a request to terminate and a closed terminal end a command's work where that does no harm."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import FrameType


class EndRequests:
    """While it is entered, the first signal of each kind sets `asked`; the second one ends at once.

    The handler runs amid whatever the main thread does. So this thread must neither wait for `asked` nor
    clear it: the handler would wait for the lock that its own thread holds. Other threads may do as they
    like, and those that enter this get no signals.
    """

    _SIGNALS = (signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else []))

    def __init__(self) -> None:
        self.asked = threading.Event()
        self._was_handled = False

    def __enter__(self) -> Self:
        is_main = threading.current_thread() is threading.main_thread()
        wanted = [number for number in self._SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]
        self._before = {int(number): signal.signal(number, self._handle) for number in wanted if is_main}
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _handle(self, number: int, _frame: FrameType | None) -> None:
        signal.signal(number, self._before[number])
        if not self._was_handled:  # else another kind came within `set`, which holds a lock
            self._was_handled = True
            self.asked.set()
