"""What the window's start leaves for later: each of these would be waited for by somebody tired."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

START = """
import gc, json, sys
from sleepcalm.cli import main
status = main([])
print(json.dumps({"status": status, "modules": sorted(sys.modules), "collects": gc.isenabled()}))
"""


def test_the_first_frame_waits_for_no_command_and_no_sound_library(tmp_path: Path) -> None:
    started = start(tmp_path)
    late = ("miniaudio", "numpy", "pyqtgraph", "soundfile", "sleepcalm.commands", "sleepcalm.audio.player")
    assert started["status"] == 0
    assert [name for name in started["modules"] if name.startswith(late)] == []
    assert "sleepcalm.gui.relax.stage" in started["modules"]


def test_garbage_is_collected_again_once_the_window_stands(tmp_path: Path) -> None:
    assert start(tmp_path)["collects"]


def start(data_folder: Path) -> dict:
    """Open the window on no screen and close it once it is painted."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "SLEEPCALM_DATA_DIR": str(data_folder),
        "SLEEPCALM_QUIT_AFTER_PAINT": "1",
    }
    command = [sys.executable, "-c", START]
    answer = subprocess.run(
        command, env=environment, cwd=Path(__file__).parents[2], check=True, capture_output=True, text=True
    )
    return json.loads(answer.stdout)
