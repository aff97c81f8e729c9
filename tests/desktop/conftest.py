"""Message buses of a test's own, and the program's side of the desktop on them."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from recorded_calls import RecordedCalls

from sleepcalm.desktop.bus_desktop import BusDesktop
from sleepcalm.desktop.dbus.services import Buses
from testbed.bus import PrivateBus
from testbed.bus_services import Peer, StubLogind

MakeDesktop = Callable[[], tuple[BusDesktop, RecordedCalls]]


@pytest.fixture
def folder() -> Iterator[Path]:
    """Sockets need a short path, which pytest's own folder is not."""
    with tempfile.TemporaryDirectory(prefix="bus-") as name:
        yield Path(name)


def _bus(folder: Path, name: str) -> Iterator[PrivateBus]:
    if shutil.which("dbus-daemon") is None:
        pytest.skip("a real message bus needs the package dbus-daemon")
    bus = PrivateBus(folder, name)
    bus.start()
    yield bus
    bus.stop()


@pytest.fixture
def session(folder: Path) -> Iterator[PrivateBus]:
    yield from _bus(folder, "session")


@pytest.fixture
def system(folder: Path) -> Iterator[PrivateBus]:
    yield from _bus(folder, "system")


@pytest.fixture
def logind(system: PrivateBus) -> Iterator[StubLogind]:
    with StubLogind(system.address) as logind:
        yield logind


@pytest.fixture
def make_desktop(folder: Path) -> Iterator[MakeDesktop]:
    """Makes desktops on the buses in `folder`, whether they are there or not; each is started."""
    made: list[BusDesktop] = []

    def make() -> tuple[BusDesktop, RecordedCalls]:
        calls = RecordedCalls()
        buses = Buses(lambda: f"unix:path={folder}/session", lambda: f"unix:path={folder}/system", 0.05)
        desktop = BusDesktop(calls, calls, buses)
        desktop.start()
        made.append(desktop)
        return desktop, calls

    yield make
    for desktop in made:
        desktop.close()


@pytest.fixture
def peer(session: PrivateBus) -> Iterator[Peer]:
    """Another program on the session's bus."""
    with Peer(session.address) as peer:
        yield peer
