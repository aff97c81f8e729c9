"""Devices that come and go under the real program, on a real sound server."""

from __future__ import annotations

import json
import time
from pathlib import Path

import numpy as np
import pytest
from comparison import assert_same_sound, offset_of, read_sound

from testbed.desk import RATE_HZ, Desk, Ear, wait_until

BACK_WITHIN_S = 5.0
LOUD = 0.003


def sounds(ear: Ear, since_s: float) -> bool:
    heard, _ = ear.heard_since(since_s)
    return bool(np.abs(heard[-RATE_HZ // 5 :]).max(initial=0) > LOUD)


def heard_within(ear: Ear, since_s: float) -> float:
    """How long it took from a moment on until something was heard."""
    heard, times = ear.heard_since(since_s)
    return float(times[np.argmax(np.abs(heard) > LOUD)]) - since_s


def play(desk: Desk):
    return desk.start_command("play", "pmr-7", "--background", "brown", "--background-volume", "1")


def test_a_headset_that_goes_pauses_and_nothing_comes_from_the_loudspeakers(desk):
    module = desk.ask_sound_server("load-module", "module-null-sink", "sink_name=headset", "rate=48000")
    desk.ask_sound_server("set-default-sink", "headset")
    window = desk.open_window()
    headset, loudspeakers = desk.ear("headset"), desk.ear()
    pressed_s = window.press("space")
    wait_until(lambda: sounds(headset, pressed_s), "sound in the headset")
    gone_s = time.monotonic()
    desk.ask_sound_server("unload-module", module)
    wait_until(lambda: loudspeakers.heard_since(gone_s)[1][-1:] > gone_s + 2, "two seconds on loudspeakers")
    heard, times = loudspeakers.heard_since(gone_s)
    last = times[np.abs(heard) > LOUD]
    assert not len(last) or last[-1] - gone_s < 0.6, "the routine went on without the headset"
    resumed_s = window.press("space")
    wait_until(lambda: sounds(loudspeakers, resumed_s), "sound where the listener asked for it")
    assert heard_within(loudspeakers, resumed_s) < BACK_WITHIN_S


def test_another_default_device_is_followed(desk):
    desk.ask_sound_server("load-module", "module-null-sink", "sink_name=headset", "rate=48000")
    desk.ask_sound_server("set-default-sink", "night")
    playing = play(desk)
    night, headset = desk.ear(), desk.ear("headset")
    started_s = time.monotonic()
    wait_until(lambda: sounds(night, started_s), "sound")
    changed_s = time.monotonic()
    desk.ask_sound_server("set-default-sink", "headset")
    wait_until(lambda: sounds(headset, changed_s), "sound on the new device")
    assert heard_within(headset, changed_s) < BACK_WITHIN_S
    assert playing.poll() is None


def kill_and_restart(desk: Desk, times: int) -> list[float]:
    playing = play(desk)
    backs: list[float] = []
    ear = desk.ear()
    started_s = time.monotonic()
    wait_until(lambda: sounds(ear, started_s), "sound")
    for _ in range(times):
        desk.kill_sound_server()
        ear.stop()
        desk.start_sound_server()
        back_s = time.monotonic()
        ear = desk.ear()
        wait_until(lambda ear=ear, since_s=back_s: sounds(ear, since_s), "sound after the restart")
        backs.append(heard_within(ear, back_s))
        assert playing.poll() is None
    return backs


def test_sound_comes_back_after_a_killed_sound_server(desk, record_testsuite_property):
    backs = kill_and_restart(desk, 3)
    record_testsuite_property("sound back after a restart, s", [round(back, 2) for back in backs])
    assert max(backs) < BACK_WITHIN_S


@pytest.mark.torture
def test_sound_comes_back_after_fifty_killed_sound_servers(desk, record_testsuite_property):
    backs = kill_and_restart(desk, 50)
    print(f"sound back after a restart: at most {max(backs):.2f} s, half of them in {np.median(backs):.2f} s")
    assert max(backs) < BACK_WITHIN_S


def test_a_routine_begun_without_a_sound_server_is_heard_once_there_is_one(desk):
    desk.kill_sound_server()
    playing = play(desk)
    said = playing.stderr.readline()
    assert "No sound device" in said
    desk.start_sound_server()
    there_s = time.monotonic()
    ear = desk.ear()
    wait_until(lambda: sounds(ear, there_s), "sound")
    assert heard_within(ear, there_s) < BACK_WITHIN_S
    assert playing.poll() is None


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
