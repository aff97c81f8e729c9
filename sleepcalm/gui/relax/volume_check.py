"""One sentence alone, as loud as words get: to set the volume before the night, or to hear a voice."""

from __future__ import annotations

from collections.abc import Callable

from sleepcalm.gui.relax.piece import MakeTimeline, Piece
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
    """The loudest sentence of `routine`, alone and without cautions; None if it has none."""
    text = loudest_sentence(routine)
    return sentence_piece(text, title, choices_of, make_timeline) if text else None


def loudest_sentence(routine: Routine) -> str:
    """The longest sentence among the first of `routine`; nothing if it has none.

    The voice sinks from a routine's first sentence on.
    """
    step = next((step for step in routine.steps if any(each.text for each in step.sentences)), None)
    return max((each.text for each in step.sentences), key=len) if step else ""


def sentence_piece(
    text: str, title: str, choices_of: Callable[[Routine], Choices], make_timeline: MakeTimeline
) -> Piece:
    """A sentence alone. Nothing is louder than the only one of a piece."""
    sentence = Sentence(text, _PAUSE_S)
    alone = Routine(VOLUME_CHECK, title, Kind.REST, title, (), (), (Step(title, Phase.SETTLE, (sentence,)),))
    choices = choices_of(alone)
    return Piece(alone, choices, make_timeline(alone, choices))
