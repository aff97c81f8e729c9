"""The clocks of this machine."""

from __future__ import annotations

from sleepcalm.desktop.clock import read_clock


def test_both_run_on_and_no_suspend_is_seen_between_two_looks():
    first = read_clock()
    second = read_clock()
    while second.awake_s == first.awake_s:
        second = read_clock()
    assert second.boot_s > first.boot_s
    assert second.suspended_s(first) == 0.0


def test_the_boot_clock_is_never_behind():
    reading = read_clock()
    assert reading.boot_s >= reading.awake_s - 0.1
