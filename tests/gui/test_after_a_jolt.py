"""R comes between whatever plays and leads back to a calm place of it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from relax_window import Opened

from sleepcalm.gui.relax.interlude import AFTER_A_JOLT
from sleepcalm.preferences import Preferences
from sleepcalm.relaxation.calm_place import calm_place
from sleepcalm.relaxation.session import SessionState
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ


@pytest.fixture
def opened(open_window) -> Opened:
    opened = open_window(Preferences(cautions_heard=("pmr-7",), fade_s=2))
    opened.tab.prepare()
    return opened


def play_to_step(opened: Opened, index: int) -> int:
    """Play until five seconds into a step; gives the frame."""
    opened.tab.playback.toggle()
    seconds = opened.step_start_s(index) + 5
    opened.sound.hear(seconds)
    return round(seconds * SAMPLE_RATE_HZ)


def hear_all_of_it(opened: Opened) -> None:
    opened.sound.hear(opened.tab.playback.timeline.duration_frames / SAMPLE_RATE_HZ)


def press_r(opened: Opened) -> None:
    QTest.keyClick(opened.tab, Qt.Key.Key_R)


def test_it_sounds_at_once_and_the_routine_goes_on_from_a_calm_place(opened):
    playback = opened.tab.playback
    before = playback.piece
    frame = play_to_step(opened, 4)
    interrupted = opened.sound.transport
    press_r(opened)
    assert opened.sound.transport is not interrupted
    assert playback.routine.id == AFTER_A_JOLT
    assert opened.sound.transport.is_playing
    assert opened.tab.interlude.is_between
    hear_all_of_it(opened)
    assert playback.piece == before
    assert playback.state is SessionState.PLAYING
    assert opened.sound.transport.is_playing
    assert opened.sound.transport.frame == calm_place(before.timeline, frame)
    assert not opened.tab.interlude.is_under_way
    assert opened.tab.routines.chosen_id == "pmr-7"


def test_nothing_is_laid_out_when_the_key_comes(opened, qtbot, monkeypatch):
    play_to_step(opened, 4)
    rows = opened.tab.routines.rows
    qtbot.waitUntil(lambda: all(row.accessibleName().endswith(" min") for row in rows))

    def refuse(*_arguments: object) -> None:
        raise AssertionError("nobody can wait for that now")

    monkeypatch.setattr(opened.tab, "_make_timeline", refuse)
    press_r(opened)
    assert opened.sound.transport.is_playing


def test_the_background_does_not_leave_in_between(opened):
    play_to_step(opened, 4)
    press_r(opened)
    assert opened.sound.loaded_background.linger_s > 60
    assert opened.sound.background_goes_on
    hear_all_of_it(opened)
    assert opened.sound.loaded_background.linger_s == 0


def test_a_background_that_did_not_sound_or_was_leaving_comes_up_slowly(opened):
    press_r(opened)
    assert not opened.sound.background_goes_on
    opened.tab.playback.stop()
    opened.sound.end()
    opened.tab.playback.toggle()
    opened.sound.hear(opened.tab.playback.timeline.exercise_end_frame / SAMPLE_RATE_HZ)
    press_r(opened)
    assert opened.tab.playback.routine.id == AFTER_A_JOLT
    assert not opened.sound.background_goes_on


def test_a_second_jolt_begins_it_anew_and_what_waits_goes_on_waiting(opened):
    before = opened.tab.playback.piece
    frame = play_to_step(opened, 4)
    press_r(opened)
    opened.sound.hear(20)
    press_r(opened)
    assert opened.sound.transport.frame == 0
    hear_all_of_it(opened)
    assert opened.tab.playback.piece == before
    assert opened.sound.transport.frame == calm_place(before.timeline, frame)


def test_what_was_paused_is_paused_again(opened):
    before = opened.tab.playback.piece
    frame = play_to_step(opened, 4)
    opened.tab.playback.toggle()
    press_r(opened)
    hear_all_of_it(opened)
    opened.sound.end()
    assert opened.tab.playback.piece == before
    assert not opened.sound.transport.is_playing
    assert opened.sound.transport.frame == frame


def test_from_rest_it_plays_and_leads_back_to_rest(opened):
    before = opened.tab.playback.piece
    press_r(opened)
    assert opened.tab.playback.state is SessionState.PLAYING
    assert not opened.tab.interlude.is_between
    hear_all_of_it(opened)
    opened.sound.end()
    assert opened.tab.playback.piece == before
    assert opened.tab.playback.state is SessionState.IDLE


def test_escape_ends_both(opened):
    before = opened.tab.playback.piece
    play_to_step(opened, 4)
    press_r(opened)
    opened.sound.hear(10)
    QTest.keyClick(opened.tab, Qt.Key.Key_Escape)
    opened.sound.end()
    assert opened.tab.playback.piece == before
    assert opened.tab.playback.state is SessionState.IDLE
    assert not opened.sound.transport.is_playing


def test_another_routine_that_is_chosen_stays_chosen(opened):
    play_to_step(opened, 4)
    press_r(opened)
    opened.tab.choose_routine("body-scan")
    assert not opened.tab.interlude.is_under_way
    opened.tab.playback.toggle()
    hear_all_of_it(opened)
    assert opened.tab.playback.routine.id == "body-scan"


def test_a_pace_that_changed_meanwhile_counts_when_it_goes_on(opened, qtbot):
    play_to_step(opened, 4)
    press_r(opened)
    opened.tab.settings.pauses.setValue(20)
    length = opened.tab.playback.piece.timeline.duration_frames
    qtbot.waitUntil(lambda: opened.tab.playback.piece.timeline.duration_frames > length)
    hear_all_of_it(opened)
    qtbot.waitUntil(lambda: opened.tab.playback.piece.choices.pause_scale == 2.0)
    assert opened.tab.playback.routine.id == "pmr-7"
    assert opened.tab.playback.state is SessionState.PLAYING


def test_a_window_that_goes_in_between_returns_to_nothing(opened: Opened) -> None:
    play_to_step(opened, 4)
    opened.tab.interlude.begin()
    opened.tab.interlude.forget()
    assert not opened.tab.interlude.is_under_way
    opened.tab.playback.seek(10_000)
    opened.tab.playback.follow()
    assert opened.tab.playback.routine.id == AFTER_A_JOLT
