"""Finds the place in a timeline that was laid out anew, so that a change of pace does not lose it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from sleepcalm.relaxation.routine import Phase
from sleepcalm.relaxation.timeline import Cue, Timeline, TimelineStep

StepKey = tuple[str, Phase, str | None, int]
"""Title, phase and muscle group of a step, and how many steps before it are alike in them."""


def same_place(before: Timeline, frame: int, after: Timeline) -> int:
    """The frame of `after` that says what `before` says at `frame`.

    Both are timelines of one routine for the same hand. Inside a sentence or a hold the place is
    exact; in a pause it is in proportion. When the step is no longer there, it is the start of the
    next one that is, or the end. A step that fills a length may hold fewer sentences than before: past
    them it is at its end.
    """
    if not before.cues or not after.cues:
        return 0
    index = max(bisect_right(before.cues, frame, key=lambda cue: cue.start_frame) - 1, 0)
    step_index = before.cues[index].step_index
    places = {key: number for number, key in enumerate(step_keys(after.steps))}
    for number, key in enumerate(step_keys(before.steps)):
        if number < step_index or key not in places:
            continue
        first = first_cue(after.cues, places[key])
        if number > step_index:
            return after.cues[first].start_frame
        there = first + index - first_cue(before.cues, step_index)
        if there < len(after.cues) and after.cues[there].step_index == places[key]:
            return _place_in_cue(before.cues[index], frame, after.cues[there])
        return after.steps[places[key]].end_frame
    return after.duration_frames


def step_keys(steps: Sequence[TimelineStep]) -> Iterator[StepKey]:
    """What a step can be known by; steps that look alike are told apart by their order."""
    seen: Counter[tuple[str, Phase, str | None]] = Counter()
    for step in steps:
        key = (step.title, step.phase, step.muscle_group)
        yield (*key, seen[key])
        seen[key] += 1


def first_cue(cues: Sequence[Cue], step_index: int) -> int:
    """The index of the first cue of a step."""
    return bisect_left(cues, step_index, key=lambda cue: cue.step_index)


def _place_in_cue(before: Cue, frame: int, after: Cue) -> int:
    offset = frame - before.start_frame
    length = before.end_frame - before.start_frame
    if offset < length:
        return min(after.start_frame + offset, after.end_frame)
    share = (offset - length) / before.pause_frames if before.pause_frames else 1.0
    return after.end_frame + round(share * after.pause_frames)
