"""Whether there is a display is found out without touching it."""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from sleepcalm import display
from sleepcalm.display import has_display, missing_qt_libraries

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="displays of Linux")
NUMBER = 54_321


def listening(address: str) -> closing[socket.socket]:
    server = socket.socket(socket.AF_UNIX)
    server.bind(address)
    server.listen()
    return closing(server)


@pytest.fixture
def short_folder() -> Iterator[str]:
    """A socket's path has to be short."""
    with tempfile.TemporaryDirectory(prefix="wl-") as folder:
        yield folder


@pytest.mark.parametrize("name", ["", ":", "nonsense", f":{NUMBER}", f":{NUMBER}.0", f"unix:{NUMBER}", "a:"])
def test_where_nobody_listens_there_is_no_display(name):
    assert not has_display({"DISPLAY": name})


def test_an_empty_environment_has_none():
    assert not has_display({})


@pytest.mark.parametrize("name", [f":{NUMBER}", f":{NUMBER}.0", f"unix:{NUMBER}"])
def test_an_x_server_that_listens_is_a_display(name):
    with listening(f"\0/tmp/.X11-unix/X{NUMBER}"):
        assert has_display({"DISPLAY": name})


def test_a_socket_left_by_a_server_that_died_is_no_display(short_folder):
    environment = {"WAYLAND_DISPLAY": "wayland-9", "XDG_RUNTIME_DIR": short_folder}
    with listening(f"{short_folder}/wayland-9"):
        assert has_display(environment)
    assert Path(short_folder, "wayland-9").is_socket()
    assert not has_display(environment)


def test_wayland_may_be_named_by_its_whole_path(short_folder):
    with listening(f"{short_folder}/wayland-9"):
        assert has_display({"WAYLAND_DISPLAY": f"{short_folder}/wayland-9"})


def test_a_display_elsewhere_is_left_to_qt():
    assert has_display({"DISPLAY": "localhost:10.0"})
    assert has_display({"QT_QPA_PLATFORM": "offscreen"})


def test_other_systems_always_have_one(monkeypatch):
    monkeypatch.setattr(display.sys, "platform", "darwin")
    assert has_display({})
    assert missing_qt_libraries() == []


def test_libraries_that_are_missing_are_named_by_their_packages(monkeypatch):
    monkeypatch.setattr(display, "QT_LIBRARIES", {"libc.so.6": "libc6", "libnever.so.7": "libnever7"})
    assert missing_qt_libraries() == ["libnever7"]


def test_looking_for_a_display_needs_no_qt():
    code = "import sys, sleepcalm.cli, sleepcalm.display; sys.exit('PySide6' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
