"""The sound comes back at the right place: recordings of the sink, aligned with the rendered routine."""

from __future__ import annotations

import time

import pytest
from heard_places import LAG_S, HeardAt, Rendered, Terminal, first_sample_s, sounding_s

from testbed.desk import wait_until

pytestmark = pytest.mark.listen  # minutes of real time; test_devices.py hears a place each time

SHOWN_WITHIN_S = 0.3
"""Between what is heard and the words that are shown, which go by the same clock."""

AWAY_S = 6.0


@pytest.fixture
def rendered(desk, tmp_path):
    return Rendered(desk, tmp_path)


def let_pass(seconds: float) -> None:
    until_s = time.monotonic() + seconds
    wait_until(lambda: time.monotonic() > until_s, "time to pass")


def test_the_time_without_a_sound_server_goes_by_in_silence_and_nothing_else_is_passed_over(
    desk, rendered, record_testsuite_property
):
    terminal = Terminal(desk.start_command("play", rendered.routine), rendered.cues)
    ear = desk.ear()
    before = rendered.now(ear, time.monotonic())
    lags, apart = [], []
    for away_s in (0.0, AWAY_S):
        desk.kill_sound_server()
        ear.stop()
        let_pass(away_s)
        desk.start_sound_server()
        back_s = time.monotonic()
        ear = desk.ear()
        now = rendered.now(ear, back_s, before)
        lags.append(round(now.lag_s(before), 2))
        apart.append(round(now.lag_s(terminal.next_after(now.at_s)), 2))
        before = now
    record_testsuite_property("behind the clock after a restart, s", lags)
    record_testsuite_property("words shown after they are heard, s", apart)
    print(f"\nbehind the clock after a restart, s: {lags}; words shown against heard, s: {apart}")
    assert all(LAG_S[0] <= lag <= LAG_S[1] for lag in lags)
    assert all(abs(each) <= SHOWN_WITHIN_S for each in apart)


def test_a_routine_begun_without_a_sound_server_is_heard_where_its_words_are(desk, rendered):
    desk.kill_sound_server()
    playing = desk.start_command("play", rendered.routine)
    terminal = Terminal(playing, rendered.cues)
    assert "No sound device" in playing.stderr.readline()
    begun = HeardAt(0.0, time.monotonic())
    let_pass(AWAY_S)
    desk.start_sound_server()
    now = rendered.now(desk.ear(), begun.at_s)
    print(f"\nbehind the clock, s: {now.lag_s(begun):.2f}")
    assert LAG_S[0] <= now.lag_s(begun) <= LAG_S[1]
    assert abs(now.lag_s(terminal.next_after(now.at_s))) <= SHOWN_WITHIN_S


def test_what_a_headset_took_with_it_goes_on_where_it_was_and_nothing_is_lost(desk, rendered):
    module = desk.ask_sound_server("load-module", "module-null-sink", "sink_name=headset", "rate=48000")
    desk.ask_sound_server("set-default-sink", "headset")
    window = desk.open_window()
    headset, loudspeakers = desk.ear("headset"), desk.ear()
    pressed_s = window.press("space")
    rendered.now(headset, pressed_s)
    gone_s = time.monotonic()
    desk.ask_sound_server("unload-module", module)
    wait_until(lambda: loudspeakers.heard_since(gone_s)[1][-1:] > gone_s + 2, "the pause")
    left = rendered.last(headset, pressed_s)
    overheard_s = min(sounding_s(loudspeakers, gone_s), 0.6)
    resumed_s = window.press("space")
    now = rendered.now(loudspeakers, resumed_s)
    first = now.began(first_sample_s(loudspeakers, resumed_s))
    print(f"\nleft at {left.place_s:.2f} s of the routine, gone on at {first.place_s:.2f} s")
    assert first.place_s <= left.place_s + overheard_s + 0.05, "something was passed over"
    assert first.place_s >= left.place_s - 1.0, "more comes again than the output still held"


def test_the_window_begins_where_the_routine_was_left(desk, rendered):
    left_s = 100.0
    listening = ("--output", "silent", "--start-at", str(left_s), "--stop-after", "1")
    desk.run("play", rendered.routine, *listening)
    ear = desk.ear()
    opened_s = time.monotonic()
    desk.open_window("-m", "sleepcalm", "--begin", rendered.routine, "--resume")
    now = rendered.now(ear, opened_s, HeardAt(left_s, 0.0))
    first_s = now.began(first_sample_s(ear, opened_s)).place_s
    print(f"\nleft at {left_s + 1} s of the routine, gone on at {first_s:.2f} s")
    starts_s = [cue["start_s"] for cue in rendered.cues]
    sentence_s = max(start_s for start_s in starts_s if start_s <= left_s + 1)
    assert sentence_s - 0.1 <= first_s <= left_s + 1.5
