"""Kill a process that streams nights into a record, and look at what it leaves.

Run as a program it is that process: it saves one night after another and prints the date of each once it is
durable.
"""

from __future__ import annotations

import itertools
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

if __name__ == "__main__":  # as a program the checkout is not on the path yet
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from sleepcalm.storage.database import INTAKE_DAYS, NIGHTS
from sleepcalm.storage.opening import open_database

_FIRST_DAY = date(2026, 1, 1)


def now() -> datetime:
    return datetime(2026, 11, 22, 7, 15, tzinfo=UTC)


def night(day: date, rng: random.Random) -> dict[str, object]:
    """A night of about the size of a filled-in one; its length varies, so that the file also shrinks."""
    return {
        "wake_date": day.isoformat(),
        "time_zone": "Europe/Berlin",
        "into_bed": f"{day}T22:40:00+01:00",
        "sleep_onset_latency_min": rng.randrange(90),
        "awakenings": rng.randrange(6),
        "hypnic_jerks": {
            "count": rng.choice(["0", "1-2", "3-5", "6+", "unknown"]),
            "falling_sensation": None,
        },
        "evening": {"caffeine_mg": rng.randrange(400), "alcohol_drinks": 0, "stress": rng.randrange(11)},
        "notes": "ein Wort, a word, слово " * rng.randrange(20),
    }


def days(count: int) -> Iterator[date]:
    return (_FIRST_DAY + timedelta(days=number) for number in range(count))


def make_record(folder: Path, locks: Path, count: int) -> None:
    """A record with so many nights and as many days of intake."""
    rng = random.Random(count)  # noqa: S311
    database = open_database(folder, lock_folder=locks, program="preparation", now=now)
    with database.batch():
        tables = {
            table: {day.isoformat(): night(day, rng) for day in days(count)}
            for table in (NIGHTS, INTAKE_DAYS)
        }
        database.replace_everything(tables)
    database.close()


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


def kill_once(prepared: Path, folder: Path, locks: Path, rng: random.Random) -> Outcome:
    """Stream into a copy of the prepared record, kill -9 at a random moment, open again and compare."""
    shutil.copytree(prepared, folder)
    seed = rng.randrange(1 << 30)
    with subprocess.Popen(
        [sys.executable, __file__, folder, locks, str(seed)], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        said = [writer.stdout.readline()]
        try:
            writer.wait(timeout=rng.uniform(0, 0.25))
        except subprocess.TimeoutExpired:
            writer.kill()
        said += writer.stdout.readlines()
    acknowledged = [line.split()[1] for line in said if line.startswith("saved ") and line.endswith("\n")]
    left = sum(entry.name.endswith(".tmp") for entry in folder.iterdir())
    database = open_database(folder, lock_folder=locks, program="examination", now=now)
    try:
        wanted = dict(itertools.islice(_streamed(seed), len(acknowledged)))
        assert list(wanted) == acknowledged
        missing = tuple(key for key, document in wanted.items() if database.get(NIGHTS, key) != document)
        stale = tuple(entry.name for entry in folder.iterdir() if entry.name.endswith(".tmp"))
        return Outcome(len(acknowledged), missing, database.report is not None, stale, left)
    finally:
        database.close()


def _streamed(seed: int) -> Iterator[tuple[str, dict[str, object]]]:
    """The nights that a writer with this seed saves, each date once."""
    rng = random.Random(seed)  # noqa: S311
    for day in days(4000):
        yield day.isoformat(), night(day, rng)


def main(folder: Path, locks: Path, seed: int) -> None:
    database = open_database(folder, lock_folder=locks, program="stream", now=now)
    for key, document in _streamed(seed):
        database.put(NIGHTS, key, document)
        print(f"saved {key}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
