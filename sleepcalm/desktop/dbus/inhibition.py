"""What the session's own services are asked to leave undone.

Desktops that suspend or lock after a while of idleness ask themselves, and not logind: it lets the user who
holds a lock override it (systemd issue 29818). So sound holds both a lock there and an inhibition here.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from dbus_fast import Variant
from dbus_fast.aio import MessageBus

from sleepcalm.desktop.dbus.link import BUS_ERRORS, Service

WHO = "SleepCalm"

_log = logging.getLogger(__name__)


class Way(Protocol):
    """One service that can be asked. Its methods raise any of BUS_ERRORS."""

    @property
    def service(self) -> Service: ...

    async def take(self, bus: MessageBus, why: str) -> str | int:
        """Ask for it; gives what it is given back by."""

    async def give_back(self, bus: MessageBus, token: str | int) -> None: ...


@dataclass(frozen=True, slots=True)
class ByCookie:
    """The older interfaces, alike but for their names: a uint32 stands for an inhibition."""

    service: Service

    async def take(self, bus: MessageBus, why: str) -> str | int:
        reply = await self.service.call(bus, "Inhibit", "ss", WHO, why)
        return int(reply.body[0])

    async def give_back(self, bus: MessageBus, token: str | int) -> None:
        await self.service.call(bus, "UnInhibit", "u", token)


@dataclass(frozen=True, slots=True)
class ByPortal:
    """The portal that passes it on to the desktop at hand, GNOME's among them."""

    flags: int
    """4: the computer does not sleep; 8: it does not count as idle, so nothing blanks or locks."""

    @property
    def service(self) -> Service:
        return PORTAL

    async def take(self, bus: MessageBus, why: str) -> str | int:
        reply = await PORTAL.call(bus, "Inhibit", "sua{sv}", "", self.flags, {"reason": Variant("s", why)})
        return str(reply.body[0])

    async def give_back(self, bus: MessageBus, token: str | int) -> None:
        await Service(PORTAL.name, str(token), "org.freedesktop.portal.Request").call(bus, "Close")


PORTAL = Service(
    "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop", "org.freedesktop.portal.Inhibit"
)
POWER_MANAGEMENT = Service(
    "org.freedesktop.PowerManagement",
    "/org/freedesktop/PowerManagement/Inhibit",
    "org.freedesktop.PowerManagement.Inhibit",
    may_be_started=False,  # another desktop's, installed beside the one that runs
)
SCREEN_SAVER = Service(
    "org.freedesktop.ScreenSaver",
    "/org/freedesktop/ScreenSaver",
    "org.freedesktop.ScreenSaver",
    may_be_started=False,
)

AGAINST_SLEEP: tuple[Way, ...] = (ByCookie(POWER_MANAGEMENT), ByPortal(4))
AGAINST_LOCKING: tuple[Way, ...] = (ByCookie(SCREEN_SAVER), ByPortal(8))


class Inhibition:
    """Held, while it is wanted, in the first of several ways that is granted.

    Every service drops the inhibitions of a program that leaves the bus, so none outlives the process.
    """

    def __init__(self, ways: Sequence[Way], why: str) -> None:
        self._ways = ways
        self._why = why
        self._bus: MessageBus | None = None
        self._is_wanted = False
        self._held: tuple[Way, str | int] | None = None
        self._turn = asyncio.Lock()

    @property
    def services(self) -> frozenset[str]:
        return frozenset(way.service.name for way in self._ways)

    async def join(self, bus: MessageBus) -> None:
        self._bus = bus
        await self._settle()

    async def renew(self, service: str, *, has_ended: bool, has_begun: bool) -> None:
        if has_ended:
            async with self._turn:  # after an answer of the one that ended that is still on its way
                if self._held is not None and self._held[0].service.name == service:
                    self._held = None
        if has_begun:
            await self._settle()

    def leave(self) -> None:
        self._bus = self._held = None

    async def want(self, is_wanted: bool) -> None:
        self._is_wanted = is_wanted
        await self._settle()

    async def _settle(self) -> None:
        """Make what is held what is wanted. Whoever comes in meanwhile waits, and looks again."""
        async with self._turn:
            bus = self._bus
            if bus is None:
                return
            if self._is_wanted and self._held is None:
                held = await self._take(bus)
                self._held = held if bus is self._bus else None
            elif not self._is_wanted and self._held is not None:
                (way, token), self._held = self._held, None
                try:
                    await way.give_back(bus, token)
                except BUS_ERRORS as error:
                    _log.info("could not give back (%s): %r", self._why, error)

    async def _take(self, bus: MessageBus) -> tuple[Way, str | int] | None:
        for way in self._ways:
            try:
                return way, await way.take(bus, self._why)
            except BUS_ERRORS as error:
                _log.info("%s: %r", way, error)
        return None
