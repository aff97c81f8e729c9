"""A suspend is seen between two looks, and only where something sounded through it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sleepcalm.relaxation.sleep_timer import SHORTEST_SUSPEND_S, ClockReading
from sleepcalm.relaxation.suspend_watch import SuspendWatch


class Computer:
    def __init__(self) -> None:
        self.clock = ClockReading(5000.0, 4000.0)
        self.watch = SuspendWatch(lambda: self.clock)

    def pass_s(self, seconds: float) -> None:
        self.clock = ClockReading(self.clock.boot_s + seconds, self.clock.awake_s + seconds)

    def sleep_s(self, seconds: float) -> None:
        self.clock = replace(self.clock, boot_s=self.clock.boot_s + seconds)


@pytest.fixture
def computer() -> Computer:
    return Computer()


def test_what_sounds_through_a_suspend_has_slept_once(computer):
    assert not computer.watch.has_slept(is_sounding=True)
    computer.sleep_s(8 * 3600)
    assert computer.watch.has_slept(is_sounding=True)
    computer.pass_s(1)
    assert not computer.watch.has_slept(is_sounding=True)


def test_a_computer_too_busy_to_look_has_not_slept(computer):
    computer.watch.has_slept(is_sounding=True)
    computer.pass_s(600)
    assert not computer.watch.has_slept(is_sounding=True)


def test_clocks_read_one_after_the_other_are_no_suspend(computer):
    computer.watch.has_slept(is_sounding=True)
    computer.sleep_s(SHORTEST_SUSPEND_S / 10)
    assert not computer.watch.has_slept(is_sounding=True)


def test_a_suspend_in_a_pause_is_nobody_s_business(computer):
    computer.watch.has_slept(is_sounding=True)
    computer.watch.has_slept(is_sounding=False)
    computer.sleep_s(3600)
    assert not computer.watch.has_slept(is_sounding=True)
