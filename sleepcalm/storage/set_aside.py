"""Put a file out of the way under a dated name, never over another one."""

from __future__ import annotations

import itertools
import os
from typing import TYPE_CHECKING

from sleepcalm.storage.atomic_file import make_private_folder, write_atomically
from sleepcalm.storage.data_folder import SET_ASIDE

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

__all__ = ["set_aside"]


def set_aside(path: Path, why: str, now: datetime) -> Path:
    """Keep the file under a dated name in the folder `set-aside` beside it, and return that name.

    The file itself stays until it is replaced, so that there is no moment without one. Raises OSError.
    """
    folder = path.parent / SET_ASIDE
    make_private_folder(folder)
    stem = f"{path.stem}-{now:%Y-%m-%dT%H%M%S}-{why}"
    for attempt in itertools.count(1):
        target = folder / f"{stem}{'' if attempt == 1 else f'-{attempt}'}{path.suffix}"
        try:
            os.link(path, target)
        except FileExistsError:
            continue
        except OSError:
            if target.exists():
                continue
            write_atomically(target, path.read_bytes())  # no hard links here: a copy serves as well
        return target
    raise AssertionError("unreachable")
