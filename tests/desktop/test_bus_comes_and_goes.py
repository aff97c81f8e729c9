"""A desktop without a bus, with one that dies, and with one that hangs: quietly off, and on again."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from recorded_calls import RecordedCalls

from sleepcalm.desktop.bus_desktop import BusDesktop
from sleepcalm.desktop.dbus.link import session_bus_address, system_bus_address
from sleepcalm.desktop.dbus.services import Buses
from sleepcalm.desktop.nowhere import NoDesktop
from sleepcalm.desktop.opening import open_desktop
from sleepcalm.desktop.ports import NowPlaying, PlaybackStatus
from testbed.bus_services import Peer

NOW = NowPlaying(PlaybackStatus.PAUSED, piece=1, position_s=5.0, length_s=60.0)


def _use_everything(desktop) -> None:
    desktop.media_keys.show(NOW)
    desktop.system_sleep.hold()
    desktop.screen_lock.hold()
    desktop.system_sleep.release()
    desktop.screen_lock.release()
    assert desktop.system_sleep.can_suspend is False


def test_without_any_bus_every_call_is_taken(make_desktop):
    desktop, calls = make_desktop()
    _use_everything(desktop)
    desktop.close()
    assert calls.none_waits()


@pytest.mark.parametrize(
    "address",
    [
        "disabled:",
        "autolaunch:",
        "unix:",
        "unix:path=",
        "unix:runtime=yes",
        "unix:path=/nowhere/bus",
        "tcp:host=localhost,port=nought",
        "unixexec:path=ssh",
        "nonsense",
        ";",
    ],
)
def test_an_address_that_leads_nowhere_is_no_bus(session, address):
    """The link goes on looking, and finds the bus when there is one."""
    addresses = [address, address]
    calls = RecordedCalls()
    find = partial(_next_of, addresses, session.address)
    desktop = BusDesktop(calls, calls, Buses(find, lambda: None, 0.05))
    desktop.media_keys.show(NOW)
    desktop.start()
    try:
        with Peer(session.address) as peer:
            peer.wait_for_player()
            assert not addresses
    finally:
        desktop.close()


def _next_of(addresses: list[str], last: str) -> str:
    return addresses.pop() if addresses else last


def test_without_the_library_there_is_no_desktop_and_no_error(monkeypatch, caplog):
    monkeypatch.setitem(sys.modules, "dbus_fast", None)
    monkeypatch.delitem(sys.modules, "sleepcalm.desktop.dbus.services")
    monkeypatch.delitem(sys.modules, "sleepcalm.desktop.dbus.inhibition")
    desktop = BusDesktop(RecordedCalls(), RecordedCalls())
    desktop.media_keys.show(NOW)
    desktop.start()
    desktop._thread.join()
    _use_everything(desktop)
    desktop.close()
    assert "no media keys" in caplog.text


def test_a_bus_that_accepts_and_never_answers_holds_nobody_up(make_desktop, folder):
    with socket.socket(socket.AF_UNIX) as deaf:
        deaf.bind(str(folder / "session"))
        deaf.listen()
        desktop, _ = make_desktop()
        accepted, _ = deaf.accept()
        with accepted:
            _use_everything(desktop)
            desktop.close()
            assert not accepted.recv(1 << 16).endswith(b"BEGIN\r\n")
            while accepted.recv(1 << 16):
                """It hangs up."""


def test_the_player_is_there_again_when_the_bus_is(make_desktop, session):
    desktop, calls = make_desktop()
    desktop.media_keys.show(NOW)
    for _ in range(3):
        with Peer(session.address) as peer:
            peer.wait_for_player()
            assert peer.property("Position").value == 5_000_000
            peer.player("Play")
            assert calls.next() == ("play", None)
            session.stop()
        desktop.media_keys.show(NOW)
        session.start()


def test_changes_shown_to_a_dying_bus_are_no_error(make_desktop, session):
    desktop, _ = make_desktop()
    with Peer(session.address) as peer:
        peer.wait_for_player()
        session.stop()
        for piece in range(1, 200):
            desktop.media_keys.show(NowPlaying(PlaybackStatus.PLAYING, piece, 1.0, 60.0))
        session.start()
    with Peer(session.address) as peer:
        peer.wait_for_player()
        assert peer.property("Metadata").value["mpris:trackid"].value == "/org/sleepcalm/piece/199"


def test_closing_leaves_the_bus(make_desktop, session):
    with Peer(session.address) as peer:
        desktop, _ = make_desktop()
        peer.wait_for_player()
        desktop.close()
        desktop.media_keys.show(NOW)
        names = peer.ask("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "ListNames")[0]
        assert not [name for name in names if "sleepcalm" in name]


def test_closed_before_it_was_started(make_desktop):
    desktop, _ = make_desktop()
    desktop.close()
    desktop.close()


def test_elsewhere_every_call_is_taken_too():
    desktop = open_desktop(None, platform="win32")  # type: ignore[arg-type]
    assert isinstance(desktop, NoDesktop)
    desktop.start()
    _use_everything(desktop)
    desktop.system_sleep.suspend()
    desktop.close()


def test_the_bus_is_where_the_environment_says(monkeypatch, tmp_path):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/here")
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/there")
    assert session_bus_address() == "unix:path=/here"
    assert system_bus_address() == "unix:path=/there"
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert session_bus_address() is None
    Path(tmp_path, "bus").touch()
    assert session_bus_address() == f"unix:path={tmp_path}/bus"


@pytest.mark.parametrize("module", ["opening", "bus_desktop", "clock", "nowhere"])
def test_what_takes_long_to_load_is_not_loaded_before_it_is_needed(module):
    script = f"import sys, sleepcalm.desktop.{module}; print({{'asyncio', 'dbus_fast'}} & set(sys.modules))"
    environment = {"PYTHONPATH": os.pathsep.join(sys.path)}
    answer = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    )
    assert answer.stdout == "set()\n"
