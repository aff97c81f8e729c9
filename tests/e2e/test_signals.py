"""Ctrl-C and a request to terminate close the window as a hand would."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from testbed.desk import wait_until

READY = """
import sys
from PySide6.QtCore import QTimer
from sleepcalm.app import Window
from sleepcalm.cli import main

after_paint = Window._after_paint

def say_so(window):
    after_paint(window)
    print("ready", flush=True)

Window._after_paint = say_so
sys.exit(main([]))
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_closes_the_window_and_ends_with_0(tmp_path, number):
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "SLEEPCALM_DATA_DIR": str(tmp_path / "data"),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    with subprocess.Popen([sys.executable, "-c", READY], env=environment, stdout=subprocess.PIPE) as window:
        assert window.stdout is not None
        assert window.stdout.readline() == b"ready\n"
        window.send_signal(number)
        assert window.wait(timeout=20) == 0


def test_a_sound_server_that_hangs_does_not_hold_up_the_end(desk):
    window = desk.open_window("-m", "sleepcalm", "--begin")
    ear = desk.ear()
    wait_until(lambda: np.abs(ear.heard()).max(initial=0) > 0.003, "sound")
    desk.hang_sound_server()
    window.process.send_signal(signal.SIGTERM)
    assert window.process.wait(timeout=10) == 0
