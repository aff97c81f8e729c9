"""What the whole window joins: said by a sound thread while it opens, seen in every place for it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from sleepcalm.storage.data_folder import OWN_SOUNDS, PREFERENCES_NAME

ROOT = Path(__file__).parents[2]

OPENED = """
import json, sys
from threading import Event

from PySide6.QtCore import Qt

from sleepcalm.app import Window
from sleepcalm.cli import main

said = Event()
connect, start_night, look = Window._connect, Window._start_night, []


def listen(window):
    connect(window)
    window.sound.notice_changed.connect(said.set, Qt.ConnectionType.DirectConnection)
    window.sound.ready.connect(lambda: tell(window))


def start_night_late(window):
    assert said.wait(20)
    start_night(window)


def tell(window):
    box, bedside = window.relax_tab.settings.background, window._night.bedside
    bedside.open()
    backgrounds = [box.itemText(number) for number in range(box.count())]
    notices = [bedside.screen.notice]
    window.sound.notice_changed.emit("No sound device.")
    notices.append(bedside.screen.notice)
    print(json.dumps({"backgrounds": backgrounds, "notices": notices}))
    bedside.close()
    window.main_window.close()


Window._connect, Window._start_night = listen, start_night_late
sys.exit(main([]))
"""


def test_what_the_sound_says_while_the_window_opens_reaches_bedside_and_backgrounds(tmp_path: Path) -> None:
    (tmp_path / PREFERENCES_NAME).write_text(json.dumps({"background": "own:gone.ogg:1"}), encoding="utf-8")
    (tmp_path / OWN_SOUNDS).mkdir()
    (tmp_path / OWN_SOUNDS / "fire.ogg").write_bytes(b"")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "SLEEPCALM_DATA_DIR": str(tmp_path)}
    command = [sys.executable, "-c", OPENED]
    ended = subprocess.run(
        command, env=environment, cwd=ROOT, check=False, capture_output=True, text=True, timeout=60
    )
    assert ended.returncode == 0, ended.stderr
    seen = json.loads(ended.stdout)
    first, second = seen["notices"]
    assert first.startswith("The background lacks gone.ogg")
    assert second == "No sound device."
    assert "fire" in seen["backgrounds"]
