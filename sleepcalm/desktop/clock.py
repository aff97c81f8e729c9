"""The clocks that a night is timed by."""

from __future__ import annotations

import time

from sleepcalm.relaxation.sleep_timer import ClockReading


def read_clock() -> ClockReading:
    """Now. Where there is no clock that runs on in a suspend, none is seen in the readings."""
    awake_s = time.monotonic()
    boot_s = time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else awake_s
    return ClockReading(boot_s=boot_s, awake_s=awake_s)
