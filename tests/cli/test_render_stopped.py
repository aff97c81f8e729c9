"""`render` that is asked to end, or is killed: nothing stays behind, and what was there stays as it was."""

from __future__ import annotations

import itertools
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
import soundfile

from sleepcalm.storage.data_folder import CONVERTED_SOUNDS, OWN_SOUNDS

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


def put_brook(data: Path, duration_s: int) -> None:
    (data / OWN_SOUNDS).mkdir(parents=True)
    sound = 0.05 * np.random.default_rng(1).standard_normal(duration_s * 8000)
    soundfile.write(data / OWN_SOUNDS / "brook.wav", sound, 8000)


STOPS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT]


@pytest.mark.parametrize("number", STOPS)
def test_a_signal_ends_it_with_a_line_and_leaves_nothing(processes, folder, number):
    process = rendering(processes, folder / "night.ogg")
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (1, "", STOPPED)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("number", STOPS)
def test_a_signal_while_an_own_sound_is_converted_leaves_nothing_of_that_either(
    processes, folder, data, number
):
    put_brook(data, duration_s=240)
    process = processes.start("render", *HOURS[:2], str(folder / "night.ogg"), "--background=own:brook.wav")
    while not list((data / CONVERTED_SOUNDS).glob("*.part")):
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.02)
        assert process.poll() is None, process.stderr.read()
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (1, "", STOPPED)
    assert list(folder.iterdir()) == []
    assert list((data / CONVERTED_SOUNDS).iterdir()) == []


def test_a_wav_that_grows_too_long_is_refused_before_an_own_sound_is_converted(sleepcalm, folder, data):
    put_brook(data, duration_s=3)
    answer = sleepcalm(
        "render", "pmr-7", str(folder / "night.wav"), "--background=own:brook.wav", "--linger=380"
    )
    assert answer.status == 2
    assert "a wav file holds 6 h 12 min at most" in answer.complaint
    assert not (data / CONVERTED_SOUNDS).exists()


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
