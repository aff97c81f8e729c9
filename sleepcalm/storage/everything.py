"""Deleting everything that the user recorded, without a way back."""

from __future__ import annotations

import shutil
from pathlib import Path

from sleepcalm.storage.archive import RECORD_NAME
from sleepcalm.storage.atomic_file import SYSTEM
from sleepcalm.storage.preferences_file import FILE_NAME
from sleepcalm.storage.set_aside import FOLDER as SET_ASIDE

FOLDERS = ("backups", "generations", SET_ASIDE)


def delete_everything(data_folder: Path) -> list[Path]:
    """Delete the record with its bin, its earlier states and its backups, and the preferences.

    Gives what is left in the folder: what the user has put there. The caller holds the writer's lock.
    Raises OSError; what was deleted by then stays deleted.
    """
    for name in FOLDERS:
        folder = data_folder / name
        if folder.is_dir() and not folder.is_symlink():
            shutil.rmtree(folder)
    for path in (
        data_folder / RECORD_NAME,
        data_folder / FILE_NAME,
        *data_folder.glob("preferences.damaged-*"),
    ):
        path.unlink(missing_ok=True)
    SYSTEM.fsync_folder(data_folder)
    return sorted(data_folder.iterdir())
