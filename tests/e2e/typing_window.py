"""SleepCalm in which somebody opens the diary, types when they went to bed, and leaves it at that."""

from __future__ import annotations

import sys

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from sleepcalm.app import Window
from sleepcalm.cli import main

show = Window.show


def show_and_type(window: Window) -> None:
    show(window)
    timer = QTimer(window.main_window)
    timer.setInterval(50)
    timer.timeout.connect(lambda: open_and_type(window, timer))
    window.main_window.painted.connect(timer.start)


def open_and_type(window: Window, timer: QTimer) -> None:
    window.main_window.activateWindow()
    window.main_window.open_tab(1)
    field = QApplication.focusWidget()
    if window._diary_page.content is None or field is None or "bed" not in field.accessibleName().lower():
        return
    timer.stop()
    QTest.keyClicks(field, "2240")
    QTest.keyClick(field, "\t")
    print("typed", flush=True)


if __name__ == "__main__":
    Window.show = show_and_type
    sys.exit(main([]))
