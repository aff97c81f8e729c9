"""The cues of a routine before they have their place: what each lasts, and how a length is filled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from sleepcalm.relaxation.choices import (
    PAUSE_SCALE_LIMITS,
    Choices,
    chosen_length_min,
    chosen_variant,
    length_error,
)
from sleepcalm.relaxation.clip import SAMPLE_RATE_HZ, Clip, frames_of
from sleepcalm.relaxation.heard_steps import heard_steps
from sleepcalm.relaxation.muscle_groups import FEET, GROUPS, resolve
from sleepcalm.relaxation.routine import BreathPart, Fill, Phase, Routine, Sentence, Step, Variant

FOOT_HOLD_LIMIT_S = 5.0
"""Feet and calves cramp easily: a tension that takes in a foot is never held longer."""

UNVOICED_WORDS_PER_MIN = 120
"""Reading time given to a sentence that has no clip."""

LENGTH_TOLERANCE_S = 1.0
"""A length that is missed by no more than this is kept, so that the limits can be told in round figures."""

MAX_SPOKEN = 2000
"""Sentences of a routine, repeats counted: some hours. More would only delay every start."""


_GOING_ON = {Fill.ROUNDS, Fill.SENTENCES}
"""What fills a length first; a pause takes the odd seconds that are left."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A cue without a place. The pace stretches `pause_s`; nothing stretches `rest_frames`."""

    text: str
    clip: Clip | None
    frames: int
    pause_s: float = 0.0
    rest_frames: int = 0
    is_hold: bool = False
    breath: BreathPart | None = None

    def total_frames(self, scale: float) -> int:
        return self.frames + self.pause_frames(scale)

    def pause_frames(self, scale: float) -> int:
        return frames_of(self.pause_s * scale) + self.rest_frames


class DraftedStep(NamedTuple):
    step: Step
    drafts: tuple[Draft, ...]


class Drafted(NamedTuple):
    """All that is heard, and by how much the pauses are stretched."""

    steps: tuple[DraftedStep, ...]
    pause_scale: float


def draft(routine: Routine, clips: Mapping[str, Clip], choices: Choices) -> Drafted:
    """Everything that is heard of `routine`, as long as `choices` want it. Raises ChoiceError.

    Each step has something that is heard.
    """
    drafter = _Drafter(clips, choices, chosen_variant(routine, choices))
    length_min = chosen_length_min(routine, choices)
    least = ((step, drafter.least(step)) for step in heard_steps(routine, choices))
    heard = tuple(DraftedStep(step, drafts) for step, drafts in least if drafts)
    if length_min is None or not heard:
        return Drafted(heard, choices.pause_scale)
    if routine.lengths is None:
        return Drafted(heard, _scale_for(routine, heard, length_min))
    return _filled(drafter, heard, frames_of(length_min * 60))


def _scale_for(routine: Routine, heard: Sequence[DraftedStep], length_min: float) -> float:
    """The pause scale that makes a routine last that long. Words and holds stay as they are."""
    fixed, elastic = _fixed_and_elastic_frames(heard)
    limits_min = [(fixed + elastic * scale) / SAMPLE_RATE_HZ / 60 for scale in PAUSE_SCALE_LIMITS]
    beyond_min = max(limits_min[0] - length_min, length_min - limits_min[1])
    if beyond_min * 60 > LENGTH_TOLERANCE_S:
        shortest_min, longest_min = (round(limit, 2) for limit in limits_min)
        raise length_error(routine, length_min, shortest_min, longest_min)
    least, most = PAUSE_SCALE_LIMITS
    return min(max((frames_of(length_min * 60) - fixed) / elastic, least), most) if elastic else 1.0


def _filled(drafter: _Drafter, heard: tuple[DraftedStep, ...], wanted_frames: int) -> Drafted:
    """The steps with those that go on gone on, until the length is reached."""
    scale = _scale_that_fits(heard, wanted_frames, drafter.choices.pause_scale)
    for ways in (_GOING_ON, {Fill.PAUSE}):
        left = wanted_frames - sum(part.total_frames(scale) for step in heard for part in step.drafts)
        heard = tuple(drafter.filled(each, left, scale) if each.step.fill in ways else each for each in heard)
    return Drafted(heard, scale)


def _scale_that_fits(heard: Sequence[DraftedStep], wanted_frames: int, pause_scale: float) -> float:
    """The listener's pace, as far as the words and their pauses fit into the length at that pace."""
    fixed, elastic = _fixed_and_elastic_frames(heard)
    if not elastic:
        return pause_scale
    count = sum(len(step.drafts) for step in heard)
    return min(pause_scale, max((wanted_frames - fixed - count) / elastic, PAUSE_SCALE_LIMITS[0]))


def _fixed_and_elastic_frames(heard: Sequence[DraftedStep]) -> tuple[int, int]:
    """The time that no pace changes, and that of the pauses at the pace of 1."""
    drafts = [part for step in heard for part in step.drafts]
    fixed = sum(part.frames + part.rest_frames for part in drafts)
    return fixed, frames_of(sum(part.pause_s for part in drafts))


class _Drafter:
    def __init__(self, clips: Mapping[str, Clip], choices: Choices, variant: Variant | None) -> None:
        self.clips = clips
        self.choices = choices
        self.variant = variant

    def least(self, step: Step) -> tuple[Draft, ...]:
        """What is heard of a step before it fills anything; nothing where the variant leaves it all out."""
        if step.fill is Fill.SENTENCES:
            return self._round(step, 0)[:1]
        return tuple(part for number in range(step.repeats) for part in self._round(step, number))

    def filled(self, drafted: DraftedStep, left_frames: int, scale: float) -> DraftedStep:
        """The step with `left_frames` taken up, as far as its way of filling can."""
        step, drafts = drafted.step, drafted.drafts
        if left_frames <= 0:
            return drafted
        if step.fill is Fill.PAUSE:
            last = replace(drafts[-1], rest_frames=drafts[-1].rest_frames + left_frames)
            return DraftedStep(step, (*drafts[:-1], last))
        more: list[Draft] = []
        for piece in self._pieces(step):
            left_frames -= sum(part.total_frames(scale) for part in piece)
            if left_frames < 0 or len(drafts) + len(more) + len(piece) > MAX_SPOKEN:
                break
            more += piece
        return DraftedStep(step, (*drafts, *more))

    def _pieces(self, step: Step) -> Iterator[tuple[Draft, ...]]:
        """What may follow `least`, piece by piece: whole rounds, or sentences of round after round."""
        if step.fill is Fill.ROUNDS:
            yield from (self._round(step, number) for number in range(step.repeats, MAX_SPOKEN))
            return
        for number in range(MAX_SPOKEN):
            parts = self._round(step, number)
            yield from ((part,) for part in parts[1 if number == 0 else 0 :])

    def _round(self, step: Step, number: int) -> tuple[Draft, ...]:
        """The step gone through once."""
        sentences = step.sentences
        if step.is_shuffled and self.choices.seed is not None:
            sentences = _shuffled(sentences, self.choices.seed, number)
        drafts = [part for sentence in sentences for part in self._of_sentence(sentence)]
        hold_frames = frames_of(self._hold_s(step))
        if hold_frames and drafts:  # a hold goes with what it was to follow
            *before, last = drafts
            hold = Draft("", None, hold_frames, last.pause_s, is_hold=True)
            drafts = [*before, replace(last, pause_s=0.0), hold]
        return tuple(drafts)

    def _of_sentence(self, sentence: Sentence) -> Iterator[Draft]:
        text = sentence.spoken(self.choices.dominant_hand)
        clip = self.clips.get(text)
        frames = clip.frames if clip else _reading_frames(text)
        if sentence.breath is None:
            yield Draft(text, clip, frames, sentence.pause_s)
        elif self.variant and (part_frames := frames_of(self.variant.breath_s(sentence.breath))):
            rest_frames = max(part_frames - frames, 0)
            yield Draft(text, clip, frames, rest_frames=rest_frames, breath=sentence.breath)

    def _hold_s(self, step: Step) -> float:
        hold_s, wished_s = step.hold_s, self.choices.hold_s
        if step.phase is Phase.TENSE and wished_s is not None and hold_s:
            hold_s = wished_s
        group = step.muscle_group and resolve(step.muscle_group, self.choices.dominant_hand)
        return min(hold_s, FOOT_HOLD_LIMIT_S) if group and not FEET.isdisjoint(GROUPS[group]) else hold_s


def _shuffled(sentences: tuple[Sentence, ...], seed: int, number: int) -> tuple[Sentence, ...]:
    """Another order for each seed and round, and the same one on every machine and Python."""
    import hashlib  # noqa: PLC0415 - few routines are shuffled, and it delays every start

    def place(index: int) -> bytes:
        return hashlib.sha256(f"{seed} {number} {index}".encode()).digest()

    return tuple(sentences[index] for index in sorted(range(len(sentences)), key=place))


def _reading_frames(text: str) -> int:
    return frames_of(len(text.split()) * 60 / UNVOICED_WORDS_PER_MIN)
