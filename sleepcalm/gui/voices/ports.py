"""What the window for voices needs of them; they are listed, made and heard elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import SignalInstance

BUILT_IN = "built-in"
RECORDINGS = "folder"


@dataclass(frozen=True, slots=True)
class VoiceOnOffer:
    """A voice that can be chosen, by the preference's text for it.

    `clips` are made of the `wanted` sentences. `is_found` is False for one that was chosen in former times
    and is on this machine no more.
    """

    narrator: str
    engine: str
    language: str
    clips: int
    wanted: int
    is_found: bool = True

    @property
    def is_built_in(self) -> bool:
        return self.engine == BUILT_IN

    @property
    def is_recorded(self) -> bool:
        """Whether the user speaks: such a voice may have gaps, which the built-in one fills."""
        return self.engine == RECORDINGS

    @property
    def is_whole(self) -> bool:
        return self.clips >= self.wanted


@dataclass(frozen=True, slots=True)
class Making:
    """Sentences that are being made, of which `done` of the `wanted` are there.

    A voice that is made gets the sentences of the chosen routine first, then all. Those of one routine of
    the user's own, or a single sentence to be heard, are made for themselves.
    """

    narrator: str
    """Whose sentences they are; "" while a voice that can speak the user's own routine is looked for."""
    done: int = 0
    wanted: int = 0
    """0 until what is there already has been looked at."""
    is_of_routine: bool = True
    """Whether all the other sentences of the voice follow once these, of the chosen routine, are made."""


@dataclass(frozen=True, slots=True)
class Made:
    """How the making ended. What is done stays; `problems` are lines for the user."""

    narrator: str
    done: int
    wanted: int
    problems: tuple[str, ...] = ()
    was_stopped: bool = False


class Voices(Protocol):
    """The voices of this machine. Every call returns at once; every signal comes on the GUI's thread."""

    @property
    def found(self) -> SignalInstance:
        """`Signal(tuple, tuple)`: each VoiceOnOffer, and a line for each reason why some are missing."""

    @property
    def making_changed(self) -> SignalInstance:
        """`Signal()`: `making` is another one."""

    @property
    def made(self) -> SignalInstance:
        """`Signal(object)`: a Made, for a voice that was to be made or heard.

        `found` follows with the new numbers, as it does after every making."""

    @property
    def chosen_changed(self) -> SignalInstance:
        """`Signal()`: `chosen` is another one."""

    @property
    def remarked(self) -> SignalInstance:
        """`Signal(str)`: something to be said, such as why a sentence cannot be heard."""

    @property
    def chosen(self) -> str:
        """The narrator that was chosen."""

    @property
    def making(self) -> Making | None: ...

    def look(self) -> None:
        """Find out what voices there are; `found` tells."""

    def choose(self, narrator: str) -> None: ...

    def make(self, narrator: str) -> None:
        """Make the sentences that a voice lacks. Does nothing while one is being made."""

    def stop(self) -> None:
        """Stop making; what is done stays."""

    def hear(self, voice: VoiceOnOffer) -> None:
        """Play one sentence of the voice, which is made where it is not there yet."""
