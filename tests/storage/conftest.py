from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from storage_clock import Clock

from sleepcalm.storage.database import Database
from sleepcalm.storage.opening import open_database


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def data_folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def reopen(tmp_path: Path, data_folder: Path, clock: Clock) -> Iterator[Callable[..., Database]]:
    """Opens the record for writing; closes the one that was open before."""
    opened: list[Database] = []

    def _open(**options: Any) -> Database:
        while opened:
            opened.pop().close()
        options = {"lock_folder": tmp_path / "locks", "program": "a test", "now": clock, **options}
        opened.append(open_database(data_folder, **options))
        return opened[-1]

    yield _open
    while opened:
        opened.pop().close()


@pytest.fixture
def database(reopen: Callable[..., Database]) -> Database:
    return reopen()
