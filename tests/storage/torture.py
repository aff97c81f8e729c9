"""The long forms of the storage's proofs; prints what it counted, and ends with 1 if anything was lost.

python tests/storage/torture.py [--kills 300] [--damages 10000] [--seed N]
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
from pathlib import Path

if __name__ == "__main__":  # as a program the checkout is not on the path yet
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from killed_writer import kill_once, make_record
from storage_clock import Clock
from test_failing_disk import random_damages


def kills(folder: Path, rounds: int, seed: int) -> bool:
    """Kill a streaming writer so many times; whether nothing was lost, damaged or left behind."""
    rng = random.Random(seed)  # noqa: S311
    make_record(folder / "prepared", folder / "locks", 365)
    acknowledged = missing = damaged = stale = mid_write = 0
    for number in range(rounds):
        copy = folder / str(number)
        outcome = kill_once(folder / "prepared", copy, folder / "locks", rng)
        acknowledged += outcome.acknowledged
        missing += len(outcome.missing)
        damaged += outcome.damaged
        stale += len(outcome.stale_files)
        mid_write += outcome.cleaned > 0
        shutil.rmtree(copy)
    print(
        f"kill -9, {rounds} rounds ({mid_write} in the middle of a file): "
        f"{acknowledged} nights acknowledged, {missing} missing, {damaged} damaged files, "
        f"{stale} stale temporary files after the next start"
    )
    return missing == damaged == stale == 0


def main() -> int:
    parser = argparse.ArgumentParser(description="The long forms of the storage's proofs.")
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--damages", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 30))
    options = parser.parse_args()
    print(f"seed {options.seed}")
    with tempfile.TemporaryDirectory(prefix="sleepcalm-torture-") as name:
        good = kills(Path(name), options.kills, options.seed)
        try:
            mended = random_damages(Path(name) / "damages", Clock(), options.damages, options.seed)
        except AssertionError as error:
            print(f"damages: {error}")
            return 1
    print(f"damages noticed and mended: {mended}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
