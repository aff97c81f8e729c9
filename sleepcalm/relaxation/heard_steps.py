"""Which steps of a routine a listener hears: the choice of variant, length and muscle groups made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sleepcalm.relaxation.choices import Choices, chosen_length_min, chosen_variant
from sleepcalm.relaxation.muscle_groups import GROUPS, Hand, resolve
from sleepcalm.relaxation.routine import Phase, Routine, Step

_CAUTIONS_TITLE = "Before you begin"


def heard_steps(routine: Routine, choices: Choices) -> Iterator[Step]:
    """The steps in order, each with the sentences that belong to the chosen length. Raises ChoiceError."""
    length_min = chosen_length_min(routine, choices) or 0.0
    variant = chosen_variant(routine, choices)
    if routine.cautions and choices.with_cautions:
        yield Step(_CAUTIONS_TITLE, Phase.SETTLE, routine.cautions, is_cautions=True)
    skipped = _regions(choices.skipped_groups, choices.dominant_hand)
    for step in routine.steps:
        if step.variants and (variant is None or variant.id not in step.variants):
            continue
        if _is_skipped(step, skipped, choices.dominant_hand):
            continue
        sentences = tuple(sentence for sentence in step.sentences if sentence.from_min <= length_min)
        if sentences:
            yield step if len(sentences) == len(step.sentences) else replace(step, sentences=sentences)


def are_all_skipped(routine: Routine, choices: Choices) -> bool:
    """Whether nothing is heard because every step works on a group that is left out. Raises ChoiceError."""
    everywhere = replace(choices, skipped_groups=frozenset())
    return not any(heard_steps(routine, choices)) and any(heard_steps(routine, everywhere))


def _regions(names: frozenset[str], dominant_hand: Hand) -> frozenset[str]:
    return frozenset(region for name in names for region in GROUPS[resolve(name, dominant_hand)])


def _is_skipped(step: Step, skipped: frozenset[str], dominant_hand: Hand) -> bool:
    """A step goes when any muscle it works on is skipped; attention to the whole body stays."""
    if step.muscle_group is None or step.muscle_group == "whole_body":
        return False
    return not skipped.isdisjoint(GROUPS[resolve(step.muscle_group, dominant_hand)])
