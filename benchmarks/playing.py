"""The real window while it plays, beside mpv playing the same routine from a file."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from benchmarks.table import Row, require
from testbed.desk import SCREEN_PACKAGES, SINK, SOUND_PACKAGES, Desk, private_environment, wait_until

ROUTINE = "pmr-7"
SETTLE_S = 8
"""Until the sound has started and mpv has read ahead."""
MEASURED_S = 40
MEMORY_GOAL_MIB = 130


def measure(folder: Path) -> Iterator[Row]:
    require(SCREEN_PACKAGES | SOUND_PACKAGES | {"mpv": "mpv"})
    desk = Desk(private_environment(folder), folder)
    try:
        desk.start()
        file = folder / "routine.wav"
        desk.run("render", ROUTINE, str(file))
        window = desk.open_window()
        window.press("space")
        ours_s = _cpu_s(desk, window.process.pid)
        peak_mib = _peak_mib(window.process.pid)
        window.process.terminate()
        window.process.wait()
        wait_until(lambda: not _is_heard(desk), "silence")
        quiet = ["--no-config", "--really-quiet", "--no-input-terminal", "--ao=pulse"]
        mpv = subprocess.Popen(["mpv", *quiet, str(file)], env=desk.environment, stdin=subprocess.DEVNULL)
        try:
            mpv_s = _cpu_s(desk, mpv.pid)
            mpv_mib = _peak_mib(mpv.pid)
        finally:
            mpv.terminate()
            mpv.wait()
    finally:
        desk.stop()
    ratio = ours_s / mpv_s
    yield Row("CPU while playing", _load(ours_s), f"mpv {_load(mpv_s)}", ratio, "less", ratio < 1)
    memory = f"below {MEMORY_GOAL_MIB} MiB"
    yield Row(
        "peak memory while playing",
        f"{peak_mib:.0f} MiB",
        f"mpv {mpv_mib:.0f} MiB",
        peak_mib / mpv_mib,
        memory,
        peak_mib < MEMORY_GOAL_MIB,
    )


def _load(cpu_s: float) -> str:
    return f"{cpu_s / MEASURED_S:.1%} of a core"


def _cpu_s(desk: Desk, pid: int) -> float:
    """What the process used of the CPU in the measured time, once it sounds."""
    wait_until(lambda: _is_heard(desk), "sound")
    subprocess.run(["sleep", str(SETTLE_S)], check=True)
    before_s = _used_s(pid)
    subprocess.run(["sleep", str(MEASURED_S)], check=True)
    return _used_s(pid) - before_s


def _is_heard(desk: Desk) -> bool:
    listing = ["pactl", "list", "short", "sinks"]
    answer = subprocess.run(listing, env=desk.environment, capture_output=True, text=True, check=True)
    return any(SINK in line and "RUNNING" in line for line in answer.stdout.splitlines())


def _used_s(pid: int) -> float:
    """User and system time of all threads, by /proc."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _peak_mib(pid: int) -> float:
    """The most that the process had in memory at once, shared libraries included."""
    return _status_mib(pid, "VmHWM:")


def resident_mib() -> float:
    """What this process has in memory now, shared libraries included."""
    return _status_mib(os.getpid(), "VmRSS:")


def _status_mib(pid: int, field: str) -> float:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(field)) / 1024
