"""The program through the extra package simpleaudio, on a real sound server."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from comparison import assert_same_sound, offset_of, read_sound

from testbed.desk import RATE_HZ, wait_until


def test_simpleaudio_plays_what_render_writes(desk, tmp_path):
    pytest.importorskip("simpleaudio", reason="the extra sleepcalm[simpleaudio] is not installed")
    home = Path(desk.environment["HOME"])
    (home / ".asoundrc").write_text("pcm.!default pulse\nctl.!default pulse\n", encoding="utf-8")
    path = tmp_path / "wanted.wav"
    desk.run("render", "pmr-7", str(path))
    cues = json.loads(desk.run("timeline", "pmr-7", "--json").stdout)["cues"]
    ear = desk.ear()
    playing = desk.start_command("play", "pmr-7", "--output", "simpleaudio")
    wait_until(lambda: len(ear.heard()) > 75 * RATE_HZ, "75 s of sound", limit_s=120)
    assert playing.poll() is None
    heard, wanted = ear.stop(), read_sound(str(path))
    first_minute = [cue for cue in cues if cue["start_s"] < 50]
    assert_same_sound(heard[: 60 * RATE_HZ], wanted, first_minute)
    shift_s, quietest = across_the_seam(heard[:, 0], wanted[:, 0], cues)
    assert abs(shift_s) < 0.05, "the second minute begins at another place"
    assert quietest > 0.001, "there is a gap between the minutes"


def across_the_seam(heard: np.ndarray, wanted: np.ndarray, cues: list[dict]) -> tuple[float, float]:
    """How far what follows the first minute is shifted against it, in s, and the quietest 10 ms between."""
    before, after = (
        round(next(cue["start_s"] for cue in cues if cue["clip"] and cue["start_s"] > s) * RATE_HZ)
        for s in (10, 61)
    )
    places = [offset_of(wanted[start : start + RATE_HZ], heard)[0] for start in (before, after)]
    seam = places[0] - before + 60 * RATE_HZ
    around = heard[seam - RATE_HZ : seam + RATE_HZ].reshape(-1, RATE_HZ // 100)
    return (places[1] - places[0] - (after - before)) / RATE_HZ, float(np.abs(around).max(axis=1).min())
