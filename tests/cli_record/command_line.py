"""What tests of the command line share: its answers, real processes, and a night."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from command_answer import Answer

NIGHT = json.dumps(
    {
        "wake_date": "2026-11-22",
        "time_zone": "Europe/Berlin",
        "into_bed": "22:40",
        "tried_to_sleep": "23:05",
        "sleep_onset_latency_min": 24,
        "awakenings": 2,
        "wake_after_sleep_onset_min": 20,
        "final_awakening": "06:40",
        "out_of_bed": "07:00",
        "hypnic_jerks": {"count": "1-2", "strongest": "jerk"},
        "evening": {"caffeine_mg": 160, "caffeine_last": "15:30"},
        "notes": "",
    }
)


def night(wake_date: str, **fields: object) -> str:
    return json.dumps({"wake_date": wake_date, "time_zone": "Europe/Berlin", **fields})


def command(*words: object) -> list[str]:
    return [sys.executable, "-m", "sleepcalm", *(str(word) for word in words)]


def run_process(*words: object, given: str = "", **environment: str) -> Answer:
    """Runs `sleepcalm` in a process of its own."""
    done = subprocess.run(
        command(*words),
        input=given,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, **environment},
    )
    return Answer(done.returncode, done.stdout, done.stderr)


def run_on_terminal(*words: object, typed: str) -> Answer:
    """Runs `sleepcalm` with a real terminal for what it asks, and types the answer."""
    ours, theirs = os.openpty()
    try:
        with subprocess.Popen(
            command(*words), stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, text=True
        ) as process:
            os.write(ours, typed.encode())
            out, _ = process.communicate(timeout=120)
        os.set_blocking(ours, False)
        return Answer(process.returncode, out, os.read(ours, 100_000).decode())
    finally:
        os.close(theirs)
        os.close(ours)
