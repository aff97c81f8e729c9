"""Reads routine files (TOML, see docs/routine-format.md) strictly.

Strict means: a key that is unknown, missing or of the wrong type is an error, so that a slip of
the pen in a file is found when it is written and not when somebody lies in the dark.
"""

from __future__ import annotations

import re
import stat
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from sleepcalm.relaxation.drafts import MAX_SPOKEN
from sleepcalm.relaxation.muscle_groups import FILE_NAMES
from sleepcalm.relaxation.routine import (
    LAST_PLACE,
    BreathPart,
    Fill,
    Kind,
    Lengths,
    Phase,
    Routine,
    RoutineHead,
    Sentence,
    Step,
    Variant,
)
from sleepcalm.relaxation.strict_values import (
    Place,
    RoutineFormatError,
    number_of,
    one_line,
    one_of,
    refuse_unknown,
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
MAX_LENGTH_MIN = 720.0
MAX_BREATH_PART_S = 30.0
MAX_FILE_BYTES = 250_000
MAX_STOPS_IN_LINE = 100
"""The parser takes memory by the square of the parts of a dotted key: one line could take all there is."""

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_STATED_ID = re.compile(rf"""^id\s*=\s*["']({_ID.pattern})["']""", re.MULTILINE)
_PLACEHOLDER = re.compile(r"\{[^}]*\}?|\}")
_ROUTINE_KEYS = frozenset(
    {"id", "title", "kind", "summary", "sources", "cautions", "steps", "length_min", "variants", "place"}
)
_STEP_KEYS = frozenset(
    {"title", "phase", "muscle_group", "sentences", "hold_s", "repeats", "fill", "shuffled", "variants"}
)
_SENTENCE_KEYS = frozenset({"say", "pause_s", "breath", "from_min"})
_LENGTH_KEYS = frozenset({"usual", "offered"})
_VARIANT_KEYS = frozenset({"id", "title", "inhale_s", "rest_s", "exhale_s"})


def read_routine(path: Path) -> Routine:
    """Read and check one routine file. Raises RoutineFormatError."""
    return parse_routine(_file_text(path), path.name)


def read_head(path: Path) -> RoutineHead:
    """Read what stands before the first step of a file whose steps were found right before.

    That is a tenth of the time. Raises RoutineFormatError.
    """
    place = Place(path.name)
    head, _, _ = _file_text(path).partition("\n[[steps]]")
    return _head(_parsed(head, place), place)


def stated_id(path: Path) -> str:
    """The id that a file gives its routine, however little else of it can be understood; "" without one."""
    try:
        found = _STATED_ID.search(_file_text(path))
    except RoutineFormatError:
        return ""
    return found[1] if found else ""


def _file_text(path: Path) -> str:
    place = Place(path.name)
    try:
        found = path.stat()
        if stat.S_ISFIFO(found.st_mode) or stat.S_ISCHR(found.st_mode):
            raise place.error("is not a file")  # and reading it might never end
        if found.st_size > MAX_FILE_BYTES:
            raise place.error(f"is larger than {MAX_FILE_BYTES // 1000} kB, which no routine needs")
        return path.read_text(encoding="utf-8-sig")  # some editors begin a file with a mark
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8 text"
        raise place.error(f"cannot be read: {reason}") from error


def _parsed(text: str, place: Place) -> dict[str, object]:
    if any(line.count(".") > MAX_STOPS_IN_LINE for line in text.split("\n")):
        raise place.error(f"has a line with more than {MAX_STOPS_IN_LINE} full stops")
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # ValueError alone: a number of thousands of digits
        raise place.error(f"is not valid TOML: {one_line(error)}") from error


def _head(table: Mapping[str, object], place: Place) -> RoutineHead:
    return RoutineHead(
        id=_id(table, place),
        title=text_of(table, "title", place),
        kind=Kind(one_of(table, "kind", [kind.value for kind in Kind], place)),
        summary=text_of(table, "summary", place),
        place=_whole(table, "place", LAST_PLACE, place) if "place" in table else LAST_PLACE,
    )


def parse_routine(text: str, file_name: str) -> Routine:
    """Check the text of a routine file; `file_name` is named in errors. Raises RoutineFormatError."""
    place = Place(file_name)
    table = _parsed(text, place)
    refuse_unknown(table, _ROUTINE_KEYS, place)
    head = _head(table, place)
    lengths = _lengths(table, place)
    variants = _variants(table, place)
    context = _Context(lengths, {variant.id: variant for variant in variants})
    routine = Routine(
        id=head.id,
        title=head.title,
        kind=head.kind,
        summary=head.summary,
        sources=tuple(texts_of(table, "sources", place)),
        cautions=_sentences(table, "cautions", place, _Context(None, {})),
        steps=_steps(table, place, context),
        lengths=lengths,
        variants=variants,
        place=head.place,
    )
    spoken = len(routine.cautions) + sum(len(step.sentences) * step.repeats for step in routine.steps)
    if spoken > MAX_SPOKEN:
        raise place.error(f"has {spoken} sentences with all repeats; {MAX_SPOKEN} is the most")
    _refuse_wrong_filling(routine, place)
    return routine


class _Context(NamedTuple):
    """What the sentences of a routine may refer to."""

    lengths: Lengths | None
    variants: Mapping[str, Variant]


def _id(table: Mapping[str, object], place: Place) -> str:
    name = text_of(table, "id", place)
    if not _ID.fullmatch(name):
        raise place.error(f"id {shown(name)} must be lower-case words joined by hyphens")
    return name


def _lengths(table: Mapping[str, object], place: Place) -> Lengths | None:
    if "length_min" not in table:
        return None
    place = Place(place.file, "length_min")
    found = table["length_min"]
    if not isinstance(found, dict):
        raise place.error("must be a table with usual and offered")
    refuse_unknown(found, _LENGTH_KEYS, place)
    offered = value_of(found, "offered", list, place)
    numbers = [number_of({"offered": length}, "offered", 1.0, MAX_LENGTH_MIN, place) for length in offered]
    if not numbers or sorted(set(numbers)) != numbers:
        raise place.error("offered must be a list of lengths, each longer than the one before")
    usual = number_of(found, "usual", numbers[0], numbers[-1], place)
    return Lengths(usual, tuple(numbers))


def _variants(table: Mapping[str, object], place: Place) -> tuple[Variant, ...]:
    if "variants" not in table:
        return ()
    variants: list[Variant] = []
    for number, item in enumerate(value_of(table, "variants", list, place), start=1):
        own = Place(place.file, f"variants {number}")
        if not isinstance(item, dict):
            raise own.error("must be a table with id and title")
        refuse_unknown(item, _VARIANT_KEYS, own)
        inhale_s, rest_s, exhale_s = (
            number_of(item, key, 0.0, MAX_BREATH_PART_S, own) if key in item else 0.0
            for key in ("inhale_s", "rest_s", "exhale_s")
        )
        variant = Variant(_id(item, own), text_of(item, "title", own), inhale_s, rest_s, exhale_s)
        if variant.id in (other.id for other in variants):
            raise own.error(f"id {variant.id!r} is taken by another variant")
        variants.append(variant)
    if not variants:
        raise place.error("variants must hold at least one, or be left out")
    return tuple(variants)


def _refuse_wrong_filling(routine: Routine, place: Place) -> None:
    """A length needs a step that takes up what is left of it, whichever variant is chosen."""
    filling = [step for step in routine.steps if step.fill]
    if routine.lengths is None:
        if filling:
            raise place.error("a step with fill needs length_min")
        return
    for variant in routine.variants or (None,):
        own = [step for step in filling if not step.variants or (variant and variant.id in step.variants)]
        pauses = sum(step.fill is Fill.PAUSE for step in own)
        if not own or pauses > 1 or len(own) - pauses > 1:
            of = f" of variant {variant.id!r}" if variant else ""
            raise place.error(
                f"length_min needs a step{of} with fill: one that goes on, one with a pause, or one of each"
            )


def _steps(table: Mapping[str, object], place: Place, context: _Context) -> tuple[Step, ...]:
    tables = value_of(table, "steps", list, place)
    if not tables:
        raise place.error("has no steps")
    return tuple(_step(item, number, place.file, context) for number, item in enumerate(tables, start=1))


def _step(item: object, number: int, file: str, context: _Context) -> Step:
    place = Place(file, f"step {number}")
    if not isinstance(item, dict):
        raise place.error("must be a table")
    refuse_unknown(item, _STEP_KEYS, place)
    title = _spoken_text(item, "title", place)
    place = Place(file, f"step {number} ({title})")
    phase = Phase(one_of(item, "phase", [phase.value for phase in Phase], place))
    sentences = _sentences(item, "sentences", place, context)
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
        _whole(item, "repeats", MAX_REPEATS, place) if "repeats" in item else 1,
        Fill(one_of(item, "fill", [fill.value for fill in Fill], place)) if "fill" in item else None,
        yes_or_no(item, "shuffled", place),
        tuple(variants),
    )


def _hold_s(item: Mapping[str, object], phase: Phase, place: Place) -> float:
    if phase is Phase.TENSE:
        return number_of(item, "hold_s", 1.0, MAX_TENSION_S, place)
    return number_of(item, "hold_s", 0.0, MAX_HOLD_S, place) if "hold_s" in item else 0.0


def _whole(table: Mapping[str, object], key: str, most: int, place: Place) -> int:
    value = value_of(table, key, int, place)
    if not 1 <= value <= most:
        raise place.error(f"{key} must be from 1 to {most}, not {shown(value)}")
    return value


def _sentences(
    table: Mapping[str, object], key: str, place: Place, context: _Context
) -> tuple[Sentence, ...]:
    sentences = []
    for number, item in enumerate(value_of(table, key, list, place), start=1):
        if not isinstance(item, dict):
            raise place.error(f"{key} {number} must be a table with say and pause_s")
        sentence_place = Place(place.file, f"{place.step}, {key} {number}".removeprefix(", "))
        sentences.append(_sentence(item, sentence_place, context))
    return tuple(sentences)


def _sentence(item: Mapping[str, object], place: Place, context: _Context) -> Sentence:
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
