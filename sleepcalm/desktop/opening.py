"""The desktop that this system has."""

from __future__ import annotations

import sys
from typing import Protocol

from sleepcalm.desktop.nowhere import NoDesktop
from sleepcalm.desktop.ports import Desktop, MediaControls, SleepListener


class DesktopListener(MediaControls, SleepListener, Protocol):
    """All that a desktop calls back for."""


def open_desktop(listener: DesktopListener, platform: str = sys.platform) -> Desktop:
    """The desktop's services, not started yet."""
    if platform == "linux":
        from sleepcalm.desktop.bus_desktop import BusDesktop  # noqa: PLC0415 - elsewhere there is no bus

        return BusDesktop(listener, listener)
    return NoDesktop()
