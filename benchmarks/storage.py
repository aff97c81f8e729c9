"""How long the record takes beside TinyDB's own storage and sqlite3, all in one run.

    python benchmarks/storage.py [--years 1 10 30] [--folder DIR]

Each save is one changed night, durable when it returns; "open+load" opens the record and decodes every night
and every day of intake. Medians; compare the ratios within one run, not milliseconds of different machines.
The folder has to lie on the disk that is meant (a tmpfs has no fsync to wait for).
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

if __name__ == "__main__":  # as a program the checkout is not on the path yet
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tinydb import TinyDB
from tinydb.table import Document

from benchmarks.table import Row
from sleepcalm.storage.database import INTAKE_DAYS, NIGHTS
from sleepcalm.storage.opening import open_database
from sleepcalm.storage.writer import RecordWriter

_SAVES = 15


@dataclass(frozen=True)
class Timings:
    """Median milliseconds of one storage at one size."""

    load_ms: float
    save_ms: float
    save_worst_ms: float
    month_ms: float
    all_nights_ms: float
    file_mb: float


def _now() -> datetime:
    return datetime(2026, 11, 22, 7, 15, tzinfo=UTC)


def _days(years: int) -> list[str]:
    first = date(2026, 11, 22) - timedelta(days=round(365.25 * years) - 1)
    return [(first + timedelta(days=number)).isoformat() for number in range(round(365.25 * years))]


def _night(day: str, number: int) -> dict[str, object]:
    """A filled-in night: all core fields, jerks, evening, a note; about 650 bytes of JSON."""
    return {
        "wake_date": day,
        "time_zone": "Europe/Berlin",
        "into_bed": "22:40",
        "tried_to_sleep": "23:05",
        "sleep_onset_latency_min": number % 70,
        "awakenings": 2,
        "wake_after_sleep_onset_min": 20,
        "final_awakening": "06:40",
        "out_of_bed": "07:00",
        "did_not_sleep": False,
        "sleep_quality": "good",
        "restedness": None,
        "naps": {"count": 0, "minutes": 0},
        "hypnic_jerks": {"count": "1-2", "strongest": "jerk", "woke_fully": False, "falling_sensation": True},
        "evening": {"caffeine_mg": 160, "caffeine_last": "15:30", "alcohol_drinks": 0, "stress": 4},
        "notes": "Long day, read for a while, then the seven muscle groups. " * 2,
    }


def _tables(years: int) -> dict[str, dict[str, dict[str, object]]]:
    return {
        table: {day: _night(day, number) for number, day in enumerate(_days(years))}
        for table in (NIGHTS, INTAKE_DAYS)
    }


@contextmanager
def _timed(into: list[float]) -> Iterator[None]:
    start = time.perf_counter()
    yield
    into.append((time.perf_counter() - start) * 1000)


def _median(action: Callable[[], object], times: int = 7) -> float:
    taken: list[float] = []
    for _ in range(times):
        with _timed(taken):
            action()
    return statistics.median(taken)


def record(folder: Path, years: int) -> Timings:
    """Our storage as the program uses it: opened with lock and check, saved to by the writer thread."""

    def opened() -> float:
        taken: list[float] = []
        with _timed(taken):
            database = open_database(folder, lock_folder=folder / "locks", program="benchmark", now=_now)
            database.range(NIGHTS)
            database.range(INTAKE_DAYS)
        database.close()
        return taken[0]

    database = open_database(folder, lock_folder=folder / "locks", program="benchmark", now=_now)
    database.replace_everything(_tables(years))
    database.close()
    load_ms = statistics.median(opened() for _ in range(7))
    database = open_database(folder, lock_folder=folder / "locks", program="benchmark", now=_now)
    writer = RecordWriter(database)
    saves: list[float] = []
    for number, day in enumerate(_days(years)[-_SAVES:]):
        with _timed(saves):
            writer.put(NIGHTS, day, _night(day, number)).result()
        writer.flush()  # what is tidied up after the answer must not count towards the next save, nor hide
    month = _days(years)[-31:]
    month_ms = _median(lambda: database.range(NIGHTS, month[0], month[-1]), 25)
    all_ms = _median(lambda: database.range(NIGHTS))
    writer.close()
    database.close()
    size = (folder / "record.json").stat().st_size / 1e6
    return Timings(load_ms, statistics.median(saves), max(saves), month_ms, all_ms, size)


def stock(folder: Path, years: int) -> Timings:
    """TinyDB with JSONStorage: numbers made of dates as ids."""
    path = folder / "stock.json"
    tables = _tables(years)
    ids = {day: int(day.replace("-", "")) for day in tables[NIGHTS]}
    numbered = {
        name: {str(ids[day]): night for day, night in table.items()} for name, table in tables.items()
    }
    path.write_text(json.dumps(numbered))
    tinydb = TinyDB(path)
    nights = tinydb.table(NIGHTS)

    def load() -> None:
        fresh = TinyDB(path)
        for name in (NIGHTS, INTAKE_DAYS):
            fresh.table(name).all()
        fresh.close()

    load_ms = _median(load, 3)
    all_ms = _median(nights.all, 3)
    saves: list[float] = []
    for number, day in enumerate(_days(years)[-5:]):
        with _timed(saves):
            nights.upsert(Document(_night(day, number), doc_id=ids[day]))
    month = [ids[day] for day in _days(years)[-31:]]
    month_ms = _median(lambda: nights.get(doc_ids=month), 3)
    tinydb.close()
    return Timings(load_ms, statistics.median(saves), max(saves), month_ms, all_ms, path.stat().st_size / 1e6)


def sqlite(folder: Path, years: int) -> Timings:
    """sqlite3 with a write-ahead log and full sync, documents as JSON text by date."""
    path = folder / "sqlite.db"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        return connection

    connection = connect()
    for table, documents in _tables(years).items():
        connection.execute(f"CREATE TABLE {table} (day TEXT PRIMARY KEY, document TEXT)")
        rows = [(day, json.dumps(document)) for day, document in documents.items()]
        connection.executemany(f"INSERT INTO {table} VALUES (?, ?)", rows)  # noqa: S608
    connection.commit()
    connection.close()

    def read_all(connection: sqlite3.Connection, table: str) -> list[object]:
        return [json.loads(row[0]) for row in connection.execute(f"SELECT document FROM {table}")]  # noqa: S608

    def load() -> None:
        connection = connect()
        for name in (NIGHTS, INTAKE_DAYS):
            read_all(connection, name)
        connection.close()

    load_ms = _median(load)
    connection = connect()
    all_ms = _median(lambda: read_all(connection, NIGHTS))
    saves: list[float] = []
    for number, day in enumerate(_days(years)[-_SAVES:]):
        with _timed(saves):
            connection.execute("REPLACE INTO nights VALUES (?, ?)", (day, json.dumps(_night(day, number))))
            connection.commit()
    month = _days(years)[-31:]
    query = "SELECT document FROM nights WHERE day BETWEEN ? AND ?"

    def read_month() -> list[object]:
        return [json.loads(row[0]) for row in connection.execute(query, (month[0], month[-1]))]

    month_ms = _median(read_month, 25)
    connection.close()
    return Timings(load_ms, statistics.median(saves), max(saves), month_ms, all_ms, path.stat().st_size / 1e6)


_MEMORY = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from benchmarks.storage import memory_use
print(memory_use(sys.argv[1], Path(sys.argv[2])))
"""


def memory_use(storage: str, folder: Path) -> float:
    """Peak memory in MiB of a process that opens the storage and saves one night (Linux only)."""
    day = _days(1)[-1]
    if storage == "record":
        database = open_database(folder, lock_folder=folder / "locks", program="benchmark", now=_now)
        database.put(NIGHTS, day, _night(day, 1))
        database.close()
    elif storage == "stock":
        table = TinyDB(folder / "stock.json").table(NIGHTS)
        table.upsert(Document(_night(day, 1), doc_id=int(day.replace("-", ""))))
    # Not getrusage: its peak is inherited from the process that started this one.
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def _measured_memory(storage: str, folder: Path) -> float:
    command = [sys.executable, "-c", _MEMORY, storage, str(folder), str(Path(__file__).resolve().parents[1])]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def measure(folder: Path) -> Iterator[Row]:
    """The rows of the common table: saving at 1, 10 and 30 years, the rest at ten."""
    for years in (1, 10, 30):
        place = folder / str(years)
        place.mkdir(mode=0o700)
        ours, theirs, other = record(place, years), stock(place, years), sqlite(place, years)
        ratio = ours.save_ms / theirs.save_ms
        yield Row(
            f"save a night in {years} years",
            f"{ours.save_ms:.1f} ms",
            f"TinyDB {theirs.save_ms:.0f} ms, sqlite3 {other.save_ms:.1f} ms",
            ratio,
            "<= 0.25 and 40 ms" if years == 10 else "",
            (ratio <= 0.25 and ours.save_ms < 40) if years == 10 else None,
        )
        if years == 10:
            yield _compared("open and load 10 years", ours.load_ms, theirs.load_ms, 80)
            yield _compared("a month's nights in 10 years", ours.month_ms, theirs.month_ms, 1)
            peak, theirs_peak = (_measured_memory(storage, place) for storage in ("record", "stock"))
            yield Row(
                "peak memory, 10 years open", f"{peak:.0f} MiB", f"TinyDB {theirs_peak:.0f} MiB",
                peak / theirs_peak, "", None,
            )  # fmt: skip


def _compared(name: str, ours_ms: float, stock_ms: float, goal_ms: float) -> Row:
    reference = f"TinyDB {stock_ms:.1f} ms"
    return Row(
        name, f"{ours_ms:.2f} ms", reference, ours_ms / stock_ms, f"< {goal_ms:g} ms", ours_ms < goal_ms
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="The record beside TinyDB's own storage and sqlite3.")
    parser.add_argument("--years", type=int, nargs="+", default=[1, 10, 30])
    parser.add_argument("--folder", type=Path, default=Path(__file__).resolve().parents[1])
    options = parser.parse_args()
    print(
        f"{'years':>5} {'storage':<8} {'MB':>6} {'open+load':>10} {'save':>8} {'worst':>8} {'of stock':>8}",
        end="",
    )
    print(f" {'month':>8} {'all nights':>10} {'peak MiB':>9}")
    for years in options.years:
        with tempfile.TemporaryDirectory(prefix=".storage-benchmark-", dir=options.folder) as name:
            folder = Path(name)
            folder.chmod(0o700)
            results = {
                "record": record(folder, years),
                "stock": stock(folder, years),
                "sqlite3": sqlite(folder, years),
            }
            peaks = {storage: _measured_memory(storage, folder) for storage in ("record", "stock", "nothing")}
        for storage, timings in results.items():
            ratio = timings.save_ms / results["stock"].save_ms
            peak = f"{peaks[storage]:9.0f}" if storage in peaks else f"{'':>9}"
            print(
                f"{years:>5} {storage:<8} {timings.file_mb:6.1f} {timings.load_ms:10.1f} "
                f"{timings.save_ms:8.1f} {timings.save_worst_ms:8.1f} {ratio:8.2f} {timings.month_ms:8.2f} "
                f"{timings.all_nights_ms:10.1f} {peak}"
            )
        print(f"      (milliseconds; a process that opens nothing peaks at {peaks['nothing']:.0f} MiB)")


if __name__ == "__main__":
    main()
