"""What is missing or garbled among the shipped files is told in one line, and what still works goes on."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
SILENT = ("play", "pmr-7", "--output=silent", "--background=none", "--no-cautions")


@pytest.fixture
def tree(tmp_path: Path, processes) -> Path:
    """A copy of the program that may be damaged."""
    tree = tmp_path / "tree"
    ignored = shutil.ignore_patterns("__pycache__")
    for name in ("sleepcalm", "assets", "seeds"):
        shutil.copytree(CHECKOUT / name, tree / name, ignore=ignored)
    processes.environment["PYTHONPATH"] = str(tree)
    processes.folder = tree
    return tree


def open_window(processes):
    return processes.run(QT_QPA_PLATFORM="offscreen", SLEEPCALM_QUIT_AFTER_PAINT="1")


def test_a_clip_that_is_noise_is_named_once(processes, tree, tmp_path):
    (clip,) = tree.glob("assets/audio/slt/lie-in-whatever-way*.flac")
    clip.write_bytes(bytes(range(256)) * 12)
    played = processes.run(*SILENT)
    assert (played.status, played.out) == (1, "")
    assert f"cannot be played: audio/slt/{clip.name} cannot be read" in played.complaint
    assert len(played.err.splitlines()) == 1
    rendered = processes.run("render", "pmr-7", str(tmp_path / "night.wav"), "--no-cautions")
    assert rendered.status == 1
    assert clip.name in rendered.complaint
    assert not (tmp_path / "night.wav").exists()


def test_without_a_narrator_the_words_are_shown(processes, tree):
    (tree / "assets/audio/slt/manifest.json").write_text("{")
    process = processes.start(*SILENT, PATH=str(tree))  # no engine of the machine steps in
    assert process.stdout.readline().startswith("Lie in whatever way")
    assert process.stderr.readline().startswith("sleepcalm: The narrator cannot be used, the words are only")


def test_without_any_routine_the_window_opens_and_a_command_says_so(processes, tree):
    shutil.rmtree(tree / "assets/scripts")
    assert open_window(processes).status == 0
    answer = processes.run("timeline", "pmr-7")
    assert answer.status == 2
    assert "there is no routine 'pmr-7'; nearest: none, for none could be loaded" in answer.complaint


@pytest.mark.parametrize("damage", ["[[", "[[claims]]\nroutine_kinds = ['pmr']", None])
def test_a_window_that_cannot_be_built_ends_the_program(processes, tree, damage):
    if damage is None:
        shutil.rmtree(tree / "seeds")
    else:
        (tree / "seeds/evidence.toml").write_text(damage)
    answer = open_window(processes)
    assert answer.status == 1
    assert answer.complaint.startswith("sleepcalm: the installation is ")
