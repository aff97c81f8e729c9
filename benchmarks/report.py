"""The page for a clinician: two weeks of a young diary, and of one with ten years behind it."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from benchmarks.table import Row
from sleepcalm.diary.civil_time import Instant
from sleepcalm.diary.entry import Entry, Evening, HypnicJerks, SleepQuality
from sleepcalm.paper import write_report
from sleepcalm.trends.figures import NightFigures, night_figures
from sleepcalm.trends.periods import Period

ROUNDS = 7
GOAL_S = 1.0
_LAST = date(2026, 11, 22)
_LOADING = "import pyqtgraph, PySide6.QtWidgets, PySide6.QtGui"


def measure(folder: Path) -> Iterator[Row]:
    """Qt and pyqtgraph are loaded by the first page, which is not among the measured ones."""
    _page_s(folder, 14)
    loading = f"loading Qt and pyqtgraph {_loading_s() * 1000:.0f} ms"
    reference_s = statistics.median(_page_s(folder, 14) for _ in range(ROUNDS))
    for name, nights in (("a fortnight", 14), ("ten years, a page of all", 3652)):
        taken_s = statistics.median(_page_s(folder, nights) for _ in range(ROUNDS))
        yield Row(
            f"page for a clinician, {name}",
            f"{taken_s * 1000:.0f} ms",
            loading if nights == 14 else f"a fortnight {reference_s * 1000:.0f} ms",
            taken_s / reference_s,
            f"< {GOAL_S:g} s",
            taken_s < GOAL_S,
        )


def _page_s(folder: Path, nights: int) -> float:
    figures = _nights(nights)
    period = Period(None, figures[0].wake_date, _LAST)
    start_s = time.perf_counter()
    write_report(
        folder / "page.pdf",
        figures,
        period,
        with_notes=True,
        week_starts=0,
        now=datetime(2026, 11, 22, tzinfo=UTC),
    )
    return time.perf_counter() - start_s


def _nights(count: int) -> tuple[NightFigures, ...]:
    first = _LAST - timedelta(days=count - 1)
    entries = {
        day: _entry(day, number)
        for number, day in enumerate(first + timedelta(days=n) for n in range(count))
        if number % 11
    }
    return night_figures(entries, {}, (), first, _LAST)


def _entry(wake: date, number: int) -> Entry:
    before = wake - timedelta(days=1)

    def at(day: date, hour: int, minute: int) -> Instant:
        return Instant(datetime(day.year, day.month, day.day, hour, minute), 0, "UTC")  # noqa: DTZ001 - a wall time

    return Entry(
        wake,
        "UTC",
        into_bed=at(before, 22, number % 60),
        tried_to_sleep=at(before, 23, number % 60),
        sleep_onset_latency_min=number % 50,
        awakenings=2,
        wake_after_sleep_onset_min=number % 40,
        final_awakening=at(wake, 6, 30),
        out_of_bed=at(wake, 7, 0),
        sleep_quality=list(SleepQuality)[number % 5],
        hypnic_jerks=HypnicJerks(count=number % 6),
        evening=Evening(caffeine_mg=80.0 * (number % 3), caffeine_last=at(before, 15, 0), stress=number % 11),
        notes="Long day, read for a while, then the seven muscle groups. " * 3,
    )


def _loading_s() -> float:
    """A new process that loads the libraries and paints nothing."""
    start_s = time.perf_counter()
    subprocess.run([sys.executable, "-c", _LOADING], check=True)
    return time.perf_counter() - start_s
