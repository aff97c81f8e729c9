"""A relaxation routine as data: steps of sentences, tension holds and pauses."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sleepcalm.relaxation.muscle_groups import Hand


class Kind(StrEnum):
    """The family of exercises that a routine belongs to."""

    PMR = "pmr"
    MINDFULNESS = "mindfulness"
    BREATHING = "breathing"
    AUTOGENIC = "autogenic"
    IMAGERY = "imagery"
    RESCUE = "rescue"
    REST = "rest"


class Phase(StrEnum):
    """What a step asks of the listener."""

    SETTLE = "settle"
    TENSE = "tense"
    RELEASE = "release"
    GUIDE = "guide"
    SILENCE = "silence"


class BreathPart(StrEnum):
    """A part of a breath; the rest lies between in and out, and nothing is held by force."""

    INHALE = "inhale"
    REST = "rest"
    EXHALE = "exhale"


class Fill(StrEnum):
    """How a step takes up the time that the others leave of a chosen length.

    `PAUSE` stretches its last pause, `ROUNDS` goes through the step as many whole times as fit,
    `SENTENCES` goes on from sentence to sentence, and round again, as long as the next one fits.
    """

    PAUSE = "pause"
    ROUNDS = "rounds"
    SENTENCES = "sentences"


@dataclass(frozen=True, slots=True)
class Lengths:
    """How long a routine may be: `offered_min` in ascending order, and any length between its ends."""

    usual_min: float
    offered_min: tuple[float, ...]

    @property
    def ends_min(self) -> tuple[float, float]:
        """The shortest and the longest."""
        return self.offered_min[0], self.offered_min[-1]


@dataclass(frozen=True, slots=True)
class Variant:
    """One form of a routine, and how long a guided breath takes in it (seconds; 0 leaves a part out)."""

    id: str
    title: str
    inhale_s: float = 0.0
    rest_s: float = 0.0
    exhale_s: float = 0.0

    def breath_s(self, part: BreathPart) -> float:
        lengths = {
            BreathPart.INHALE: self.inhale_s,
            BreathPart.REST: self.rest_s,
            BreathPart.EXHALE: self.exhale_s,
        }
        return lengths[part]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One spoken sentence and the silence after it.

    `text` may hold the placeholders `{dominant}` and `{other}`, which stand for left or right.
    With `breath` the sentence belongs to that part of a guided breath and lasts, with its silence,
    as long as the variant says; it may then be without words. In versions shorter than `from_min`
    it is left out.
    """

    text: str
    pause_s: float
    breath: BreathPart | None = None
    from_min: float = 0.0

    def spoken(self, dominant_hand: Hand) -> str:
        return fill_sides(self.text, dominant_hand)


@dataclass(frozen=True, slots=True)
class Step:
    """A stretch of a routine with one title, one phase and at most one muscle group.

    `hold_s` is the time that follows the last sentence before its pause: the tension is kept
    that long. `repeats` is how often the whole step is gone through. With `fill` it takes up what is
    left of the chosen length. A shuffled step says its sentences in an order that a seed decides.
    `variants` are the ids of those it belongs to; none stands for all. `is_cautions` marks the one that
    says the routine's cautions; it comes before the steps of the file.
    """

    title: str
    phase: Phase
    sentences: tuple[Sentence, ...]
    muscle_group: str | None = None
    hold_s: float = 0.0
    repeats: int = 1
    fill: Fill | None = None
    is_shuffled: bool = False
    variants: tuple[str, ...] = ()
    is_cautions: bool = False


LAST_PLACE = 100


@dataclass(frozen=True, slots=True)
class RoutineHead:
    """What a list shows of a routine. `place` is where, among its kind: the lowest first, then by title."""

    id: str
    title: str
    kind: Kind
    summary: str
    place: int = LAST_PLACE


@dataclass(frozen=True, slots=True)
class Routine:
    """A complete routine. `cautions` are spoken once before the first step.

    `lengths` is None where the steps alone decide how long it is. The first of `variants` is the usual one.
    """

    id: str
    title: str
    kind: Kind
    summary: str
    sources: tuple[str, ...]
    cautions: tuple[Sentence, ...]
    steps: tuple[Step, ...]
    lengths: Lengths | None = None
    variants: tuple[Variant, ...] = ()
    place: int = LAST_PLACE

    @property
    def head(self) -> RoutineHead:
        return RoutineHead(self.id, self.title, self.kind, self.summary, self.place)

    @property
    def is_shuffled(self) -> bool:
        """Whether a seed changes what is heard."""
        return any(step.is_shuffled for step in self.steps)

    def spoken_sentences(self) -> frozenset[str]:
        """Every sentence that a narrator has to speak, for either dominant hand."""
        sentences = [*self.cautions, *(sentence for step in self.steps for sentence in step.sentences)]
        spoken = [sentence for sentence in sentences if sentence.text]
        return frozenset(sentence.spoken(hand) for sentence in spoken for hand in Hand)


def fill_sides(template: str, dominant_hand: Hand) -> str:
    """Replace `{dominant}` and `{other}` by left or right; a leading side gets a capital."""
    text = template.replace("{dominant}", dominant_hand).replace("{other}", dominant_hand.opposite)
    return text[:1].upper() + text[1:]
