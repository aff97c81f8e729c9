"""Makes clips beside what goes on in the window."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from sleepcalm.gui.voices.ports import Making
from sleepcalm.program import UserError

if TYPE_CHECKING:
    from sleepcalm.audio.voices.background_renderer import BackgroundRenderer
    from sleepcalm.audio.voices.progress import Outcome


class VoiceMaking(QObject):
    """One voice is made at a time, and nothing is begun any more when `closing` is set."""

    changed = Signal()
    """`making` is another one."""
    _progressed = Signal(object)
    _ended = Signal(object)

    def __init__(self, closing: Event) -> None:
        super().__init__()
        self._closing = closing
        self._making: Making | None = None
        self._tell_end: Callable[[Making, Outcome], None] = _ignore
        self._renderer: BackgroundRenderer | None = None
        self._progressed.connect(self._note_progress, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._note_end, Qt.ConnectionType.QueuedConnection)

    @property
    def making(self) -> Making | None:
        return self._making

    def close(self) -> None:
        """Stop what is being made, and wait until nothing is written any more."""
        if self._renderer is not None:
            self._renderer.close()

    def start(
        self, making: Making, work: Callable[[Event], Outcome], tell_end: Callable[[Making, Outcome], None]
    ) -> None:
        """Call `work` on the renderer's thread, if nothing is being made; `tell_end` comes on the window's.

        `work` may raise what a rendering raises, which becomes the outcome's problem.
        """
        if self._making is not None or self._closing.is_set():
            return
        from sleepcalm.audio.voices.background_renderer import BackgroundRenderer  # noqa: PLC0415 - rarely

        if self._renderer is None:
            self._renderer = BackgroundRenderer(self._ended.emit)
        self._making, self._tell_end = making, tell_end
        self._renderer.start(lambda cancel: _outcome(work, cancel))
        self.changed.emit()

    def progress(self, making: Making) -> None:
        """To be called on the renderer's thread."""
        self._progressed.emit(making)

    def stop(self) -> None:
        """Stop making; what is done stays."""
        if self._renderer is not None:
            self._renderer.cancel()

    def _note_progress(self, making: Making) -> None:
        if self._making is not None:
            self._making = making
            self.changed.emit()

    def _note_end(self, outcome: Outcome) -> None:
        if self._closing.is_set() or self._making is None:  # the word of the end was on its way
            return
        making, self._making = self._making, None
        self._tell_end(making, outcome)
        self.changed.emit()


def _ignore(_making: Making, _outcome: Outcome) -> None:
    """Nothing was begun yet."""


def _outcome(work: Callable[[Event], Outcome], cancel: Event) -> Outcome:
    """On the renderer's thread."""
    from sleepcalm.audio.voices.engine import RenderCancelledError, VoiceError  # noqa: PLC0415 - rarely
    from sleepcalm.audio.voices.progress import Outcome  # noqa: PLC0415

    try:
        return work(cancel)
    except RenderCancelledError:
        return Outcome(0, 0, was_cancelled=True)
    except (VoiceError, UserError, OSError) as error:
        return Outcome(0, 0, problems=(str(error),))
