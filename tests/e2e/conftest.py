"""A real screen and a real sound server, private to each test."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk import Desk

NEEDED = {
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
    "pulseaudio": "pulseaudio",
    "pactl": "pulseaudio-utils",
    "parec": "pulseaudio-utils",
}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    missing = sorted({package for program, package in NEEDED.items() if shutil.which(program) is None})
    if missing:
        pytest.skip(f"a real window with real sound needs the packages {', '.join(missing)}")
    # Sockets need a short path, which pytest's own folder is not.
    with tempfile.TemporaryDirectory(prefix="desk-") as runtime:
        environment = {
            **{name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ},
            "HOME": runtime,
            "XDG_RUNTIME_DIR": runtime,
            "SLEEPCALM_DATA_DIR": str(tmp_path / "data"),
            "PYTHONPATH": str(Path(__file__).parents[2]),
        }
        desk = Desk(environment, Path(runtime))
        try:
            desk.start()
        except (OSError, subprocess.SubprocessError) as error:
            desk.stop()
            pytest.skip(f"no screen or no sound server could be started here: {error}")
        yield desk
        desk.stop()
