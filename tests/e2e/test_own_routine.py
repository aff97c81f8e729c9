"""A routine of the user's own, dropped into the folder: the real window has the real espeak-ng speak it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from comparison import RATE_HZ, assert_same_sound, read_sound

from testbed.desk import wait_until

OWN = """
id = "two-lines"
title = "Two lines"
kind = "rest"
summary = "Two lines."
sources = []
cautions = []

[[steps]]
title = "Rest"
phase = "settle"
sentences = [
  { say = "The kettle has gone quiet in the other room.", pause_s = 1 },
  { say = "Nobody needs the garden before morning.", pause_s = 2 },
]
"""
TAKEN_UP_S = 3
"""What is made is taken up at once; this is for a busy machine."""


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
def test_the_open_window_speaks_it_as_render_writes_it(desk, tmp_path):
    data = Path(desk.environment["SLEEPCALM_DATA_DIR"])
    (data / "routines").mkdir(parents=True)
    (data / "routines" / "own.toml").write_text(OWN)
    (data / "preferences.json").write_text(
        '{"routine": "two-lines", "background": "none", "volume_checked": true}'
    )
    window = desk.open_window("-m", "sleepcalm")
    manifests = data / "voices"
    wait_until(
        lambda: any(file.read_text().count('"sentence"') == 2 for file in manifests.glob("*/manifest.json")),
        "both sentences",
        limit_s=60,
    )
    ear = desk.ear()
    wait_until(lambda: len(ear.heard()) > TAKEN_UP_S * RATE_HZ, "some silence")
    cues = json.loads(desk.run("timeline", "two-lines", "--json").stdout)["cues"]
    desk.run("render", "two-lines", str(tmp_path / "wanted.wav"))
    wanted = read_sound(str(tmp_path / "wanted.wav"))
    window.press("space")
    started = len(ear.heard())
    wait_until(lambda: len(ear.heard()) > started + len(wanted) + RATE_HZ, "the whole routine", limit_s=60)
    measured = assert_same_sound(ear.stop(), wanted, cues)
    assert measured["cues"] == 2
