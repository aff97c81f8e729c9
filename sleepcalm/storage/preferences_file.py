"""Keeps the preferences in one readable JSON file, with whatever else stands in it."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import stat
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from sleepcalm.foreign_files import read_regular_file
from sleepcalm.preferences import Preferences
from sleepcalm.preferences_reading import preferences_from
from sleepcalm.storage.atomic_file import make_private_folder, write_atomically
from sleepcalm.storage.data_folder import PREFERENCES_NAME

MOST_BYTES = 5_000_000
"""No preferences take so much, by far."""


class PreferencesFile:
    """The preferences file of one data folder. Keys that this version does not know are kept."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / PREFERENCES_NAME
        self.complaints: tuple[str, ...] = ()
        """What `load` did not understand, a line for each preference."""
        self._unknown: dict[str, object] = {}
        self._is_in_the_way = False  # a file whose content is known to nobody, and must stay

    def load(self, now: datetime) -> tuple[Preferences, tuple[str, ...]]:
        """The preferences, and a line for everything about the file that the user should know.

        A damaged file is set aside under a name with `now` in it, and the defaults are given.
        A file that cannot be read or set aside is left alone. Nothing is raised for either.
        """
        try:
            content = read_regular_file(self.path, MOST_BYTES)
            self._keep_private()
            values = json.loads(content.decode("utf-8-sig"))
        except FileNotFoundError:
            return Preferences(), ()
        except OSError as error:
            self._is_in_the_way = True
            return Preferences(), (f"preferences could not be read ({error.strerror}); defaults are used",)
        except (ValueError, RecursionError):
            return Preferences(), (self._set_aside(now),)
        if not isinstance(values, dict):
            return Preferences(), (self._set_aside(now),)
        preferences, self.complaints = preferences_from(values)
        self._unknown = {key: value for key, value in values.items() if key not in asdict(preferences)}
        if len(self.complaints) <= 1:
            return preferences, tuple(f"preferences: {complaint}" for complaint in self.complaints)
        number = len(self.complaints)
        return preferences, (
            f"{number} preferences were not understood, their defaults are used; details: sleepcalm doctor",
        )

    def save(self, preferences: Preferences) -> None:
        """Write the file anew. Raises OSError; the file is then as it was before.

        One that `load` could neither read nor set aside is not replaced.
        """
        if self._is_in_the_way:
            raise OSError(errno.EEXIST, f"{self.path.name} cannot be read and is kept", str(self.path))
        text = json.dumps({**asdict(preferences), **self._unknown}, indent=2)
        make_private_folder(self.path.parent)
        write_atomically(self.path, (text + "\n").encode())

    def _keep_private(self) -> None:
        """An editor may have left the file open to others. A link is kept elsewhere on purpose."""
        with contextlib.suppress(OSError):  # somebody else's file keeps its mode
            status = self.path.lstat()
            if os.name != "nt" and stat.S_ISREG(status.st_mode) and stat.S_IMODE(status.st_mode) & 0o077:
                self.path.chmod(0o600)

    def _set_aside(self, now: datetime) -> str:
        try:
            aside = self._linked_aside(f"preferences.damaged-{now:%Y%m%d-%H%M%S-%f}")
            self.path.unlink()
        except OSError as error:
            self._is_in_the_way = True
            return f"preferences are damaged and could not be set aside ({error.strerror}); defaults are used"
        return f"preferences were damaged; the file is kept as {aside.name}, defaults are used"

    def _linked_aside(self, stem: str) -> Path:
        aside = self.path.with_name(f"{stem}.json")
        number = 1
        while True:
            try:
                os.link(self.path, aside)  # unlike a rename, never replaces a file that is there
            except FileExistsError:
                number += 1
                aside = self.path.with_name(f"{stem}-{number}.json")
            else:
                return aside
