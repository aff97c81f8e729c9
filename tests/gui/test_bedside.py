"""The screen beside the bed: dark, silent about what is typed, and gone by a key."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from relax_window import SCRIPTS, Opened, Opener

from sleepcalm.gui.bedside.bedside import Bedside
from sleepcalm.gui.bedside.screen import WORDS_FADE_MS, WORDS_STAY_MS, BedsideScreen
from sleepcalm.gui.relax.interlude import AFTER_A_JOLT
from sleepcalm.preferences import Preferences
from sleepcalm.relaxation.catalogue import read_catalogue
from sleepcalm.relaxation.routine import BreathPart
from sleepcalm.relaxation.session import SessionState
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ, Choices

Key = Qt.Key
DARK_SHARE = 0.01


class Night:
    """A Relax tab with its bedside screen, and what the desktop was asked for."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        self.held: list[bool] = []
        self.jolts = self.idle_keys = 0
        tab = opened.tab
        self.bedside = Bedside(tab, tab.playback, tab._kept, tab.interlude, self.held.append)
        tab.bedside_wanted.connect(self.bedside.open)
        self.bedside.jolted.connect(self._note_jolt)
        self.bedside.idle_key.connect(self._note_idle_key)

    @property
    def screen(self) -> BedsideScreen:
        assert self.bedside.screen is not None
        return self.bedside.screen

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.screen, key)

    def play_to_first_hold(self) -> None:
        self.opened.tab.playback.toggle()
        self.opened.sound.hear(self.opened.first_hold_s() + 1)

    def _note_jolt(self) -> None:
        self.jolts += 1

    def _note_idle_key(self) -> None:
        self.idle_keys += 1


@pytest.fixture
def make_night(open_window: Opener) -> Iterator:
    made: list[Night] = []

    def make(**preferences: object) -> Night:
        opened = open_window(Preferences(**preferences))  # type: ignore[arg-type]
        opened.tab.prepare()
        made.append(Night(opened))
        return made[-1]

    yield make
    for night in made:
        night.bedside.close()


@pytest.fixture
def night(make_night) -> Night:
    night = make_night()
    night.opened.tab.bedside_wanted.emit()
    return night


def picture_of(screen: BedsideScreen) -> QImage:
    return screen.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)


def samples_of(picture: QImage) -> bytes:
    """Without what fills each line up to four octets, which may hold anything."""
    octets, stride = bytes(picture.constBits()), picture.bytesPerLine()
    return b"".join(octets[row * stride :][: picture.width() * 3] for row in range(picture.height()))


def luminance_of(picture: QImage) -> float:
    """The mean relative luminance (ITU-R BT.709, of linear light), 1 for a white screen."""

    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    table = [linear(value / 255) for value in range(256)]
    octets = bytes(picture.constBits())
    total = 0.0
    for row in range(picture.height()):
        line = octets[row * picture.bytesPerLine() :][: picture.width() * 3]
        for place, weight in enumerate((0.2126, 0.7152, 0.0722)):
            total += weight * sum(table[value] for value in line[place::3])
    return total / (picture.width() * picture.height())


def mean_level_of(picture: QImage) -> float:
    """The mean of all sample values as they are, without linear light: the stricter measure."""
    octets = samples_of(picture)
    return sum(octets) / (len(octets) * 255)


@pytest.mark.parametrize("size", [(800, 600), (1366, 768), (640, 1000)])
def test_it_is_nearly_black_with_all_that_it_can_show(make_night, size):
    night = make_night(jolt_key=True)
    night.opened.tab.bedside_wanted.emit()
    night.play_to_first_hold()
    night.screen.resize(QSize(*size))
    night.screen.show_words()
    assert night.screen.sight.word == "tense gently"
    picture = picture_of(night.screen)
    assert 0 < luminance_of(picture) < DARK_SHARE
    assert mean_level_of(picture) < DARK_SHARE
    assert max(samples_of(picture)) < 0.4 * 255


def lit_bands_of(picture: QImage) -> list[tuple[int, int]]:
    """The top and the bottom of all that is lit, from above, with dark rows between them."""
    bands: list[tuple[int, int]] = []
    octets, width = samples_of(picture), picture.width() * 3
    for row in range(picture.height()):
        if max(octets[row * width : (row + 1) * width]) > 0:
            is_next = bool(bands) and bands[-1][1] == row - 1
            bands[-1:] = [(bands[-1][0], row)] if is_next else [*bands[-1:], (row, row)]
    return bands


@pytest.mark.parametrize("points", [11, 22, 26])
def test_large_words_on_a_small_screen_neither_meet_nor_are_cut(make_night, points, qapp):
    font = QFont(qapp.font())
    font.setPointSizeF(points)
    qapp.setFont(font)
    night = make_night(jolt_key=True)
    night.opened.tab.bedside_wanted.emit()
    night.play_to_first_hold()
    night.screen.resize(800, 600)
    night.screen.show_words()
    picture = picture_of(night.screen)
    ring, word, *keys = lit_bands_of(picture)
    assert ring[1] < word[0]
    assert keys
    assert keys[-1][1] < 600 - points * 0.3
    assert mean_level_of(picture) < DARK_SHARE


def test_a_screen_of_many_pixels_has_larger_words(make_night):
    night = make_night()
    night.opened.tab.bedside_wanted.emit()
    night.play_to_first_hold()
    heights = []
    for size in ((1366, 768), (3840, 2160)):
        night.screen.resize(*size)
        night.screen.show_words()
        picture = picture_of(night.screen)
        assert mean_level_of(picture) < DARK_SHARE
        _ring, word, keys = lit_bands_of(picture)
        heights.append((word[1] - word[0], keys[1] - keys[0]))
    assert heights[1][0] > 2 * heights[0][0]
    assert heights[1][1] > 2 * heights[0][1]


def test_its_words_fade_and_the_ring_stays(night):
    night.play_to_first_hold()
    bright = mean_level_of(picture_of(night.screen))
    assert night.screen.words_share == 1
    for _ in range((WORDS_STAY_MS + WORDS_FADE_MS // 2) // 100):
        night.screen._dim_words()
    assert 0.4 < night.screen.words_share < 0.6
    for _ in range(WORDS_FADE_MS // 100):
        night.screen._dim_words()
    assert night.screen.words_share == 0
    assert not night.screen._fade.isActive()
    assert 0 < mean_level_of(picture_of(night.screen)) < bright
    night.press(Key.Key_Space)
    assert night.screen.words_share == 1


def test_the_cursor_is_hidden_and_the_whole_screen_covered(night):
    assert night.screen.cursor().shape() is Qt.CursorShape.BlankCursor
    assert night.screen.isFullScreen()
    assert night.screen.accessibleName()


def test_at_the_end_nothing_is_to_be_seen(night):
    night.play_to_first_hold()
    night.opened.sound.hear(night.opened.tab.playback.timeline.duration_frames / SAMPLE_RATE_HZ)
    night.opened.sound.end()
    assert night.opened.tab.playback.state is SessionState.FINISHED
    assert not any(bytes(picture_of(night.screen).constBits()))


def test_space_pauses_and_plays(night):
    night.press(Key.Key_Space)
    assert night.opened.tab.playback.state is SessionState.PLAYING
    night.press(Key.Key_Space)
    assert night.opened.tab.playback.state is SessionState.PAUSED
    night.press(Key.Key_Space)
    night.opened.sound.hear(30)
    night.press(Key.Key_Space)
    assert night.screen.sight.word == "paused"


def test_the_arrows_go_by_steps_and_change_the_volumes(night):
    night.press(Key.Key_Right)
    assert night.opened.tab.playback.moment.step_index == 1
    night.press(Key.Key_Left)
    assert night.opened.tab.playback.moment.step_index == 0
    night.press(Key.Key_Down)
    assert night.opened.sound.voice_volume == pytest.approx(0.9)
    assert night.opened.sound.background_volume == pytest.approx(0.65)
    night.press(Key.Key_Up)
    assert night.opened.sound.voice_volume == pytest.approx(0.95)


@pytest.mark.parametrize("key", [Key.Key_Escape, Key.Key_B])
def test_a_key_leads_back_and_the_sound_goes_on(night, key):
    night.play_to_first_hold()
    night.press(key)
    assert night.bedside.screen is None
    assert night.opened.tab.playback.state is SessionState.PLAYING
    night.opened.tab.bedside_wanted.emit()
    assert night.screen.isVisible()


def test_r_plays_the_routine_after_a_jolt(night):
    night.play_to_first_hold()
    night.press(Key.Key_R)
    assert night.opened.tab.playback.routine.id == AFTER_A_JOLT
    assert night.opened.sound.transport.is_playing


def test_j_is_told_of_and_shows_nothing(make_night):
    night = make_night(jolt_key=True)
    night.opened.tab.bedside_wanted.emit()
    night.play_to_first_hold()
    let_words_fade(night)
    before = picture_of(night.screen)
    night.press(Key.Key_J)
    assert night.jolts == 1
    assert picture_of(night.screen) == before


def test_j_means_nothing_unless_it_is_wanted(night):
    night.press(Key.Key_J)
    assert (night.jolts, night.idle_keys) == (0, 1)


def test_a_key_without_meaning_brings_no_light(night):
    night.play_to_first_hold()
    let_words_fade(night)
    before = picture_of(night.screen)
    for key in (Key.Key_X, Key.Key_F5, Key.Key_PageDown):
        night.press(key)
    assert night.idle_keys == 3
    assert picture_of(night.screen) == before


def test_the_screen_s_lock_is_held_off_while_it_shows(make_night):
    night = make_night()
    night.opened.tab.bedside_wanted.emit()
    assert night.held == [True]
    night.press(Key.Key_Escape)
    assert night.held == [True, False]


def test_the_lock_is_left_alone_where_the_preferences_say_so(make_night):
    night = make_night(hold_screen=False)
    night.opened.tab.bedside_wanted.emit()
    assert night.screen.isVisible()
    assert night.held == []
    night.press(Key.Key_Escape)
    assert night.held == [False]


def test_it_comes_by_itself_some_time_after_the_start(make_night, qtbot: QtBot):
    night = make_night(bedside_after_s=0.05)
    qtbot.waitUntil(night.opened.window.isActiveWindow)
    night.opened.tab.playback.toggle()
    assert night.bedside.screen is None
    qtbot.waitUntil(lambda: night.bedside.screen is not None)


def test_it_does_not_come_by_itself_after_a_pause(make_night):
    night = make_night(bedside_after_s=60)
    night.opened.tab.playback.toggle()
    assert night.bedside._wait.isActive()
    night.opened.tab.playback.toggle()
    assert not night.bedside._wait.isActive()


def test_it_waits_for_the_routine_that_is_begun_and_for_no_other(make_night):
    night = make_night(bedside_after_s=60)
    playback = night.opened.tab.playback
    playback.toggle()
    routines = read_catalogue([SCRIPTS]).routines.values()
    playback.open(next(each for each in routines if each.id != playback.routine.id), Choices())
    assert not night.bedside._wait.isActive()
    playback.toggle()
    assert night.bedside._wait.isActive()


def test_the_disc_breathes_with_the_sound_unless_motion_is_reduced(make_night):
    for reduced in (False, True):
        night = make_night(routine="paced-breathing", reduced_motion=reduced)
        night.opened.tab.bedside_wanted.emit()
        night.opened.tab.playback.toggle()
        inhale = next(
            cue for cue in night.opened.tab.playback.timeline.cues if cue.breath is BreathPart.INHALE
        )
        sights = []
        for share in (0.05, 0.5, 0.95):
            frame = inhale.start_frame + share * (inhale.next_frame - inhale.start_frame)
            night.opened.sound.hear(frame / SAMPLE_RATE_HZ)
            sights.append(night.screen.sight.fullness)
        assert night.screen.sight.word == "in"
        assert (sights == sorted(set(sights))) is not reduced


def test_ctrl_q_closes_everything(night):
    QTest.keyClick(night.screen, Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert not night.opened.window.isVisible()
    assert QApplication.instance() is not None


def let_words_fade(night: Night) -> None:
    while night.screen.words_share:
        night.screen._dim_words()
