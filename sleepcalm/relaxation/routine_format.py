"""Reads routine files (TOML, see docs/routine-format.md) strictly.

Strict means: a key that is unknown, missing or of the wrong type is an error, so that a slip of
the pen in a file is found when it is written and not when somebody lies in the dark.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Mapping
from pathlib import Path

from sleepcalm.foreign_files import parsed_toml
from sleepcalm.relaxation.drafts import MAX_SPOKEN
from sleepcalm.relaxation.routine import LAST_PLACE, Fill, Kind, Lengths, Routine, RoutineHead, Variant
from sleepcalm.relaxation.step_format import Context, sentences_of, steps_of
from sleepcalm.relaxation.strict_values import (
    Place,
    RoutineFormatError,
    count_of,
    number_of,
    one_of,
    refuse_unknown,
    shown,
    text_of,
    texts_of,
    value_of,
)

MAX_LENGTH_MIN = 720.0
MAX_BREATH_PART_S = 30.0
MAX_FILE_BYTES = 250_000

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_STATED_ID = re.compile(rf"""^id\s*=\s*["']({_ID.pattern})["']""", re.MULTILINE)
_ROUTINE_KEYS = frozenset(
    {"id", "title", "kind", "summary", "sources", "cautions", "steps", "length_min", "variants", "place"}
)
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
    try:
        return parsed_toml(text)
    except ValueError as error:
        raise place.error(str(error)) from error


def _head(table: Mapping[str, object], place: Place) -> RoutineHead:
    return RoutineHead(
        id=_id(table, place),
        title=text_of(table, "title", place),
        kind=Kind(one_of(table, "kind", [kind.value for kind in Kind], place)),
        summary=text_of(table, "summary", place),
        place=count_of(table, "place", LAST_PLACE, place) if "place" in table else LAST_PLACE,
    )


def parse_routine(text: str, file_name: str) -> Routine:
    """Check the text of a routine file; `file_name` is named in errors. Raises RoutineFormatError."""
    place = Place(file_name)
    table = _parsed(text, place)
    refuse_unknown(table, _ROUTINE_KEYS, place)
    head = _head(table, place)
    lengths = _lengths(table, place)
    variants = _variants(table, place)
    context = Context(lengths, {variant.id: variant for variant in variants})
    routine = Routine(
        id=head.id,
        title=head.title,
        kind=head.kind,
        summary=head.summary,
        sources=tuple(texts_of(table, "sources", place)),
        cautions=sentences_of(table, "cautions", place, Context(None, {})),
        steps=steps_of(table, place, context),
        lengths=lengths,
        variants=variants,
        place=head.place,
    )
    spoken = len(routine.cautions) + sum(len(step.sentences) * step.repeats for step in routine.steps)
    if spoken > MAX_SPOKEN:
        raise place.error(f"has {spoken} sentences with all repeats; {MAX_SPOKEN} is the most")
    _refuse_wrong_filling(routine, place)
    return routine


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
            raise own.error(f"id {shown(variant.id)} is taken by another variant")
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
            of = f" of variant {shown(variant.id)}" if variant else ""
            raise place.error(
                f"length_min needs a step{of} with fill: one that goes on, one with a pause, or one of each"
            )
