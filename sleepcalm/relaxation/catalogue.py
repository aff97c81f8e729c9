"""The routines found in one or more folders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sleepcalm.relaxation.routine import Kind, Routine
from sleepcalm.relaxation.routine_format import RoutineFormatError, read_routine


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Usable routines by id, sorted by kind and title, and a line for each file that is not usable."""

    routines: Mapping[str, Routine]
    errors: tuple[str, ...]

    def nearest_ids(self, wanted: str) -> list[str]:
        """The ids that look most like `wanted`; all of them when none does."""
        import difflib  # noqa: PLC0415 - only for a slip of the pen, and it delays every start

        return difflib.get_close_matches(wanted, self.routines, n=3, cutoff=0.5) or list(self.routines)


def read_catalogue(folders: Iterable[Path]) -> Catalogue:
    """Read every `*.toml` of the folders. A bad file never stops the others from loading."""
    routines: dict[str, Routine] = {}
    errors: list[str] = []
    for path in (path for folder in folders for path in sorted(folder.glob("*.toml"))):
        try:
            routine = read_routine(path)
        except RoutineFormatError as error:
            errors.append(str(error))
            continue
        if routine.id in routines:
            errors.append(f"{path.name}: id {routine.id!r} is taken by another routine")
        else:
            routines[routine.id] = routine
    kinds = list(Kind)
    in_order = sorted(routines.values(), key=lambda routine: (kinds.index(routine.kind), routine.title))
    return Catalogue({routine.id: routine for routine in in_order}, tuple(errors))
