"""kill -9 while `sleepcalm diary add` streams; the long form is `pytest -m torture -rP tests/cli_record`."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from killed_diary_add import kill_once, make_year


@pytest.mark.parametrize("rounds", [10, pytest.param(300, marks=pytest.mark.torture)])
def test_no_kill_loses_an_acknowledged_night_or_leaves_a_mess(tmp_path: Path, rounds: int) -> None:
    seed = 20261122 if rounds == 10 else random.SystemRandom().randrange(1 << 30)
    rng = random.Random(seed)  # noqa: S311
    make_year(tmp_path / "prepared", tmp_path / "state" / "sleepcalm" / "locks")
    outcomes = []
    for number in range(rounds):
        outcomes.append(kill_once(tmp_path / "prepared", tmp_path / str(number), tmp_path / "state", rng))
        shutil.rmtree(tmp_path / str(number))
    acknowledged = sum(outcome.acknowledged for outcome in outcomes)
    missing = [wake_date for outcome in outcomes for wake_date in outcome.missing]
    damaged = sum(outcome.damaged for outcome in outcomes)
    stale = [name for outcome in outcomes for name in outcome.stale_files]
    print(
        f"kill -9 of `diary add`, {rounds} rounds, seed {seed}: {acknowledged} nights acknowledged, "
        f"{len(missing)} missing, {damaged} damaged files, {len(stale)} stale temporary files afterwards; "
        f"{sum(outcome.cleaned > 0 for outcome in outcomes)} kills came in the middle of a save"
    )
    assert (missing, damaged, stale) == ([], 0, [])
    assert acknowledged > rounds
