"""What a listener may decide about a routine, and whether the routine has such a choice."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sleepcalm.relaxation.muscle_groups import Hand
from sleepcalm.relaxation.routine import Routine, Variant


class ChoiceError(ValueError):
    """A choice that a routine does not have; the text is one line for the listener."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the listener may decide about a routine; None leaves a matter to the routine.

    `hold_s` replaces the length of every tension hold. `skipped_groups` names muscle groups (with a
    side, or dominant/other) to leave out. `length_min` is the whole, cautions included. `variant` is
    an id. `seed` decides the order of shuffled sentences; without one they come as they are written.
    """

    pause_scale: float = 1.0
    hold_s: float | None = None
    dominant_hand: Hand = Hand.RIGHT
    skipped_groups: frozenset[str] = frozenset()
    with_cautions: bool = True
    length_min: float | None = None
    variant: str | None = None
    seed: int | None = None


def chosen_length_min(routine: Routine, choices: Choices) -> float | None:
    """The length to lay out; None where the steps decide. Raises ChoiceError."""
    lengths = routine.lengths
    if lengths is None:
        if choices.length_min is not None:
            raise ChoiceError(f"{routine.id} has a length of its own; only the pauses can be changed")
        return None
    if choices.length_min is None:
        return lengths.usual_min
    shortest, longest = lengths.ends_min
    if not shortest <= choices.length_min <= longest:
        raise ChoiceError(
            f"{routine.id} can last from {shortest:g} to {longest:g} minutes, not {choices.length_min:g}"
        )
    return choices.length_min


def chosen_variant(routine: Routine, choices: Choices) -> Variant | None:
    """The variant to lay out; None where there is but one form. Raises ChoiceError."""
    if choices.variant is None:
        return routine.variants[0] if routine.variants else None
    for variant in routine.variants:
        if variant.id == choices.variant:
            return variant
    if not routine.variants:
        raise ChoiceError(f"{routine.id} has no variants")
    known = ", ".join(variant.id for variant in routine.variants)
    raise ChoiceError(f"{routine.id} has no variant {choices.variant!r}; it has {known}")


def chosen_seed(routine: Routine, choices: Choices) -> int | None:
    """The seed of the order. Raises ChoiceError where nothing is shuffled."""
    if choices.seed is not None and not routine.is_shuffled:
        raise ChoiceError(f"{routine.id} always has the same order, so it takes no seed")
    return choices.seed


def fitting(routine: Routine, choices: Choices) -> Choices:
    """The choices without a length or a variant that the routine does not have."""
    lengths, length_min = routine.lengths, choices.length_min
    if length_min is not None and not (lengths and lengths.ends_min[0] <= length_min <= lengths.ends_min[1]):
        length_min = None
    known = {variant.id for variant in routine.variants}
    return replace(
        choices, length_min=length_min, variant=choices.variant if choices.variant in known else None
    )
