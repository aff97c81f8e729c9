"""No sound comes from a lid that opens, whoever tells of the suspend, with a sleep timer or without."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from relax_window import Opener
from test_window_desktop import FakeDesktop

from sleepcalm.preferences import Preferences
from sleepcalm.relaxation.session import SessionState
from sleepcalm.relaxation.sleep_timer import ClockReading
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ
from sleepcalm.window.desktop import WindowDesktop
from sleepcalm.window.ending import WindowEnding

NIGHT_S = 8 * 3600.0


class Laptop:
    """The window's own desktop and sleep timer on clocks that a test moves."""

    def __init__(self, open_window: Opener, timer_min: float | None, *, has_logind: bool) -> None:
        self.opened = open_window(Preferences(cautions_heard=("pmr-7",), timer_min=timer_min))
        self.opened.tab.prepare()
        self.playback = self.opened.tab.playback
        self.clock = ClockReading(5000.0, 4000.0)
        self.slept = 0
        self._has_logind = has_logind
        made: list[FakeDesktop] = []

        def open_desktop(listener: object) -> FakeDesktop:
            made.append(FakeDesktop(listener))
            return made[0]

        self.desktop = WindowDesktop(
            self.playback, 0.9, open_desktop=open_desktop, read_clock=lambda: self.clock
        )
        self.bus = made[0]
        self.ending = WindowEnding(
            self.playback,
            self.opened.tab.interlude,
            self.opened.tab._kept,
            self.desktop,
            lambda: self.clock,
        )
        self.desktop.paused_for_sleep.connect(self._note)
        self.desktop.start()
        self.playback.toggle()
        self.hear(10)

    def hear(self, seconds: float) -> None:
        """So much sound more, in as much time."""
        self.clock = ClockReading(self.clock.boot_s + seconds, self.clock.awake_s + seconds)
        frame = self.opened.sound.transport.frame + seconds * SAMPLE_RATE_HZ
        self.opened.sound.hear(frame / SAMPLE_RATE_HZ)

    def close_the_lid(self, wait: Callable[[], None]) -> None:
        """And open it in the morning; the output may have some sound left."""
        if self._has_logind:
            self.bus.press("about_to_sleep")
            wait()
        self.clock = replace(self.clock, boot_s=self.clock.boot_s + NIGHT_S)
        self.opened.sound.progressed.emit()

    def close(self) -> None:
        self.ending.close()
        self.desktop.close()

    def _note(self) -> None:
        self.slept += 1


@pytest.fixture(params=[True, False], ids=["logind", "no logind"])
def open_laptop(request, open_window):
    laptops: list[Laptop] = []

    def make(timer_min: float | None) -> Laptop:
        laptops.append(Laptop(open_window, timer_min, has_logind=request.param))
        return laptops[0]

    yield make
    for laptop in laptops:
        laptop.close()


@pytest.mark.parametrize("timer_min", [None, 5.0], ids=["no timer", "timer"])
def test_the_routine_stays_paused_at_its_place(open_laptop, qtbot, timer_min):
    laptop = open_laptop(timer_min)
    laptop.close_the_lid(lambda: qtbot.waitUntil(lambda: laptop.playback.state is SessionState.PAUSED))
    assert laptop.playback.state is SessionState.PAUSED
    assert laptop.slept == 1
    assert laptop.playback.moment.frame == 10 * SAMPLE_RATE_HZ
    laptop.clock = ClockReading(laptop.clock.boot_s + 3600, laptop.clock.awake_s + 3600)
    laptop.ending.follow()
    laptop.desktop.follow()
    assert laptop.playback.state is SessionState.PAUSED
    laptop.playback.toggle()
    laptop.hear(5)
    assert laptop.playback.is_sounding
    assert laptop.slept == 1


def test_the_timer_has_what_was_left_before(open_laptop, qtbot):
    laptop = open_laptop(5.0)
    laptop.close_the_lid(lambda: qtbot.waitUntil(lambda: laptop.playback.state is SessionState.PAUSED))
    assert laptop.ending.left_s == pytest.approx(290)
    laptop.playback.toggle()
    laptop.hear(289)
    assert laptop.playback.is_sounding
    laptop.hear(2)
    assert laptop.playback.is_stopping


@pytest.mark.parametrize("looks_first", ["timer", "desktop"])
def test_no_end_begins_when_the_lid_opens(open_window, looks_first):
    """Not though the timer ran out in the second before: an end is minutes of sound that leaves."""
    laptop = Laptop(open_window, 5.0, has_logind=False)
    laptop.clock = ClockReading(laptop.clock.boot_s + NIGHT_S + 300, laptop.clock.awake_s + 300)
    (laptop.ending if looks_first == "timer" else laptop.desktop).follow()
    assert laptop.playback.state is SessionState.PAUSED
    assert laptop.opened.sound.transport.fade_s is None
    laptop.close()


@pytest.mark.parametrize("by_timer", [True, False])
def test_a_sound_that_is_leaving_does_not_go_on_leaving(open_laptop, qtbot, by_timer):
    laptop = open_laptop(5.0)
    if by_timer:
        laptop.hear(290)
    else:
        laptop.playback.stop()
    assert laptop.playback.is_stopping
    laptop.close_the_lid(lambda: qtbot.waitUntil(lambda: laptop.playback.state is SessionState.PAUSED))
    assert laptop.playback.state is SessionState.PAUSED
    assert laptop.slept == 1
    assert not laptop.opened.sound.transport.is_playing
