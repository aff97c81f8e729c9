"""Reads the steps of a routine file and what is said in them, as strictly as the rest of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from sleepcalm.relaxation.muscle_groups import FILE_NAMES
from sleepcalm.relaxation.routine import BreathPart, Fill, Lengths, Phase, Sentence, Step, Variant
from sleepcalm.relaxation.strict_values import (
    Place,
    count_of,
    number_of,
    one_of,
    refuse_unknown,
    shortened,
    shown,
    text_of,
    texts_of,
    value_of,
    yes_or_no,
)

MAX_PAUSE_S = 900.0
MAX_HOLD_S = 60.0
MAX_TENSION_S = 10.0
MAX_REPEATS = 100

_PLACEHOLDER = re.compile(r"\{[^}]*\}?|\}")
_STEP_KEYS = frozenset(
    {"title", "phase", "muscle_group", "sentences", "hold_s", "repeats", "fill", "shuffled", "variants"}
)
_SENTENCE_KEYS = frozenset({"say", "pause_s", "breath", "from_min"})


class Context(NamedTuple):
    """What the sentences of a routine may refer to."""

    lengths: Lengths | None
    variants: Mapping[str, Variant]


def steps_of(table: Mapping[str, object], place: Place, context: Context) -> tuple[Step, ...]:
    tables = value_of(table, "steps", list, place)
    if not tables:
        raise place.error("has no steps")
    return tuple(_step(item, number, place.file, context) for number, item in enumerate(tables, start=1))


def sentences_of(
    table: Mapping[str, object], key: str, place: Place, context: Context
) -> tuple[Sentence, ...]:
    sentences = []
    for number, item in enumerate(value_of(table, key, list, place), start=1):
        if not isinstance(item, dict):
            raise place.error(f"{key} {number} must be a table with say and pause_s")
        sentence_place = Place(place.file, f"{place.step}, {key} {number}".removeprefix(", "))
        sentences.append(_sentence(item, sentence_place, context))
    return tuple(sentences)


def _step(item: object, number: int, file: str, context: Context) -> Step:
    place = Place(file, f"step {number}")
    if not isinstance(item, dict):
        raise place.error("must be a table")
    refuse_unknown(item, _STEP_KEYS, place)
    title = _spoken_text(item, "title", place)
    place = Place(file, f"step {number} ({shortened(title)})")
    phase = Phase(one_of(item, "phase", [phase.value for phase in Phase], place))
    sentences = sentences_of(item, "sentences", place, context)
    if not sentences:
        raise place.error("has no sentences; announce a silence before it begins")
    group = one_of(item, "muscle_group", sorted(FILE_NAMES), place) if "muscle_group" in item else None
    if phase is Phase.TENSE and group is None:
        raise place.error("a tense step must name its muscle_group")
    variants = texts_of(item, "variants", place) if "variants" in item else []
    for variant in variants:
        if variant not in context.variants:
            raise place.error(f"variants names {shown(variant)}, which the routine does not have")
    return Step(
        title,
        phase,
        sentences,
        group,
        _hold_s(item, phase, place),
        count_of(item, "repeats", MAX_REPEATS, place) if "repeats" in item else 1,
        Fill(one_of(item, "fill", [fill.value for fill in Fill], place)) if "fill" in item else None,
        yes_or_no(item, "shuffled", place),
        tuple(variants),
    )


def _hold_s(item: Mapping[str, object], phase: Phase, place: Place) -> float:
    if phase is Phase.TENSE:
        return number_of(item, "hold_s", 1.0, MAX_TENSION_S, place)
    return number_of(item, "hold_s", 0.0, MAX_HOLD_S, place) if "hold_s" in item else 0.0


def _sentence(item: Mapping[str, object], place: Place, context: Context) -> Sentence:
    refuse_unknown(item, _SENTENCE_KEYS, place)
    from_min = 0.0
    if "from_min" in item:
        if context.lengths is None:
            raise place.error("from_min needs the routine to have length_min")
        from_min = number_of(item, "from_min", *context.lengths.ends_min, place)
    if "breath" not in item:
        pause_s = number_of(item, "pause_s", 0.0, MAX_PAUSE_S, place)
        return Sentence(_spoken_text(item, "say", place), pause_s, None, from_min)
    breath = BreathPart(one_of(item, "breath", [part.value for part in BreathPart], place))
    if not any(variant.breath_s(breath) for variant in context.variants.values()):
        raise place.error(f"breath {breath.value!r} needs a variant with {breath}_s")
    if "pause_s" in item:
        raise place.error("a breath lasts as long as the variant says, so it has no pause_s")
    text = _spoken_text(item, "say", place) if "say" in item else ""
    return Sentence(text, 0.0, breath, from_min)


def _spoken_text(table: Mapping[str, object], key: str, place: Place) -> str:
    text = text_of(table, key, place)
    for placeholder in _PLACEHOLDER.findall(text):
        if placeholder not in ("{dominant}", "{other}"):
            raise place.error(f"{key} holds {shown(placeholder)}; only {{dominant}} and {{other}} are known")
    return text
