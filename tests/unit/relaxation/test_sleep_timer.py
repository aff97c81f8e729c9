"""When the sleep timer ends, whatever the clocks and the listener do before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleepcalm.relaxation.sleep_timer import (
    EXTENSION_S,
    LAST_MINUTE_S,
    SHORTEST_SUSPEND_S,
    ClockReading,
    SleepTimer,
    Verdict,
    set_timer,
)

STARTS_S = st.floats(0, 1e7)
WHILES_S = st.floats(0.001, 3 * 3600)
SUSPENDS_S = st.floats(2 * SHORTEST_SUSPEND_S, 30 * 24 * 3600)
MINUTES = st.floats(0.5, 600)


class Clock:
    """Two clocks that a test moves."""

    def __init__(self, boot_s: float = 5_000.0, awake_s: float = 4_000.0) -> None:
        self.boot_s = boot_s
        self.awake_s = awake_s

    def pass_time(self, seconds: float) -> ClockReading:
        self.boot_s += seconds
        self.awake_s += seconds
        return self.now

    def suspend(self, seconds: float) -> ClockReading:
        self.boot_s += seconds
        return self.now

    @property
    def now(self) -> ClockReading:
        return ClockReading(self.boot_s, self.awake_s)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def _look(timer: SleepTimer, clock: Clock, *, routine_is_over: bool = False) -> Verdict:
    return timer.look(clock.now, routine_is_over=routine_is_over)[1]


def test_it_stands_until_the_sound_plays(clock):
    timer = set_timer(10)
    clock.pass_time(3600)
    assert _look(timer, clock) is Verdict.GO_ON
    assert timer.at(clock.now).left_s == 600


def test_it_ends_when_its_minutes_are_over_and_not_before(clock):
    timer = set_timer(10).resumed(clock.now)
    clock.pass_time(539.5)
    assert _look(timer, clock) is Verdict.GO_ON
    clock.pass_time(1)
    assert _look(timer, clock) is Verdict.LAST_MINUTE
    clock.pass_time(59.4)
    assert _look(timer, clock) is Verdict.LAST_MINUTE
    clock.pass_time(0.2)
    assert _look(timer, clock) is Verdict.END


def test_the_end_is_said_once(clock):
    timer = set_timer(1).resumed(clock.now)
    clock.pass_time(61)
    timer, verdict = timer.look(clock.now)
    assert verdict is Verdict.END
    assert not timer.is_running
    assert _look(timer, clock) is Verdict.GO_ON


def test_with_the_end_of_the_routine_alone_no_time_ends_it(clock):
    timer = set_timer(None, at_routine_end=True).resumed(clock.now)
    clock.pass_time(12 * 3600)
    assert _look(timer, clock) is Verdict.GO_ON
    assert _look(timer, clock, routine_is_over=True) is Verdict.END


def test_with_minutes_alone_the_end_of_the_routine_is_none(clock):
    timer = set_timer(30).resumed(clock.now)
    clock.pass_time(60)
    assert _look(timer, clock, routine_is_over=True) is Verdict.GO_ON


@pytest.mark.parametrize(("passed_s", "is_over"), [(601, False), (60, True), (601, True)])
def test_with_both_whichever_is_first_ends_it(clock, passed_s, is_over):
    timer = set_timer(10, at_routine_end=True).resumed(clock.now)
    clock.pass_time(passed_s)
    assert _look(timer, clock, routine_is_over=is_over) is Verdict.END


def test_an_extension_adds_a_quarter_of_an_hour_to_what_is_left(clock):
    timer = set_timer(10).resumed(clock.now)
    clock.pass_time(570)
    timer = timer.extended(clock.now)
    assert timer.left_s == pytest.approx(30 + EXTENSION_S)
    assert _look(timer, clock) is Verdict.GO_ON
    clock.pass_time(30 + EXTENSION_S - 1)
    assert _look(timer, clock) is Verdict.LAST_MINUTE


def test_after_the_end_an_extension_and_the_sound_set_it_going_again(clock):
    timer = set_timer(1).resumed(clock.now)
    clock.pass_time(90)
    timer, _ = timer.look(clock.now)
    timer = timer.extended(clock.now).resumed(clock.now)
    clock.pass_time(EXTENSION_S - LAST_MINUTE_S - 1)
    assert _look(timer, clock) is Verdict.GO_ON


def test_without_minutes_there_is_nothing_to_extend(clock):
    timer = set_timer(None, at_routine_end=True).resumed(clock.now)
    assert timer.extended(clock.now) == timer


def test_the_time_of_a_suspend_is_not_taken_off(clock):
    timer = set_timer(10).resumed(clock.now)
    clock.pass_time(100)
    timer, _ = timer.look(clock.now)
    clock.pass_time(5)
    clock.suspend(8 * 3600)
    clock.pass_time(3)
    timer, verdict = timer.look(clock.now)
    assert verdict is Verdict.GO_ON
    assert timer.left_s == pytest.approx(600 - 108)


def test_clocks_read_one_after_the_other_are_no_suspend(clock):
    timer = set_timer(10).resumed(clock.now)
    clock.suspend(SHORTEST_SUSPEND_S / 10)
    assert _look(timer, clock) is Verdict.GO_ON


@pytest.mark.parametrize(
    ("minutes", "at_routine_end"),
    [(None, False), (0, False), (-5, True), (float("nan"), True), (float("inf"), False)],
)
def test_a_timer_without_a_proper_end_cannot_be_set(minutes, at_routine_end):
    with pytest.raises(ValueError, match="sleep timer"):
        set_timer(minutes, at_routine_end=at_routine_end)


@given(STARTS_S, MINUTES, st.lists(st.tuples(WHILES_S, WHILES_S, SUSPENDS_S), max_size=8))
def test_pauses_cost_nothing_whatever_the_clocks_do_in_them(start_s, minutes, course):
    clock = Clock(start_s, start_s / 2)
    timer = set_timer(minutes)
    left_s = minutes * 60
    for played_s, paused_s, suspended_s in course:
        timer = timer.resumed(clock.now)
        clock.pass_time(played_s)
        timer = timer.paused(clock.now)
        left_s = max(0.0, left_s - played_s)
        clock.pass_time(paused_s)
        clock.suspend(suspended_s)
        assert _look(timer, clock) is Verdict.GO_ON
    assert timer.left_s == pytest.approx(left_s, abs=1e-3)


@given(MINUTES, st.lists(st.floats(0.001, 600), min_size=1, max_size=60))
def test_how_often_it_is_looked_at_changes_nothing(minutes, steps_s):
    clock = Clock()
    timer = looked = set_timer(minutes).resumed(clock.now)
    for step_s in steps_s:
        clock.pass_time(step_s)
        looked, verdict = looked.look(clock.now)
        if verdict is Verdict.END:
            break
    assert timer.at(clock.now).left_s == pytest.approx(looked.left_s, abs=1e-3)


@given(MINUTES, st.lists(st.tuples(WHILES_S, st.one_of(st.just(0.0), SUSPENDS_S)), max_size=10))
def test_only_time_that_was_heard_counts(minutes, course):
    """After each suspend the listener goes on; the timer has run for as long as the sound has."""
    clock = Clock()
    timer = set_timer(minutes).resumed(clock.now)
    heard_s = 0.0
    for played_s, suspended_s in course:
        clock.pass_time(played_s)
        clock.suspend(suspended_s)
        heard_s += played_s
        timer, verdict = timer.look(clock.now)
        if heard_s >= minutes * 60 + 1e-3:
            assert verdict is Verdict.END
        timer = timer.resumed(clock.now)
    assert timer.left_s == pytest.approx(max(0.0, minutes * 60 - heard_s), abs=1e-3)


@given(MINUTES, st.integers(0, 5), WHILES_S)
def test_each_extension_counts(minutes, extensions, played_s):
    clock = Clock()
    timer = set_timer(minutes).resumed(clock.now)
    for _ in range(extensions):
        timer = timer.extended(clock.now)
    clock.pass_time(played_s)
    left_s = max(0.0, minutes * 60 + extensions * EXTENSION_S - played_s)
    assert timer.at(clock.now).left_s == pytest.approx(left_s, abs=1e-3)
