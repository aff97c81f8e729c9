"""How long the window's thread is away from the screen while a routine plays with the body map."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.table import Row, require
from testbed.desk import SCREEN_PACKAGES, SOUND_PACKAGES, Desk, private_environment, wait_until

MEASURED_S = 40
GOAL_MS = 33.0
SHARE = 0.99

PROGRAM = """
import json, sys, time
from pathlib import Path
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication
from sleepcalm import app
from sleepcalm.program import civil_now, default_data_folder, load_program

out, measured_s = Path(sys.argv[1]), float(sys.argv[2])
passes = []

class Watched(QApplication):
    depth = 0
    def notify(self, receiver, event):
        if Watched.depth:
            return super().notify(receiver, event)
        Watched.depth, start = 1, time.perf_counter()
        try:
            return super().notify(receiver, event)
        finally:
            Watched.depth = 0
            passes.append((start, time.perf_counter() - start, event.type() is QEvent.Type.UpdateRequest))

app.QApplication = Watched

class Window(app.Window):
    def show(self):
        super().show()
        self.relax_tab.prepare()
        QTimer.singleShot(3000, self.go)
    def go(self):
        self.relax_tab.begin("pmr-7")
        QTimer.singleShot(3000, passes.clear)
        QTimer.singleShot(3000 + round(measured_s * 1000), self.tell)
    def tell(self):
        frames = [took for _, took, is_frame in passes if is_frame]
        out.write_text(json.dumps({"frames": frames, "all": [took for _, took, _ in passes]}))
        self.main_window.close()

app.Window = Window
sys.exit(app.run_window(load_program(default_data_folder(), civil_now(), steps_later=True)))
"""


def measure(folder: Path) -> Iterator[Row]:
    """Every event that Qt hands to the program is timed, painting among them. A frame can wait for no more
    than the longest of them.
    """
    require(SCREEN_PACKAGES | SOUND_PACKAGES)
    environment = private_environment(folder) | {"SLEEPCALM_DATA_DIR": str(folder / "data")}
    desk, out = Desk(environment, folder), folder / "frames.json"
    try:
        desk.start()
        command = [sys.executable, "-c", PROGRAM, str(out), str(MEASURED_S)]
        program = subprocess.Popen(command, env=desk.environment)
        try:
            wait_until(out.exists, "the measured time", limit_s=MEASURED_S + 60)
            program.wait(30)
        finally:
            program.kill()
            program.wait()
    finally:
        desk.stop()
    found = json.loads(out.read_text(encoding="utf-8"))
    for name, key in (("painting the window", "frames"), ("any event", "all")):
        taken_ms = sorted(1000 * seconds for seconds in found[key])
        late_ms = taken_ms[min(int(len(taken_ms) * SHARE), len(taken_ms) - 1)]
        yield Row(
            f"{name} while it plays, 99th of 100 ({len(taken_ms)} in {MEASURED_S} s)",
            f"{late_ms:.1f} ms",
            f"longest {taken_ms[-1]:.1f} ms",
            late_ms / GOAL_MS,
            f"at most {GOAL_MS:.0f} ms",
            late_ms <= GOAL_MS,
        )
