"""Which positions have to be told as a jump."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sleepcalm.desktop.ports import NowPlaying, PlaybackStatus
from sleepcalm.desktop.position_watch import TOLERANCE_S, PositionWatch

PLAYING = NowPlaying(PlaybackStatus.PLAYING, piece=1, length_s=3600)


def _jumps(*course: tuple[float, NowPlaying]) -> list[bool]:
    watch = PositionWatch()
    return [watch.is_jump(now, at_s) for at_s, now in course]


def _at(position_s: float, now: NowPlaying = PLAYING) -> NowPlaying:
    return replace(now, position_s=position_s)


def test_a_start_at_the_beginning_is_none():
    assert _jumps((100, PLAYING)) == [False]


def test_a_start_in_the_middle_is_one():
    assert _jumps((100, _at(600))) == [True]


def test_a_seek_is_one_and_is_told_once():
    assert _jumps((0, PLAYING), (10, _at(10)), (10.1, _at(300)), (11.1, _at(301))) == [
        False,
        False,
        True,
        False,
    ]


def test_a_sound_that_lags_is_told():
    assert _jumps((0, PLAYING), (10, _at(10 - 2 * TOLERANCE_S))) == [False, True]


def test_in_a_pause_it_has_to_stand():
    paused = replace(PLAYING, status=PlaybackStatus.PAUSED)
    course = [(0.0, PLAYING), (10.0, _at(10, paused)), (500.0, _at(10, paused)), (501.0, _at(20, paused))]
    assert _jumps(*course) == [False, False, False, True]


def test_after_a_pause_it_goes_on_from_there():
    paused = replace(PLAYING, status=PlaybackStatus.PAUSED)
    course = [(0.0, PLAYING), (10.0, _at(10, paused)), (500.0, _at(10)), (505.0, _at(15))]
    assert _jumps(*course) == [False] * 4


def test_another_piece_begins_at_nought():
    other = replace(PLAYING, piece=2)
    assert _jumps((0, PLAYING), (10, _at(10)), (10.1, other), (11.1, _at(1, other))) == [False] * 4


@given(st.lists(st.floats(0.01, 5), max_size=200))
def test_an_even_course_never_is(steps_s):
    watch, at_s = PositionWatch(), 0.0
    for step_s in steps_s:
        assert not watch.is_jump(_at(at_s), 1000 + at_s)
        at_s += step_s
