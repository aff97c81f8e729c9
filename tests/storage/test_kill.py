"""kill -9 while nights stream in (the short form; torture.py has the long one)."""

from __future__ import annotations

import random
from pathlib import Path

from killed_writer import kill_once, make_record


def test_no_kill_loses_an_acknowledged_night_or_leaves_a_mess(tmp_path: Path) -> None:
    rng = random.Random(20261122)  # noqa: S311
    make_record(tmp_path / "prepared", tmp_path / "locks", 365)
    acknowledged = 0
    for number in range(15):
        outcome = kill_once(tmp_path / "prepared", tmp_path / str(number), tmp_path / "locks", rng)
        acknowledged += outcome.acknowledged
        assert outcome.missing == ()
        assert not outcome.damaged
        assert outcome.stale_files == ()
    assert acknowledged > 15
