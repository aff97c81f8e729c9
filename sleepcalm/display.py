"""Whether a window can be opened, found out without Qt: Qt ends the process when it cannot."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Mapping
from pathlib import Path

QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
"""System libraries that Qt needs on Linux, each with the Debian package that holds it."""


def missing_qt_libraries() -> list[str]:
    """Debian packages of the libraries that cannot be loaded."""
    if sys.platform != "linux":
        return []
    missing = []
    for library, package in QT_LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    return missing


def has_display(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether there is a screen to open a window on."""
    if sys.platform != "linux" or environment.get("QT_QPA_PLATFORM"):
        return True
    wayland = environment.get("WAYLAND_DISPLAY")
    if wayland and _is_listening(str(Path(environment.get("XDG_RUNTIME_DIR", "")) / wayland)):
        return True
    host, _, number = environment.get("DISPLAY", "").rpartition(":")
    if not number:
        return False
    if host not in ("", "unix"):
        return True  # a forwarded or remote display: Qt itself will tell
    path = f"/tmp/.X11-unix/X{number.split('.')[0]}"  # noqa: S108 - where X servers listen
    return _is_listening(path) or _is_listening("@" + path)


def _is_listening(address: str) -> bool:
    """Whether a local server listens there. Not found out by connecting: a bare X server that loses
    its only client begins anew, and would turn away the window that comes next.
    """
    try:
        rows = Path("/proc/net/unix").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return Path(address).is_socket()
    return any(row.endswith(f" {address}") and row.split()[3] == _ACCEPTS_CONNECTIONS for row in rows)


_ACCEPTS_CONNECTIONS = "00010000"
