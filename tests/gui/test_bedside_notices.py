"""A pause that nobody at the bedside asked for is said there softly, with its reason, and fades again."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from relax_window import SCRIPTS, Opener
from test_bedside import DARK_SHARE, lit_bands_of, luminance_of, mean_level_of, picture_of
from test_last_minute import Bed

from sleepcalm.audio.output_keeper import DEVICE_LOST, NO_DEVICE
from sleepcalm.preferences import Preferences
from sleepcalm.relaxation.catalogue import read_catalogue
from sleepcalm.relaxation.session import SessionState
from sleepcalm.relaxation.timeline import Choices

Key = Qt.Key


@pytest.fixture
def make_bed(open_window: Opener) -> Iterator:
    """The bedside screen over a routine that sounds, its words gone."""
    made: list[Bed] = []

    def make(**preferences: object) -> Bed:
        bed = Bed(open_window(Preferences(cautions_heard=("pmr-7",), **preferences)))  # type: ignore[arg-type]
        made.append(bed)
        bed.opened.sound.notice_changed.connect(bed.night.bedside.show_notice)
        assert bed.screen.isVisible()
        pass_words(bed)
        return bed

    yield make
    for bed in made:
        bed.night.close()


@pytest.fixture
def bed(make_bed) -> Bed:
    return make_bed()


def pass_words(bed: Bed) -> list[float]:
    """Let time pass until the words are gone; how much light they had meanwhile."""
    shares = [bed.screen.words_share]
    while bed.screen._fade.isActive():
        bed.screen._dim_words()
        shares.append(bed.screen.words_share)
    assert shares[-1] == 0
    return shares


def lose_device(bed: Bed) -> None:
    bed.playback.pause()
    bed.opened.sound.notice_changed.emit(DEVICE_LOST)


def test_a_headset_that_goes_is_said(bed):
    lose_device(bed)
    assert bed.screen.sight.word == "paused"
    assert bed.screen.notice == DEVICE_LOST
    assert DEVICE_LOST in bed.screen.accessibleDescription()
    shares = pass_words(bed)
    assert max(shares) == 1
    assert max(abs(after - before) for before, after in pairwise(shares)) < 0.1


def test_a_sleep_of_the_computer_is_said_until_it_goes_on(bed):
    bed.night.desktop.pause_for_sleep()
    assert bed.screen.sight.word == "paused"
    assert "went to sleep" in bed.screen.notice
    assert max(pass_words(bed)) == 1
    QTest.keyClick(bed.screen, Key.Key_Space)
    assert bed.playback.is_sounding
    assert bed.screen.notice == ""


def test_a_sleep_of_the_computer_is_not_said_of_another_routine(bed):
    bed.night.desktop.pause_for_sleep()
    routines = read_catalogue([SCRIPTS]).routines.values()
    other = next(routine for routine in routines if routine.id != bed.playback.routine.id)
    bed.playback.open(other, Choices())
    assert bed.screen.notice == ""
    assert bed.screen.sight.word == ""
    bed.night.bedside.close()
    assert bed.screen.notice == ""


def test_what_the_listener_paused_has_no_reason_but_its_word(bed):
    QTest.keyClick(bed.screen, Key.Key_Space)
    assert (bed.screen.sight.word, bed.screen.notice, bed.screen.words_share) == ("paused", "", 1)
    bed.night.desktop.pause_for_sleep()
    assert bed.screen.notice == ""


def test_a_pause_without_a_reason_is_said_too(bed):
    bed.playback.pause()
    assert bed.screen._fade.isActive()
    assert max(pass_words(bed)) == 1


def test_sound_that_is_missing_is_said_while_the_routine_goes_on(bed):
    bed.opened.sound.notice_changed.emit(NO_DEVICE)
    assert bed.playback.is_sounding
    assert bed.screen.notice == NO_DEVICE
    assert max(pass_words(bed)) == 1
    bed.opened.sound.notice_changed.emit("")
    assert bed.screen.notice == ""
    assert bed.screen.words_share == 0
    assert not bed.screen._fade.isActive()


def test_what_was_said_before_the_screen_came_stands_there_when_it_comes(bed):
    QTest.keyClick(bed.screen, Key.Key_Escape)
    bed.opened.sound.notice_changed.emit(NO_DEVICE)
    assert bed.screen.notice == NO_DEVICE
    assert bed.screen.words_share == 1


def test_a_key_shows_the_reason_again_at_once(bed):
    lose_device(bed)
    pass_words(bed)
    dark = mean_level_of(picture_of(bed.screen))
    QTest.mouseClick(bed.screen, Qt.MouseButton.LeftButton)
    assert bed.screen.words_share == 1
    assert mean_level_of(picture_of(bed.screen)) > dark


def test_words_that_are_seen_already_do_not_sink_first(bed):
    bed.screen.show_words()
    lose_device(bed)
    assert bed.screen.words_share == 1


def test_with_reduced_motion_it_neither_rises_nor_sinks_slowly(make_bed):
    bed = make_bed(reduced_motion=True)
    lose_device(bed)
    assert set(pass_words(bed)) == {0.0, 1.0}


def test_after_the_end_nothing_is_seen(bed):
    bed.opened.sound.hear(bed.playback.timeline.duration_frames / 48_000)
    bed.opened.sound.end()
    assert bed.playback.state is SessionState.FINISHED
    bed.opened.sound.notice_changed.emit(NO_DEVICE)
    assert not any(bytes(picture_of(bed.screen).constBits()))


@pytest.mark.parametrize("points", [11, 18, 26])
@pytest.mark.parametrize("size", [(800, 600), (1366, 768), (640, 1000)])
def test_it_stays_nearly_black_and_whole(make_bed, qapp, size, points):
    font = QFont(qapp.font())
    font.setPointSizeF(points)
    qapp.setFont(font)
    bed = make_bed(jolt_key=True)
    bed.screen.resize(QSize(*size))
    lose_device(bed)
    bed.screen.show_words()
    picture = picture_of(bed.screen)
    assert 0 < luminance_of(picture) < DARK_SHARE
    assert mean_level_of(picture) < DARK_SHARE
    ring, *words = lit_bands_of(picture)
    assert ring[1] < words[0][0]
    assert len(words) >= 3
    assert words[-1][1] < size[1] - 4
