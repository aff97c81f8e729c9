"""Opens the bedside screen, by a key or by itself, and lets the desktop know."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from sleepcalm.gui.bedside.screen import BedsideScreen
from sleepcalm.gui.kept_preferences import KeptPreferences
from sleepcalm.gui.relax.interlude import Interlude
from sleepcalm.gui.relax.playback import Playback
from sleepcalm.relaxation.session_state import SessionState


class Bedside(QObject):
    """At most one screen at a time. It comes by itself, where the preferences say so, when a routine is begun
    or gone on with and the player is what the listener has in front of them.
    """

    jolted = Signal()
    idle_key = Signal()

    def __init__(
        self,
        page: QWidget,
        playback: Playback,
        preferences: KeptPreferences,
        interlude: Interlude,
        hold_screen: Callable[[bool], None],
    ) -> None:
        """`page` is the player's; `hold_screen` keeps the desktop from locking the screen, or no longer."""
        super().__init__(page)
        self._page = page
        self._playback = playback
        self._preferences = preferences
        self._interlude = interlude
        self._hold_screen = hold_screen
        self.screen: BedsideScreen | None = None
        self._sound_notice = self._pause_reason = ""
        self._was_sounding = playback.is_sounding
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.timeout.connect(self._open_by_itself)
        playback.moved.connect(self._follow)
        playback.timeline_changed.connect(self._follow)

    def open(self) -> None:
        """Cover the screen that the window is on."""
        if self.screen is not None:
            return
        window = self._page.window()
        screen = BedsideScreen(self._playback, self._preferences, self._interlude, window)
        screen.show_notice(self._notice)
        screen.jolted.connect(self.jolted)
        screen.idle_key.connect(self.idle_key)
        screen.closed.connect(self._note_closed)
        screen.quit_wanted.connect(window.close)
        self.screen = screen
        if self._preferences.value.hold_screen:
            self._hold_screen(True)
        screen.setGeometry(window.screen().geometry())
        screen.showFullScreen()
        screen.activateWindow()
        screen.setFocus()

    def show_notice(self, text: str) -> None:
        """What there is to say of the sound, from now on; "" says nothing."""
        self._sound_notice = text
        self._tell()

    def note_sleep(self) -> None:
        """The routine has paused because the computer goes to sleep, or has slept."""
        self._pause_reason = self.tr("The computer went to sleep, so the routine is paused.")
        self._tell()

    @property
    def _notice(self) -> str:
        return self._pause_reason or self._sound_notice

    def _tell(self) -> None:
        if self.screen is not None:
            self.screen.show_notice(self._notice)

    def close(self) -> None:
        if self.screen is not None:
            self.screen.close()

    def _note_closed(self) -> None:
        self.screen = None
        self._hold_screen(False)

    def _follow(self) -> None:
        is_sounding = self._playback.is_sounding
        if is_sounding and not self._was_sounding:
            wait_s = self._preferences.value.bedside_after_s
            if wait_s > 0:
                self._wait.start(round(wait_s * 1000))
        elif not is_sounding:
            self._wait.stop()
        if self._pause_reason and self._playback.state is not SessionState.PAUSED:
            self._pause_reason = ""
            self._tell()
        self._was_sounding = is_sounding

    def _open_by_itself(self) -> None:
        is_in_front = self._page.isVisible() and self._page.window().isActiveWindow()
        if is_in_front and QApplication.activeModalWidget() is None:
            self.open()
