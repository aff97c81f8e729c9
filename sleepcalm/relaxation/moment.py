"""What is going on at one moment of a timeline: the words, the step, and any countdown."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from sleepcalm.relaxation.routine import BreathPart, Phase
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ, Cue, Timeline, TimelineStep

_COUNTED_PHASES = (Phase.RELEASE, Phase.SILENCE)


@dataclass(frozen=True, slots=True)
class Countdown:
    """A stretch of time that the screen counts down, in seconds."""

    total_s: float
    left_s: float


@dataclass(frozen=True, slots=True)
class GuidedBreath:
    """Where a guided breath stands: `share`, from 0 to 1, of `part` is over, which lasts `total_s`."""

    part: BreathPart
    share: float
    total_s: float


@dataclass(frozen=True, slots=True)
class Moment:
    """One moment of a timeline.

    `text` is the sentence being spoken or, in a hold or a pause, the one spoken last.
    `countdown` is that of a hold, of a release or of a silence, else None. `breath` is for the breathing
    guide; None where the breath is left alone.
    """

    frame: int
    step_index: int
    step: TimelineStep
    text: str
    is_holding: bool
    countdown: Countdown | None
    left_s: float
    breath: GuidedBreath | None = None


def moment_at(timeline: Timeline, frame: int) -> Moment:
    """The moment at `frame`, which is clamped to the timeline. Raises ValueError for an empty timeline."""
    if not timeline.cues:
        raise ValueError(f"routine {timeline.routine_id} has nothing to play with these choices")
    frame = min(max(frame, 0), timeline.duration_frames)
    index = max(bisect_right(timeline.cues, frame, key=lambda cue: cue.start_frame) - 1, 0)
    cue = timeline.cues[index]
    step = timeline.steps[cue.step_index]
    is_holding = cue.is_hold and frame < cue.end_frame
    return Moment(
        frame=frame,
        step_index=cue.step_index,
        step=step,
        text=_last_words(timeline, index),
        is_holding=is_holding,
        countdown=_countdown(cue, step, frame, is_holding=is_holding),
        left_s=(timeline.duration_frames - frame) / SAMPLE_RATE_HZ,
        breath=_guided_breath(cue, frame),
    )


def _guided_breath(cue: Cue, frame: int) -> GuidedBreath | None:
    frames = cue.next_frame - cue.start_frame
    if cue.breath is None or not frames:
        return None
    share = min((frame - cue.start_frame) / frames, 1.0)
    return GuidedBreath(cue.breath, share, frames / SAMPLE_RATE_HZ)


def _last_words(timeline: Timeline, index: int) -> str:
    return next((cue.text for cue in reversed(timeline.cues[: index + 1]) if cue.text), "")


def _countdown(cue: Cue, step: TimelineStep, frame: int, *, is_holding: bool) -> Countdown | None:
    if is_holding:
        start, end = cue.start_frame, cue.end_frame
    elif step.phase in _COUNTED_PHASES:
        start, end = step.start_frame, step.end_frame
    else:
        return None
    return Countdown((end - start) / SAMPLE_RATE_HZ, (end - frame) / SAMPLE_RATE_HZ)
