"""`python -m benchmarks [NAME]...`: run benchmarks and print what they found. A time never fails."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import frames, mixing, night, playing, questions, report, start_up, storage, trends
from benchmarks.table import Row, Unavailable, print_rows

BENCHMARKS: dict[str, Callable[[Path], Iterator[Row]]] = {
    "start-up": start_up.measure,
    "frames": frames.measure,
    "mixing": mixing.measure,
    "playing": playing.measure,
    "night": night.measure,
    "storage": storage.measure,
    "trends": trends.measure,
    "report": report.measure,
    "questions": questions.measure,
}
"""Each is given an empty folder, with a path short enough for sockets."""

WHOLE = {"night": night.measure_whole}
"""The long forms of those that have one."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", metavar="NAME", nargs="*", help=f"of {', '.join(BENCHMARKS)}; else all")
    parser.add_argument("--whole", action="store_true", help=f"the long form of {', '.join(WHOLE)}")
    arguments = parser.parse_args()
    names = arguments.names or list(BENCHMARKS)
    chosen = BENCHMARKS | WHOLE if arguments.whole else BENCHMARKS
    if unknown := sorted(set(names) - set(BENCHMARKS)):
        parser.error(f"there is no benchmark {unknown[0]!r}; there are {', '.join(BENCHMARKS)}")
    rows: list[Row] = []
    skipped = []
    for name in names:
        print(f"measuring {name} ...", file=sys.stderr)
        try:
            with TemporaryDirectory(prefix="bench-") as folder:
                rows.extend(chosen[name](Path(folder)))
        except (Unavailable, OSError, subprocess.SubprocessError) as reason:
            skipped.append(f"skipped: {name}: {reason}")
    print_rows(rows)
    print("\n".join(skipped), end="\n" if skipped else "")
    return 0


if __name__ == "__main__":
    sys.exit(main())
