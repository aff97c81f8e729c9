"""All services of the desktop, on their two buses, within one event loop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any

from sleepcalm.desktop.dbus.inhibition import AGAINST_LOCKING, AGAINST_SLEEP, Inhibition
from sleepcalm.desktop.dbus.link import BusLink, FindAddress, session_bus_address, system_bus_address
from sleepcalm.desktop.dbus.logind import WHY, Logind
from sleepcalm.desktop.dbus.media_player import MediaPlayer
from sleepcalm.desktop.ports import MediaControls, NowPlaying, SleepListener

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Buses:
    """Where the buses are looked for, and how long after a failure again."""

    session: FindAddress = session_bus_address
    system: FindAddress = system_bus_address
    retry_s: float = 20.0


class Services:
    """Built and used on the thread of its event loop. None of its calls waits for the desktop."""

    def __init__(self, controls: MediaControls, listener: SleepListener, buses: Buses) -> None:
        self.logind = Logind(listener)
        self._player = MediaPlayer(controls)
        self._sleep = Inhibition(AGAINST_SLEEP, WHY)
        self._screen = Inhibition(AGAINST_LOCKING, "Shown beside the bed")
        session = (self._player, self._sleep, self._screen)
        self._links = (
            BusLink("session", buses.session, session, retry_s=buses.retry_s),
            BusLink("system", buses.system, (self.logind,), retry_s=buses.retry_s),
        )
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Stay on the buses until cancelled."""
        async with asyncio.TaskGroup() as group:
            for link in self._links:
                group.create_task(link.run())

    def show(self, now: NowPlaying) -> None:
        self._player.show(now)

    def hold_sleep(self, is_wanted: bool) -> None:
        self._start(self.logind.want(is_wanted))
        self._start(self._sleep.want(is_wanted))

    def hold_screen(self, is_wanted: bool) -> None:
        self._start(self._screen.want(is_wanted))

    def suspend(self) -> None:
        self._start(self._sleep.want(False))
        self._start(self.logind.suspend())

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._finish)

    def _finish(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("a service of the desktop failed", exc_info=error)
