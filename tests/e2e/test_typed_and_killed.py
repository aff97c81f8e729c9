"""What was typed survives a kill one second later."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TYPING_WINDOW = str(Path(__file__).with_name("typing_window.py"))


@pytest.mark.parametrize("round_number", range(3))
def test_what_was_typed_survives_a_kill_a_second_later(tmp_path, round_number):
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "SLEEPCALM_DATA_DIR": str(tmp_path / "data"),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "SLEEPCALM_NOW": "2026-11-22T07:15:00+01:00",
        "TZ": "Europe/Berlin",
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    with subprocess.Popen([sys.executable, TYPING_WINDOW], env=environment, stdout=subprocess.PIPE) as window:
        assert window.stdout is not None
        assert window.stdout.readline() == b"typed\n"
        with pytest.raises(subprocess.TimeoutExpired):
            window.wait(timeout=1)
        window.kill()
    show = [sys.executable, "-m", "sleepcalm", "diary", "show", "2026-11-22", "--json"]
    shown = subprocess.run(show, env=environment, check=True, capture_output=True, text=True)
    assert json.loads(shown.stdout)["entry"]["into_bed"] == "2026-11-21T22:40:00+01:00"


def test_what_a_full_disk_kept_from_being_saved_is_told_at_the_end(tmp_path, small_disk):
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "SLEEPCALM_DATA_DIR": str(small_disk / "data"),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "SLEEPCALM_NOW": "2026-11-22T07:15:00+01:00",
        "TZ": "Europe/Berlin",
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    add = [sys.executable, "-m", "sleepcalm", "diary", "add"]
    subprocess.run(
        add, env=environment, check=True, input=b'{"wake_date": "2026-11-21"}\n', capture_output=True
    )
    fill = (small_disk / "full").open("wb", buffering=0)
    with fill, contextlib.suppress(OSError):
        while fill.write(bytes(4096)):
            pass
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, TYPING_WINDOW], env=environment, stdout=pipe, stderr=pipe
    ) as window:
        assert window.stdout is not None
        assert window.stdout.readline() == b"typed\n"
        window.terminate()
        _, said = window.communicate(timeout=30)
    assert window.returncode == 1
    assert b"No space left on device" in said
