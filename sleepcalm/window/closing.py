"""How the window ends: nothing is lost without a word, and the sound leaves softly."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog

from sleepcalm.gui.main_window import MainWindow
from sleepcalm.gui.relax.relax_tab import RelaxTab
from sleepcalm.window.sound import WindowSound

if TYPE_CHECKING:
    from sleepcalm.window.recording import WindowRecording

FADE_S = 0.3


class WindowClosing:
    """Is asked by the window before it closes, and ends the program once it has."""

    def __init__(
        self, application: QApplication, window: MainWindow, tab: RelaxTab, sound: WindowSound
    ) -> None:
        self._window = window
        self._tab = tab
        self._sound = sound
        self._recording: WindowRecording | None = None
        self._may_ask = True
        self._exit_status = 0
        self.has_begun = False
        """Whether the window has gone, though its sound may still be leaving."""
        self._open = ExitStack()
        self._open.callback(lambda: application.exit(self._exit_status))
        # Last but for that: a sound system that hangs must hold up nothing that is to be written.
        self._open.callback(sound.close)
        window.may_close = self._may_close
        window.closing.connect(self._begin)

    def wait_for(self, recording: WindowRecording) -> None:
        """Let the window close only once everything is on disk, or somebody says that it may be lost."""
        self._recording = recording
        self.at_end(recording.close)

    def at_end(self, close: Callable[[], None]) -> None:
        """Call `close` once the sound has left, before what was named earlier."""
        self._open.callback(close)

    def close_unasked(self) -> None:
        """Somebody who is not at the screen wants the end: no question waits for an answer any more."""
        self._may_ask = False
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog) and widget.isVisible():
                widget.reject()
        QTimer.singleShot(0, self._window.close)  # once whoever asked has heard that there is no answer

    def _may_close(self) -> bool:
        """Wait until everything is on disk; where it cannot be, ask, or say so where nobody can be asked."""
        if self.has_begun or self._recording is None:
            return True
        reason = self._recording.finish()
        while reason:
            if self._may_ask:
                from sleepcalm.gui.unsaved_dialog import Answer, ask_about_unsaved  # noqa: PLC0415 - rarely

                answer = ask_about_unsaved(self._window, reason)
                if self._may_ask and answer is not Answer.TRY_AGAIN:
                    return answer is Answer.CLOSE
            reason = self._recording.try_again()
            if reason and not self._may_ask:
                print(f"sleepcalm: {reason}", file=sys.stderr)
                self._exit_status = 1
                return True
        return True

    def _begin(self) -> None:
        """Let the sound leave softly before the process ends."""
        if self.has_begun:
            return
        self.has_begun = True
        self._tab.interlude.forget()
        self._tab.flush()
        self._sound.fade_out(FADE_S)
        wait_ms = 0 if self._sound.is_silent() else round(FADE_S * 1000) + 150
        QTimer.singleShot(wait_ms, self._open.close)
