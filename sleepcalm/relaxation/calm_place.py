"""Where a routine goes on after it was interrupted by a jolt: at the last calm place, not in a tension."""

from __future__ import annotations

from sleepcalm.relaxation.moment import moment_at
from sleepcalm.relaxation.routine import BreathPart, Phase
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ, Timeline, TimelineStep

LONG_STEP_S = 120.0
"""So far into a calm step it is a calm place of its own; the step before it would be a long way back."""

STEP_BACK_S = 30.0
"""How much of such a step comes again, and beyond it the sentence or breath then begun."""


def calm_place(timeline: Timeline, frame: int) -> int:
    """The frame to go on from when a routine was interrupted at `frame`.

    The start of the calm step before the one interrupted, or its own start where there is none; inside a
    long calm step, half a minute earlier in it, and not amid words. Once the exercise is over nothing is
    said again.
    """
    if frame >= timeline.exercise_end_frame:
        return frame
    moment = moment_at(timeline, frame)
    step = moment.step
    if _is_calm(step) and frame - step.start_frame > LONG_STEP_S * SAMPLE_RATE_HZ:
        return _earlier_place(timeline, moment.step_index, frame - round(STEP_BACK_S * SAMPLE_RATE_HZ))
    earlier = (each for each in reversed(timeline.steps[: moment.step_index]) if _is_calm(each))
    return next(earlier, step).start_frame


def _is_calm(step: TimelineStep) -> bool:
    return step.phase is not Phase.TENSE and not step.is_cautions


def _earlier_place(timeline: Timeline, step_index: int, frame: int) -> int:
    """That very place in the quiet after a sentence, else the start of one; never inside a guided breath."""
    begun = [cue for cue in timeline.cues if cue.step_index == step_index and cue.start_frame <= frame]
    if begun and begun[-1].breath is None and not begun[-1].is_hold and frame >= begun[-1].end_frame:
        return frame
    starts = (
        cue.start_frame
        for cue in reversed(begun)
        if not cue.is_hold and cue.breath in (None, BreathPart.INHALE)
    )
    return next(starts, timeline.steps[step_index].start_frame)
