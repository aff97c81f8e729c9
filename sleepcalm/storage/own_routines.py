"""The folder for the user's own routines, and an example of one."""

from __future__ import annotations

from pathlib import Path

from sleepcalm.storage.atomic_file import SYSTEM, make_private_folder
from sleepcalm.storage.data_folder import OWN_ROUTINES

EXAMPLE_NAME = "example.toml"


def make_own_routines(data_folder: Path) -> Path:
    """The folder for own routines, which is there afterwards. Raises OSError."""
    folder = data_folder / OWN_ROUTINES
    make_private_folder(folder)
    return folder


def write_example(data_folder: Path, example: Path) -> Path:
    """Put a copy of `example` among the own routines, and give its path.

    Raises FileExistsError where there is one of the name, which is kept, and OSError.
    """
    content = example.read_bytes()
    target = make_own_routines(data_folder) / EXAMPLE_NAME
    descriptor = SYSTEM.create(target)
    try:
        try:
            SYSTEM.write(descriptor, content)
            SYSTEM.fsync(descriptor)
        finally:
            SYSTEM.close(descriptor)
    except BaseException:
        SYSTEM.unlink(target)
        raise
    SYSTEM.fsync_folder(target.parent)
    return target
