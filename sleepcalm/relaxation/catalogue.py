"""The routines found in one or more folders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sleepcalm.foreign_files import printable
from sleepcalm.relaxation.routine import Kind, Routine, RoutineHead
from sleepcalm.relaxation.routine_format import read_head, read_routine, stated_id
from sleepcalm.relaxation.strict_values import RoutineFormatError, shown


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Usable routines by id, sorted by kind, place and title, and a line for each file that is not usable."""

    routines: Mapping[str, Routine]
    errors: tuple[str, ...]
    unusable: Mapping[str, str] = field(default_factory=dict)
    """Why there is no such routine, by the names of the files that are not usable and the ids in them."""

    @property
    def heads(self) -> tuple[RoutineHead, ...]:
        """What a list shows of each routine; it does not wait for the steps of any."""
        if isinstance(self.routines, _ReadWhenAskedFor):
            return self.routines.heads
        return tuple(routine.head for routine in self.routines.values())

    def first_of(self, *wanted: str) -> str:
        """The first of those ids that is there, else the first routine of all, else ""."""
        return next((name for name in wanted if name in self.routines), next(iter(self.routines), ""))

    def nearest_ids(self, wanted: str) -> list[str]:
        """The three ids, or as many as there are, that look most like `wanted`."""
        import difflib  # noqa: PLC0415 - only for a slip of the pen, and it delays every start

        return difflib.get_close_matches(wanted, self.routines, n=3, cutoff=0.0)


def read_catalogue(folders: Iterable[Path], *, trusted: Path | None = None) -> Catalogue:
    """Read every `*.toml` of the folders. A bad file never stops the others from loading.

    `trusted` is a folder that comes before them and whose files are right, as the shipped ones are: only
    their heads are read here, the steps when a routine is asked for. If such a file is wrong all the
    same, asking for its routine raises RoutineFormatError.
    """
    found: dict[str, tuple[RoutineHead, Routine | Path]] = {}
    errors: list[str] = []
    unusable: dict[str, str] = {}
    trusted_paths = routine_files(trusted) if trusted else []
    own_paths: list[Path] = []
    for folder in folders:
        try:
            own_paths += routine_files(folder)
        except OSError as error:
            errors.append(f"{printable(folder.name)}: the folder cannot be read: {error.strerror}")
    for path in (*trusted_paths, *own_paths):
        try:
            routine = path if path in trusted_paths else read_routine(path)
            head = routine.head if isinstance(routine, Routine) else read_head(path)
        except RoutineFormatError as error:
            errors.append(str(error))
            unusable |= dict.fromkeys((path.stem, stated_id(path)), str(error))
            continue
        if head.id in found:
            errors.append(f"{printable(path.name)}: id {shown(head.id)} is taken by another routine")
        else:
            found[head.id] = (head, routine)
    in_order = sorted(found.values(), key=lambda each: _order(each[0]))
    routines = _ReadWhenAskedFor({head.id: (head, routine) for head, routine in in_order})
    return Catalogue(routines if trusted else dict(routines), tuple(errors), unusable)


def routine_files(folder: Path) -> list[Path]:
    """Every `*.toml` of a folder, in order; none where there is no such folder. Raises OSError."""
    try:
        return sorted(path for path in folder.iterdir() if path.name.endswith(".toml"))
    except FileNotFoundError:
        return []


def _order(head: RoutineHead) -> tuple[int, int, str]:
    return list(Kind).index(head.kind), head.place, head.title


class _ReadWhenAskedFor(Mapping[str, Routine]):
    """Routines by id, each with its head, and read from its file when somebody wants to hear it."""

    def __init__(self, found: dict[str, tuple[RoutineHead, Routine | Path]]) -> None:
        self._found = found

    @property
    def heads(self) -> tuple[RoutineHead, ...]:
        return tuple(head for head, _ in self._found.values())

    def __getitem__(self, routine_id: str) -> Routine:
        head, routine = self._found[routine_id]
        if isinstance(routine, Path):
            routine = read_routine(routine)
            self._found[routine_id] = (head, routine)
        return routine

    def __contains__(self, routine_id: object) -> bool:
        return routine_id in self._found

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)
