"""What a listener may decide about a routine, and whether the routine has such a choice."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sleepcalm.relaxation.muscle_groups import Hand
from sleepcalm.relaxation.routine import Routine, Variant
from sleepcalm.relaxation.strict_values import shown

PAUSE_SCALE_LIMITS = (0.5, 3.0)
"""By how much the pauses may be stretched."""


class ChoiceError(ValueError):
    """A choice that a routine does not have; the text is one line for the listener."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the listener may decide about a routine; None leaves a matter to the routine.

    `hold_s` replaces the length of every tension hold. `skipped_groups` names muscle groups (with a
    side, or dominant/other) to leave out. `length_min` is the whole, cautions included; where a routine
    offers no lengths, the pauses make it up, and `pause_scale` is not asked. `variant` is an id. `seed`
    decides the order of shuffled sentences; without one they come as they are written.
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
    """The length to lay out; None where neither the routine nor the listener names one. Raises ChoiceError.

    Whether the pauses of a routine whose steps decide can make up a length shows when it is laid out.
    """
    if routine.lengths is None:
        return choices.length_min
    if choices.length_min is None:
        return routine.lengths.usual_min
    shortest, longest = routine.lengths.ends_min
    if not shortest <= choices.length_min <= longest:
        raise length_error(routine, choices.length_min, shortest, longest)
    return choices.length_min


def length_error(routine: Routine, wanted_min: float, shortest_min: float, longest_min: float) -> ChoiceError:
    """What to raise for a length that a routine cannot have."""
    return ChoiceError(
        f"{routine.id} can last from {shortest_min:g} to {longest_min:g} minutes, not {wanted_min:g}"
    )


def chosen_variant(routine: Routine, choices: Choices) -> Variant | None:
    """The variant to lay out; None where there is but one form. Raises ChoiceError for an unknown one."""
    if not routine.variants:
        return None
    if choices.variant is None:
        return routine.variants[0]
    for variant in routine.variants:
        if variant.id == choices.variant:
            return variant
    known = ", ".join(variant.id for variant in routine.variants)
    raise ChoiceError(f"{routine.id} has no variant {shown(choices.variant)}; it has {known}")


def without_effect(routine: Routine, choices: Choices) -> tuple[str, ...]:
    """A line for each choice that changes nothing of this routine, though it may of others."""
    lines = []
    if choices.variant is not None and not routine.variants:
        lines.append(f"{routine.id} has one form only; the variant changes nothing")
    if choices.seed is not None and not routine.is_shuffled:
        lines.append(f"{routine.id} always has the same order; the seed changes nothing")
    return tuple(lines)


def fitting(routine: Routine, choices: Choices) -> Choices:
    """The choices without a length or a variant that the routine does not offer.

    They are of a form that was kept. A length that the pauses would have to make up is none: it would
    put an end to the listener's own pace.
    """
    lengths, length_min = routine.lengths, choices.length_min
    if length_min is not None and not (lengths and lengths.ends_min[0] <= length_min <= lengths.ends_min[1]):
        length_min = None
    known = {variant.id for variant in routine.variants}
    return replace(
        choices, length_min=length_min, variant=choices.variant if choices.variant in known else None
    )
