"""Lays a routine out in time: a pure function of routine, clip lengths and the listener's choices.

All positions are frames at SAMPLE_RATE_HZ, so that holds and pauses are exact to a sample.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sleepcalm.relaxation.choices import ChoiceError, Choices
from sleepcalm.relaxation.clip import CLIP_LUFS, SAMPLE_RATE_HZ, Clip
from sleepcalm.relaxation.drafts import FOOT_HOLD_LIMIT_S, draft
from sleepcalm.relaxation.muscle_groups import resolve
from sleepcalm.relaxation.routine import BreathPart, Fill, Phase, Routine, fill_sides

__all__ = [
    "FOOT_HOLD_LIMIT_S",
    "GAIN_FALL_DB",
    "SAMPLE_RATE_HZ",
    "ChoiceError",
    "Choices",
    "Clip",
    "Cue",
    "Timeline",
    "TimelineStep",
    "build_timeline",
]

GAIN_FALL_DB = 4.0
"""How far the voice falls from the first cue to the last. A voice that falls in volume lowered
muscle tension more than a conversational one (Knowlton and Larkin 2006)."""

QUIETER_PHASES_DB = -2.0
"""How far below the envelope all but the settling and tensing sentences are spoken."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A spoken sentence, a hold or a wordless breath (neither has a clip), and the pause that follows.

    With `breath` the cue and its pause are that part of a guided breath, for a screen to draw.
    """

    start_frame: int
    end_frame: int
    pause_frames: int
    step_index: int
    phase: Phase
    muscle_group: str | None
    text: str
    clip: Clip | None
    is_hold: bool
    gain_db: float = 0.0
    breath: BreathPart | None = None

    @property
    def next_frame(self) -> int:
        """Where the following cue starts."""
        return self.end_frame + self.pause_frames


@dataclass(frozen=True, slots=True)
class TimelineStep:
    """A step as it is heard: sides filled in, numbered after skipping."""

    title: str
    phase: Phase
    muscle_group: str | None
    start_frame: int
    end_frame: int
    is_cautions: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    """A routine in time.

    `exercise_end_frame` is where the exercise is over and the sound begins to leave: the voice has said
    all it has to say and led all the breaths, and a rest whose length was chosen has lasted that long.
    """

    routine_id: str
    title: str
    cues: tuple[Cue, ...]
    steps: tuple[TimelineStep, ...]
    duration_frames: int
    exercise_end_frame: int


def build_timeline(routine: Routine, clips: Mapping[str, Clip], choices: Choices) -> Timeline:
    """Place every cue of `routine`; `clips` maps a spoken sentence to its clip.

    A sentence without a clip gets the time it takes to read it. A variant, a seed or a hold where there is
    none to choose changes nothing. Raises ChoiceError for a variant or a length that the routine cannot
    have, KeyError for a skipped group that does not exist.
    """
    drafted = draft(routine, clips, choices)
    cues: list[Cue] = []
    steps: list[TimelineStep] = []
    frame = exercise_end = 0
    for step, drafts in ((each.step, each.drafts) for each in drafted.steps):
        start = frame
        group = step.muscle_group and resolve(step.muscle_group, choices.dominant_hand)
        for part in drafts:
            cue = Cue(
                start_frame=frame,
                end_frame=frame + part.frames,
                pause_frames=part.pause_frames(drafted.pause_scale),
                step_index=len(steps),
                phase=step.phase,
                muscle_group=group,
                text=part.text,
                clip=part.clip,
                is_hold=part.is_hold,
                breath=part.breath,
            )
            cues.append(cue)
            frame = cue.next_frame
            if not part.is_hold:
                exercise_end = frame if part.breath else cue.end_frame
        if step.fill is Fill.PAUSE:
            exercise_end = frame
        title = fill_sides(step.title, choices.dominant_hand)
        steps.append(TimelineStep(title, step.phase, group, start, frame, step.is_cautions))
    return Timeline(routine.id, routine.title, _with_gains(cues), tuple(steps), frame, exercise_end)


def _with_gains(cues: list[Cue]) -> tuple[Cue, ...]:
    """Let the voice sink evenly from the first cue's start to the last one's.

    What a clip's own loudness is off by is made up for, so that like is never louder than the like before.
    """
    span = max((cue.start_frame for cue in cues), default=0) or 1
    return tuple(replace(cue, gain_db=_gain_db(cue, cue.start_frame / span)) for cue in cues)


def _gain_db(cue: Cue, elapsed_share: float) -> float:
    offset = 0.0 if cue.phase in (Phase.SETTLE, Phase.TENSE) else QUIETER_PHASES_DB
    levelling_db = CLIP_LUFS - cue.clip.loudness_lufs if cue.clip else 0.0
    return round(offset + levelling_db - GAIN_FALL_DB * elapsed_share, 3)
