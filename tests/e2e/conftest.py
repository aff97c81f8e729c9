"""A real screen and a real sound server, private to each test."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from testbed.desk import SCREEN_PACKAGES, SOUND_PACKAGES, Desk, private_environment


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    needed = SCREEN_PACKAGES | SOUND_PACKAGES
    missing = sorted({package for program, package in needed.items() if shutil.which(program) is None})
    if missing:
        pytest.skip(f"a real window with real sound needs the packages {', '.join(missing)}")
    # Sockets need a short path, which pytest's own folder is not.
    with tempfile.TemporaryDirectory(prefix="desk-") as runtime:
        environment = private_environment(Path(runtime)) | {"SLEEPCALM_DATA_DIR": str(tmp_path / "data")}
        desk = Desk(environment, Path(runtime))
        try:
            desk.start()
        except (OSError, subprocess.SubprocessError) as error:
            desk.stop()
            pytest.skip(f"no screen or no sound server could be started here: {error}")
        yield desk
        desk.stop()
