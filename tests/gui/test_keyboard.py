"""Everything can be done by keys, and Space plays and pauses wherever the focus is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QRadioButton, QWidget
from pytestqt.qtbot import QtBot
from relax_window import Opened, Opener

from sleepcalm.gui.diary.choose_items_dialog import ChooseItemsDialog
from sleepcalm.gui.trends.table_dialog import TableDialog
from sleepcalm.gui.trends.table_model import TrendTableModel
from sleepcalm.gui.widgets.quiet_dialog import QuietDialog
from sleepcalm.preferences import Preferences
from sleepcalm.relaxation.session import SessionState

Key = Qt.Key


def press(opened: Opened, key: Qt.Key) -> None:
    """Press a key where the focus is."""
    QTest.keyClick(opened.window.focusWidget() or opened.tab, key)


def controls(opened: Opened) -> list[QWidget]:
    """Every control that can have the focus now."""
    return [
        widget
        for widget in opened.tab.findChildren(QWidget)
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def test_space_plays_and_pauses(opened: Opened) -> None:
    press(opened, Key.Key_Space)
    assert opened.tab.playback.state is SessionState.PLAYING
    assert opened.sound.transport.is_playing
    press(opened, Key.Key_Space)
    assert opened.tab.playback.state is SessionState.PAUSED
    assert not opened.sound.transport.is_playing


def test_space_plays_wherever_the_focus_is_but_ticks_a_box(opened: Opened) -> None:
    assert len(controls(opened)) >= 12
    for control in controls(opened):
        before = opened.tab.playback.is_sounding
        control.setFocus()
        press(opened, Key.Key_Space)
        if control is opened.tab.settings.cautions:
            assert not opened.tab.settings.cautions.isChecked()
            assert opened.tab.playback.is_sounding is before
        else:
            assert opened.tab.playback.is_sounding is not before, control.accessibleName()


def key_event(kind: QEvent.Type, key: Qt.Key, at_ms: int, *, is_repeat: bool = False) -> QKeyEvent:
    event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, "", is_repeat)
    event.setTimestamp(at_ms)
    return event


def hold(opened: Opened, key: Qt.Key, *, are_known: bool) -> None:
    """Hold a key for two seconds: X repeats it, and Qt knows these for repeats or not."""
    press, release = QEvent.Type.KeyPress, QEvent.Type.KeyRelease
    QApplication.sendEvent(opened.tab, key_event(press, key, 100_000))
    for at_ms in range(100_660, 102_000, 40):
        QApplication.sendEvent(opened.tab, key_event(release, key, at_ms, is_repeat=are_known))
        QApplication.sendEvent(opened.tab, key_event(press, key, at_ms, is_repeat=are_known))
    QApplication.sendEvent(opened.tab, key_event(release, key, 102_000))


@pytest.mark.parametrize("are_known", [True, False])
def test_a_held_key_is_one_press(opened: Opened, are_known: bool) -> None:
    begun: list[bool] = []
    opened.tab.interlude.begun.connect(lambda: begun.append(True))
    hold(opened, Key.Key_Space, are_known=are_known)
    assert opened.tab.playback.state is SessionState.PLAYING
    hold(opened, Key.Key_R, are_known=are_known)
    assert begun == [True]


def test_a_volume_goes_on_while_its_key_is_held(open_window: Opener) -> None:
    opened = open_window(Preferences(voice_volume=0.9))
    hold(opened, Key.Key_Down, are_known=False)
    assert opened.sound.voice_volume == 0.0


def test_a_key_that_is_pressed_twice_means_it_twice(opened: Opened) -> None:
    press, release = QEvent.Type.KeyPress, QEvent.Type.KeyRelease
    for at_ms in (100_000, 100_090):
        QApplication.sendEvent(opened.tab, key_event(press, Key.Key_Space, at_ms))
        QApplication.sendEvent(opened.tab, key_event(release, Key.Key_Space, at_ms + 50))
    assert opened.tab.playback.state is SessionState.PAUSED


def test_right_and_left_go_by_steps(opened: Opened) -> None:
    press(opened, Key.Key_Right)
    press(opened, Key.Key_Right)
    assert opened.tab.stage.title.text() == "Right hand and arm"
    press(opened, Key.Key_Left)
    assert opened.tab.stage.title.text() == "Settle in"


def test_escape_fades_out_and_goes_back_to_the_beginning(opened: Opened) -> None:
    press(opened, Key.Key_Space)
    opened.sound.hear(60)
    press(opened, Key.Key_Escape)
    assert opened.sound.transport.fade_s
    assert opened.tab.stage.phase_label.text() == "Fading out"
    opened.sound.end()
    assert opened.tab.playback.state is SessionState.IDLE
    assert opened.tab.stage.title.text() == opened.tab.playback.routine.title


def test_space_calls_back_a_sound_that_is_fading_out(opened: Opened) -> None:
    press(opened, Key.Key_Space)
    opened.sound.hear(60)
    press(opened, Key.Key_Escape)
    press(opened, Key.Key_Space)
    assert opened.tab.playback.state is SessionState.PLAYING
    assert opened.sound.transport.fade_s is None


def test_up_and_down_change_the_voice(open_window: Opener) -> None:
    opened = open_window(Preferences(voice_volume=0.9))
    for _ in range(3):
        press(opened, Key.Key_Up)
    assert opened.sound.voice_volume == 1.0
    press(opened, Key.Key_Down)
    assert opened.sound.voice_volume == pytest.approx(0.95)
    assert opened.tab.settings.voice.value() == 95


def test_arrows_belong_to_the_slider_that_has_the_focus(open_window: Opener) -> None:
    opened = open_window(Preferences(voice_volume=0.8))
    opened.tab.settings.voice.setFocus()
    press(opened, Key.Key_Right)
    assert opened.sound.voice_volume == pytest.approx(0.85)
    assert opened.tab.playback.moment is not None
    assert opened.tab.playback.moment.step_index == 0


def test_enter_presses_the_button_that_has_the_focus(opened: Opened) -> None:
    opened.tab.stage.next_button.setFocus()
    press(opened, Key.Key_Return)
    assert opened.tab.stage.step_label.text().startswith("Step 2 of")


def test_the_arrows_choose_the_writing_hand(opened: Opened) -> None:
    hand = opened.tab.settings.hand
    next(part for part in hand.findChildren(QRadioButton) if part.isChecked()).setFocus()
    press(opened, Key.Key_Left)
    assert hand.value == "left"


def test_tab_reaches_every_control_once(opened: Opened) -> None:
    expected, seen = controls(opened), list[QWidget]()
    for _ in range(len(expected) + 3):
        QTest.keyClick(opened.window.focusWidget() or opened.tab, Key.Key_Tab)
        focus = opened.window.focusWidget()
        assert focus is not None
        seen.append(focus)
    missed = [control.accessibleName() for control in expected if control not in seen]
    assert missed == []


def test_control_and_a_number_opens_a_tab(open_window: Opener) -> None:
    opened = open_window()
    other = QWidget()
    opened.window.add_tab("&Other", other)
    QTest.keyClick(opened.window, Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert opened.window.pages.currentWidget() is other
    QTest.keyClick(opened.window, Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert opened.window.pages.currentWidget() is opened.tab


def test_control_q_closes_the_window(opened: Opened) -> None:
    closings: list[bool] = []
    opened.window.closing.connect(lambda: closings.append(True))
    QTest.keyClick(opened.window, Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert closings == [True]
    assert not opened.window.isVisible()


class Choosing(QuietDialog):
    def __init__(self, parent: QWidget) -> None:
        super().__init__("Any", "Done", parent)


def press_ctrl_q(dialog: QWidget) -> None:
    """Off the screen no dialog gets to be the active window, without which Qt looks for no shortcut."""
    (shortcut,) = [each for each in dialog.findChildren(QShortcut) if each.key() == QKeySequence("Ctrl+Q")]
    shortcut.activated.emit()


@pytest.mark.parametrize("opening", ["leave_out", "mix", "set_night", "quiet", "items", "table"])
def test_ctrl_q_closes_a_small_window_and_the_window_below(
    opened: Opened, qtbot: QtBot, opening: str
) -> None:
    made: dict[str, Callable[[], QDialog]] = {
        "quiet": lambda: Choosing(opened.tab),
        "items": lambda: ChooseItemsDialog((), opened.tab),
        "table": lambda: TableDialog("Any", TrendTableModel(), opened.tab),
    }
    if opening in made:
        made[opening]().open()
    else:
        getattr(opened.tab.small_windows, opening)()
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    press_ctrl_q(dialog)
    qtbot.waitUntil(lambda: not opened.window.isVisible())
    assert QApplication.activeModalWidget() is None


def test_ctrl_q_in_a_small_window_of_a_small_window_closes_all(opened: Opened, qtbot: QtBot) -> None:
    first = Choosing(opened.tab)
    first.open()
    second = Choosing(first)
    second.open()
    press_ctrl_q(second)
    qtbot.waitUntil(lambda: not opened.window.isVisible())
    assert QApplication.activeModalWidget() is None
