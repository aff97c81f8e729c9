"""Programs on the other end of the bus: a client, and services that keep books like the real ones."""

# dbus-fast reads the annotations, and takes "None" as a string for a mistake.

import asyncio
import os
from collections.abc import Coroutine
from queue import SimpleQueue
from threading import Thread
from types import TracebackType
from typing import Any, Self, TypeVar

from dbus_fast import DBusError, ErrorType, Message, MessageType, NameFlag, Variant
from dbus_fast.aio import MessageBus
from dbus_fast.annotations import (
    DBusBool,
    DBusDict,
    DBusObjectPath,
    DBusStr,
    DBusUInt32,
    DBusUnixFd,
)
from dbus_fast.service import ServiceInterface, dbus_method, dbus_signal

from testbed.bus import WAIT_S

Result = TypeVar("Result")

PLAYER = "org.mpris.MediaPlayer2.sleepcalm"
PLAYER_PATH = "/org/mpris/MediaPlayer2"
PLAYER_INTERFACE = "org.mpris.MediaPlayer2.Player"
PROPERTIES = "org.freedesktop.DBus.Properties"

_BUS_KEEPING = ("org.freedesktop.DBus", "org.freedesktop.DBus.ObjectManager")
"""Interfaces whose signals say nothing of the player."""


class Peer:
    """A connection to a bus on a thread of its own. `signals` are those that arrived."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="peer")
        self.bus: MessageBus | None = None
        self.signals: SimpleQueue[Message] = SimpleQueue()
        self._owners: SimpleQueue[tuple[str, str]] = SimpleQueue()

    def __enter__(self) -> Self:
        self._thread.start()
        self.run(self._join())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.run(self._leave())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(WAIT_S)

    async def _join(self) -> None:
        self.bus = await MessageBus(bus_address=self._address, negotiate_unix_fd=True).connect()
        self.bus.add_message_handler(self._hear)
        await self._ask("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "AddMatch", "s", "type='signal'")

    async def _leave(self) -> None:
        assert self.bus is not None
        if self.bus.connected:
            self.bus.disconnect()
            await self.bus.wait_for_disconnect()  # type: ignore[no-untyped-call]

    def _hear(self, message: Message) -> None:
        if message.message_type is MessageType.SIGNAL:
            if message.member == "NameOwnerChanged":
                self._owners.put((message.body[0], message.body[2]))
            elif message.interface not in _BUS_KEEPING:
                self.signals.put(message)

    async def _ask(
        self, name: str, path: str, interface: str, member: str, signature: str = "", *body: Any
    ) -> list[Any]:
        assert self.bus is not None
        reply = await self.bus.call(
            Message(
                destination=name,
                path=path,
                interface=interface,
                member=member,
                signature=signature,
                body=list(body),
            )
        )
        if reply.message_type is MessageType.ERROR:
            raise DBusError(str(reply.error_name), str(reply.body))
        return list(reply.body)

    def ask(
        self, name: str, path: str, interface: str, member: str, signature: str = "", *body: Any
    ) -> list[Any]:
        """Call a method; gives what it returns, or raises DBusError."""
        return self.run(self._ask(name, path, interface, member, signature, *body))

    def wait_for_player(self, name: str = PLAYER) -> None:
        has_owner = self.ask("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "NameHasOwner", "s", name)[
            0
        ]
        while not has_owner:
            owned, owner = self._owners.get(timeout=WAIT_S)
            has_owner = owned == name and owner

    def player(self, member: str, signature: str = "", *body: Any) -> list[Any]:
        return self.ask(PLAYER, PLAYER_PATH, PLAYER_INTERFACE, member, signature, *body)

    def property(self, name: str, interface: str = PLAYER_INTERFACE) -> Variant:
        value = self.ask(PLAYER, PLAYER_PATH, PROPERTIES, "Get", "ss", interface, name)[0]
        assert isinstance(value, Variant)
        return value

    def set_property(self, name: str, value: Variant) -> None:
        self.ask(PLAYER, PLAYER_PATH, PROPERTIES, "Set", "ssv", PLAYER_INTERFACE, name, value)

    def next_signal(self) -> Message:
        return self.signals.get(timeout=WAIT_S)


class Service(Peer):
    """A peer that owns a name and answers there. `events` are what it was asked for and what it noticed."""

    name: str
    path: str

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.events: SimpleQueue[tuple[Any, ...]] = SimpleQueue()

    def interface(self) -> ServiceInterface:
        raise NotImplementedError

    def next_event(self) -> tuple[Any, ...]:
        return self.events.get(timeout=WAIT_S)

    async def _join(self) -> None:
        await super()._join()
        assert self.bus is not None
        self.bus.export(self.path, self.interface())
        await self.bus.request_name(self.name, NameFlag.DO_NOT_QUEUE)


class StubLogind(Service):
    """Gives pipes as locks and notices when the other end is closed, as logind does."""

    name = "org.freedesktop.login1"
    path = "/org/freedesktop/login1"

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.can_suspend = "yes"
        self.questions: SimpleQueue[str] = SimpleQueue()
        self.held: set[str] = set()
        """The modes of the locks that are held."""
        self.is_refusing = False
        self._manager = _Manager(self)

    def interface(self) -> ServiceInterface:
        return self._manager

    def wait_for_question(self) -> None:
        """The program has found this logind."""
        assert self.questions.get(timeout=WAIT_S) == "CanSuspend"

    def next_locks(self) -> set[tuple[Any, ...]]:
        """The next two events: a sleep lock of each mode is taken, or let go of."""
        return {self.next_event(), self.next_event()}

    def prepare_for_sleep(self, is_going: bool) -> None:
        async def tell() -> None:
            self._manager.prepare_for_sleep(is_going)

        self.run(tell())

    def lock(self, mode: str) -> int:
        reader, writer = os.pipe()
        self.held.add(mode)
        loop = asyncio.get_running_loop()

        def notice() -> None:
            loop.remove_reader(reader)
            os.close(reader)
            self.held.discard(mode)
            self.events.put(("let go", mode))

        loop.add_reader(reader, notice)
        loop.call_soon(os.close, writer)  # the answer is sent before, so only the other end holds it then
        return writer


class _Manager(ServiceInterface):
    def __init__(self, logind: "StubLogind") -> None:
        super().__init__("org.freedesktop.login1.Manager")
        self._logind = logind

    @dbus_method("Inhibit")
    def inhibit(self, what: DBusStr, who: DBusStr, why: DBusStr, mode: DBusStr) -> DBusUnixFd:
        if self._logind.is_refusing:
            raise DBusError(ErrorType.ACCESS_DENIED, "not for you")
        self._logind.events.put(("taken", what, who, why, mode))
        return self._logind.lock(mode)

    @dbus_method("CanSuspend")
    def can_suspend(self) -> DBusStr:
        self._logind.questions.put("CanSuspend")
        return self._logind.can_suspend

    @dbus_method("Suspend")
    def suspend(self, interactive: DBusBool) -> None:
        if self._logind.is_refusing:
            raise DBusError(ErrorType.ACCESS_DENIED, "not for you")
        self._logind.events.put(("suspend", interactive, frozenset(self._logind.held)))

    @dbus_signal("PrepareForSleep")
    def prepare_for_sleep(self, is_going: bool) -> DBusBool:
        return is_going


class StubCookies(Service):
    """ScreenSaver or PowerManagement: their methods differ in nothing but the name of the interface."""

    def __init__(self, address: str, name: str, path: str) -> None:
        super().__init__(address)
        self.name, self.path = name, path

    def interface(self) -> ServiceInterface:
        name = "org.freedesktop.ScreenSaver" if "ScreenSaver" in self.name else f"{self.name}.Inhibit"
        return _Cookies(name, self)


class _Cookies(ServiceInterface):
    def __init__(self, name: str, service: StubCookies) -> None:
        super().__init__(name)
        self._service = service
        self._cookie = 2**31  # more than an int32 holds

    @dbus_method("Inhibit")
    def inhibit(self, who: DBusStr, why: DBusStr) -> DBusUInt32:
        self._cookie += 1
        self._service.events.put(("inhibit", who, why, self._cookie))
        return self._cookie

    @dbus_method("UnInhibit")
    def un_inhibit(self, cookie: DBusUInt32) -> None:
        self._service.events.put(("uninhibit", cookie))


class StubPortal(Service):
    name = "org.freedesktop.portal.Desktop"
    path = "/org/freedesktop/portal/desktop"

    def interface(self) -> ServiceInterface:
        return _Portal(self)


class _Portal(ServiceInterface):
    def __init__(self, portal: StubPortal) -> None:
        super().__init__("org.freedesktop.portal.Inhibit")
        self._portal = portal

    @dbus_method("Inhibit")
    def inhibit(self, window: DBusStr, flags: DBusUInt32, options: DBusDict) -> DBusObjectPath:
        handle = f"{self._portal.path}/request/a/{flags}"
        assert self._portal.bus is not None
        self._portal.bus.export(handle, _Request(self._portal, handle))
        self._portal.events.put(("inhibit", window, flags, options["reason"].value))
        return handle


class _Request(ServiceInterface):
    def __init__(self, portal: StubPortal, handle: str) -> None:
        super().__init__("org.freedesktop.portal.Request")
        self._portal = portal
        self._handle = handle

    @dbus_method("Close")
    def close(self) -> None:
        self._portal.events.put(("close", self._handle))
