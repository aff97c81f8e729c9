"""Media keys, system sleep and the screen's lock, as the window answers and asks."""

from __future__ import annotations

from threading import Thread

import pytest
from relax_window import SCRIPTS

from sleepcalm.desktop.ports import NowPlaying, PlaybackStatus
from sleepcalm.relaxation.catalogue import read_catalogue
from sleepcalm.relaxation.session import STOP_FADE_S, SessionState
from sleepcalm.relaxation.sleep_timer import ClockReading
from sleepcalm.relaxation.timeline import Choices
from sleepcalm.window.desktop import WindowDesktop


class FakeDesktop:
    """Records what the window asks for; `press` calls it as media keys do, on another thread."""

    def __init__(self, listener) -> None:
        self.listener = listener
        self.media_keys = self.system_sleep = self
        self.screen_lock = FakeHold()
        self.shown: list[NowPlaying] = []
        self.held: list[bool] = []
        self.can_suspend = True
        self.is_started = self.is_closed = self.is_suspended = False

    def start(self) -> None:
        self.is_started = True

    def close(self) -> None:
        self.is_closed = True

    def show(self, now: NowPlaying) -> None:
        self.shown.append(now)

    def hold(self) -> None:
        self.held.append(True)

    def release(self) -> None:
        self.held.append(False)

    def suspend(self) -> None:
        self.is_suspended = True

    def press(self, key: str, *values: float | str) -> None:
        thread = Thread(target=getattr(self.listener, key), args=values)
        thread.start()
        thread.join()


class FakeHold:
    def __init__(self) -> None:
        self.held: list[bool] = []

    def hold(self) -> None:
        self.held.append(True)

    def release(self) -> None:
        self.held.append(False)


class Joined:
    def __init__(self, opened) -> None:
        self.playback = opened.tab.playback
        self.sound = opened.sound
        self.reading = ClockReading(1000.0, 1000.0)
        made: list[FakeDesktop] = []

        def open_desktop(listener) -> FakeDesktop:
            made.append(FakeDesktop(listener))
            return made[0]

        self.window = WindowDesktop(
            self.playback, 0.9, open_desktop=open_desktop, read_clock=lambda: self.reading
        )
        self.desktop = made[0]
        self.window.start()

    def hear(self, seconds: float) -> None:
        """Sound until it stands at `seconds`, in as much time."""
        passed_s = seconds - self.desktop.shown[-1].position_s
        self.reading = ClockReading(self.reading.boot_s + passed_s, self.reading.awake_s + passed_s)
        self.sound.hear(seconds)

    def open_another(self) -> None:
        routines = read_catalogue([SCRIPTS]).routines.values()
        other = next(routine for routine in routines if routine.id != self.playback.routine.id)
        self.playback.open(other, Choices())


@pytest.fixture
def joined(opened):
    joined = Joined(opened)
    yield joined
    joined.window.close()


def test_the_desktop_learns_where_the_routine_stands(joined):
    first = joined.desktop.shown[-1]
    assert (first.status, first.position_s, first.volume) == (PlaybackStatus.STOPPED, 0.0, 0.9)
    assert first.length_s == joined.playback.timeline.duration_frames / 48_000
    joined.playback.toggle()
    joined.hear(12.0)
    assert joined.desktop.shown[-1].status is PlaybackStatus.PLAYING
    assert joined.desktop.shown[-1].position_s == 12.0
    joined.playback.toggle()
    assert joined.desktop.shown[-1].status is PlaybackStatus.PAUSED
    joined.playback.stop()
    assert joined.desktop.shown[-1].status is PlaybackStatus.STOPPED


def test_a_routine_that_fades_after_a_stop_counts_as_stopped(joined):
    joined.playback.toggle()
    joined.hear(12.0)
    joined.playback.stop()
    assert joined.playback.state is SessionState.FADING
    assert joined.desktop.shown[-1].status is PlaybackStatus.STOPPED


def test_what_the_sleep_timer_lets_leave_is_still_heard_and_so_it_plays(joined, qtbot):
    joined.playback.toggle()
    joined.hear(12.0)
    joined.playback.stop(600, by_hand=False)
    assert joined.desktop.shown[-1].status is PlaybackStatus.PLAYING
    joined.desktop.press("play_pause")
    qtbot.waitUntil(lambda: joined.playback.state is SessionState.PAUSED)
    assert joined.desktop.shown[-1].status is PlaybackStatus.PAUSED


def test_a_media_key_stops_what_the_sleep_timer_lets_leave(joined, qtbot):
    joined.playback.toggle()
    joined.hear(12.0)
    joined.playback.stop(600, by_hand=False)
    joined.desktop.press("stop")
    qtbot.waitUntil(lambda: joined.sound.transport.fade_s == STOP_FADE_S)
    assert joined.desktop.shown[-1].status is PlaybackStatus.STOPPED


@pytest.mark.parametrize("by_hand", [True, False])
def test_play_brings_back_what_was_stopped_and_not_what_the_sleep_timer_lets_leave(joined, qtbot, by_hand):
    """That plays already, as the desktop is told: a headset that says so again must wake nobody."""
    joined.playback.toggle()
    joined.hear(12.0)
    joined.playback.stop(600, by_hand=by_hand)
    with qtbot.waitSignal(joined.window.pressed):
        joined.desktop.press("play")
    assert joined.playback.is_stopping is not by_hand
    assert joined.sound.transport.fade_s == (None if by_hand else 600)


def test_another_routine_is_another_piece(joined):
    before = joined.desktop.shown[-1].piece
    joined.open_another()
    assert joined.desktop.shown[-1].piece not in (0, before)


def test_the_last_step_has_no_next(joined):
    steps = joined.playback.timeline.steps
    joined.playback.seek(steps[-1].start_frame / 48_000)
    assert not joined.desktop.shown[-1].can_go_next
    joined.playback.seek(0)
    assert joined.desktop.shown[-1].can_go_next


def test_play_and_pause_mean_what_they_say(joined, qtbot):
    for _ in range(2):
        joined.desktop.press("play")
        qtbot.waitUntil(lambda: joined.playback.state is SessionState.PLAYING)
    for _ in range(2):
        joined.desktop.press("pause")
        qtbot.waitUntil(lambda: joined.playback.state is SessionState.PAUSED)
    joined.desktop.press("play_pause")
    qtbot.waitUntil(lambda: joined.playback.state is SessionState.PLAYING)
    joined.desktop.press("stop")
    qtbot.waitUntil(lambda: joined.playback.is_stopping)
    joined.desktop.press("play")
    qtbot.waitUntil(lambda: joined.playback.state is SessionState.PLAYING)


def test_steps_and_places(joined, opened, qtbot):
    joined.playback.toggle()
    joined.desktop.press("next_step")
    qtbot.waitUntil(lambda: joined.playback.moment.step_index == 1)
    joined.desktop.press("previous_step")
    qtbot.waitUntil(lambda: joined.playback.moment.step_index == 0)
    joined.desktop.press("set_position", 60.0)
    qtbot.waitUntil(lambda: opened.sound.transport.frame == 60 * 48_000)
    joined.hear(60.0)
    joined.desktop.press("seek_by", -20.0)
    qtbot.waitUntil(lambda: opened.sound.transport.frame == 40 * 48_000)
    joined.hear(40.0)
    joined.desktop.press("seek_by", -90.0)
    qtbot.waitUntil(lambda: opened.sound.transport.frame == 0)


def test_what_is_not_the_player_s_is_passed_on(joined, qtbot):
    with qtbot.waitSignal(joined.window.volume_wanted) as volume:
        joined.desktop.press("set_volume", 0.25)
    assert volume.args == [0.25]
    joined.window.show_volume(0.25)
    assert joined.desktop.shown[-1].volume == 0.25
    with qtbot.waitSignal(joined.window.raise_wanted):
        joined.desktop.press("raise_window")
    with qtbot.waitSignal(joined.window.suspend_refused) as refused:
        joined.desktop.press("suspend_refused", "not for you")
    assert refused.args == ["not for you"]


def test_sleep_is_held_off_while_it_sounds(joined, qtbot):
    assert joined.desktop.held == []
    joined.playback.toggle()
    joined.hear(1.0)
    joined.hear(2.0)
    assert joined.desktop.held == [True]
    joined.playback.toggle()
    assert joined.desktop.held == [True]  # the output still holds some sound
    qtbot.waitUntil(lambda: joined.desktop.held == [True, False])


def test_a_short_pause_lets_nothing_go(joined, qtbot):
    joined.playback.toggle()
    joined.playback.toggle()
    assert joined.window._release.isActive()
    joined.playback.toggle()
    assert not joined.window._release.isActive()
    assert joined.desktop.held == [True]
    joined.playback.toggle()
    qtbot.waitUntil(lambda: joined.desktop.held == [True, False])


@pytest.mark.parametrize("ending", ["stop", "end", "another routine"])
def test_every_ending_lets_go(joined, qtbot, ending):
    joined.playback.toggle()
    joined.hear(5.0)
    if ending == "stop":
        joined.playback.stop()
        joined.sound.end()
    elif ending == "end":
        joined.hear(joined.playback.timeline.duration_frames / 48_000)
        joined.sound.end()
        assert joined.playback.state is SessionState.FINISHED
    else:
        joined.open_another()
    qtbot.waitUntil(lambda: joined.desktop.held == [True, False])


def test_it_is_held_through_the_fade_at_the_end(joined):
    joined.playback.toggle()
    joined.hear(joined.playback.timeline.exercise_end_frame / 48_000 + 1)
    assert joined.playback.state is SessionState.FADING
    assert joined.desktop.held == [True]
    assert not joined.window._release.isActive()


@pytest.mark.parametrize("is_stopping", [False, True])
def test_before_a_sleep_the_sound_pauses_and_stays_so(joined, qtbot, is_stopping):
    joined.playback.toggle()
    joined.hear(5.0)
    if is_stopping:
        joined.playback.stop()
    joined.desktop.press("about_to_sleep")
    qtbot.waitUntil(lambda: joined.playback.state is SessionState.PAUSED)
    qtbot.waitUntil(lambda: joined.desktop.held == [True, False])
    assert joined.playback.state is SessionState.PAUSED


def test_what_is_paused_is_not_started_by_a_sleep(joined, qtbot):
    with qtbot.waitSignal(joined.window.raise_wanted):
        joined.desktop.press("about_to_sleep")
        joined.desktop.press("raise_window")  # comes after it
    assert joined.playback.state is SessionState.IDLE


def test_a_sleep_that_nobody_told_of_pauses_too(joined):
    joined.playback.toggle()
    joined.hear(5.0)
    joined.reading = ClockReading(joined.reading.boot_s + 8 * 3600, joined.reading.awake_s)
    joined.hear(5.1)
    assert joined.playback.state is SessionState.PAUSED
    assert joined.desktop.shown[-1].status is PlaybackStatus.PAUSED


def test_what_paused_for_a_sleep_is_told_once(joined, qtbot):
    told = []
    joined.window.paused_for_sleep.connect(lambda: told.append(joined.playback.state))
    joined.playback.toggle()
    joined.hear(5.0)
    joined.desktop.press("about_to_sleep")
    qtbot.waitUntil(lambda: bool(told))
    with qtbot.waitSignal(joined.window.raise_wanted):
        joined.desktop.press("about_to_sleep")
        joined.desktop.press("raise_window")  # comes after it
    assert told == [SessionState.PAUSED]


def test_a_sleep_during_a_pause_is_no_reason_to_pause_again(joined):
    joined.playback.toggle()
    joined.hear(5.0)
    joined.playback.toggle()
    joined.reading = ClockReading(joined.reading.boot_s + 8 * 3600, joined.reading.awake_s)
    joined.playback.toggle()
    joined.hear(5.1)
    assert joined.playback.state is SessionState.PLAYING


def test_the_screen_is_held_as_asked(joined):
    joined.window.hold_screen(True)
    joined.window.hold_screen(False)
    assert joined.desktop.screen_lock.held == [True, False]


def test_a_suspend_and_the_end(joined):
    assert joined.window.can_suspend
    joined.window.suspend()
    assert joined.desktop.is_suspended
    joined.window.close()
    assert joined.desktop.is_closed
