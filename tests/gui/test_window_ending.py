"""The sleep timer in the window, on clocks that stand wherever a test puts them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from relax_window import Opened, Opener

from sleepcalm.preferences import Preferences
from sleepcalm.relaxation.session import STOP_FADE_S, SessionState
from sleepcalm.relaxation.sleep_timer import ClockReading
from sleepcalm.relaxation.suspend_watch import SuspendWatch
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ
from sleepcalm.window.ending import WindowEnding


class Sleeper:
    """A desktop that can send the computer to sleep, and pause what plays."""

    def __init__(self, opened: Opened, read_clock: Callable[[], ClockReading]) -> None:
        self._playback = opened.tab.playback
        self._watch = SuspendWatch(read_clock)
        self.can_suspend = True
        self.suspends = 0

    def suspend(self) -> None:
        self.suspends += 1

    def pause_if_slept(self) -> None:
        if self._watch.has_slept(is_sounding=self._playback.is_sounding):
            self._playback.pause()


class Evening:
    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        self.playback = opened.tab.playback
        self.clock = ClockReading(5000.0, 4000.0)
        self.sleeper = Sleeper(opened, lambda: self.clock)
        self.place_s = 1.0
        self.ends = 0
        self.ending = WindowEnding(
            self.playback, opened.tab.interlude, opened.tab._kept, self.sleeper, lambda: self.clock
        )
        self.ending.timer_ended.connect(self._note_end)
        opened.tab.idle_key.connect(self.ending.extend)

    def pass_s(self, seconds: float) -> None:
        """Time passes, with the window unseen: nothing but the timer's own look."""
        self.clock = ClockReading(self.clock.boot_s + seconds, self.clock.awake_s + seconds)
        self.ending.follow()

    def sleep_s(self, seconds: float) -> None:
        self.clock = replace(self.clock, boot_s=self.clock.boot_s + seconds)

    def press_x(self) -> None:
        QTest.keyClick(self.opened.tab, Qt.Key.Key_X)

    def finish(self) -> None:
        self.opened.sound.hear(self.playback.timeline.duration_frames / SAMPLE_RATE_HZ)
        self.opened.sound.end()

    def _note_end(self) -> None:
        self.ends += 1


@pytest.fixture
def begin(open_window: Opener) -> Callable[..., Evening]:
    """Begins a routine under some preferences."""

    def make(**preferences: object) -> Evening:
        opened = open_window(Preferences(cautions_heard=("pmr-7",), **preferences))  # type: ignore[arg-type]
        opened.tab.prepare()
        evening = Evening(opened)
        evening.playback.toggle()
        opened.sound.hear(1)
        return evening

    return make


def test_after_its_minutes_the_sound_leaves_within_the_chosen_time(begin):
    evening = begin(timer_min=5, fade_s=90)
    evening.opened.window.hide()
    evening.pass_s(299)
    assert evening.playback.is_sounding
    evening.pass_s(1)
    assert evening.opened.sound.transport.fade_s == 90
    assert evening.playback.is_stopping
    assert evening.ends == 1
    evening.opened.sound.end()
    assert evening.playback.state is SessionState.IDLE
    assert not evening.ending._look.isActive()


def test_it_looks_by_itself_while_it_sounds(begin):
    evening = begin(timer_min=5)
    assert evening.ending._look.isActive()
    evening.playback.toggle()
    assert not evening.ending._look.isActive()


def test_without_a_timer_nothing_is_looked_at(begin):
    evening = begin()
    evening.pass_s(100_000)
    assert evening.playback.is_sounding
    assert not evening.ending._look.isActive()
    assert evening.ending.left_s is None


def test_a_pause_stops_it(begin):
    evening = begin(timer_min=5)
    evening.pass_s(200)
    evening.playback.toggle()
    evening.pass_s(3600)
    evening.playback.toggle()
    evening.pass_s(99)
    assert evening.ending.left_s == pytest.approx(1)
    evening.pass_s(1)
    assert evening.playback.is_stopping


def test_after_a_suspend_the_routine_stays_paused(begin):
    evening = begin(timer_min=5)
    evening.pass_s(200)
    evening.sleep_s(8 * 3600)
    evening.ending.follow()
    assert evening.playback.state is SessionState.PAUSED
    evening.pass_s(3600)
    assert evening.playback.state is SessionState.PAUSED
    evening.playback.toggle()
    evening.pass_s(99)
    assert evening.playback.is_sounding


def test_in_the_last_minute_a_key_without_meaning_adds_a_quarter_of_an_hour(begin):
    evening = begin(timer_min=5)
    evening.press_x()
    evening.pass_s(241)
    assert evening.ending.left_s == pytest.approx(59)
    evening.press_x()
    assert evening.ending.left_s == pytest.approx(59 + 900)
    evening.press_x()
    assert evening.ending.left_s == pytest.approx(59 + 900)
    assert not evening.opened.tab.stage.notice.text()


def test_a_key_with_a_meaning_keeps_it_and_adds_nothing(begin):
    evening = begin(timer_min=5)
    evening.pass_s(241)
    QTest.keyClick(evening.opened.tab, Qt.Key.Key_Right)
    assert evening.playback.moment.step_index == 1
    assert evening.ending.left_s == pytest.approx(59)


def test_a_key_calls_the_sound_back_that_the_timer_lets_leave(begin):
    evening = begin(timer_min=5)
    evening.pass_s(301)
    assert evening.playback.is_stopping
    evening.press_x()
    assert evening.playback.is_sounding
    assert evening.ending.left_s == pytest.approx(900)
    evening.pass_s(900)
    assert evening.playback.is_stopping


def test_a_key_does_not_call_back_what_the_listener_stopped(begin):
    evening = begin(timer_min=5)
    QTest.keyClick(evening.opened.tab, Qt.Key.Key_Escape)
    evening.press_x()
    assert evening.playback.is_stopping


def test_escape_cuts_the_timer_s_fade_short_and_is_the_end(begin):
    evening = begin(timer_min=5, fade_s=600, at_end="suspend")
    evening.pass_s(301)
    QTest.keyClick(evening.opened.tab, Qt.Key.Key_Escape)
    assert evening.opened.sound.transport.fade_s == STOP_FADE_S
    evening.press_x()
    assert evening.playback.is_stopping
    evening.opened.sound.end()
    assert evening.playback.state is SessionState.IDLE
    assert not evening.ending._suspend.isActive()


def test_space_pauses_what_the_timer_lets_leave_as_its_button_says(begin):
    evening = begin(timer_min=5, fade_s=600)
    evening.pass_s(301)
    evening.opened.sound.hear(2)
    button = evening.opened.tab.stage.play_button
    assert button.accessibleName() == "Pause"
    QTest.keyClick(evening.opened.tab, Qt.Key.Key_Space)
    assert evening.playback.state is SessionState.PAUSED
    assert button.accessibleName() == "Play"
    evening.pass_s(3600)
    QTest.keyClick(evening.opened.tab, Qt.Key.Key_Space)
    assert evening.playback.is_sounding
    assert evening.ending.left_s == pytest.approx(300)


def test_at_the_routine_s_end_the_background_goes_too(begin):
    evening = begin(timer_at_routine_end=True, linger_min=60, fade_s=30)
    evening.pass_s(4 * 3600)
    assert evening.playback.is_sounding
    evening.opened.sound.hear(evening.playback.timeline.exercise_end_frame / SAMPLE_RATE_HZ + 1)
    assert evening.opened.sound.transport.fade_s == 30


def test_whichever_of_both_ends_comes_first(begin):
    evening = begin(timer_min=5, timer_at_routine_end=True, linger_min=60)
    evening.pass_s(300)
    assert evening.playback.is_stopping


def test_the_end_of_what_comes_after_a_jolt_is_not_the_routine_s(begin):
    evening = begin(timer_at_routine_end=True, linger_min=60)
    QTest.keyClick(evening.opened.tab, Qt.Key.Key_R)
    evening.opened.sound.hear(evening.playback.timeline.exercise_end_frame / SAMPLE_RATE_HZ + 1)
    assert evening.playback.is_sounding
    assert evening.ends == 0


def test_a_jolt_does_not_set_the_timer_anew(begin):
    evening = begin(timer_min=5)
    evening.pass_s(200)
    QTest.keyClick(evening.opened.tab, Qt.Key.Key_R)
    assert evening.ending.left_s == pytest.approx(100)


def test_other_minutes_count_from_now(begin):
    evening = begin(timer_min=5)
    evening.pass_s(200)
    evening.opened.tab._kept.change(timer_min=30.0)
    assert evening.ending.left_s == pytest.approx(1800)
    evening.opened.tab._kept.change(voice_volume=0.3)
    evening.pass_s(60)
    assert evening.ending.left_s == pytest.approx(1740)
    evening.opened.tab._kept.change(timer_min=None)
    evening.pass_s(100_000)
    assert evening.playback.is_sounding


@pytest.mark.parametrize("by_timer", [True, False])
def test_the_computer_may_be_sent_to_sleep_once_all_is_silent(begin, by_timer):
    evening = begin(timer_min=5 if by_timer else None, at_end="suspend")
    if by_timer:
        evening.pass_s(300)
        assert not evening.ending._suspend.isActive()
        evening.opened.sound.end()
    else:
        evening.finish()
    assert evening.ending._suspend.isActive()
    assert evening.sleeper.suspends == 0
    evening.ending._suspend.timeout.emit()
    assert evening.sleeper.suspends == 1


@pytest.mark.parametrize("reason", ["not wanted", "not possible", "stopped by hand", "a key", "goes on"])
def test_it_is_not_sent_to_sleep(begin, reason):
    evening = begin(at_end="nothing" if reason == "not wanted" else "suspend")
    evening.sleeper.can_suspend = reason != "not possible"
    if reason == "stopped by hand":
        evening.playback.stop()
        evening.opened.sound.end()
    else:
        evening.finish()
    if reason == "a key":
        evening.press_x()
    if reason == "goes on":
        evening.playback.toggle()
    assert not evening.ending._suspend.isActive()
