"""When a doctor is a better answer than a trial, and what to be careful with: the same for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sleepcalm.minerals.seed_file import SeedFileError, Table, read_toml


class When(StrEnum):
    DOCTOR = "doctor"
    AT_ONCE = "at_once"


class About(StrEnum):
    SUPPLEMENT = "supplement"
    RELAXATION = "relaxation"


@dataclass(frozen=True, slots=True)
class RedFlag:
    id: str
    when: When
    sentence: str


@dataclass(frozen=True, slots=True)
class Caution:
    id: str
    about: About
    sentence: str


@dataclass(frozen=True, slots=True)
class RedFlags:
    """In the order of the file. `doctor` and `at_once` are the sentences above the flags of that kind."""

    doctor: str
    at_once: str
    flags: tuple[RedFlag, ...]
    cautions: tuple[Caution, ...]

    def flags_for(self, when: When) -> tuple[RedFlag, ...]:
        return tuple(flag for flag in self.flags if flag.when is when)

    def cautions_about(self, about: About) -> tuple[Caution, ...]:
        return tuple(caution for caution in self.cautions if caution.about is about)


def load_red_flags(path: Path) -> RedFlags:
    """Raises SeedFileError, or OSError where the file cannot be read."""
    top = read_toml(path)
    top.allow_only(("source", "doctor", "at_once", "flag", "caution"))
    top.text("source")
    found = RedFlags(
        doctor=top.text("doctor"),
        at_once=top.text("at_once"),
        flags=tuple(map(_flag, top.tables("flag"))),
        cautions=tuple(map(_caution, top.tables("caution"))),
    )
    ids = [*(flag.id for flag in found.flags), *(caution.id for caution in found.cautions)]
    if twice := next((name for name in ids if ids.count(name) > 1), None):
        raise SeedFileError(path, "top", f"id {twice!r} is there twice")
    return found


def _flag(table: Table) -> RedFlag:
    table.allow_only(("id", "when", "sentence"))
    return RedFlag(table.text("id"), table.choice("when", When), table.text("sentence"))


def _caution(table: Table) -> Caution:
    table.allow_only(("id", "about", "sentence"))
    return Caution(table.text("id"), table.choice("about", About), table.text("sentence"))
