"""Diaries of many nights for comparisons and trials, as a file to import."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from command_line import Answer

Run = Callable[..., Answer]


def nights_from(first: str, fields: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """A night a day from that wake date on, one for each of the fields."""
    start = date.fromisoformat(first)
    return [
        {"wake_date": str(start + timedelta(days=number)), "time_zone": "Europe/Berlin", **each}
        for number, each in enumerate(fields)
    ]


def practised(first: str, nights: int, routine: str = "pmr-7") -> list[dict[str, Any]]:
    """Ten minutes of a routine on the evening before each of those wake dates."""
    evenings = (date.fromisoformat(first) + timedelta(days=number - 1) for number in range(nights))
    return [
        {
            "routine": routine,
            "started": f"{evening}T22:30:00+01:00",
            "ended": f"{evening}T22:40:00+01:00",
            "time_zone": "Europe/Berlin",
            "minutes_heard": 10,
            "completed": True,
        }
        for evening in evenings
    ]


def record(run: Run, folder: Path, nights: list[dict[str, Any]], practice: Iterable[object] = ()) -> None:
    """Have them recorded."""
    file = folder / "nights.json"
    sections = {"nights": nights, "practice": list(practice)}
    file.write_text(json.dumps({"format": "sleepcalm-export", "version": 2, **sections}))
    answer = run("import", file, "--json", "--replace")
    assert answer.status == 0, answer
