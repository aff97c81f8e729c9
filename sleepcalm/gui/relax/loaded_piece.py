"""A piece that the sound has taken up: how it goes, and what of it was heard.

Imported when the first one is loaded, which is after the first frame.
"""

from __future__ import annotations

from collections.abc import Callable

from sleepcalm.backgrounds import Background
from sleepcalm.gui.relax.piece import Piece
from sleepcalm.gui.relax.ports import Sound
from sleepcalm.relaxation.session import Session
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ


class LoadedPiece:
    """Silent and at its beginning at first."""

    def __init__(
        self, piece: Piece, sound: Sound, background: Background, *, background_goes_on: bool = False
    ) -> None:
        self._transport = sound.load(piece.timeline, background, background_goes_on=background_goes_on)
        self.session = Session(piece.timeline, self._transport)
        self.hears_cautions = False
        """Whether the cautions have played from their beginning on up to here."""

    def begin(self, frame: int, *, plays: bool) -> None:
        """Stand at a place of it, or play from there."""
        if frame:
            self.session.seek(frame)
        if plays:
            self.session.play()

    def silence(self) -> None:
        """Make way for another piece."""
        if self.session.is_sounding:
            self._transport.pause()

    def move(self, how: Callable[[Session], None]) -> None:
        """Go elsewhere. Cautions that were left are not heard to their end."""
        self.hears_cautions = False
        how(self.session)

    def note_cautions(self) -> bool:
        """Follow whether the cautions are being heard; gives whether that has just come to their end."""
        moment = self.session.moment
        if not moment.step.is_cautions:
            was_heard, self.hears_cautions = self.hears_cautions, False
            return was_heard
        if moment.frame < SAMPLE_RATE_HZ and self.session.is_sounding:
            self.hears_cautions = True
        return False
