"""Files that others may have put there: read only if they are files, and named so that a line stays one."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import Any

MAX_STOPS_IN_LINE = 100
"""The parser takes memory by the square of the parts of a dotted key: one line could take all there is."""

_LONGEST_REASON = 80


def read_regular_file(path: Path, most_bytes: int | None = None) -> bytes:
    """The content of an ordinary file; never waits for one that may not end, as a pipe or a device.

    Raises OSError, also for what is no ordinary file, and for one of more than `most_bytes`.
    """
    _refuse(path.stat(), path, most_bytes)  # before it is opened: that alone can start something in a device
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(descriptor, "rb") as file:
        _refuse(os.fstat(descriptor), path, most_bytes)
        return file.read(-1 if most_bytes is None else most_bytes)


def _refuse(status: os.stat_result, path: Path, most_bytes: int | None) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "it is no ordinary file", str(path))
    if most_bytes is not None and status.st_size > most_bytes:
        size = f"{most_bytes / 1e6:g} MB" if most_bytes >= 1e6 else f"{most_bytes / 1e3:g} kB"
        raise OSError(errno.EFBIG, f"it is larger than {size}", str(path))


def parsed_toml(text: str) -> dict[str, Any]:
    """The table of a TOML text. Raises ValueError, which says on one short line what is wrong with it."""
    import tomllib  # noqa: PLC0415 - most of what starts up needs none

    if any(line.count(".") > MAX_STOPS_IN_LINE for line in text.split("\n")):
        raise ValueError(f"has a line with more than {MAX_STOPS_IN_LINE} full stops")
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # ValueError alone: a number of thousands of digits
        reason = " ".join(str(error).split())[:_LONGEST_REASON]
        raise ValueError(f"is not valid TOML: {reason}") from error


def resolved(path: Path) -> Path:
    """The real path, without links in it; what it leads to need not be there.

    Raises OSError for links that lead in a circle. Path.resolve passes them by since Python 3.13, and raises
    a RuntimeError before.
    """
    found = Path(os.path.realpath(path))
    try:
        found.stat()
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path)) from error
    return found


def printable(name: str) -> str:
    """A file's name for a line of text: what would break or turn the line stands there as a question mark."""
    return "".join(letter if letter.isprintable() else "?" for letter in name)
