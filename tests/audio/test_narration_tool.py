"""The rendering tool from its command line, with small scripts as engines; the real ones where installed."""

from __future__ import annotations

import importlib
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from types import ModuleType

import pytest
import soundfile

from sleepcalm.audio.narration import read_voice
from sleepcalm.audio.voices.clip_names import clip_name
from sleepcalm.audio.voices.engine import VoiceError

TOOL = Path(__file__).resolve().parents[2] / "packaging" / "narration"

SLT = "cmu_us_slt_arctic_hts"

ROUTINE = """
id = "short"
title = "Short"
kind = "pmr"
summary = "Two sentences."
sources = ["ours"]
cautions = []

[[steps]]
title = "{dominant} arm"
phase = "release"
muscle_group = "dominant_arm"
sentences = [
  { say = "And let go.", pause_s = 1 },
  { say = "Rest your {dominant} arm now, with its hand open.", pause_s = 1 },
]
"""
SENTENCES = {
    "And let go.",
    "Rest your left arm now, with its hand open.",
    "Rest your right arm now, with its hand open.",
}

# Speaks like an engine would: a quarter of a second of harmonics for each word, silence at both ends.
SPEAKER = """
import math, struct, sys, wave
words = len(sys.stdin.read().split())
open({log!r}, "a").write(f"{{words}}\\n")
rate = 16000
harmonics = (1, 2, 7, 17)
def sample(n):
    t = n / rate - 0.15
    if not 0 <= t < words / 4: return 0
    return 0.3 * math.sin(math.pi * 4 * t) ** 2 * sum(math.sin(1131 * k * t) / k for k in harmonics)
frames = [int(32767 * {scale} * sample(n)) for n in range(int((words / 4 + 0.3) * rate))]
with wave.open(sys.argv[sys.argv.index({option!r}) + 1], "wb") as file:
    file.setnchannels(1); file.setsampwidth(2); file.setframerate(rate)
    file.writeframes(struct.pack(f"<{{len(frames)}}h", *frames))
"""


class Desk:
    """A folder with a routine, an output folder, and a PATH on which only fake engines are found."""

    def __init__(self, folder: Path, render: ModuleType) -> None:
        self._render = render
        self.scripts = folder / "scripts"
        self.output = folder / "audio" / "fake"
        self.bin = folder / "bin"
        self.log = folder / "spoken.log"
        self.scripts.mkdir()
        self.bin.mkdir()
        (self.scripts / "short.toml").write_text(ROUTINE, encoding="utf-8")

    def command(self, name: str, body: str) -> None:
        path = self.bin / name
        path.write_text(f"#!{sys.executable} -IS\n{body}", encoding="utf-8")
        path.chmod(0o755)

    def festival(self, scale: float = 1.0) -> None:
        self.command("festival", "print('(cmu_us_slt_arctic_hts kal_diphone)')")
        self.command("text2wave", SPEAKER.format(log=str(self.log), option="-o", scale=scale))

    def run(self, *arguments: str) -> int:
        return int(
            self._render.main(["--scripts", str(self.scripts), "--output", str(self.output), *arguments])
        )

    def spoken(self) -> int:
        return len(self.log.read_text().splitlines()) if self.log.exists() else 0

    def contents(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.output.iterdir()}


@pytest.fixture(name="tool")
def _tool(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    monkeypatch.syspath_prepend(TOOL)
    return importlib.import_module


@pytest.fixture(name="desk")
def _desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tool: Callable[[str], ModuleType]
) -> Iterator[Desk]:
    desk = Desk(tmp_path, tool("render"))
    monkeypatch.setenv("PATH", str(desk.bin))
    return desk


def test_every_sentence_for_both_hands_becomes_a_clip_that_the_program_can_read(desk: Desk) -> None:
    desk.festival()
    assert desk.run() == 0
    voice = read_voice(desk.output)
    assert set(voice.clips) == SENTENCES
    assert (voice.name, voice.engine) == ("fake", "festival")
    for clip in voice.clips.values():
        assert soundfile.info(desk.output.parents[1] / clip.path).frames == clip.frames


def test_a_second_run_speaks_nothing_and_changes_nothing(desk: Desk) -> None:
    desk.festival()
    desk.run()
    before, spoken = desk.contents(), desk.spoken()
    assert desk.run() == 0
    assert (desk.contents(), desk.spoken()) == (before, spoken)


def test_force_speaks_anew_and_keeps_files_that_sound_the_same(desk: Desk) -> None:
    desk.festival()
    desk.run()
    before = desk.contents()
    assert desk.run("--force") == 0
    assert desk.spoken() == 2 * len(SENTENCES)
    assert desk.contents() == before


def test_only_a_changed_sentence_is_spoken_and_its_old_clip_goes(desk: Desk) -> None:
    desk.festival()
    desk.run()
    before = desk.contents()
    (desk.scripts / "short.toml").write_text(
        ROUTINE.replace("And let go.", "And let it go."), encoding="utf-8"
    )
    assert desk.run() == 0
    assert desk.spoken() == len(SENTENCES) + 1
    now = set(desk.contents())
    assert {name[:10] for name in now - set(before)} == {"and-let-it"}
    assert {name[:10] for name in set(before) - now} == {"and-let-go"}


def test_another_voice_makes_every_clip_stale(desk: Desk) -> None:
    desk.festival()
    desk.run()
    assert desk.run("--voice", "kal_diphone", "--check") == 1
    assert desk.run("--voice", "kal_diphone") == 0
    assert desk.spoken() == 2 * len(SENTENCES)


def test_a_damaged_clip_and_a_damaged_manifest_are_mended(desk: Desk) -> None:
    desk.festival()
    desk.run()
    clip = next(desk.output.glob("and-let-go-*.flac"))
    clip.write_bytes(clip.read_bytes()[:500])
    assert desk.run("--check") == 1
    assert desk.run() == 0
    assert desk.spoken() == len(SENTENCES) + 1
    (desk.output / "manifest.json").write_text("{", encoding="utf-8")
    assert desk.run() == 0
    assert set(read_voice(desk.output).clips) == SENTENCES


def test_check_names_what_is_missing_and_what_is_too_much_and_touches_nothing(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.festival()
    desk.run()
    assert desk.run("--check") == 0
    next(desk.output.glob("and-let-go-*.flac")).unlink()
    (desk.output / "left-over-00000000.flac").touch()
    (desk.output / ".part-killed.flac").touch()
    before = desk.contents()
    capsys.readouterr()
    assert desk.run("--check") == 1
    said = capsys.readouterr().err
    assert "missing or out of date: And let go." in said
    assert "no sentence for left-over-00000000.flac" in said
    assert "no sentence for .part-killed.flac" in said
    assert desk.contents() == before
    assert desk.run() == 0
    assert not {"left-over-00000000.flac", ".part-killed.flac"} & set(desk.contents())


@pytest.mark.parametrize("scale", [0.05, 0.4, 1.0])
def test_quiet_and_loud_engines_end_at_one_loudness(desk: Desk, scale: float) -> None:
    desk.festival(scale)
    assert desk.run() == 0
    for entry in json.loads((desk.output / "manifest.json").read_text())["clips"]:
        assert entry["loudness_lufs"] == pytest.approx(-23, abs=0.1)
        assert entry["true_peak_dbtp"] <= -3


def test_an_engine_that_fails_midway_leaves_a_manifest_of_whole_clips_only(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.festival()
    speaker = SPEAKER.format(log=str(desk.log), option="-o", scale=1.0)
    desk.command("text2wave", speaker.replace("rate = 16000", "rate = 16000\nassert words < 5, 'too long'"))
    assert desk.run() == 1
    assert "AssertionError: too long" in capsys.readouterr().err
    assert set(read_voice(desk.output).clips) == {"And let go."}
    assert {path.suffix for path in desk.output.iterdir()} == {".flac", ".json"}
    assert len(list(desk.output.glob("*.flac"))) == 1


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", "festival wrote no sound for 'And let go.'"),
        (
            SPEAKER.format(log=os.devnull, option="-o", scale=0),
            "festival spoke only silence for 'And let go.'",
        ),
        ("import sys; sys.exit(3)", "text2wave: exit status 3"),
    ],
)
def test_an_engine_that_says_nothing_is_an_error(
    desk: Desk, capsys: pytest.CaptureFixture[str], body: str, reason: str
) -> None:
    desk.festival()
    desk.command("text2wave", body)
    assert desk.run() == 1
    assert capsys.readouterr().err == f"narration: {reason}\n"
    assert not list(desk.output.glob("*.flac"))


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ((), "install the Debian packages festival and festvox-us-slt-hts"),
        (("--engine", "espeak-ng"), "apt-get install espeak-ng"),
        (("--engine", "piper"), "piper needs --voice FILE.onnx"),
        (("--engine", "piper", "--voice", "x.onnx"), "say with --licence"),
        (("--engine", "piper", "--voice", "x.onnx", "--licence", "free"), "piper is not installed"),
    ],
)
def test_a_missing_engine_says_what_to_install_before_anything_is_written(
    desk: Desk, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], reason: str
) -> None:
    assert desk.run(*arguments) == 1
    said = capsys.readouterr().err
    assert reason in said
    assert said.count("\n") == 1
    assert not desk.output.exists()


def test_a_voice_that_festival_does_not_know_is_named(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.festival()
    assert desk.run("--voice", "nobody") == 1
    assert "festival has no voice nobody" in capsys.readouterr().err


def test_piper_is_given_the_voice_file_and_one_line(desk: Desk, tmp_path: Path) -> None:
    speaker = SPEAKER.format(log=str(desk.log), option="-f", scale=1.0)
    desk.command("piper", f"import sys\nif '--help' in sys.argv: sys.exit(print('--model'))\n{speaker}")
    model = tmp_path / "anna.onnx"
    arguments = ("--engine", "piper", "--voice", str(model), "--licence", "CC0")
    assert desk.run(*arguments) == 1
    for name in ("anna.onnx", "anna.onnx.json"):
        (tmp_path / name).touch()
    assert desk.run(*arguments) == 0
    voice = read_voice(desk.output)
    assert (voice.engine, voice.licence) == ("piper", "CC0")
    assert set(voice.clips) == SENTENCES


def test_a_bad_routine_file_stops_the_tool_with_its_reason(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.festival()
    (desk.scripts / "bad.toml").write_text("id = 1", encoding="utf-8")
    assert desk.run() == 1
    assert "bad.toml: " in capsys.readouterr().err
    assert not desk.output.exists()


def test_a_file_name_can_be_read_and_belongs_to_one_sentence() -> None:
    assert clip_name("And let go.").startswith("and-let-go-")
    assert clip_name("And let go.") != clip_name("And let go!")
    long = clip_name("Wherever a little tension is left, the next breath out can take some of it along.")
    assert long.startswith("wherever-a-little-tension-is-left-the-")
    assert len(long) <= 40 + len("-12345678.flac")
    assert clip_name("x" * 60).startswith("x" * 40 + "-")


@pytest.mark.skipif(shutil.which("text2wave") is None, reason="festival is not installed")
def test_festival_speaks_a_sentence_the_same_way_twice(
    tmp_path: Path, tool: Callable[[str], ModuleType]
) -> None:
    festival = tool("festival").Festival()
    try:
        festival.check(SLT)
    except VoiceError as error:
        pytest.skip(str(error))
    for name in ("one.wav", "two.wav"):
        festival.speak(SLT, "And let go.", tmp_path / name, Event())
    samples, rate_hz = soundfile.read(tmp_path / "one.wav")
    assert rate_hz == 32_000
    assert 0.6 < len(samples) / rate_hz < 1.6
    assert (tmp_path / "one.wav").read_bytes() == (tmp_path / "two.wav").read_bytes()
    with pytest.raises(VoiceError, match="ASCII"):
        festival.speak(SLT, "Café", tmp_path / "three.wav", Event())
