"""What the night needs beside the player: the bedside screen, the sound's ending, and the desktop.

Imported once the window is painted.
"""

from __future__ import annotations

import logging

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent

from sleepcalm.diary.practice import InterruptedBy
from sleepcalm.gui.bedside.bedside import Bedside
from sleepcalm.gui.kept_preferences import KeptPreferences
from sleepcalm.gui.main_window import MainWindow
from sleepcalm.gui.relax.player_keys import is_key_without_meaning
from sleepcalm.gui.relax.relax_tab import RelaxTab
from sleepcalm.preferences import Preferences
from sleepcalm.window.desktop import WindowDesktop
from sleepcalm.window.ending import WindowEnding

_log = logging.getLogger(__name__)


class WindowNight(QObject):
    """Follows the Relax tab from `start` on."""

    jolted = Signal()
    """The listener says that this was a jolt."""

    timer_ended = Signal()
    interrupted = Signal(object)
    """An InterruptedBy: something has come between the listener and the routine."""

    def __init__(self, tab: RelaxTab, window: MainWindow, preferences: KeptPreferences) -> None:
        super().__init__(window)
        self._window = window
        self._preferences = preferences
        self.desktop = WindowDesktop(tab.playback, preferences.value.voice_volume)
        self.bedside = Bedside(tab, tab.playback, preferences, tab.interlude, self.desktop.hold_screen)
        self.ending = WindowEnding(tab.playback, tab.interlude, preferences, self.desktop)
        self._interlude = tab.interlude
        self._interlude.begun.connect(self._note_interlude)
        self.desktop.paused_for_sleep.connect(lambda: self.interrupted.emit(InterruptedBy.SUSPEND))
        self.desktop.paused_for_sleep.connect(self.bedside.note_sleep)
        tab.bedside_wanted.connect(self.bedside.open)
        tab.small_windows.can_suspend = lambda: self.desktop.can_suspend
        self.bedside.idle_key.connect(self.ending.extend)
        self.bedside.jolted.connect(self.jolted)
        self.ending.timer_ended.connect(self.timer_ended)
        self.ending.timer_extended.connect(tab.settings.show_extended_timer)
        self.desktop.pressed.connect(self.ending.call_off_suspend)
        self.desktop.raise_wanted.connect(self._raise)
        self.desktop.volume_wanted.connect(self._change_volume)
        self.desktop.suspend_refused.connect(_note_refusal)
        preferences.changed.connect(self._show_volume)
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """A key reaches the window itself when nothing on the page that is shown had a use for it."""
        is_key = event.type() is QEvent.Type.KeyPress
        if is_key and isinstance(event, QKeyEvent) and is_key_without_meaning(event):
            self.ending.extend()
        return False

    def start(self) -> None:
        self.desktop.start()

    def close(self) -> None:
        """Let go of everything that is held."""
        self.bedside.close()
        self.ending.close()
        self.desktop.close()

    def note_device_gone(self) -> None:
        self.interrupted.emit(InterruptedBy.DEVICE)

    def _note_interlude(self) -> None:
        if self._interlude.is_between:
            self.interrupted.emit(InterruptedBy.AFTER_A_JOLT)

    def _raise(self) -> None:
        self._window.showNormal()
        self._window.raise_()
        self._window.activateWindow()

    def _change_volume(self, volume: float) -> None:
        self._preferences.change(voice_volume=round(min(max(volume, 0.0), 1.0), 2))
        self.desktop.show_volume(self._preferences.value.voice_volume)

    def _show_volume(self, before: Preferences) -> None:
        now = self._preferences.value
        if now.voice_volume != before.voice_volume:
            self.desktop.show_volume(now.voice_volume)


def _note_refusal(reason: str) -> None:
    _log.warning("the computer does not go to sleep: %s", reason)
