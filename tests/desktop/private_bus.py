"""A real dbus-daemon that can be killed and come back, and a listener that notes what it is called for."""

from __future__ import annotations

import subprocess
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

WAIT_S = 30.0

CONFIGURATION = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


class PrivateBus:
    """One that starts no services by itself, at the same address each time."""

    def __init__(self, folder: Path, name: str) -> None:
        self._socket = folder / name
        self._configuration = folder / f"{name}.conf"
        self._configuration.write_text(CONFIGURATION.format(socket=self._socket))
        self.address = f"unix:path={self._socket}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = ["dbus-daemon", f"--config-file={self._configuration}", "--nofork", "--print-address"]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert self._process.stdout is not None
        assert self._process.stdout.readline(), "dbus-daemon did not start"

    def stop(self) -> None:
        """At once, as a crash would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            assert self._process.stdout is not None
            self._process.stdout.close()
            self._process = None
            self._socket.unlink(missing_ok=True)


class RecordedCalls:
    """The program as the desktop calls it. `next` waits for the next call and gives it."""

    def __init__(self) -> None:
        self._calls: SimpleQueue[tuple[str, Any]] = SimpleQueue()

    def next(self) -> tuple[str, Any]:
        return self._calls.get(timeout=WAIT_S)

    def none_waits(self) -> bool:
        try:
            self._calls.get_nowait()
        except Empty:
            return True
        return False

    def play(self) -> None:
        self._calls.put(("play", None))

    def pause(self) -> None:
        self._calls.put(("pause", None))

    def play_pause(self) -> None:
        self._calls.put(("play_pause", None))

    def stop(self) -> None:
        self._calls.put(("stop", None))

    def next_step(self) -> None:
        self._calls.put(("next_step", None))

    def previous_step(self) -> None:
        self._calls.put(("previous_step", None))

    def seek_by(self, offset_s: float) -> None:
        self._calls.put(("seek_by", offset_s))

    def set_position(self, position_s: float) -> None:
        self._calls.put(("set_position", position_s))

    def set_volume(self, volume: float) -> None:
        self._calls.put(("set_volume", volume))

    def raise_window(self) -> None:
        self._calls.put(("raise_window", None))

    def about_to_sleep(self) -> None:
        self._calls.put(("about_to_sleep", None))

    def woke_up(self) -> None:
        self._calls.put(("woke_up", None))

    def suspend_refused(self, reason: str) -> None:
        self._calls.put(("suspend_refused", reason))
