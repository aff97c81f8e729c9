"""A connection to a message bus that comes back whenever the bus does."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from dbus_fast import DBusError, DBusFastError, ErrorType, Message, MessageFlag, MessageType
from dbus_fast.aio import MessageBus

FindAddress = Callable[[], str | None]

BUS_ERRORS = (OSError, EOFError, DBusFastError)
"""What a bus that is not there, dies, refuses or does not answer raises (TimeoutError is an OSError)."""

ANSWER_WITHIN_S = 10.0
LEAVE_WITHIN_S = 0.5

_OWNERS = "type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged'"

_log = logging.getLogger(__name__)


def session_bus_address() -> str | None:
    """Where the user's bus is, or None. As in systemd's sessions, it need not be in the environment."""
    if address := os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return address
    folder = os.environ.get("XDG_RUNTIME_DIR")
    return f"unix:path={folder}/bus" if folder and Path(folder, "bus").exists() else None


def system_bus_address() -> str:
    return os.environ.get("DBUS_SYSTEM_BUS_ADDRESS") or "unix:path=/var/run/dbus/system_bus_socket"


class Member(Protocol):
    """Something that lives on a bus while there is one."""

    @property
    def services(self) -> frozenset[str]:
        """The names of the programs that it asks something of."""

    async def join(self, bus: MessageBus) -> None:
        """The bus is there. May raise any of BUS_ERRORS."""

    async def renew(self, service: str, *, has_ended: bool, has_begun: bool) -> None:
        """One of `services` has ended and forgotten everything, has begun, or both at once, and may be asked
        anew. May raise any of BUS_ERRORS."""

    def leave(self) -> None:
        """It is gone, and with it whatever it knew of this program."""


class BusLink:
    """Connects, lets the members join, waits for the end of the bus, and begins again, until cancelled."""

    def __init__(
        self, name: str, find_address: FindAddress, members: Sequence[Member], retry_s: float
    ) -> None:
        self._name = name
        self._find_address = find_address
        self._members = members
        self._retry_s = retry_s
        self._complaint = ""

    async def run(self) -> None:
        while True:
            try:
                await self._stay()
            except BUS_ERRORS as error:
                self._complain(f"no {self._name} bus: {error!r}")
            await asyncio.sleep(self._retry_s)

    async def _stay(self) -> None:
        address = self._find_address()
        if address is None:
            self._complain(f"no {self._name} bus: nothing says where it is")
            return
        async with _connected(address) as bus:
            self._complaint = ""
            tasks: set[asyncio.Task[None]] = set()
            bus.add_message_handler(partial(self._notice_service, tasks, bus))
            try:
                for service in sorted({name for member in self._members for name in member.services}):
                    await BUS.call(bus, "AddMatch", "s", f"{_OWNERS},arg0='{service}'")
                for member in self._members:
                    await self._without(member, bus, member.join(bus))
                await _until_it_goes(bus)
            finally:
                for member in self._members:
                    member.leave()

    def _notice_service(self, tasks: set[asyncio.Task[None]], bus: MessageBus, message: Message) -> None:
        if message.member != "NameOwnerChanged" or message.sender != BUS.name:
            return
        service, before, after = message.body
        for member in self._members:
            if service in member.services:
                renewal = member.renew(service, has_ended=bool(before), has_begun=bool(after))
                task = asyncio.ensure_future(self._without(member, bus, renewal))
                tasks.add(task)
                task.add_done_callback(tasks.discard)

    async def _without(self, member: Member, bus: MessageBus, work: Awaitable[None]) -> None:
        """One service that is missing or refuses is no reason to do without the others."""
        try:
            await work
        except BUS_ERRORS as error:
            if not bus.connected:
                return  # the end of the bus is noticed by who waits for it
            _log.info("%s bus: %s does without: %r", self._name, type(member).__name__, error)

    def _complain(self, complaint: str) -> None:
        """Once, and not at every try."""
        if complaint != self._complaint:
            self._complaint = complaint
            _log.info("%s", complaint)


@asynccontextmanager
async def _connected(address: str) -> AsyncIterator[MessageBus]:
    bus = MessageBus(bus_address=address, negotiate_unix_fd=True)
    async with asyncio.timeout(ANSWER_WITHIN_S):
        await bus.connect()
    try:
        yield bus
    finally:
        if bus.connected:
            bus.disconnect()
            async with asyncio.timeout(LEAVE_WITHIN_S):
                await _until_it_goes(bus)


async def _until_it_goes(bus: MessageBus) -> None:
    await bus.wait_for_disconnect()  # type: ignore[no-untyped-call]


@dataclass(frozen=True, slots=True)
class Service:
    """Where an interface is found on a bus."""

    name: str
    path: str
    interface: str
    may_be_started: bool = True
    """Whether the bus may start the service to have it answer."""

    async def call(self, bus: MessageBus, member: str, signature: str = "", *body: Any) -> Message:
        """Call a method and give its reply. Raises one of BUS_ERRORS when it fails or is not answered."""
        message = Message(
            destination=self.name,
            path=self.path,
            interface=self.interface,
            member=member,
            signature=signature,
            body=list(body),
            flags=MessageFlag.NONE if self.may_be_started else MessageFlag.NO_AUTOSTART,
        )
        if not bus.connected:
            raise ConnectionError("the bus is gone")
        answer: asyncio.Task[Message | None] = asyncio.ensure_future(bus.call(message))
        try:
            await asyncio.wait({answer}, timeout=ANSWER_WITHIN_S)
        except asyncio.CancelledError:
            answer.add_done_callback(_drop)
            raise
        if not answer.done():
            answer.add_done_callback(_drop)
            raise TimeoutError(f"{self.name} does not answer")
        reply = answer.result()
        if reply is None:
            raise ConnectionError("the bus went while it was asked")
        if reply.message_type is MessageType.ERROR:
            text = str(reply.body[0]) if reply.body else ""
            raise DBusError(reply.error_name or ErrorType.FAILED, text)
        return reply


def _drop(answer: asyncio.Task[Message | None]) -> None:
    """An answer that nobody waits for any more. A lock in it must not be held for ever."""
    if not answer.cancelled() and answer.exception() is None and (reply := answer.result()) is not None:
        for descriptor in reply.unix_fds:
            os.close(descriptor)


BUS = Service("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")
