"""Ctrl-C in the terminal, or a request to end: the window closes as if it were closed by hand."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier

SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


class WindowSignals(QObject):
    """Calls `close` on the GUI's thread. Qt's loop does not let Python's handlers run by themselves, so
    a socket wakes it. A signal that was ignored before, as under nohup, stays ignored.
    """

    def __init__(self, close: Callable[[], object]) -> None:
        super().__init__()
        self._close = close
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._wake)
        for number in SIGNALS:
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, _leave_it_to_the_socket)

    def _wake(self) -> None:
        arrived = self._reader.recv(64)
        if any(number in SIGNALS for number in arrived):
            self._close()


def _leave_it_to_the_socket(_number: int, _frame: FrameType | None) -> None:
    """A handler that is Python's own, so that the wake-up socket is written to."""
