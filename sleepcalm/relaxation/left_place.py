"""Where a routine was left, and where it goes on, though voice, pauses or choices have changed since."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from sleepcalm.relaxation.calm_place import calm_place
from sleepcalm.relaxation.routine import BreathPart
from sleepcalm.relaxation.same_place import first_cue, step_keys
from sleepcalm.relaxation.timeline import Cue, Timeline

_SHARE_DIGITS = 9
"""Of the share of a pause: exact to a frame in pauses of some hours."""


@dataclass(frozen=True, slots=True)
class LeftPlace:
    """A place in words: the step it lies in, the part of that step, and how much of the pause is over.

    `step`, `phase` and `muscle_group` are those of the step as it was heard; `repeat` counts the steps
    before it that are alike in them, `part` the sentences, holds and breaths before it in the step.
    """

    step: str
    phase: str
    muscle_group: str | None
    repeat: int
    part: int
    pause_share: float | None
    """Of the pause after the part, 0 to 1; None within the part."""


@dataclass(frozen=True, slots=True)
class LeftOff:
    """Where a practice was left. `share` of the exercise, 0 to 1, is all that older records tell."""

    share: float
    place: LeftPlace | None = None


def left_place(timeline: Timeline, frame: int) -> LeftPlace:
    """The place at `frame`. Raises ValueError for an empty timeline."""
    if not timeline.cues:
        raise ValueError(f"routine {timeline.routine_id} has no place to be left at")
    index = max(bisect_right(timeline.cues, frame, key=lambda cue: cue.start_frame) - 1, 0)
    cue = timeline.cues[index]
    first = first_cue(timeline.cues, cue.step_index)
    passed = frame - cue.end_frame
    share = round(min(passed / cue.pause_frames, 1.0), _SHARE_DIGITS) if cue.pause_frames else 1.0
    title, phase, muscle_group, repeat = list(step_keys(timeline.steps))[cue.step_index]
    return LeftPlace(title, phase.value, muscle_group, repeat, index - first, None if passed < 0 else share)


def frame_to_go_on(timeline: Timeline, left: LeftOff) -> int:
    """The frame from which `timeline` goes on with what was left.

    It is the very frame in a pause; within a sentence the start of it, within a hold the start of the
    sentence that announces it, and within a guided breath the start of that breath. Where the step is no
    longer there, or only the share is known, it is the calm place before.
    """
    place = left.place
    if place is not None:
        keys = list(step_keys(timeline.steps))
        key = (place.step, place.phase, place.muscle_group, place.repeat)
        if key in keys:
            return _frame_in_step(timeline, keys.index(key), place)
    return calm_place(timeline, round(left.share * timeline.exercise_end_frame))


def _frame_in_step(timeline: Timeline, step_index: int, place: LeftPlace) -> int:
    first = first_cue(timeline.cues, step_index)
    parts = timeline.cues[first : first_cue(timeline.cues, step_index + 1)]
    if place.part >= len(parts):  # a step that fills a length may hold fewer sentences than it did
        return timeline.steps[step_index].end_frame
    cue = parts[place.part]
    if place.pause_share is not None and cue.breath is None:
        return cue.end_frame + round(place.pause_share * cue.pause_frames)
    return _start_of(cue, parts[: place.part])


def _start_of(cue: Cue, before: Sequence[Cue]) -> int:
    """Where that starts which nobody wants half of; `before` are the parts of the step that precede it."""
    if cue.is_hold:
        return next((each.start_frame for each in reversed(before) if each.text), cue.start_frame)
    if cue.breath in (None, BreathPart.INHALE):
        return cue.start_frame
    inhaled = (each for each in reversed(before) if each.breath is BreathPart.INHALE)
    return next((each.start_frame for each in inhaled), cue.start_frame)
