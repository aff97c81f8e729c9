"""A request to end is obeyed though a dialog waits for an answer: whoever sends it is not at the screen."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

UNSAVED = """
import sys
from datetime import date
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from sleepcalm.app import Window
from sleepcalm.cli import main
from sleepcalm.diary.entry import Entry
from sleepcalm.storage.atomic_file import FileOperations

def full(*_, **__):
    raise OSError(28, "No space left on device")

FileOperations.create = full
after_paint = Window._after_paint

def say_so():
    if QApplication.activeModalWidget() is None:
        QTimer.singleShot(20, say_so)
    else:
        print("asked", flush=True)

def then_close(window):
    after_paint(window)
    def lose():
        window._recording._diary.save(Entry(wake_date=date(2026, 11, 22), time_zone="Europe/Berlin"))
        QTimer.singleShot(0, say_so)
        QTimer.singleShot(0, window.main_window.close)
    window._recording.ready.connect(lose)

Window._after_paint = then_close
sys.exit(main([]))
"""

CHANGED = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from sleepcalm.cli import main
from sleepcalm.app import Window
after_paint = Window._after_paint

def say_so():
    if QApplication.activeModalWidget() is None:
        QTimer.singleShot(20, say_so)
    else:
        print("asked", flush=True)

def wait(window):
    after_paint(window)
    say_so()

Window._after_paint = wait
sys.exit(main([]))
"""

PRACTISING = CHANGED.replace("main([])", 'main(["--begin", "pmr-7"])')

MIX = CHANGED.replace(
    "    say_so()\n\nWindow", "    window.relax_tab.small_windows.mix()\n    say_so()\n\nWindow"
)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_what_cannot_be_saved_is_told_and_the_program_ends_with_1(tmp_path, number):
    status, complaint = ended_while_it_asks(UNSAVED, tmp_path, number)
    assert status == 1
    assert "sleepcalm: Nothing can be recorded" in complaint
    assert complaint.count("No space left on device") == 1


@pytest.mark.parametrize(("program", "expected"), [(CHANGED, 0), (PRACTISING, 1)])
def test_a_question_about_an_edited_record_does_not_hold_the_program_up(tmp_path, program, expected):
    environment = environment_in(tmp_path)
    night = b'{"wake_date": "2026-11-21", "notes": "quiet"}'
    words = [sys.executable, "-m", "sleepcalm", "diary", "add"]
    subprocess.run(words, env=environment, check=True, capture_output=True, input=night)
    record = tmp_path / "data" / "record.json"
    edited = record.read_bytes().replace(b'"quiet"', b'"loud"')
    record.unlink()
    record.write_bytes(edited)
    status, complaint = ended_while_it_asks(program, tmp_path, signal.SIGTERM)
    assert status == expected
    assert ("use it as it is" in complaint) is bool(expected)  # the practice that was begun is not recorded
    assert record.read_bytes() == edited


def test_a_small_window_does_not_hold_the_program_up(tmp_path):
    status, _ = ended_while_it_asks(MIX, tmp_path, signal.SIGTERM)
    assert status == 0


def ended_while_it_asks(program: str, folder: Path, number: int) -> tuple[int, str]:
    """The exit status of a window that got a signal under a dialog, and what it said in the terminal."""
    with subprocess.Popen(
        [sys.executable, "-c", program],
        env=environment_in(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as window:
        assert window.stdout is not None
        assert window.stdout.readline() == "asked\n"
        window.send_signal(number)
        try:
            _, complaint = window.communicate(timeout=20)
        finally:
            window.kill()
    return window.returncode, complaint


def environment_in(folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "SLEEPCALM_DATA_DIR": str(folder / "data"),
        "XDG_STATE_HOME": str(folder / "state"),
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
