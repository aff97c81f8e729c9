"""The invented diary: a throwaway record for whoever wants to look around first."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from sleepcalm.program import Program, civil_now, load_program
from sleepcalm.shipped_files import shipped_folder
from sleepcalm.storage.exchange_json import read_demo

NOTICE = "demo: an invented diary; whatever you change in it is gone when SleepCalm ends"


@contextmanager
def demo_program() -> Iterator[Program]:
    """A program with the invented diary, in a folder that is removed afterwards."""
    demo = read_demo(shipped_folder("seeds") / "demo_diary.json")
    clock = civil_now if os.environ.get("SLEEPCALM_NOW") else _clock_from(demo.opens_at)
    with tempfile.TemporaryDirectory(prefix="sleepcalm-demo-") as folder:
        program = load_program(Path(folder), clock(), clock=clock, demo=True)
        with program.open_record("the demo") as book:
            book.put_all(row.value for row in demo.rows)
        yield replace(program, notices=(NOTICE, *program.notices))


def _clock_from(opens_at: datetime) -> Callable[[], datetime]:
    """A civil clock that goes on from there."""
    started = time.monotonic()
    return lambda: opens_at + timedelta(seconds=time.monotonic() - started)
