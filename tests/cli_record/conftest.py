from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import tzlocal
from command_line import NIGHT, Answer

from sleepcalm.cli import main


@pytest.fixture
def data_folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A morning in Berlin, with nothing recorded and nothing of this machine's in reach."""
    monkeypatch.setenv("SLEEPCALM_NOW", "2026-11-22T07:15:00+01:00")
    monkeypatch.setenv("SLEEPCALM_DATA_DIR", str(data_folder))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    tzlocal.reload_localzone()  # it remembers the zone of whoever asked first
    yield
    monkeypatch.undo()
    time.tzset()
    tzlocal.reload_localzone()


Run = Callable[..., Answer]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `sleepcalm` with these words, in this process."""

    def _run(*words: object, given: str | bytes = b"") -> Answer:
        content = given.encode() if isinstance(given, str) else given
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
        capsys.readouterr()
        try:
            status = main([str(word) for word in words])
        except SystemExit as error:  # argparse
            status = int(error.code or 0)
        return Answer(status, *capsys.readouterr())

    return _run


@pytest.fixture
def with_night(run: Run) -> Run:
    """The same, with one night recorded."""
    assert run("diary", "add", given=NIGHT).status == 0
    return run
