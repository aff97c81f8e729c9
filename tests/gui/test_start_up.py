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
garbage = {"collects": gc.isenabled(), "frozen": gc.get_freeze_count()}
print(json.dumps({"status": status, "modules": sorted(sys.modules), **garbage}))
"""


def test_the_first_frame_waits_for_no_command_and_no_sound_library(tmp_path: Path) -> None:
    started = start(tmp_path)
    late = ("miniaudio", "numpy", "pyqtgraph", "soundfile", "sleepcalm.commands", "sleepcalm.audio.player")
    assert started["status"] == 0
    assert [name for name in started["modules"] if name.startswith(late)] == []
    unseen = ("sleepcalm.relaxation.moment", "sleepcalm.relaxation.session", "sleepcalm.window.signals")
    assert not set(unseen) & set(started["modules"])
    assert "sleepcalm.gui.relax.stage" in started["modules"]


def test_what_stands_is_no_garbage_and_no_thread_collects_by_itself(tmp_path: Path) -> None:
    started = start(tmp_path)
    assert not started["collects"]
    assert started["frozen"] > 10_000


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
