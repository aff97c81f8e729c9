"""The desktop of a system with D-Bus, served on a thread of its own.

The thread imports the event loop and the D-Bus library, a tenth of a second each, connects, and waits
for the buses; calls are handed to it and never wait.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, TypeAlias

from sleepcalm.desktop.ports import MediaControls, NowPlaying, SleepListener

if TYPE_CHECKING:
    import asyncio

    from sleepcalm.desktop.dbus.services import Buses, Services

Message: TypeAlias = "Callable[[Services], None]"

CLOSE_WITHIN_S = 2.0

_log = logging.getLogger(__name__)


class BusDesktop:
    """Takes every call from the first moment on; what comes before the thread is ready waits for it."""

    def __init__(self, controls: MediaControls, listener: SleepListener, buses: Buses | None = None) -> None:
        self.media_keys = BusMediaKeys(self._tell)
        self.system_sleep = BusSystemSleep(self._tell, self._can_suspend)
        self.screen_lock = BusScreenLock(self._tell)
        self._controls = controls
        self._listener = listener
        self._buses = buses
        self._lock = Lock()
        self._waiting: list[Message] = []
        self._is_closed = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._services: Services | None = None
        self._stay: asyncio.Task[None] | None = None
        self._thread: Thread | None = None

    def start(self) -> None:
        if self._thread is None:
            self._thread = Thread(target=self._work, name="desktop", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Leave the buses. A thread that hangs all the same ends with the process, and so do its locks."""
        with self._lock:
            was_closed, self._is_closed = self._is_closed, True
            if not was_closed and self._loop is not None and self._stay is not None:
                self._loop.call_soon_threadsafe(self._stay.cancel)
        if self._thread is not None:
            self._thread.join(CLOSE_WITHIN_S)

    def _can_suspend(self) -> bool:
        return self._services is not None and self._services.logind.can_suspend

    def _tell(self, message: Message) -> None:
        with self._lock:
            if self._is_closed:
                return
            if self._loop is None:
                self._waiting.append(message)
            else:
                self._loop.call_soon_threadsafe(self._pass_on, message)

    def _pass_on(self, message: Message) -> None:
        if self._services is not None:
            message(self._services)

    def _work(self) -> None:
        import asyncio  # noqa: PLC0415 - see above

        try:
            asyncio.run(self._serve())
        except ImportError as error:
            _log.warning("no media keys, and nothing keeps the computer awake: %s", error)
        finally:
            with self._lock:
                self._is_closed = True
                self._waiting.clear()

    async def _serve(self) -> None:
        import asyncio  # noqa: PLC0415 - see above

        from sleepcalm.desktop.dbus.services import Buses, Services  # noqa: PLC0415 - see above

        loop = asyncio.get_running_loop()
        loop.set_exception_handler(_note)
        self._services = Services(self._controls, self._listener, self._buses or Buses())
        with self._lock:
            if self._is_closed:
                return
            self._stay = loop.create_task(self._services.run())
            self._loop = loop
            waiting, self._waiting = self._waiting, []
        for message in waiting:
            message(self._services)
        try:
            await self._stay
        except asyncio.CancelledError:
            _log.debug("left the desktop")
        finally:
            with self._lock:
                self._is_closed = True  # the loop takes no more calls


def _note(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """A signal that a dying bus did not take has nobody who waits for it."""
    _log.info("%s: %r", context["message"], context.get("exception"))


class BusMediaKeys:
    def __init__(self, tell: Callable[[Message], None]) -> None:
        self._tell = tell

    def show(self, now: NowPlaying) -> None:
        self._tell(lambda services: services.show(now))


class BusScreenLock:
    def __init__(self, tell: Callable[[Message], None]) -> None:
        self._tell = tell

    def hold(self) -> None:
        self._tell(lambda services: services.hold_screen(True))

    def release(self) -> None:
        self._tell(lambda services: services.hold_screen(False))


class BusSystemSleep:
    def __init__(self, tell: Callable[[Message], None], can_suspend: Callable[[], bool]) -> None:
        self._tell = tell
        self._can_suspend = can_suspend

    @property
    def can_suspend(self) -> bool:
        return self._can_suspend()

    def hold(self) -> None:
        self._tell(lambda services: services.hold_sleep(True))

    def release(self) -> None:
        self._tell(lambda services: services.hold_sleep(False))

    def suspend(self) -> None:
        self._tell(lambda services: services.suspend())
