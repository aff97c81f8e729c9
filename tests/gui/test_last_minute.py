"""In the last minute of the sleep timer a key adds a quarter of an hour, wherever it is pressed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from relax_window import Opened, Opener

from sleepcalm.gui.bedside.screen import WORDS_FADE_MS, WORDS_STAY_MS, BedsideScreen
from sleepcalm.preferences import Preferences
from sleepcalm.relaxation.session import SessionState
from sleepcalm.relaxation.sleep_timer import EXTENSION_S, ClockReading
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ
from sleepcalm.window.night import WindowNight

Key = Qt.Key


class Bed:
    """The window with all that it has at night, on a clock that a test moves."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        self.playback = opened.tab.playback
        self.clock = ClockReading(5000.0, 5000.0)
        opened.tab.prepare()
        self.night = WindowNight(opened.tab, opened.window, opened.tab._kept)
        self.night.ending._read_clock = lambda: self.clock
        self.playback.toggle()
        opened.sound.hear(1)

    @property
    def screen(self) -> BedsideScreen:
        if self.night.bedside.screen is None:
            self.night.bedside.open()
        assert self.night.bedside.screen is not None
        return self.night.bedside.screen

    def let_words_fade(self) -> None:
        self.screen._words_for_ms = WORDS_STAY_MS + WORDS_FADE_MS
        self.screen._dim_words()

    def pass_s(self, seconds: float) -> None:
        self.clock = ClockReading(self.clock.boot_s + seconds, self.clock.awake_s + seconds)
        self.night.ending.follow()

    @property
    def left_s(self) -> float | None:
        return self.night.ending.left_s


@pytest.fixture
def make_bed(open_window: Opener) -> Iterator[Callable[..., Bed]]:
    beds: list[Bed] = []

    def make(**preferences: object) -> Bed:
        beds.append(Bed(open_window(Preferences(cautions_heard=("pmr-7",), **preferences))))  # type: ignore[arg-type]
        return beds[-1]

    yield make
    for bed in beds:
        bed.night.close()


@pytest.fixture
def bed(make_bed: Callable[..., Bed]) -> Bed:
    return make_bed(timer_min=5.0)


def shown() -> set[QWidget]:
    return {each for each in QApplication.topLevelWidgets() if each.isVisible()}


@pytest.mark.parametrize("key", [Key.Key_X, Key.Key_F5, Key.Key_PageDown, Key.Key_Tab])
def test_at_the_bedside_it_extends_without_light_or_dialog(bed, key):
    bed.let_words_fade()
    bed.pass_s(250)
    windows, before = shown(), bed.screen.grab().toImage()
    QTest.keyClick(bed.screen, key)
    assert bed.left_s == pytest.approx(50 + EXTENSION_S)
    assert bed.screen.words_share == 0
    assert bed.screen.grab().toImage() == before
    assert shown() == windows


def test_at_the_bedside_it_calls_back_the_sound_that_the_timer_lets_leave_and_stays_dark(bed):
    bed.let_words_fade()
    bed.pass_s(301)
    assert bed.playback.is_stopping
    windows = shown()
    QTest.keyClick(bed.screen, Key.Key_X)
    assert bed.playback.is_sounding
    assert bed.left_s == pytest.approx(EXTENSION_S)
    assert bed.screen.words_share == 0
    assert shown() == windows


def test_a_key_that_has_a_meaning_at_the_bedside_keeps_it(bed):
    bed.pass_s(250)
    QTest.keyClick(bed.screen, Key.Key_Right)
    assert bed.left_s == pytest.approx(50)
    QTest.keyClick(bed.screen, Key.Key_Space)
    assert bed.playback.state is SessionState.PAUSED
    bed.pass_s(3600)
    assert bed.left_s == pytest.approx(50)


def test_wherever_the_keyboard_is_in_the_window(bed):
    bed.pass_s(250)
    tab = bed.opened.tab
    takers = [
        each
        for each in (tab, *tab.findChildren(QWidget))
        if each.isVisible() and each.focusPolicy() is not Qt.FocusPolicy.NoFocus
    ]
    assert len(takers) > 5
    for taker in takers:
        left_s = bed.left_s
        QTest.keyClick(taker, Key.Key_F5)
        assert bed.left_s == pytest.approx(left_s + EXTENSION_S), type(taker).__name__
        bed.pass_s(EXTENSION_S)


def test_on_another_page_too(bed):
    page = QWidget()
    page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    bed.opened.window.add_tab("&Other", page)
    bed.opened.window.open_page(page)
    bed.pass_s(250)
    QTest.keyClick(page, Key.Key_X)
    assert bed.left_s == pytest.approx(50 + EXTENSION_S)


def test_a_chord_is_no_key_without_meaning(bed):
    bed.pass_s(250)
    QTest.keyClick(bed.opened.tab, Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    assert bed.left_s == pytest.approx(50)


def test_with_the_window_hidden_the_timer_ends_at_its_time(bed):
    bed.opened.window.hide()
    bed.pass_s(299)
    assert bed.playback.is_sounding
    bed.pass_s(2)
    assert bed.playback.is_stopping


def ending_line(bed: Bed) -> str:
    return bed.opened.tab.settings.night.accessibleDescription()


def test_the_panel_tells_how_long_it_sounds_now_at_the_latest(bed):
    bed.pass_s(250)
    assert "timer 5 min" in ending_line(bed)
    QTest.keyClick(bed.screen, Key.Key_X)
    assert "timer 20 min" in ending_line(bed)
    QTest.keyClick(bed.screen, Key.Key_Down)
    assert "timer 20 min" in ending_line(bed)
    bed.pass_s(925)
    QTest.keyClick(bed.screen, Key.Key_X)
    assert "timer 35 min" in ending_line(bed)
    QTest.keyClick(bed.opened.tab, Key.Key_Escape)
    bed.opened.sound.end()
    assert "timer 5 min" in ending_line(bed)


def test_what_is_called_back_ends_no_later_than_the_panel_tells(bed):
    bed.pass_s(300)
    bed.pass_s(70)
    QTest.keyClick(bed.screen, Key.Key_X)
    assert "timer 22 min" in ending_line(bed)  # 5 min, 70 s of leaving and a quarter of an hour
    bed.pass_s(899)
    assert bed.playback.is_sounding
    bed.pass_s(1)
    assert bed.playback.is_stopping
    assert "timer 22 min" in ending_line(bed)


@pytest.mark.parametrize("timer_min", [60.0, None])
def test_what_the_routine_s_end_let_leave_counts_from_what_has_sounded(make_bed, timer_min):
    """And not from minutes that were not over, or that nobody chose."""
    bed = make_bed(timer_min=timer_min, timer_at_routine_end=True, linger_min=60)
    bed.pass_s(600)
    bed.playback.pause()
    bed.pass_s(3600)
    bed.playback.play()
    bed.pass_s(600)
    bed.opened.sound.hear(bed.playback.timeline.exercise_end_frame / SAMPLE_RATE_HZ + 1)
    assert bed.playback.is_stopping
    bed.pass_s(60)
    QTest.keyClick(bed.screen, Key.Key_X)
    assert "timer 36 min" in ending_line(bed)  # 20 min, one of leaving and a quarter of an hour
    bed.pass_s(899)
    assert bed.playback.is_sounding
    bed.pass_s(1)
    assert bed.playback.is_stopping


def test_minutes_chosen_on_the_way_count_from_then_when_they_are_extended(bed):
    bed.pass_s(200)
    bed.opened.tab._kept.change(timer_min=10.0)
    bed.pass_s(590)
    QTest.keyClick(bed.screen, Key.Key_X)
    assert "timer 25 min" in ending_line(bed)


@pytest.mark.parametrize("where", ["paused", "in the fade"])
def test_minutes_chosen_after_an_extension_are_shown_at_once(bed, where):
    bed.pass_s(250)
    QTest.keyClick(bed.screen, Key.Key_X)
    if where == "paused":
        bed.playback.pause()
    else:
        bed.pass_s(951)
        assert bed.playback.is_stopping
    assert "timer 20 min" in ending_line(bed)
    bed.opened.tab._kept.change(timer_min=10.0)
    assert "timer 10 min" in ending_line(bed)


@pytest.mark.parametrize("how", ["other minutes", "a pause in the fade", "to its end"])
def test_the_next_time_it_is_as_chosen_again(bed, how):
    bed.pass_s(250)
    QTest.keyClick(bed.screen, Key.Key_X)
    if how == "other minutes":
        bed.opened.tab._kept.change(timer_min=10.0)
        assert "timer 10 min" in ending_line(bed)
        return
    bed.pass_s(2000)
    assert "timer 20 min" in ending_line(bed)
    if how == "a pause in the fade":
        QTest.keyClick(bed.screen, Key.Key_Space)
    else:
        bed.opened.sound.end()
    assert "timer 5 min" in ending_line(bed)
