"""Reads routine files (TOML, see docs/routine-format.md) strictly.

Strict means: a key that is unknown, missing or of the wrong type is an error, so that a slip of
the pen in a file is found when it is written and not when somebody lies in the dark.
"""

from __future__ import annotations

import re
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from sleepcalm.relaxation.muscle_groups import FILE_NAMES
from sleepcalm.relaxation.routine import Kind, Phase, Routine, Sentence, Step

MAX_PAUSE_S = 900.0
MAX_HOLD_S = 60.0
MAX_TENSION_S = 10.0
MAX_REPEATS = 100
MAX_SPOKEN = 2000
"""Sentences of a routine, repeats counted: some hours. More would only delay every start."""
MAX_FILE_BYTES = 250_000

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PLACEHOLDER = re.compile(r"\{[^}]*\}?|\}")
_ROUTINE_KEYS = frozenset({"id", "title", "kind", "summary", "sources", "cautions", "steps"})
_STEP_KEYS = frozenset({"title", "phase", "muscle_group", "sentences", "hold_s", "repeats"})
_SENTENCE_KEYS = frozenset({"say", "pause_s"})

_T = TypeVar("_T")


class RoutineFormatError(ValueError):
    """A routine file that cannot be used; the text is one line with file, step and reason."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the file a value stands, for the error line."""

    file: str
    step: str = ""

    def error(self, reason: str) -> RoutineFormatError:
        where = f"{self.file}, {self.step}" if self.step else self.file
        return RoutineFormatError(f"{where}: {reason}")


def read_routine(path: Path) -> Routine:
    """Read and check one routine file. Raises RoutineFormatError."""
    place = _Place(path.name)
    try:
        found = path.stat()
        if stat.S_ISFIFO(found.st_mode) or stat.S_ISCHR(found.st_mode):
            raise place.error("is not a file")  # and reading it might never end
        if found.st_size > MAX_FILE_BYTES:
            raise place.error(f"is larger than {MAX_FILE_BYTES // 1000} kB, which no routine needs")
        text = path.read_text(encoding="utf-8-sig")  # some editors begin a file with a mark
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8 text"
        raise place.error(f"cannot be read: {reason}") from error
    return parse_routine(text, path.name)


def parse_routine(text: str, file_name: str) -> Routine:
    """Check the text of a routine file; `file_name` is named in errors. Raises RoutineFormatError."""
    place = _Place(file_name)
    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # ValueError alone: a number of thousands of digits
        raise place.error(f"is not valid TOML: {error}") from error
    _refuse_unknown(table, _ROUTINE_KEYS, place)
    routine_id = _text(table, "id", place)
    if not _ID.fullmatch(routine_id):
        raise place.error(f"id {routine_id!r} must be lower-case words joined by hyphens")
    routine = Routine(
        id=routine_id,
        title=_text(table, "title", place),
        kind=Kind(_one_of(table, "kind", [kind.value for kind in Kind], place)),
        summary=_text(table, "summary", place),
        sources=tuple(_texts(table, "sources", place)),
        cautions=_sentences(table, "cautions", place),
        steps=_steps(table, place),
    )
    spoken = len(routine.cautions) + sum(len(step.sentences) * step.repeats for step in routine.steps)
    if spoken > MAX_SPOKEN:
        raise place.error(f"has {spoken} sentences with all repeats; {MAX_SPOKEN} is the most")
    return routine


def _steps(table: Mapping[str, object], place: _Place) -> tuple[Step, ...]:
    tables = _value(table, "steps", list, place)
    if not tables:
        raise place.error("has no steps")
    return tuple(_step(item, number, place.file) for number, item in enumerate(tables, start=1))


def _step(item: object, number: int, file: str) -> Step:
    place = _Place(file, f"step {number}")
    if not isinstance(item, dict):
        raise place.error("must be a table")
    if isinstance(item.get("title"), str):
        place = _Place(file, f"step {number} ({item['title']})")
    _refuse_unknown(item, _STEP_KEYS, place)
    title = _spoken_text(item, "title", place)
    phase = Phase(_one_of(item, "phase", [phase.value for phase in Phase], place))
    sentences = _sentences(item, "sentences", place)
    if not sentences:
        raise place.error("has no sentences; announce a silence before it begins")
    hold_s = _hold_s(item, phase, place)
    group = _one_of(item, "muscle_group", sorted(FILE_NAMES), place) if "muscle_group" in item else None
    if phase is Phase.TENSE and group is None:
        raise place.error("a tense step must name its muscle_group")
    repeats = _repeats(item, place)
    return Step(title, phase, sentences, group, hold_s, repeats)


def _hold_s(item: Mapping[str, object], phase: Phase, place: _Place) -> float:
    if phase is Phase.TENSE:
        return _number(item, "hold_s", 1.0, MAX_TENSION_S, place)
    return _number(item, "hold_s", 0.0, MAX_HOLD_S, place) if "hold_s" in item else 0.0


def _repeats(item: Mapping[str, object], place: _Place) -> int:
    repeats = _value(item, "repeats", int, place) if "repeats" in item else 1
    if not 1 <= repeats <= MAX_REPEATS:
        raise place.error(f"repeats must be from 1 to {MAX_REPEATS}, not {repeats}")
    return repeats


def _sentences(table: Mapping[str, object], key: str, place: _Place) -> tuple[Sentence, ...]:
    sentences = []
    for number, item in enumerate(_value(table, key, list, place), start=1):
        if not isinstance(item, dict):
            raise place.error(f"{key} {number} must be a table with say and pause_s")
        sentence_place = _Place(place.file, f"{place.step}, {key} {number}".removeprefix(", "))
        _refuse_unknown(item, _SENTENCE_KEYS, sentence_place)
        pause_s = _number(item, "pause_s", 0.0, MAX_PAUSE_S, sentence_place)
        sentences.append(Sentence(_spoken_text(item, "say", sentence_place), pause_s))
    return tuple(sentences)


def _spoken_text(table: Mapping[str, object], key: str, place: _Place) -> str:
    text = _text(table, key, place)
    for placeholder in _PLACEHOLDER.findall(text):
        if placeholder not in ("{dominant}", "{other}"):
            raise place.error(f"{key} holds {placeholder!r}; only {{dominant}} and {{other}} are known")
    return text


def _refuse_unknown(table: Mapping[str, object], known: frozenset[str], place: _Place) -> None:
    unknown = sorted(table.keys() - known)
    if unknown:
        raise place.error(f"unknown key {unknown[0]!r}; known are {', '.join(sorted(known))}")


def _value(table: Mapping[str, object], key: str, kind: type[_T], place: _Place) -> _T:
    if key not in table:
        raise place.error(f"{key} is missing")
    value = table[key]
    if not isinstance(value, kind) or isinstance(value, bool):
        names = {str: "text", list: "a list", int: "a whole number"}
        raise place.error(f"{key} must be {names[kind]}, not {value!r}")
    return value


def _text(table: Mapping[str, object], key: str, place: _Place) -> str:
    text = _value(table, key, str, place)
    if not text.strip() or text != " ".join(text.split()) or not text.isprintable():
        raise place.error(f"{key} must be text on one line, without spare spaces or control characters")
    return text


def _texts(table: Mapping[str, object], key: str, place: _Place) -> list[str]:
    texts = _value(table, key, list, place)
    for text in texts:
        if not isinstance(text, str) or not text.strip() or not text.isprintable():
            raise place.error(f"{key} must be a list of texts, not {text!r}")
    return texts


def _one_of(table: Mapping[str, object], key: str, allowed: list[str], place: _Place) -> str:
    value = _text(table, key, place)
    if value not in allowed:
        raise place.error(f"{key} {value!r} is not one of {', '.join(allowed)}")
    return value


def _number(table: Mapping[str, object], key: str, low: float, high: float, place: _Place) -> float:
    if key not in table:
        raise place.error(f"{key} is missing")
    value = table[key]
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise place.error(f"{key} must be a number from {low:g} to {high:g}, not {value!r}")
    return float(value)
