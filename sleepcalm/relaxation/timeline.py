"""Lays a routine out in time: a pure function of routine, clip lengths and the listener's choices.

All positions are frames at SAMPLE_RATE_HZ, so that holds and pauses are exact to a sample.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from sleepcalm.relaxation.muscle_groups import FEET, GROUPS, Hand, resolve
from sleepcalm.relaxation.routine import Phase, Routine, Step, fill_sides

SAMPLE_RATE_HZ = 48_000

FOOT_HOLD_LIMIT_S = 5.0
"""Feet and calves cramp easily: a tension that takes in a foot is never held longer."""

GAIN_FALL_DB = 4.0
"""How far the voice falls from the first cue to the last. A voice that falls in volume lowered
muscle tension more than a conversational one (Knowlton and Larkin 2006)."""

QUIETER_PHASES_DB = -2.0
"""How far below the envelope all but the settling and tensing sentences are spoken."""

UNVOICED_WORDS_PER_MIN = 120
"""Reading time given to a sentence that has no clip."""

CAUTIONS_TITLE = "Before you begin"


@dataclass(frozen=True, slots=True)
class Clip:
    """A narrated sentence: its file below the assets folder and its length in frames."""

    path: str
    frames: int


@dataclass(frozen=True, slots=True)
class Choices:
    """What the listener may decide about a routine.

    `hold_s` replaces the length of every tension hold; None keeps the routine's own.
    `skipped_groups` names muscle groups (with a side, or dominant/other) to leave out.
    """

    pause_scale: float = 1.0
    hold_s: float | None = None
    dominant_hand: Hand = Hand.RIGHT
    skipped_groups: frozenset[str] = frozenset()
    with_cautions: bool = True


@dataclass(frozen=True, slots=True)
class Cue:
    """A spoken sentence, or a hold (no words, no clip), with the pause that follows it."""

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


@dataclass(frozen=True, slots=True)
class Timeline:
    """A routine in time. `last_word_end_frame` is where the voice has said all it has to say."""

    routine_id: str
    title: str
    cues: tuple[Cue, ...]
    steps: tuple[TimelineStep, ...]
    duration_frames: int
    last_word_end_frame: int


def build_timeline(routine: Routine, clips: Mapping[str, Clip], choices: Choices) -> Timeline:
    """Place every cue of `routine`; `clips` maps a spoken sentence to its clip.

    A sentence without a clip gets the time it takes to read it. Raises KeyError for a skipped
    group that does not exist.
    """
    cues: list[Cue] = []
    steps: list[TimelineStep] = []
    frame = 0
    for step in _heard_steps(routine, choices):
        start = frame
        group = step.muscle_group and resolve(step.muscle_group, choices.dominant_hand)
        for draft in _drafts(step, clips, choices):
            cue = Cue(
                start_frame=frame,
                end_frame=frame + draft.frames,
                pause_frames=draft.pause_frames,
                step_index=len(steps),
                phase=step.phase,
                muscle_group=group,
                text=draft.text,
                clip=draft.clip,
                is_hold=draft.is_hold,
            )
            cues.append(cue)
            frame = cue.next_frame
        title = fill_sides(step.title, choices.dominant_hand)
        steps.append(TimelineStep(title, step.phase, group, start, frame))
    last_word_end = max((cue.end_frame for cue in cues if not cue.is_hold), default=0)
    return Timeline(routine.id, routine.title, _with_gains(cues), tuple(steps), frame, last_word_end)


def _heard_steps(routine: Routine, choices: Choices) -> Iterator[Step]:
    if routine.cautions and choices.with_cautions:
        yield Step(CAUTIONS_TITLE, Phase.SETTLE, routine.cautions)
    skipped = _regions(choices.skipped_groups, choices.dominant_hand)
    for step in routine.steps:
        if not _is_skipped(step, skipped, choices.dominant_hand):
            yield step


def _regions(names: frozenset[str], dominant_hand: Hand) -> frozenset[str]:
    return frozenset(region for name in names for region in GROUPS[resolve(name, dominant_hand)])


def _is_skipped(step: Step, skipped: frozenset[str], dominant_hand: Hand) -> bool:
    """A step goes when any muscle it works on is skipped; attention to the whole body stays."""
    if step.muscle_group is None or step.muscle_group == "whole_body":
        return False
    return not skipped.isdisjoint(GROUPS[resolve(step.muscle_group, dominant_hand)])


class _Draft(NamedTuple):
    """A cue that has its length but not yet its place."""

    text: str
    clip: Clip | None
    frames: int
    pause_frames: int
    is_hold: bool = False


def _drafts(step: Step, clips: Mapping[str, Clip], choices: Choices) -> Iterator[_Draft]:
    hold_frames = _frames(_hold_s(step, choices))
    for _ in range(step.repeats):
        for number, sentence in enumerate(step.sentences, start=1):
            text = sentence.spoken(choices.dominant_hand)
            clip = clips.get(text)
            length = clip.frames if clip else _reading_frames(text)
            pause_frames = _frames(sentence.pause_s * choices.pause_scale)
            if hold_frames and number == len(step.sentences):
                yield _Draft(text, clip, length, 0)
                yield _Draft("", None, hold_frames, pause_frames, is_hold=True)
            else:
                yield _Draft(text, clip, length, pause_frames)


def _hold_s(step: Step, choices: Choices) -> float:
    if step.phase is not Phase.TENSE or choices.hold_s is None or step.hold_s == 0:
        hold_s = step.hold_s
    else:
        hold_s = choices.hold_s
    if step.muscle_group and not FEET.isdisjoint(GROUPS[resolve(step.muscle_group, choices.dominant_hand)]):
        return min(hold_s, FOOT_HOLD_LIMIT_S)
    return hold_s


def _with_gains(cues: list[Cue]) -> tuple[Cue, ...]:
    """Let the voice sink evenly from the first cue's start to the last one's."""
    span = max((cue.start_frame for cue in cues), default=0) or 1
    return tuple(replace(cue, gain_db=_gain_db(cue, cue.start_frame / span)) for cue in cues)


def _gain_db(cue: Cue, elapsed_share: float) -> float:
    offset = 0.0 if cue.phase in (Phase.SETTLE, Phase.TENSE) else QUIETER_PHASES_DB
    return round(offset - GAIN_FALL_DB * elapsed_share, 3)


def _reading_frames(text: str) -> int:
    return _frames(len(text.split()) * 60 / UNVOICED_WORDS_PER_MIN)


def _frames(seconds: float) -> int:
    return round(seconds * SAMPLE_RATE_HZ)
