"""The Trends tab over 1, 10 and 30 years of nights: its first paint once pyqtgraph is loaded, period changes.

Painted off the screen, in a process of its own. The reference is a bare pyqtgraph chart with as many strips.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.table import Row

YEARS = (1, 10, 30)
FIRST_PAINT_GOAL_MS = 100
CHANGE_GOAL_MS = 50

_PROGRAM = "from benchmarks.trends_window import main; main()"


def measure(folder: Path) -> Iterator[Row]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(folder)}
    environment["PYTHONPATH"] = str(Path(__file__).parents[1])
    found: dict[int, dict[str, float]] = {}
    for years in YEARS:
        command = [sys.executable, "-c", _PROGRAM, str(years)]
        answer = subprocess.run(
            command, env=environment, check=True, capture_output=True, text=True, timeout=300
        )
        found[years] = json.loads(answer.stdout.splitlines()[-1])
    for years, times in found.items():
        first_ms, bare_ms = times["first_paint_ms"], times["bare_chart_ms"]
        yield Row(
            f"Trends, first paint, {years} years",
            f"{first_ms:.0f} ms",
            f"bare pyqtgraph chart {bare_ms:.0f} ms",
            first_ms / bare_ms,
            f"< {FIRST_PAINT_GOAL_MS} ms" if years == 10 else "",
            first_ms < FIRST_PAINT_GOAL_MS if years == 10 else None,
        )
    for name in ("week", "month", "three_months", "year", "all"):
        for years, times in found.items():
            change_ms = times[name]
            yield Row(
                f"Trends, to another {name.replace('_', ' ')}, {years} years",
                f"{change_ms:.0f} ms",
                f"1 year {found[1][name]:.0f} ms",
                change_ms / found[1][name],
                f"< {CHANGE_GOAL_MS} ms, ratio <= {years}",
                change_ms < CHANGE_GOAL_MS and change_ms / found[1][name] <= years * 1.1,
            )
