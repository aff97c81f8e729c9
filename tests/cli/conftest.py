"""The command line called in this process, and as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_answer import Answer

from sleepcalm.cli import main

CHECKOUT = Path(__file__).parents[2]

SHORT = """
id = "two-words"
title = "Two words"
kind = "rest"
summary = "As long as a test may take."
sources = []
cautions = []

[[steps]]
title = "Settle"
phase = "settle"
sentences = [{ say = "There is nothing to get right tonight.", pause_s = 0.5 }]

[[steps]]
title = "{dominant} hand"
phase = "tense"
muscle_group = "dominant_hand"
hold_s = 5
sentences = [{ say = "No narrator has spoken this.", pause_s = 1 }]
"""
"""The first sentence is one of pmr-7's, and so has a clip; the second has none."""


ENGINE_VOICES = """Pty Language       Age/Gender VoiceName          File                 Other Languages
 2  en-gb           --/M      English            gmw/en               (en 2)
 5  de              --/M      German             gmw/de
 5  en-us           --/F      us-mbrola-1        mb/mb-us1            (en 8)
"""

ENGINE = """#!{python} -IS
import math, os, struct, sys, wave
if "--voices" in sys.argv: sys.exit(print({voices!r}))
if "nobody" in sys.argv: sys.exit("Error: The specified espeak-ng voice does not exist.")
text = sys.stdin.read()
if "-q" in sys.argv: sys.exit()
if {fails}: sys.exit("the voice is broken")
open({log!r}, "a").write(text)
open({log!r} + "-count", "a").write(".")
rate = 16000
def sample(n):
    t = n / rate - 0.1
    return 0.3 * math.sin(7 * t) ** 2 * sum(math.sin(1131 * k * t) / k for k in (1, 2, 7)) if t > 0 else 0
frames = [int(32767 * sample(n)) for n in range(rate)]
with wave.open(sys.argv[sys.argv.index("-w") + 1], "wb") as file:
    file.setnchannels(1); file.setsampwidth(2); file.setframerate(rate)
    file.writeframes(struct.pack(f"<{{len(frames)}}h", *frames))
if os.path.getsize({log!r} + "-count") == {stuck_at}: open({never!r}).read()
"""


class CommandLine:
    """Runs `sleepcalm` in this process, on a data folder of the test's own."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: str) -> Answer:
        self._capsys.readouterr()
        try:
            status = main(arguments)
        except SystemExit as leaving:  # argparse's way to say: wrong use, or --help
            status = leaving.code if isinstance(leaving.code, int) else 0
        printed = self._capsys.readouterr()
        return Answer(status, printed.out, printed.err)


@pytest.fixture(autouse=True)
def _no_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """No window opens in this process: nobody would close it."""
    monkeypatch.setattr("sleepcalm.display.has_display", lambda: False)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The data folder; it does not exist yet."""
    return tmp_path / "data"


@pytest.fixture
def two_words(data: Path) -> str:
    """A routine of the user's own that takes 11.5 s; its id."""
    (data / "routines").mkdir(parents=True)
    (data / "routines" / "two-words.toml").write_text(SHORT)
    return "two-words"


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Puts an engine on the PATH, alone; gives the file that tells what it was fed.

    `stuck_at` numbers the sentence at which it waits for ever.
    """
    bin_folder, log = tmp_path / "bin", tmp_path / "spoken"
    bin_folder.mkdir()

    never = tmp_path / "never"  # whoever reads this pipe waits, for nobody writes
    os.mkfifo(never)

    def install(stuck_at: int = 0, *, fails: bool = False) -> Path:
        script = bin_folder / "espeak-ng"
        script.write_text(
            ENGINE.format(
                python=sys.executable,
                voices=ENGINE_VOICES,
                log=str(log),
                never=str(never),
                stuck_at=stuck_at,
                fails=fails,
            )
        )
        script.chmod(0o755)
        return log

    monkeypatch.setenv("PATH", str(bin_folder))
    install()
    return install


@pytest.fixture
def sleepcalm(data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    monkeypatch.setenv("SLEEPCALM_DATA_DIR", str(data))
    monkeypatch.delenv("SLEEPCALM_NOW", raising=False)
    return CommandLine(capsys)


class Processes:
    """Starts `sleepcalm` for itself, without a screen and without a sound server."""

    python = sys.executable

    def __init__(self, data: Path, runtime: Path) -> None:
        kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
        self.environment = {
            **kept,
            "HOME": str(runtime),
            "XDG_RUNTIME_DIR": str(runtime),
            "PYTHONPATH": str(CHECKOUT),
            "SLEEPCALM_DATA_DIR": str(data),
        }
        self.folder = CHECKOUT
        self._started: list[subprocess.Popen[str]] = []

    def run(self, *arguments: str, **environment: str) -> Answer:
        """Run to the end; a variable that is empty is taken out of the environment."""
        process = self.start(*arguments, **environment)
        out, err = process.communicate(timeout=60)
        return Answer(process.returncode, out, err)

    def start(
        self, *arguments: str, stdout: int = subprocess.PIPE, **environment: str
    ) -> subprocess.Popen[str]:
        variables = {name: value for name, value in {**self.environment, **environment}.items() if value}
        process = subprocess.Popen(
            [self.python, "-m", "sleepcalm", *arguments],
            env=variables,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=subprocess.PIPE,
            text=True,
            errors="surrogateescape",
            start_new_session=True,
        )
        self._started.append(process)
        return process

    def stop(self) -> None:
        for process in self._started:
            with process:
                if process.poll() is None:
                    process.kill()


@pytest.fixture
def processes(data: Path, tmp_path: Path) -> Iterator[Processes]:
    runtime = tmp_path / "runtime"
    runtime.mkdir(mode=0o700)
    processes = Processes(data, runtime)
    yield processes
    processes.stop()
