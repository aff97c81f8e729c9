"""What to do about a record that is not as it was written, before anything opens it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import Enum
from typing import TYPE_CHECKING

from sleepcalm.foreign_files import read_regular_file
from sleepcalm.storage.archive import record_in_archive
from sleepcalm.storage.atomic_file import make_private_folder, write_atomically
from sleepcalm.storage.differences import Difference, differences
from sleepcalm.storage.documents import EncodedTables
from sleepcalm.storage.errors import DamagedRecordError, StorageError
from sleepcalm.storage.generations import Generations
from sleepcalm.storage.record_file import Damaged, Edited, Header, Intact, compose, judge
from sleepcalm.storage.set_aside import set_aside

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "ChangedOutsideError",
    "Problem",
    "RecoveryReport",
    "WhenChanged",
    "examine",
    "look_past",
    "settle",
]


class Problem(Enum):
    """What is wrong with the record's file."""

    DAMAGED = "damaged"
    MISSING = "missing"
    CHANGED_OUTSIDE = "changed by something other than SleepCalm"
    OLDER = "an earlier one than the last that was saved"


class WhenChanged(Enum):
    """What to do with a file that can be read but is not the one that was written last."""

    ASK = "ask"
    """Raise ChangedOutsideError, which says what is different."""
    ACCEPT = "accept"
    """Go on from the file as it is."""
    RESTORE = "restore"
    """Set it aside and go on from the newest good generation."""


@dataclass(frozen=True, slots=True)
class RecoveryReport:
    """What was found, what was done, and what may be missing, for the user to read."""

    problem: Problem
    reason: str
    set_aside: Path | None
    """Where the file that was found lies now; None if there was none, or nothing was changed on disk."""
    went_on_from: Path | None
    """The generation, the backup or the file itself; None if nothing readable was left."""
    saved_at: datetime | None
    """When what the record now holds was saved."""
    last_changed: datetime | None
    """When the file that was found was last written to."""
    perhaps_missing: tuple[str, ...]
    """Dates and other keys that the damaged file names and the restored record lacks or holds differently."""

    def __str__(self) -> str:
        parts = [f"The record is {self.problem.value} ({self.reason})."]
        if self.went_on_from is None:
            parts.append("Nothing to restore it from was found, so it begins empty.")
        elif self.saved_at is not None:
            parts.append(f"It goes on from what was saved at {self.saved_at:%Y-%m-%d %H:%M %Z}.")
        if self.perhaps_missing:
            shown = ", ".join(self.perhaps_missing[:7])
            more = f" and {len(self.perhaps_missing) - 7} more" if len(self.perhaps_missing) > 7 else ""
            parts.append(f"Perhaps missing: {shown}{more}.")
        elif self.saved_at is not None and self.problem is not Problem.CHANGED_OUTSIDE:
            parts.append("What was saved after that may be missing.")
        if self.set_aside is not None:
            parts.append(f"The file that was found is kept as {self.set_aside}.")
        return " ".join(parts)


@dataclass(frozen=True, slots=True)
class Examination:
    """What is wrong with the file, and the newest good state to go back to."""

    problem: Problem
    reason: str
    found: Intact | Edited | None
    """The content of the file, where it can be read."""
    source: Path | None
    newest_good: Intact | None
    newest_number: int


class ChangedOutsideError(StorageError):
    """The file is readable but not what was written last: somebody has to say which one to go on from."""

    def __init__(self, path: Path, examination: Examination) -> None:
        self.problem = examination.problem
        self.offered: datetime | None = None
        """When the newest good generation was saved; None if there is none."""
        self.differences: tuple[Difference, ...] = ()
        """What going back to the newest good generation would change in the file's content."""
        if examination.newest_good is not None and examination.found is not None:
            self.offered = examination.newest_good.header.saved_at
            self.differences = differences(examination.found.tables, examination.newest_good.tables)
        super().__init__(
            f"{path} is {examination.problem.value} ({examination.reason}). Nothing was changed: "
            "use it as it is, or restore the last good state."
        )


def examine(path: Path, backups: Iterable[Path] = ()) -> Examination | None:
    """Look at the record's file without changing anything; None if it is as it should be, or never was.

    `backups` are backup files, newest first, to fall back on when no generation is good.
    Raises StorageError when a file is there but cannot be read: that is not damage.
    """
    kept = Generations(path).kept()
    newest_number = next(iter(kept), 0)
    verdict = _judge_file(path)
    if isinstance(verdict, Intact):
        newer = _first_good({number: kept[number] for number in kept if number > verdict.header.generation})
        if newer is None:
            return None
        reason = f"it was saved at {verdict.header.saved_at:%Y-%m-%d %H:%M %Z}"
        return Examination(Problem.OLDER, reason, verdict, *newer, newest_number)
    source, newest_good = _first_good(kept) or _first_backup(backups) or (None, None)
    if isinstance(verdict, Edited):
        return Examination(
            Problem.CHANGED_OUTSIDE, verdict.reason, verdict, source, newest_good, newest_number
        )
    if isinstance(verdict, Damaged):
        return Examination(Problem.DAMAGED, verdict.reason, None, source, newest_good, newest_number)
    if not kept and newest_good is None:
        return None
    return Examination(Problem.MISSING, "its file is gone", None, source, newest_good, newest_number)


def settle(
    path: Path,
    *,
    now: datetime,
    backups: Iterable[Path] = (),
    when_changed: WhenChanged = WhenChanged.ASK,
    fallback_version: int = 1,
) -> RecoveryReport | None:
    """Leave an intact file at path, or none where there never was one; None if all was well.

    Only for the holder of the writer lock. The file that was found is set aside, never overwritten. Where
    nothing readable is left the record begins empty, at `fallback_version`, and the report says so.
    """
    examination = examine(path, backups)
    if examination is None:
        return None
    chosen = _choose(path, examination, when_changed)
    report = _report(path, examination, chosen)
    kept_as = set_aside(path, _why(examination.problem), now) if path.exists() else None
    version = chosen.header.schema_version if chosen else fallback_version
    header = Header(version, examination.newest_number + 1, now)
    make_private_folder(path.parent)
    write_atomically(path, compose(header, chosen.tables if chosen else {}))
    return replace(report, set_aside=kept_as)


def look_past(path: Path, backups: Iterable[Path]) -> tuple[Intact | Edited, RecoveryReport] | None:
    """What a reader is shown in place of a file that is not as it should be; None if it is.

    Changes nothing. Raises DamagedRecordError if nothing readable is left, StorageError like `examine`.
    """
    examination = examine(path, backups)
    if examination is None:
        return None
    shown = examination.newest_good or examination.found
    report = _report(path, examination, shown)
    if shown is None:
        raise DamagedRecordError(
            f"The record is {report.problem.value} ({report.reason}). Nothing was changed."
        )
    return shown, report


def _report(path: Path, examination: Examination, chosen: Intact | Edited | None) -> RecoveryReport:
    found = path.read_bytes() if path.exists() else b""
    perhaps_missing: tuple[str, ...] = ()
    if examination.found is None:
        perhaps_missing = _perhaps_missing(found, chosen.tables if chosen else {})
    return RecoveryReport(
        examination.problem,
        examination.reason,
        None,
        path if chosen is not None and chosen is examination.found else examination.source,
        chosen.header.saved_at if chosen else None,
        datetime.fromtimestamp(path.stat().st_mtime, UTC) if path.exists() else None,
        perhaps_missing,
    )


def _choose(path: Path, examination: Examination, when_changed: WhenChanged) -> Intact | Edited | None:
    if examination.found is None:
        return examination.newest_good
    if when_changed is WhenChanged.ASK:
        raise ChangedOutsideError(path, examination)
    if when_changed is WhenChanged.RESTORE and examination.newest_good is not None:
        return examination.newest_good
    return examination.found


def _why(problem: Problem) -> str:
    return "damaged" if problem is Problem.DAMAGED else "changed-outside"


def _judge_file(path: Path) -> Intact | Edited | Damaged | None:
    try:
        return judge(read_regular_file(path))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StorageError(f"{path} could not be read ({error.strerror}). Nothing was changed.") from error


def _first_good(kept: dict[int, Path]) -> tuple[Path, Intact] | None:
    for source in kept.values():
        verdict = _judge_file(source)
        if isinstance(verdict, Intact):
            return source, verdict
    return None


def _first_backup(backups: Iterable[Path]) -> tuple[Path, Intact] | None:
    for source in backups:
        try:
            return source, record_in_archive(source)
        except StorageError:
            continue  # a backup that is damaged itself is no help; the one before it may be
    return None


_DOCUMENT = re.compile(rb'(?:.*?"tables":\{"[^"]*":\{|\},"[^"]*":\{|,)?"((?:[^"\\]|\\.)*)":(\{.*)')


def _documents(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Key and text of each document that a file of ours names, however damaged it is: one a line."""
    for line in content.split(b"\n"):
        if match := _DOCUMENT.match(line):
            yield match[1].decode("utf-8", "replace"), match[2]


def _perhaps_missing(found: bytes, restored: EncodedTables) -> tuple[str, ...]:
    there = {
        (key, bytes(document).strip())
        for table in restored.values()
        if isinstance(table, Mapping)
        for key, document in table.items()
    }
    return tuple(sorted({key for key, text in _documents(found) if (key, text) not in there}))
