"""SleepCalm with a GUI thread that is busy: half a second of pure Python, again and again."""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QTimer

from sleepcalm.app import Window
from sleepcalm.cli import main

BUSY_S = 0.5
FREE_MS = 100

show = Window.show


def show_and_be_busy(window: Window) -> None:
    show(window)
    timer = QTimer(window.main_window)
    timer.setInterval(FREE_MS)
    timer.timeout.connect(be_busy)
    window.main_window.painted.connect(timer.start)


def be_busy() -> None:
    end_s = time.monotonic() + BUSY_S
    count = 0
    while time.monotonic() < end_s:
        count += 1


if __name__ == "__main__":
    Window.show = show_and_be_busy
    sys.exit(main([]))
