"""Dated backups that rotate: the newest of each of 7 days, 5 weeks and 12 months is kept."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sleepcalm.storage.archive import write_archive
from sleepcalm.storage.atomic_file import SYSTEM, FileOperations
from sleepcalm.storage.errors import StorageError

__all__ = ["Backup", "Backups", "worth_keeping"]

DAILY = "daily"
_NAME = re.compile(r"sleepcalm-(\d{4}-\d{2}-\d{2}T\d{6})-([a-z0-9-]+?)(?:_\d+)?\.zip")


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup file, dated by its name in the civil time it was made in."""

    path: Path
    made_at: datetime
    occasion: str


class Backups:
    """The backups in one folder, of the given files and folders by the name each has in a backup."""

    def __init__(self, folder: Path, sources: Mapping[str, Path], files: FileOperations = SYSTEM) -> None:
        self._folder = folder
        self._sources = sources
        self._files = files

    def existing(self) -> list[Backup]:
        """All backups in the folder, newest first, whether they are good or not."""
        if not self._folder.is_dir():
            return []
        found = [
            Backup(entry, datetime.strptime(match[1], "%Y-%m-%dT%H%M%S"), match[2])  # noqa: DTZ007 (civil)
            for entry in self._folder.iterdir()
            if (match := _NAME.fullmatch(entry.name))
        ]
        return sorted(found, key=lambda backup: (backup.made_at, backup.path.name), reverse=True)

    def make(self, now: datetime, occasion: str = "on-demand", folder: Path | None = None) -> Path:
        """Make a backup, there or in another folder, and return its path once it has been read back.

        Never replaces a file and removes none. Raises StorageError, with no backup made.
        """
        folder = folder or self._folder
        stem = f"sleepcalm-{now:%Y-%m-%dT%H%M%S}-{occasion}"
        names = itertools.chain([f"{stem}.zip"], (f"{stem}_{number}.zip" for number in itertools.count(2)))
        target = next(folder / name for name in names if not (folder / name).exists())
        write_archive(target, self._sources, now, self._files)
        return target

    def make_if_due(self, now: datetime) -> Path | None:
        """Make the day's backup unless there is one, and then let older ones go. Raises StorageError."""
        daily = [backup for backup in self.existing() if backup.occasion == DAILY]
        if any(backup.made_at.date() == now.date() for backup in daily):
            return None
        made = self.make(now, DAILY)
        self._rotate()
        return made

    def _rotate(self) -> None:
        daily = {backup.made_at: backup for backup in self.existing() if backup.occasion == DAILY}
        for made_at in daily.keys() - worth_keeping(daily):
            try:
                self._files.unlink(daily[made_at].path)
            except OSError as error:
                raise StorageError(
                    f"The new backup is made, but an old one could not be removed ({error.strerror})."
                ) from error


def worth_keeping(
    moments: Iterable[datetime], days: int = 7, weeks: int = 5, months: int = 12
) -> set[datetime]:
    """The newest moment of each of the newest days, ISO weeks and months that have one.

    Counted over days that have a backup, not over the calendar: a pause of a year removes nothing.
    """
    newest_first = sorted(moments, reverse=True)
    kept: set[datetime] = set()
    periods: tuple[tuple[int, Callable[[datetime], Hashable]], ...] = (
        (days, lambda moment: moment.date()),
        (weeks, lambda moment: moment.isocalendar()[:2]),
        (months, lambda moment: (moment.year, moment.month)),
    )
    for count, period in periods:
        newest_of: dict[Hashable, datetime] = {}
        for moment in newest_first:
            newest_of.setdefault(period(moment), moment)
        kept.update(list(newest_of.values())[:count])
    return kept
