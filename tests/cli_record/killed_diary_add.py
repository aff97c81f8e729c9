"""Kill a real `sleepcalm diary add` while nights stream into a record of one year, and see what is left."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sleepcalm.diary.entry import Entry
from sleepcalm.diary.entry_format import entry_from_json
from sleepcalm.storage.opening import open_database
from sleepcalm.storage.record_book import RecordBook

NOW = datetime(2026, 11, 22, 7, 15, tzinfo=UTC)
_YEAR_BEGINS = date(2025, 11, 22)
_STREAMED = 360
_LONGEST_S = 0.5


def given_night(day: date, rng: random.Random) -> dict[str, Any]:
    """A night of about the size of a filled-in one; its length varies, so that the file also shrinks."""
    return {
        "wake_date": day.isoformat(),
        "time_zone": "Europe/Berlin",
        "into_bed": "22:40",
        "tried_to_sleep": "23:05",
        "sleep_onset_latency_min": rng.randrange(90),
        "awakenings": rng.randrange(6),
        "final_awakening": "06:40",
        "out_of_bed": "07:00",
        "hypnic_jerks": {
            "count": rng.choice(["0", "1-2", "3-5", "6+", "unknown"]),
            "falling_sensation": True,
        },
        "evening": {"caffeine_mg": rng.randrange(400), "alcohol_drinks": 0, "stress": rng.randrange(11)},
        "notes": "ein Wort, a word, слово " * rng.randrange(20),
    }


def _nights(first: date, count: int, seed: int) -> list[dict[str, Any]]:
    rng = random.Random(seed)  # noqa: S311
    return [given_night(first + timedelta(days=number), rng) for number in range(count)]


def _entry(given: dict[str, Any]) -> Entry:
    return entry_from_json(given, default_zone="UTC", now=NOW)


def make_year(folder: Path, locks: Path) -> None:
    """A record of one year."""
    with RecordBook(
        open_database(folder, lock_folder=locks, program="preparation", now=lambda: NOW), lambda: NOW
    ) as book:
        book.put_all(_entry(given) for given in _nights(_YEAR_BEGINS, 365, 365))


@dataclass(frozen=True)
class Outcome:
    """What one killed round left."""

    acknowledged: int
    missing: tuple[str, ...]
    damaged: bool
    stale_files: tuple[str, ...]
    """Temporary files that are there after the next start."""
    cleaned: int
    """Temporary files that the kill had left, which show that it came in the middle of a save."""


def kill_once(prepared: Path, folder: Path, state: Path, rng: random.Random) -> Outcome:
    """Stream into a copy of the prepared record, kill -9 at a random moment, open again and compare."""
    shutil.copytree(prepared, folder)
    # Some of them are new, others replace nights of the year that is there.
    first = _YEAR_BEGINS - timedelta(days=rng.randrange(120))
    nights = _nights(first, _STREAMED, rng.randrange(1 << 30))
    acknowledged = _stream_and_kill(folder, state, nights, rng.uniform(0, _LONGEST_S))
    left = sum(entry.name.endswith(".tmp") for entry in folder.iterdir())
    locks = state / "sleepcalm" / "locks"
    database = open_database(folder, lock_folder=locks, program="examination", now=lambda: NOW)
    with RecordBook(database, lambda: NOW) as book:
        expected = nights[: len(acknowledged)]
        assert [given["wake_date"] for given in expected] == acknowledged
        missing = tuple(given["wake_date"] for given in expected if not _is_there(book, given))
        stale = tuple(entry.name for entry in folder.iterdir() if entry.name.endswith(".tmp"))
        return Outcome(len(acknowledged), missing, database.report is not None, stale, left)


def _stream_and_kill(folder: Path, state: Path, nights: list[dict[str, Any]], after_s: float) -> list[str]:
    """The dates that were acknowledged when the kill came, that long after the first of them."""
    lines = folder.with_suffix(".jsonl")
    lines.write_text("".join(f"{json.dumps(given)}\n" for given in nights), encoding="utf-8")
    environment = {**os.environ, "SLEEPCALM_NOW": NOW.isoformat(), "XDG_STATE_HOME": str(state)}
    command = [sys.executable, "-m", "sleepcalm", "--data-dir", str(folder), "diary", "add", "--json", "-"]
    with (
        lines.open("rb") as stream,
        subprocess.Popen(
            command,
            stdin=stream,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
            cwd=Path(__file__).parents[2],
        ) as process,
    ):
        assert process.stdout is not None
        said = [process.stdout.readline()]
        try:
            process.wait(timeout=after_s)
        except subprocess.TimeoutExpired:
            process.kill()
        said += process.stdout.readlines()
    assert process.returncode == -9, "it came to its end before the kill"
    return [line.split()[1] for line in said if line.startswith("saved ") and line.endswith("\n")]


def _is_there(book: RecordBook, given: dict[str, Any]) -> bool:
    found = book.entry(date.fromisoformat(given["wake_date"]))
    return found is not None and replace(found, recorded_at=None) == _entry(given)
