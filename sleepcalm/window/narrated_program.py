"""The program as it speaks in the window: new clips are taken up when the player stands still."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

from PySide6.QtCore import QObject, Signal

from sleepcalm.gui.relax.relax_tab import RelaxTab
from sleepcalm.program import Program
from sleepcalm.window.background import Background


class NarratedProgram(QObject):
    """A voice never changes in the midst of what is heard: `adopt` gets the program with the new clips once
    nothing is under way. Nothing is read any more when `closing` is set.
    """

    adopted = Signal()
    remarked = Signal(str)

    def __init__(
        self,
        program: Program,
        chosen: str,
        tab: RelaxTab,
        background: Background,
        adopt: Callable[[Program], None],
        *,
        closing: Event,
    ) -> None:
        super().__init__()
        self.chosen = chosen
        """The narrator that was chosen, though it may not speak yet."""
        self._program = program
        self._tab = tab
        self._background = background
        self._adopt = adopt
        self._closing = closing
        self._waiting: Program | None = None
        tab.playback.moved.connect(self._take_up)
        tab.playback.timeline_changed.connect(self._take_up)

    @property
    def now(self) -> Program:
        return self._program

    @property
    def waits(self) -> bool:
        """Whether clips wait for the player to stand still."""
        return self._waiting is not None

    def choose(self, narrator: str) -> None:
        self.chosen = narrator
        self.renew()

    def renew(self) -> None:
        """Read the clips of who speaks as they are now."""
        program, chosen = self._program, self.chosen
        if not self._closing.is_set():
            self._background.compute(lambda: program.narrated_by(chosen), self._note_renewed)

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
