"""Before the computer is sent to sleep, whatever somebody does in the program says that they are awake."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from relax_window import Opener
from test_last_minute import Bed

from sleepcalm.preferences import Preferences
from sleepcalm.relaxation.session import SessionState
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ
from sleepcalm.window.desktop import OnDesktopThread, WindowDesktop

Key = Qt.Key


@pytest.fixture
def bed(open_window: Opener, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bed]:
    """All is silent, and the computer would be sent to sleep soon."""
    suspends: list[WindowDesktop] = []

    def suspend(desktop: WindowDesktop) -> None:
        suspends.append(desktop)

    monkeypatch.setattr(WindowDesktop, "can_suspend", property(lambda _desktop: True))
    monkeypatch.setattr(WindowDesktop, "suspend", suspend)
    bed = Bed(open_window(Preferences(cautions_heard=("pmr-7",), at_end="suspend")))
    bed.suspends = suspends
    bed.opened.sound.hear(bed.playback.timeline.duration_frames / SAMPLE_RATE_HZ)
    bed.opened.sound.end()
    assert bed.playback.state is SessionState.FINISHED
    assert bed.night.ending._suspend.isActive()
    yield bed
    bed.night.close()


def let_it_come(bed: Bed) -> None:
    if bed.night.ending._suspend.isActive():
        bed.night.ending._suspend.timeout.emit()


def test_left_alone_it_is_sent_to_sleep_once(bed):
    let_it_come(bed)
    assert len(bed.suspends) == 1
    QTest.keyClick(bed.opened.tab, Key.Key_X)
    assert len(bed.suspends) == 1


KEYS = [Key.Key_Escape, Key.Key_Up, Key.Key_Tab, Key.Key_B, Key.Key_R, Key.Key_X, Key.Key_Shift, Key.Key_Left]


@pytest.mark.parametrize("key", KEYS, ids=[key.name for key in KEYS])
def test_any_key_calls_it_off(bed, key):
    QTest.keyClick(bed.opened.tab, key)
    let_it_come(bed)
    assert bed.suspends == []


@pytest.mark.parametrize("key", [Key.Key_Escape, Key.Key_Down, Key.Key_J, Key.Key_Space])
def test_at_the_bedside_too(bed, key):
    QTest.keyClick(bed.screen, key)
    let_it_come(bed)
    assert bed.suspends == []


def test_a_mouse_at_the_bedside_too(bed):
    QTest.mouseClick(bed.screen, Qt.MouseButton.LeftButton)
    let_it_come(bed)
    assert bed.suspends == []


def test_what_is_typed_on_another_page_calls_it_off(bed):
    page = QLineEdit()
    bed.opened.window.add_tab("&Other", page)
    bed.opened.window.open_page(page)
    QTest.keyClicks(page, "a")
    let_it_come(bed)
    assert page.text() == "a"
    assert bed.suspends == []


def test_a_click_calls_it_off(bed):
    QTest.mouseClick(bed.opened.tab, Qt.MouseButton.LeftButton)
    let_it_come(bed)
    assert bed.suspends == []


def test_a_mouse_that_is_only_moved_does_not(bed):
    QTest.mouseMove(bed.opened.tab)
    let_it_come(bed)
    assert len(bed.suspends) == 1


PRESSES: dict[str, Callable[[OnDesktopThread], None]] = {
    "play": OnDesktopThread.play,
    "pause": OnDesktopThread.pause,
    "play-pause": OnDesktopThread.play_pause,
    "stop": OnDesktopThread.stop,
    "next": OnDesktopThread.next_step,
    "previous": OnDesktopThread.previous_step,
    "volume": lambda keys: keys.set_volume(0.5),
    "seek": lambda keys: keys.seek_by(-5.0),
}


@pytest.mark.parametrize("name", PRESSES)
def test_any_media_key_calls_it_off(bed, name):
    PRESSES[name](OnDesktopThread(bed.night.desktop, bed.playback, lambda press: press()))
    let_it_come(bed)
    assert bed.suspends == []


def test_what_the_desktop_tells_of_itself_is_no_key(bed):
    OnDesktopThread(bed.night.desktop, bed.playback, lambda press: press()).about_to_sleep()
    let_it_come(bed)
    assert len(bed.suspends) == 1
