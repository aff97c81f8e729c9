"""A link that leads back to itself, where a folder or a file is expected, is one line, and stays."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import NIGHT, Answer

Run = Callable[..., Answer]

REASON = os.strerror(errno.ELOOP)
PLAY = ("play", "pmr-7", "--output=silent", "--background=none", "--stop-after=0.05")


def circle(path: Path) -> Path:
    path.symlink_to(path.name)
    return path


def refused(answer: Answer, path: Path) -> None:
    assert (answer.status, answer.out) == (1, "")
    assert answer.complaint.startswith("sleepcalm: ")
    assert str(path) in answer.complaint
    assert REASON in answer.complaint


COMMANDS = [
    ("diary", "add"),
    ("diary", "list"),
    ("diary", "delete", "2026-11-21"),
    ("minerals", "totals"),
    ("minerals", "log", "almonds"),
    ("backup",),
    ("export", "a.json"),
]


@pytest.mark.parametrize("words", COMMANDS)
def test_a_data_folder(run: Run, data_folder: Path, words: tuple[str, ...]) -> None:
    circle(data_folder)
    answer = run(*words, given=NIGHT)
    refused(Answer(answer.status, answer.out, answer.err.splitlines()[-1]), data_folder)  # first: preferences
    assert data_folder.readlink() == Path(data_folder.name)


@pytest.mark.parametrize("words", COMMANDS)
def test_a_record(run: Run, data_folder: Path, words: tuple[str, ...]) -> None:
    data_folder.mkdir()
    record = circle(data_folder / "record.json")
    refused(run(*words, given=NIGHT), data_folder)
    assert record.readlink() == Path(record.name)


@pytest.mark.parametrize("of_record", [False, True])
def test_a_practice_is_played_unrecorded(run: Run, data_folder: Path, of_record: bool) -> None:
    if of_record:
        data_folder.mkdir()
    link = circle(data_folder / "record.json" if of_record else data_folder)
    answer = run(*PLAY, "--resume")
    assert answer.status == 0
    told = answer.err.splitlines()
    for line in ("where pmr-7 was left is not known: ", "this practice is not recorded: "):
        (found,) = [each for each in told if each.startswith(f"sleepcalm: {line}")]
        assert REASON in found
    assert link.is_symlink()


@pytest.mark.parametrize("suffix", ["json", "csv"])
@pytest.mark.parametrize("force", [False, True])
def test_a_file_to_export_to(with_night: Run, tmp_path: Path, suffix: str, force: bool) -> None:
    path = circle(tmp_path / f"out.{suffix}")
    refused(with_night("export", path, *(["--force"] if force else [])), path)
    assert path.readlink() == Path(path.name)


def test_a_folder_for_a_backup(with_night: Run, tmp_path: Path) -> None:
    folder = circle(tmp_path / "backups")
    refused(with_night("backup", folder), folder)
