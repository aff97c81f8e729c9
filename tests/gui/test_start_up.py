"""What the window's start leaves for later: each of these would be waited for by somebody tired."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

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


INTERRUPTED = """
import gc, os, signal, sys
from sleepcalm.cli import main

if sys.argv[1] != "gc":
    from sleepcalm import app
    from sleepcalm.window.sound import WindowSound

owner, method = eval(sys.argv[1]), sys.argv[2]
whole = getattr(owner, method)

def interrupt(*given, **named):
    os.kill(os.getpid(), getattr(signal, sys.argv[3]))
    return whole(*given, **named)

setattr(owner, method, interrupt)
sys.exit(main([]))
"""


@pytest.mark.parametrize("number", ["SIGINT", "SIGTERM"])
@pytest.mark.parametrize(
    ("owner", "method"),
    [
        ("gc", "disable"),  # the last before Qt is loaded
        ("app", "QApplication"),
        ("app.Window", "__init__"),
        ("app.Window", "show"),
        ("app.Window", "_after_paint"),
        ("WindowSound", "start"),
        ("app.Window", "_start_recording"),
        ("app.Window", "_start_night"),
    ],
)
def test_a_signal_while_the_window_opens_ends_it_without_a_word(tmp_path, owner, method, number):
    command = [sys.executable, "-c", INTERRUPTED, owner, method, number]
    ended = subprocess.run(
        command, env=environment(tmp_path), cwd=ROOT, check=False, capture_output=True, text=True, timeout=30
    )
    assert ended.returncode in (-getattr(signal, number), 0)
    assert [line for line in ended.stderr.splitlines() if "propagateSizeHints" not in line] == []


LATE = """
import sys
from sleepcalm.app import Window
from sleepcalm.cli import main
from sleepcalm.window.recording import WindowRecording

asked = []
WindowRecording.find_left_off = lambda _recording, routine, tell: asked.append((routine, tell))
after_paint = Window._after_paint

def answer_late(window):
    after_paint(window)
    (routine, tell), playback = asked.pop(), window.relax_tab.playback
    if "busy" in sys.argv:
        window.relax_tab.begin("body-scan")
    tell(None)
    print(routine, playback.routine.id, playback.is_sounding)
    window.main_window.close()

Window._after_paint = answer_late
sys.exit(main(["--begin", "pmr-7", "--resume"]))
"""


@pytest.mark.parametrize(("doing", "sounding"), [("idle", "pmr-7"), ("busy", "body-scan")])
def test_a_place_that_is_found_late_silences_nothing_that_was_begun_meanwhile(tmp_path, doing, sounding):
    command = [sys.executable, "-c", LATE, doing]
    ended = subprocess.run(
        command, env=environment(tmp_path), cwd=ROOT, check=True, capture_output=True, text=True, timeout=30
    )
    assert ended.stdout.splitlines() == [f"pmr-7 {sounding} True"]


def start(data_folder: Path) -> dict:
    """Open the window on no screen and close it once it is painted."""
    once = {**environment(data_folder), "SLEEPCALM_QUIT_AFTER_PAINT": "1"}
    command = [sys.executable, "-c", START]
    answer = subprocess.run(command, env=once, cwd=ROOT, check=True, capture_output=True, text=True)
    return json.loads(answer.stdout)


def environment(data_folder: Path) -> dict[str, str]:
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", "SLEEPCALM_DATA_DIR": str(data_folder)}
