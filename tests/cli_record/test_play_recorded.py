"""What is played in the terminal is part of the record, and can be gone on with."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from itertools import count, pairwise
from pathlib import Path

import pytest
from command_line import Answer

from sleepcalm.relaxation.sleep_timer import ClockReading

SILENT = ("--output", "silent", "--background", "none")


@pytest.fixture
def practices(run, tmp_path):
    """What the record tells of them."""

    def read() -> list[dict]:
        numbers = count()
        path: Path = tmp_path / f"export-{next(numbers)}.json"
        path.unlink(missing_ok=True)
        assert run("export", path).status == 0
        return json.loads(path.read_text(encoding="utf-8"))["practice"]

    return read


def play_a_while(
    run: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch, *words: object, hour: int = 22
) -> Answer:
    monkeypatch.setenv("SLEEPCALM_NOW", f"2026-11-21T{hour}:15:00+01:00")
    return run("play", "pmr-7", *SILENT, "--stop-after", "0.3", *words)


def test_a_routine_played_in_the_terminal_is_on_record_with_its_end(run, practices, monkeypatch):
    assert play_a_while(run, monkeypatch, "--start-at", "100").status == 0
    (practice,) = practices()
    assert practice["routine"] == "pmr-7"
    assert practice["ending"] == "timer"
    assert 0.1 < practice["reached_share"] < 0.3
    assert practice["left_at"]["step"]


def test_it_goes_on_where_it_was_left(run, practices, monkeypatch):
    cues = json.loads(run("timeline", "pmr-7", "--json").out)["cues"]
    pauses = [(cue["end_s"], after["start_s"] - cue["end_s"]) for cue, after in pairwise(cues[25:])]
    left_s, pause_s = next((end_s + 2, pause_s) for end_s, pause_s in pauses if pause_s > 7)
    assert play_a_while(run, monkeypatch, "--start-at", str(left_s)).status == 0
    assert play_a_while(run, monkeypatch, "--resume", hour=23).status == 0
    first, second = practices()
    assert first["left_at"]["part"] == second["left_at"]["part"]
    assert 0 < second["left_at"]["pause_share"] - first["left_at"]["pause_share"] < 0.6 / pause_s


def test_without_anything_left_off_it_begins_at_its_beginning_and_says_so(run, practices, monkeypatch):
    answer = play_a_while(run, monkeypatch, "--resume")
    assert answer.status == 0
    assert "pmr-7 was not left off lately: it begins at its beginning" in answer.error
    (practice,) = practices()
    assert practice["reached_share"] < 0.05


def test_to_go_on_and_to_start_at_a_place_are_two_things(run):
    assert run("play", "pmr-7", *SILENT, "--resume", "--start-at", "3").status == 2


def test_a_computer_that_has_slept_finds_the_routine_stopped(run, practices, monkeypatch):
    """Its clock goes on in a suspend, which nobody tells the terminal of."""
    looks = count()

    def clock() -> ClockReading:
        number = next(looks)
        return ClockReading(boot_s=100.0 + number + (8 * 3600 if number > 3 else 0), awake_s=100.0 + number)

    monkeypatch.setattr("sleepcalm.desktop.clock.read_clock", clock)
    answer = run("play", "pmr-7", *SILENT, "--start-at", "100")
    assert answer.status == 1
    assert "the computer has slept, and the routine has stopped; to go on: sleepcalm play" in answer.error
    assert "--start-at=100" in answer.error
    (practice,) = practices()
    assert [each["by"] for each in practice["interruptions"]] == ["suspend"]
    assert practice["ending"] == "stopped"


def test_what_was_killed_is_on_record_with_an_end_that_is_not_known(practices):
    """And can be gone on with."""
    words = [sys.executable, "-m", "sleepcalm", "play", "pmr-7", *SILENT, "--start-at", "100"]
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, env=os.environ | {"PYTHONUNBUFFERED": "1"}
    ) as playing:
        assert playing.stdout is not None
        assert playing.stdout.readline()
        playing.kill()
    (practice,) = practices()
    assert (practice["ended"], practice["ending"], practice["completed"]) == (None, None, False)
    assert practice["reached_share"] > 0.1
    assert practice["left_at"]["step"]
