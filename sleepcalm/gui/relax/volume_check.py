"""One sentence of the narrator, as loud as words get, so that the volume is set before the night."""

from __future__ import annotations

from collections.abc import Callable

from sleepcalm.gui.relax.playback import MakeTimeline, Piece
from sleepcalm.relaxation.routine import Kind, Phase, Routine, Sentence, Step
from sleepcalm.relaxation.timeline import Choices

VOLUME_CHECK = "volume-check"
"""The id of what is played; no routine has it, and no practice is made of it."""

_PAUSE_S = 1.0


def check_piece(
    routine: Routine,
    title: str,
    choices_of: Callable[[Routine], Choices],
    make_timeline: MakeTimeline,
) -> Piece | None:
    """The longest sentence among the first of `routine`, alone and without cautions; None if it has none.

    The voice sinks from a routine's first sentence on, so nothing is louder than the only one of this.
    """
    step = next((step for step in routine.steps if any(each.text for each in step.sentences)), None)
    if step is None:
        return None
    longest = max(step.sentences, key=lambda each: len(each.text))
    sentence = Sentence(longest.text, _PAUSE_S)
    alone = Routine(VOLUME_CHECK, title, Kind.REST, title, (), (), (Step(title, Phase.SETTLE, (sentence,)),))
    choices = choices_of(alone)
    return Piece(alone, choices, make_timeline(alone, choices))
