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


@dataclass(frozen=True, slots=True)
class Sentence:
    """One spoken sentence and the silence after it.

    `text` may hold the placeholders `{dominant}` and `{other}`, which stand for left or right.
    """

    text: str
    pause_s: float

    def spoken(self, dominant_hand: Hand) -> str:
        return fill_sides(self.text, dominant_hand)


@dataclass(frozen=True, slots=True)
class Step:
    """A stretch of a routine with one title, one phase and at most one muscle group.

    `hold_s` is the time that follows the last sentence before its pause: the tension is kept
    that long. `repeats` is how often the whole step is gone through.
    """

    title: str
    phase: Phase
    sentences: tuple[Sentence, ...]
    muscle_group: str | None = None
    hold_s: float = 0.0
    repeats: int = 1


@dataclass(frozen=True, slots=True)
class Routine:
    """A complete routine. `cautions` are spoken once before the first step."""

    id: str
    title: str
    kind: Kind
    summary: str
    sources: tuple[str, ...]
    cautions: tuple[Sentence, ...]
    steps: tuple[Step, ...]

    def spoken_sentences(self) -> frozenset[str]:
        """Every sentence that a narrator has to speak, for either dominant hand."""
        sentences = [*self.cautions, *(sentence for step in self.steps for sentence in step.sentences)]
        return frozenset(sentence.spoken(hand) for sentence in sentences for hand in Hand)


def fill_sides(template: str, dominant_hand: Hand) -> str:
    """Replace `{dominant}` and `{other}` by left or right; a leading side gets a capital."""
    text = template.replace("{dominant}", dominant_hand).replace("{other}", dominant_hand.opposite)
    return text[:1].upper() + text[1:]
