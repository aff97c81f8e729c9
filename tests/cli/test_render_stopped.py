"""`render` that is asked to end, or is killed: nothing stays behind, and what was there stays as it was."""

from __future__ import annotations

import itertools
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest

STOPPED = "sleepcalm: stopped; nothing was written\n"
HOURS = ("quiet-rest", "--length=720", "--background=none")
"""More than is written before a test has looked."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "music"
    folder.mkdir()
    return folder


def rendering(processes, path: Path, *options: str) -> subprocess.Popen[str]:
    """A process that writes to a file for a long time, and has begun to."""
    before = set(path.parent.glob(".*"))
    process = processes.start("render", *HOURS[:1], str(path), *HOURS[1:], *options)
    while not any(file.stat().st_size for file in unfinished(path.parent, before)):
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.02)
        assert process.poll() is None, process.stderr.read()
    return process


def unfinished(folder: Path, before: set[Path]) -> list[Path]:
    return [file for beside in set(folder.glob(".*")) - before for file in beside.glob("untagged.*")]


STOPS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT]


@pytest.mark.parametrize("number", STOPS)
def test_a_signal_ends_it_with_a_line_and_leaves_nothing(processes, folder, number):
    process = rendering(processes, folder / "night.ogg")
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (1, "", STOPPED)
    assert list(folder.iterdir()) == []


def test_whoever_insists_does_not_break_off_the_tidying_up(processes, folder):
    (folder / "night.ogg").write_text("mine")
    process = rendering(processes, folder / "night.ogg", "--force")
    for number in itertools.cycle(STOPS):
        process.send_signal(number)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.005)
            break
    assert (process.returncode, process.stderr.read()) == (1, STOPPED)
    assert [file.read_text() for file in folder.iterdir()] == ["mine"]


def test_what_a_killed_one_left_goes_with_the_next_one(processes, sleepcalm, two_words, folder):
    killed, living = (rendering(processes, folder / name) for name in ("killed.ogg", "living.ogg"))
    (folder / ".sleepcalm-notes").mkdir()
    (folder / ".sleepcalm-notes" / "mine.txt").write_text("mine")
    killed.kill()
    killed.communicate(timeout=60)
    assert len(unfinished(folder, set())) == 2
    answer = sleepcalm("render", two_words, str(folder / "next.wav"), "--background=none")
    assert answer.status == 0
    (kept,) = unfinished(folder, set())
    assert living.poll() is None
    living.terminate()
    assert living.communicate(timeout=60) == ("", STOPPED)
    assert not kept.parent.exists()
    assert {file.name for file in folder.iterdir()} == {"next.wav", ".sleepcalm-notes"}
    assert (folder / ".sleepcalm-notes" / "mine.txt").read_text() == "mine"
