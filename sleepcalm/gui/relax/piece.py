"""What can be played, laid out, and what lies under it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import Enum
from typing import NamedTuple

from sleepcalm.backgrounds import Background
from sleepcalm.relaxation.routine import Routine
from sleepcalm.relaxation.timeline import Choices, Timeline

MakeTimeline = Callable[[Routine, Choices], Timeline]

KEPT_BACKGROUND_S = 600.0
"""How long a background stays that something else goes on with."""


class Piece(NamedTuple):
    """A routine laid out for some choices."""

    routine: Routine
    choices: Choices
    timeline: Timeline


class Under(Enum):
    """What lies under the voice of a piece: the background, one that does not leave with the exercise since
    something else goes on with it, or nothing."""

    USUAL = "usual"
    KEPT = "kept"
    NOTHING = "nothing"

    def laid(self, background: Background) -> Background:
        """What is made of the background that was chosen."""
        if self is Under.NOTHING:
            return Background()
        return replace(background, linger_s=KEPT_BACKGROUND_S) if self is Under.KEPT else background
