"""`sleepcalm routines`: what there is to play."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from typing import Any

from sleepcalm.program import Program, UserError
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ, Choices

HELP = "list the routines"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument(
        "--example",
        action="store_true",
        help="write an example of a routine of your own into your data folder",
    )


def run(program: Program, arguments: Namespace) -> int:
    if arguments.example:
        return _write_example(program)
    rows: list[dict[str, Any]] = []
    for routine in program.catalogue.routines.values():
        timeline = program.timeline(routine, Choices())
        rows.append(
            {
                "id": routine.id,
                "title": routine.title,
                "kind": routine.kind.value,
                "duration_s": round(timeline.duration_frames / SAMPLE_RATE_HZ, 3),
                "steps": len(timeline.steps),
                "lengths_min": list(routine.lengths.offered_min) if routine.lengths else [],
                "variants": [variant.id for variant in routine.variants],
                "is_shuffled": routine.is_shuffled,
            }
        )
    if arguments.json:
        print(json.dumps(rows, indent=2))
    else:
        for row in rows:
            print("{id:<20} {minutes:3.0f} min  {title}".format(minutes=row["duration_s"] / 60, **row))
    for error in program.catalogue.errors:
        print(f"sleepcalm: not loaded: {error}", file=sys.stderr)
    return 0


def _write_example(program: Program) -> int:
    from sleepcalm.storage.own_routines import EXAMPLE_NAME, write_example  # noqa: PLC0415

    try:
        path = write_example(program.data_folder, program.assets / EXAMPLE_NAME)
    except FileExistsError as error:
        raise UserError(f"{error.filename} is there already and was kept") from error
    print(f"written to {path}; a copy with another id and another name is a routine of your own")
    return 0
