"""Makes clips beside what goes on in the window, and has the player take up what came of it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from sleepcalm.gui.relax.relax_tab import RelaxTab
from sleepcalm.gui.voices.ports import Making
from sleepcalm.program import Program, UserError
from sleepcalm.window.background import Background

if TYPE_CHECKING:
    from sleepcalm.audio.voices.background_renderer import BackgroundRenderer
    from sleepcalm.audio.voices.progress import Outcome

T = TypeVar("T")


class VoiceMaking(QObject):
    """One voice is made at a time. A voice never changes in the midst of what is heard: `adopt` gets the
    program with the new clips when the player stands still.
    """

    changed = Signal()
    """`making` is another one."""
    adopted = Signal()
    remarked = Signal(str)
    _progressed = Signal(object)
    _ended = Signal(object)

    def __init__(
        self, program: Program, chosen: str, tab: RelaxTab, adopt: Callable[[Program], None]
    ) -> None:
        super().__init__()
        self.chosen = chosen
        """The narrator that was chosen, though it may not speak yet."""
        self._program = program
        self._tab = tab
        self._adopt = adopt
        self._waiting: Program | None = None
        self._making: Making | None = None
        self._tell_end: Callable[[Making, Outcome], None] = _ignore
        self._renderer: BackgroundRenderer | None = None
        self._background = Background()
        self._background.problem.connect(tab.told)
        self.closing = Event()
        """Is set once the window goes."""
        self._progressed.connect(self._note_progress, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._note_end, Qt.ConnectionType.QueuedConnection)
        tab.playback.moved.connect(self._take_up)
        tab.playback.timeline_changed.connect(self._take_up)

    @property
    def program(self) -> Program:
        """The program as it speaks now."""
        return self._program

    @property
    def making(self) -> Making | None:
        return self._making

    @property
    def waits(self) -> bool:
        """Whether clips wait for the player to stand still."""
        return self._waiting is not None

    def close(self) -> None:
        """Stop what is being made, and wait until nothing is written any more."""
        self.closing.set()
        if self._renderer is not None:
            self._renderer.close()
        self._background.close()

    def compute(self, work: Callable[[], T], tell: Callable[[T], None]) -> None:
        """Call `work` on a thread, and `tell` with what it gave on the window's."""
        self._background.compute(work, tell)

    def start(
        self, making: Making, work: Callable[[Event], Outcome], tell_end: Callable[[Making, Outcome], None]
    ) -> None:
        """Call `work` on the renderer's thread, if nothing is being made; `tell_end` comes on the window's.

        `work` may raise what a rendering raises, which becomes the outcome's problem.
        """
        if self._making is not None or self.closing.is_set():
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

    def renew(self) -> None:
        """Read the clips of who speaks as they are now."""
        program, chosen = self._program, self.chosen
        if not self.closing.is_set():
            self._background.compute(lambda: program.narrated_by(chosen), self._note_renewed)

    def _note_progress(self, making: Making) -> None:
        if self._making is not None:
            self._making = making
            self.changed.emit()

    def _note_end(self, outcome: Outcome) -> None:
        if self.closing.is_set() or self._making is None:  # the word of the end was on its way
            return
        making, self._making = self._making, None
        self._tell_end(making, outcome)
        self.changed.emit()

    def _note_renewed(self, renewed: tuple[Program, tuple[str, ...]]) -> None:
        self._waiting, notices = renewed
        if notices:
            self.remarked.emit(" ".join(notices))
        self._take_up()

    def _take_up(self) -> None:
        program = self._waiting
        if program is None or self._tab.playback.is_under_way or self._tab.is_aside:
            return
        self._waiting, self._program = None, program
        self._adopt(program)
        self.adopted.emit()


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
