"""Deleting everything that the user recorded, without a way back."""

from __future__ import annotations

import shutil
from pathlib import Path

from sleepcalm.storage.atomic_file import SYSTEM
from sleepcalm.storage.data_folder import (
    BACKUPS,
    CONVERTED_SOUNDS,
    GENERATIONS,
    PREFERENCES_NAME,
    RECORD_NAME,
    RENDERED_VOICES,
    SET_ASIDE,
)


def delete_everything(data_folder: Path) -> list[Path]:
    """Delete the record with its bin, its earlier states and its backups, the preferences, the
    rendered voices and the loops made of the user's sounds.

    Gives what is left in the folder: what the user has put there. The caller holds the writer's lock.
    Raises OSError; what was deleted by then stays deleted.
    """
    for name in (BACKUPS, GENERATIONS, SET_ASIDE, RENDERED_VOICES, CONVERTED_SOUNDS):
        folder = data_folder / name
        if folder.is_dir() and not folder.is_symlink():
            shutil.rmtree(folder)
    for path in (
        data_folder / RECORD_NAME,
        data_folder / PREFERENCES_NAME,
        *data_folder.glob("preferences.damaged-*"),
    ):
        path.unlink(missing_ok=True)
    SYSTEM.fsync_folder(data_folder)
    return sorted(data_folder.iterdir())
