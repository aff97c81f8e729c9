"""System sleep as systemd's logind (or elogind) governs it: https://systemd.io/INHIBITOR_LOCKS/."""

from __future__ import annotations

import asyncio
import logging
import os
from typing import Any

from dbus_fast import Message, MessageType
from dbus_fast.aio import MessageBus

from sleepcalm.desktop.dbus.link import BUS, BUS_ERRORS, Service
from sleepcalm.desktop.ports import SleepListener

MANAGER = Service("org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager")
WHO = "SleepCalm"
WHY = "Sound is playing"

MODES = ("block", "delay")
"""`block` keeps the computer awake. `delay` gives the sound time to stop where sleep comes all the same:
the user asks for it, or closes the lid."""

_log = logging.getLogger(__name__)


class Logind:
    """Holds logind's locks while it is wanted, passes its news on, and asks it for a suspend.

    A lock is a file descriptor, so the kernel lets go of it however this process ends.
    """

    services = frozenset({MANAGER.name})

    def __init__(self, listener: SleepListener) -> None:
        self.can_suspend = False
        """Without a password: who has fallen asleep types none."""
        self._listener = listener
        self._bus: MessageBus | None = None
        self._is_wanted = False
        self._locks: dict[str, int] = {}
        self._turn = asyncio.Lock()

    async def join(self, bus: MessageBus) -> None:
        self._bus = bus
        bus.add_message_handler(self._take_notice)
        news = (
            f"type='signal',sender='{MANAGER.name}',interface='{MANAGER.interface}',member='PrepareForSleep'"
        )
        await BUS.call(bus, "AddMatch", "s", news)
        await self._begin(bus)

    async def renew(self, service: str, *, has_ended: bool, has_begun: bool) -> None:  # noqa: ARG002 - one
        if has_ended:
            self.can_suspend = False
            async with self._turn:  # after a lock of the one that ended that is still on its way
                self._let_go()
        if has_begun and self._bus is not None:
            await self._begin(self._bus)

    def leave(self) -> None:
        self._bus = None
        self.can_suspend = False
        self._let_go()

    async def want(self, is_wanted: bool) -> None:
        """Hold the locks from now on, or let go of them."""
        self._is_wanted = is_wanted
        if is_wanted:
            await self._settle()
        else:
            self._let_go()

    async def suspend(self) -> None:
        """Send the computer to sleep. From systemd 257 on, a lock of one's own would be in the way."""
        await self.want(False)
        try:
            if self._bus is None:
                raise ConnectionError("there is no system bus")
            await MANAGER.call(self._bus, "Suspend", "b", False)
        except BUS_ERRORS as error:
            _log.info("no suspend: %r", error)
            self._listener.suspend_refused(str(error))

    async def _begin(self, bus: MessageBus) -> None:
        await self._settle()
        reply = await MANAGER.call(bus, "CanSuspend")
        self.can_suspend = reply.body == ["yes"]

    async def _settle(self) -> None:
        """Take what is wanted and not held. Whoever comes in meanwhile waits, and looks again."""
        async with self._turn:
            for mode in MODES:
                if self._bus is not None and self._is_wanted and mode not in self._locks:
                    await self._take(self._bus, mode)

    async def _take(self, bus: MessageBus, mode: str) -> None:
        try:
            reply = await MANAGER.call(bus, "Inhibit", "ssss", "sleep", WHO, WHY, mode)
        except BUS_ERRORS as error:
            _log.info("no %s lock on system sleep: %r", mode, error)
            return
        for lock in reply.unix_fds:
            if self._is_wanted and bus is self._bus and mode not in self._locks:
                self._locks[mode] = lock
            else:  # let go of while it was on its way
                os.close(lock)

    def _let_go(self) -> None:
        for lock in self._locks.values():
            os.close(lock)
        self._locks.clear()

    def _take_notice(self, message: Message) -> Any:
        is_news = message.message_type is MessageType.SIGNAL and message.member == "PrepareForSleep"
        is_read = is_news and message.interface == MANAGER.interface and message.signature == "b"
        if is_read and message.body[0]:  # False: it has woken up, and what has paused stays so
            self._listener.about_to_sleep()
