"""A screen (Xvfb), a sound server (PulseAudio with a null sink), the program on them, and an ear."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import numpy as np
import numpy.typing as npt

Sound = npt.NDArray[np.float32]

RATE_HZ = 48_000
FULL_SCALE = 32_768
SINK = "night"
WAIT_S = 30

SCREEN_PACKAGES = {"Xvfb": "xvfb", "xdotool": "xdotool"}
SOUND_PACKAGES = {"pulseaudio": "pulseaudio", "pactl": "pulseaudio-utils", "parec": "pulseaudio-utils"}
"""The programs that a desk needs, each with the Debian package that holds it."""


def private_environment(home: Path) -> dict[str, str]:
    """Variables for programs that must find neither the user's files nor the user's servers.

    Sockets are made in `home`, so its path must be short.
    """
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    return {
        **kept,
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home),
        "PYTHONPATH": str(Path(__file__).parents[1]),
    }


def wait_until(condition: Callable[[], object], what: str, limit_s: float = WAIT_S) -> None:
    """Come back when something outside this process has happened."""
    pause = subprocess.Popen(["sleep", str(limit_s)])
    try:
        while not condition():
            if pause.poll() is not None:
                raise TimeoutError(f"waited {limit_s} s in vain for {what}")
            subprocess.run(["sleep", "0.05"], check=True)
    finally:
        pause.kill()
        pause.wait()


class Ear:
    """Records what the sink plays, with the time at which each piece arrived."""

    def __init__(self, environment: dict[str, str], sink: str = SINK) -> None:
        self._pieces: list[tuple[float, npt.NDArray[np.int16]]] = []
        source = [f"--device={sink}.monitor", "--raw", "--format=s16le", f"--rate={RATE_HZ}", "--channels=2"]
        self._process = subprocess.Popen(
            ["parec", *source, "--latency-msec=10"], env=environment, stdout=subprocess.PIPE
        )
        assert self._process.stdout is not None
        self._output = self._process.stdout
        self._thread = Thread(target=self._listen, daemon=True)
        self._thread.start()
        wait_until(lambda: self._pieces, "the first sound from the monitor")

    def _listen(self) -> None:
        rest = b""
        while octets := self._output.read1(1 << 16):  # type: ignore[attr-defined]
            octets = rest + octets
            whole = len(octets) // 4 * 4
            rest = octets[whole:]
            samples = np.frombuffer(octets[:whole], np.int16).reshape(-1, 2)
            self._pieces.append((time.monotonic(), samples))

    def heard(self) -> Sound:
        """All samples so far, shape (frames, 2), full scale 1.0."""
        return np.concatenate([samples for _, samples in list(self._pieces)]).astype(np.float32) / np.float32(
            32_768
        )

    def heard_since(self, since_s: float) -> tuple[Sound, npt.NDArray[np.float64]]:
        """The samples that arrived after a moment, one channel, and the time of each."""
        pieces = [piece for piece in list(self._pieces) if piece[0] >= since_s]
        if not pieces:
            return np.zeros(0, np.float32), np.zeros(0)
        times = [at - (len(x) - 1 - np.arange(len(x))) / RATE_HZ for at, x in pieces]
        sound = np.concatenate([x[:, 0] for _, x in pieces]).astype(np.float32) / np.float32(FULL_SCALE)
        return sound, np.concatenate(times)

    def stop(self) -> Sound:
        self._process.terminate()
        self._process.wait()
        self._thread.join()
        self._output.close()
        return self.heard()


class Desk:
    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self.environment = environment
        self._folder = folder
        self._processes: list[subprocess.Popen[bytes]] = []
        self._commands: list[subprocess.Popen[str]] = []
        self._ears: list[Ear] = []

    def start(self) -> None:
        self.start_screen()
        self.start_sound_server()

    def start_screen(self) -> None:
        display = self._folder / "display"
        with display.open("wb") as number, (self._folder / "xvfb.log").open("wb") as log:
            screen = [
                "Xvfb",
                "-displayfd",
                "1",
                "-screen",
                "0",
                "1366x768x24",
                "-nolisten",
                "tcp",
                "-noreset",
            ]
            self._processes.append(subprocess.Popen(screen, stdout=number, stderr=log))
        wait_until(lambda: display.read_text().endswith("\n"), "Xvfb")
        self.environment["DISPLAY"] = f":{display.read_text().strip()}"

    def start_sound_server(self) -> None:
        modules = [
            "-L",
            "module-native-protocol-unix",
            "-L",
            f"module-null-sink sink_name={SINK} rate={RATE_HZ}",
        ]
        server = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", *modules]
        with (self._folder / "pulse.log").open("ab") as log:
            self._server = subprocess.Popen(server, env=self.environment, stderr=log, stdout=log)
        self._processes.append(self._server)
        wait_until(self._sink_is_there, "PulseAudio")

    def kill_sound_server(self) -> None:
        """As a crash would: with no word to its clients."""
        self._server.kill()
        self._server.wait()
        self._processes.remove(self._server)

    def hang_sound_server(self) -> None:
        """It takes what it is asked and never answers, until the desk is left."""
        self._server.send_signal(signal.SIGSTOP)

    def ask_sound_server(self, *request: str) -> str:
        """What `pactl` answers to a request."""
        asked = ["pactl", *request]
        answer = subprocess.run(asked, env=self.environment, check=True, capture_output=True, text=True)
        return answer.stdout.strip()

    def _sink_is_there(self) -> bool:
        listing = ["pactl", "list", "short", "sinks"]
        answer = subprocess.run(listing, env=self.environment, capture_output=True, text=True, check=False)
        return SINK in answer.stdout

    def ear(self, sink: str = SINK) -> Ear:
        self._ears.append(Ear(self.environment, sink))
        return self._ears[-1]

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A command of the program, to its end."""
        command = [sys.executable, "-m", "sleepcalm", *arguments]
        return subprocess.run(command, env=self.environment, check=True, capture_output=True, text=True)

    def start_command(self, *arguments: str) -> subprocess.Popen[str]:
        """A command of the program, under way; what it says is there to be read."""
        command = [sys.executable, "-m", "sleepcalm", *arguments]
        out = subprocess.PIPE
        process = subprocess.Popen(command, env=self.environment, stdout=out, stderr=out, text=True)
        self._commands.append(process)
        return process

    def open_window(self, *command: str) -> Window:
        """Start a program in a window; by default SleepCalm."""
        command = command or ("-m", "sleepcalm")
        process = subprocess.Popen([sys.executable, *command], env=self.environment)
        self._processes.append(process)
        return Window(process, self.environment)

    def stop(self) -> None:
        for process in self._processes:
            process.send_signal(signal.SIGCONT)  # the server may hang
        for ear in self._ears:
            ear.stop()
        for command in reversed(self._commands):
            _end(command)
        for process in reversed(self._processes):
            _end(process)


def _end(process: subprocess.Popen[str] | subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(WAIT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for pipe in (process.stdout, process.stderr):
        if pipe is not None:
            pipe.close()


class Window:
    """A program's window, with the keyboard on it."""

    def __init__(self, process: subprocess.Popen[bytes], environment: dict[str, str]) -> None:
        self.process = process
        self._environment = environment
        self._id = ""
        wait_until(self._find, "the window")
        self._do("windowfocus", "--sync", self._id)

    def press(self, *keys: str) -> float:
        """Press keys one after another; gives the time just before."""
        before_s = time.monotonic()
        self._do("key", "--delay", "0", *keys)
        return before_s

    def _find(self) -> bool:
        if self.process.poll() is not None:
            raise RuntimeError(f"the program ended with {self.process.returncode}")
        search = ["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid), "--name", "SleepCalm"]
        found = subprocess.run(search, env=self._environment, capture_output=True, text=True, check=False)
        self._id = found.stdout.split()[-1] if found.stdout.split() else ""
        return bool(self._id)

    def _do(self, *arguments: str) -> None:
        subprocess.run(["xdotool", *arguments], env=self._environment, check=True)
