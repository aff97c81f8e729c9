"""From the start of the process until the first painted window has gone again."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median

from benchmarks.table import Row, require
from testbed.desk import Desk, private_environment

ROUNDS = 15
GOAL = 1.5

BARE_WINDOW = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel

class Label(QLabel):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, QApplication.quit)

application = QApplication([])
label = Label("SleepCalm")
label.show()
sys.exit(application.exec())
"""


def measure(folder: Path) -> Iterator[Row]:
    """The two windows take turns, so that whatever else the machine does slows both. Before the first
    measured turn each has run once: bytecode is written then and the files are in memory.
    """
    require({"Xvfb": "xvfb"})
    desk = Desk(private_environment(folder) | {"SLEEPCALM_QUIT_AFTER_PAINT": "1"}, folder)
    bare: list[float] = []
    ours: list[float] = []
    try:
        desk.start_screen()
        for _ in range(1 + ROUNDS):
            bare.append(_run_s(["-c", BARE_WINDOW], desk.environment))
            ours.append(_run_s(["-m", "sleepcalm"], desk.environment))
    finally:
        desk.stop()
    for name, of in (("median", median), ("fastest", min)):
        ours_s, bare_s = of(ours[1:]), of(bare[1:])
        ratio = ours_s / bare_s
        yield Row(
            f"painted window, {name} of {ROUNDS}",
            f"{ours_s * 1000:.0f} ms",
            f"bare PySide6 window {bare_s * 1000:.0f} ms",
            ratio,
            f"at most {GOAL}",
            ratio <= GOAL,
        )


def _run_s(arguments: list[str], environment: Mapping[str, str]) -> float:
    start_s = time.perf_counter()
    subprocess.run([sys.executable, *arguments], env=environment, check=True, timeout=60)
    return time.perf_counter() - start_s
