"""The ladder that brings a record of an earlier schema version up to the present one, a rung a version."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from sleepcalm.storage.documents import plain_copy
from sleepcalm.storage.errors import StorageError

__all__ = ["LADDER", "Ladder", "MigrationError", "Rung", "Tree"]

Tree: TypeAlias = dict[str, dict[str, Any]]
"""Documents by table and key."""


class MigrationError(StorageError):
    """A record could not be brought to the next schema version; it is as it was."""


@dataclass(frozen=True, slots=True)
class Rung:
    """The step from one schema version to the next: a pure function from all tables to all tables."""

    from_version: int
    what: str
    climb: Callable[[Tree], Tree]

    def apply(self, tree: Tree) -> Tree:
        """The tree at the next version; the one given is not touched. Raises MigrationError."""
        try:
            return self.climb(plain_copy(tree))
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            raise MigrationError(
                f"The record is of version {self.from_version} and could not be brought to version "
                f"{self.from_version + 1} ({self.what}: {error!r}). It was not changed."
            ) from error


class Ladder:
    """All rungs from version 1 to the present version, without a gap."""

    def __init__(self, rungs: tuple[Rung, ...] = ()) -> None:
        if [rung.from_version for rung in rungs] != list(range(1, len(rungs) + 1)):
            raise ValueError("the rungs have to lead from version 1 upwards without a gap")
        self._rungs = rungs

    @property
    def version(self) -> int:
        """The schema version that this program writes."""
        return len(self._rungs) + 1

    def rungs_from(self, version: int) -> tuple[Rung, ...]:
        return self._rungs[version - 1 :]

    def climb(
        self,
        tree: Tree,
        version: int,
        before_rung: Callable[[Tree, Rung], object] = lambda _tree, _rung: None,
    ) -> Tree:
        """The tree at the present version. `before_rung` is called with the tree that a rung starts from.

        Raises MigrationError if a rung fails, and lets the errors of `before_rung` through.
        """
        for rung in self.rungs_from(version):
            before_rung(tree, rung)
            try:
                tree = rung.climb(plain_copy(tree))
            except (ArithmeticError, LookupError, TypeError, ValueError) as error:
                raise MigrationError(
                    f"The record is of version {rung.from_version} and could not be brought to version "
                    f"{rung.from_version + 1} ({rung.what}: {error!r}). It was not changed."
                ) from error
        return tree


def _trials_and_questions(tree: Tree) -> Tree:
    """All stays as it is. The version keeps programs that know no trials from writing to a record of them."""
    return tree


def _what_happened_in_a_practice(tree: Tree) -> Tree:
    """All stays as it is: what an earlier program did not note is not known. The version keeps programs
    that do not know of it from dropping it."""
    return tree


def _the_place_of_a_practice(tree: Tree) -> Tree:
    """All stays as it is: earlier practices tell their place as a share alone. The version keeps programs
    that do not know of it from dropping it."""
    return tree


LADDER = Ladder(
    (
        Rung(1, "trials and questions join the record", _trials_and_questions),
        Rung(2, "what happened in a practice joins the record", _what_happened_in_a_practice),
        Rung(3, "the place at which a practice was left joins the record", _the_place_of_a_practice),
    )
)
"""The program's own. A rung is added with each change of the schema, never changed afterwards."""
