"""The generations of the record before this one: hard links to earlier files, a handful of them."""

from __future__ import annotations

import errno
import re
from typing import TYPE_CHECKING

from sleepcalm.storage.atomic_file import SYSTEM, FileOperations, make_private_folder, write_atomically
from sleepcalm.storage.data_folder import GENERATIONS

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Generations"]

_NAME = re.compile(r"(?P<stem>.+)-(?P<number>\d{10})\.json")
_NO_HARD_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EXDEV, errno.EMLINK}


class Generations:
    """The kept generations of one file, in a folder beside it."""

    def __init__(self, path: Path, *, keep: int = 5, files: FileOperations = SYSTEM) -> None:
        self._path = path
        self._folder = path.parent / GENERATIONS
        self._keep = keep
        self._files = files

    def kept(self) -> dict[int, Path]:
        """The kept files by generation number, newest first, good or not."""
        if not self._folder.is_dir():
            return {}
        numbered = {
            int(match["number"]): entry
            for entry in self._folder.iterdir()
            if (match := _NAME.fullmatch(entry.name)) and match["stem"] == self._path.stem
        }
        return dict(sorted(numbered.items(), reverse=True))

    def path(self, number: int) -> Path:
        return self._folder / f"{self._path.stem}-{number:010d}.json"

    def keep(self, number: int) -> None:
        """Keep the file as it is now, as the given generation, unless it is kept already.

        Raises OSError when it cannot be kept. Where the file system has no hard links it is copied.
        """
        kept = self.path(number)
        if kept.exists():
            return
        make_private_folder(self._folder)
        try:
            self._files.link(self._path, kept)
        except FileNotFoundError:
            return  # somebody took the file away; there is nothing left to keep
        except OSError as error:
            if error.errno not in _NO_HARD_LINKS:
                raise
            write_atomically(kept, self._path.read_bytes(), self._files)

    def forget_oldest(self) -> None:
        """Remove all but the newest few. Raises OSError; what stays has its turn the next time."""
        for path in list(self.kept().values())[self._keep :]:
            self._files.unlink(path)

    @property
    def overdue(self) -> bool:
        """Nobody has called `forget_oldest` for a while."""
        return len(self.kept()) >= 2 * self._keep
