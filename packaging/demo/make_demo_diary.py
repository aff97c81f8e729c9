"""Writes seeds/demo_diary.json: an invented diary of ten weeks, always the same from the same seed.

    python packaging/demo/make_demo_diary.py [FILE]

Nobody lived these nights. They show what real diaries hold: gaps, answers left out, answers that
contradict one another, a late entry, a journey, the night when clocks are put back. Practice makes
falling asleep a little quicker here and magnesium does nothing to the jolts; neither is a finding.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import msgspec
from demo_intake import intake_days, kept_items
from demo_nights import FIRST_WAKE_DATE, HOME, NIGHTS, instant, nights_and_practice

SEED = 20261122
SEEDS = Path(__file__).resolve().parents[2] / "seeds"


def demo_diary(seed: int) -> dict[str, Any]:
    """The whole file as JSON values."""
    chance = Random(seed)  # noqa: S311 - an invented diary guards no secret
    nights, practice = nights_and_practice(chance)
    kept = kept_items(SEEDS)
    last_evening = instant(FIRST_WAKE_DATE + timedelta(days=NIGHTS - 1), 21 * 60 + 30, HOME)
    return {
        "invented": True,
        "notice": "Invented for demonstration. Nobody lived these nights, and nothing follows from them.",
        "made_by": f"packaging/demo/make_demo_diary.py from seed {seed}",
        "time_zone": HOME,
        "opens_at": last_evening.isoformat(),
        "nights": _without_nulls(nights),
        "practice": practice,
        "checklist_items": _without_nulls(msgspec.to_builtins(kept)),
        "intake_days": _without_nulls(msgspec.to_builtins(tuple(intake_days(chance, kept)))),
    }


def _without_nulls(value: Any) -> Any:
    """What is not recorded may be left out just as well, and the lines are easier to read."""
    if isinstance(value, dict):
        return {key: _without_nulls(part) for key, part in value.items() if part is not None}
    if isinstance(value, list | tuple):
        return [_without_nulls(part) for part in value]
    return value


def as_text(diary: Mapping[str, Any]) -> str:
    """The file's text: each night and each day on a line of its own, so that a change can be read."""
    fields = []
    for key, value in diary.items():
        if isinstance(value, list):
            lines = ",\n".join(f"  {json.dumps(part, ensure_ascii=False)}" for part in value)
            fields.append(f'"{key}": [\n{lines}\n]')
        else:
            fields.append(f'"{key}": {json.dumps(value, ensure_ascii=False)}')
    return "{\n" + ",\n".join(fields) + "\n}\n"


def main() -> None:
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else SEEDS / "demo_diary.json"
    target.write_text(as_text(demo_diary(SEED)), encoding="utf-8")


if __name__ == "__main__":
    main()
