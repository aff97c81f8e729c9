"""Devices that come and go under the real program, on a real sound server."""

from __future__ import annotations

import signal
import time

import numpy as np
import pytest
from heard_places import LAG_S, HeardAt, Rendered, Terminal

from testbed.desk import RATE_HZ, SINK, Desk, Ear, wait_until

BACK_WITHIN_S = 5.0
NOTICED_WITHIN_S = 3.0
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


def kill_and_restart(desk: Desk, rendered: Rendered, times: int) -> tuple[list[float], list[float]]:
    """How long the sound took to come back each time, and how far the routine then lay behind the clock."""
    playing = desk.start_command("play", rendered.routine)
    backs: list[float] = []
    lags: list[float] = []
    ear = desk.ear()
    place = rendered.now(ear, time.monotonic())
    for _ in range(times):
        desk.kill_sound_server()
        ear.stop()
        desk.start_sound_server()
        back_s = time.monotonic()
        ear = desk.ear()
        wait_until(lambda ear=ear, since_s=back_s: sounds(ear, since_s), "sound after the restart")
        backs.append(heard_within(ear, back_s))
        before, place = place, rendered.now(ear, back_s, place)
        lags.append(place.lag_s(before))
        assert playing.poll() is None
    return backs, lags


def test_sound_comes_back_after_a_killed_sound_server(desk, tmp_path, record_testsuite_property):
    backs, lags = kill_and_restart(desk, Rendered(desk, tmp_path), 3)
    record_testsuite_property("sound back after a restart, s", [round(back, 2) for back in backs])
    assert max(backs) < BACK_WITHIN_S
    assert LAG_S[0] <= min(lags) <= max(lags) <= LAG_S[1]


@pytest.mark.torture
def test_sound_comes_back_at_its_place_after_fifty_killed_sound_servers(desk, tmp_path):
    backs, lags = kill_and_restart(desk, Rendered(desk, tmp_path, "pmr-16-twice"), 50)
    print(f"sound back after a restart: at most {max(backs):.2f} s, half of them in {np.median(backs):.2f} s")
    print(f"behind the clock each time: {min(lags):.2f} to {max(lags):.2f} s")
    assert max(backs) < BACK_WITHIN_S
    assert LAG_S[0] <= min(lags) <= max(lags) <= LAG_S[1]


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


def assert_silent_time_is_kept_and_told(playing, terminal: Terminal, before: HeardAt) -> None:
    """The device stands still from now on: that is said, and the words go on from where the sound was."""
    since_s = time.monotonic()
    assert "stands still" in playing.stderr.readline()
    assert time.monotonic() - since_s < NOTICED_WITHIN_S
    assert LAG_S[0] <= terminal.next_after(time.monotonic()).lag_s(before) <= LAG_S[1]


@pytest.mark.parametrize(
    "times", [pytest.param(1, marks=pytest.mark.listen), pytest.param(10, marks=pytest.mark.torture)]
)
def test_while_the_sink_is_suspended_the_words_go_on_and_then_the_sound_at_their_place(desk, tmp_path, times):
    rendered = Rendered(desk, tmp_path)
    playing = desk.start_command("play", rendered.routine)
    terminal = Terminal(playing, rendered.cues)
    ear = desk.ear()
    place = rendered.now(ear, time.monotonic())
    for _ in range(times):
        desk.ask_sound_server("suspend-sink", SINK, "1")
        assert_silent_time_is_kept_and_told(playing, terminal, place)
        desk.ask_sound_server("suspend-sink", SINK, "0")
        back_s = time.monotonic()
        wait_until(lambda since_s=back_s: sounds(ear, since_s), "sound once the sink is back")
        assert heard_within(ear, back_s) < BACK_WITHIN_S
        before, place = place, rendered.now(ear, back_s, place)
        assert LAG_S[0] <= place.lag_s(before) <= LAG_S[1]
        assert playing.poll() is None


@pytest.mark.listen
def test_while_the_sound_server_hangs_the_words_go_on_and_then_the_sound_at_their_place(desk, tmp_path):
    rendered = Rendered(desk, tmp_path)
    playing = desk.start_command("play", rendered.routine)
    terminal = Terminal(playing, rendered.cues)
    ear = desk.ear()
    place = rendered.now(ear, time.monotonic())
    desk._server.send_signal(signal.SIGSTOP)
    assert_silent_time_is_kept_and_told(playing, terminal, place)
    desk._server.send_signal(signal.SIGCONT)
    back_s = time.monotonic()
    ear.stop()
    ear = desk.ear()
    wait_until(lambda: sounds(ear, back_s), "sound once the server goes on")
    assert heard_within(ear, back_s) < BACK_WITHIN_S
    assert LAG_S[0] <= rendered.now(ear, back_s, place).lag_s(place) <= LAG_S[1]
    assert playing.poll() is None
