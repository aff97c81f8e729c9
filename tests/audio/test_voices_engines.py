"""The engines: what each asks of its command, with small scripts in their places, and the real espeak-ng."""

from __future__ import annotations

import json
import os
import shutil
import sys
import threading
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
import soundfile

from sleepcalm.audio.voices.engine import (
    MOST_ANSWER_BYTES,
    EngineVoice,
    RenderCancelledError,
    SentenceError,
    SpeechEngine,
    VoiceError,
    run_command,
)
from sleepcalm.audio.voices.linux_engines import EspeakNg, Piper
from sleepcalm.audio.voices.system_engines import MacSay, WindowsSapi

ODD = "“Do not”; $(touch x) `y` | & --help 'z' Ä"

Command = Callable[[str, str], Path]

RECORDER = """
import json, os, sys
asked = os.environ.get("SLEEPCALM_SENTENCE")
told = {"arguments": sys.argv[1:], "text": sys.stdin.read(), "asked": asked and json.load(open(asked))}
json.dump(told, open(sys.argv[0] + ".told", "w"))
"""


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Puts a script on a PATH on which nothing else is found."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    (tmp_path / "bin").mkdir()

    def put(name: str, body: str) -> Path:
        path = tmp_path / "bin" / name
        path.write_text(f"#!{sys.executable} -IS\n{body}", encoding="utf-8")
        path.chmod(0o755)
        return path.with_name(f"{name}.told")

    return put


@pytest.mark.parametrize("engine", [EspeakNg(), Piper([Path("nowhere")]), MacSay(), WindowsSapi()])
def test_an_engine_that_is_not_installed_has_no_voices_and_says_so(
    command: Command, engine: SpeechEngine
) -> None:
    assert engine.voices() == ()
    with pytest.raises(VoiceError, match=r"is not installed: "):
        engine.check("anybody")


def test_espeak_ng_is_fed_the_sentence_on_its_standard_input(command: Command, tmp_path: Path) -> None:
    told = command("espeak-ng", RECORDER)
    EspeakNg().speak("en-gb", ODD, tmp_path / "a b.wav", Event())
    assert json.loads(told.read_text()) == {
        "arguments": ["-v", "en-gb", "-w", str(tmp_path / "a b.wav")],
        "text": f"{ODD}\n",
        "asked": None,
    }


def test_a_voice_of_piper_is_a_model_with_its_description(command: Command, tmp_path: Path) -> None:
    told = command(
        "piper", "import sys\nif '--help' in sys.argv: sys.exit(print('-m MODEL, --model'))\n" + RECORDER
    )
    models = tmp_path / "piper"
    models.mkdir()
    for name in ("en_GB-alba-medium.onnx", "en_GB-alba-medium.onnx.json", "lonely.onnx"):
        (models / name).touch()
    piper = Piper([models])
    assert piper.voices() == (EngineVoice("en_GB-alba-medium", "en_GB"),)
    piper.check("en_GB-alba-medium")
    piper.check(str(models / "en_GB-alba-medium.onnx"))
    with pytest.raises(VoiceError, match=r"needs the voice file .*lonely\.onnx\.json"):
        piper.check("lonely")
    with pytest.raises(VoiceError, match=r"needs the voice file .*nobody\.onnx,"):
        piper.check("nobody")
    piper.speak("en_GB-alba-medium", "One.", tmp_path / "x.wav", Event())
    model = str(models / "en_GB-alba-medium.onnx")
    assert json.loads(told.read_text())["arguments"] == ["-m", model, "-f", str(tmp_path / "x.wav")]


def test_the_other_program_of_that_name_is_not_taken_for_piper(command: Command, tmp_path: Path) -> None:
    command("piper", "print('Piper, to set up gaming mice')")
    for name in ("anna.onnx", "anna.onnx.json"):
        (tmp_path / name).touch()
    with pytest.raises(VoiceError, match="is not the speech engine"):
        Piper([tmp_path]).check("anna")


def test_say_is_asked_for_a_wav_file(command: Command, tmp_path: Path) -> None:
    voices = "Alex                en_US    # Most people\n"
    voices += "Bad News (Enhanced) en_US    # The light\nAnna   de_DE  # Hallo\n"
    told = command("say", f"import sys\nif '?' in sys.argv: sys.exit(print({voices!r}))\n{RECORDER}")
    say = MacSay()
    assert say.voices() == (
        EngineVoice("Alex", "en-US"),
        EngineVoice("Bad News (Enhanced)", "en-US"),
        EngineVoice("Anna", "de-DE"),
    )
    assert [voice.speaks_english for voice in say.voices()] == [True, True, False]
    say.check("Alex")
    with pytest.raises(VoiceError, match="say has no voice Nobody"):
        say.check("Nobody")
    say.speak("Alex", ODD, tmp_path / "x.wav", Event())
    asked = json.loads(told.read_text())
    assert asked["arguments"][:6] == ["-v", "Alex", "-f", "-", "-o", str(tmp_path / "x.wav")]
    assert asked["arguments"][6:] == ["--file-format=WAVE", "--data-format=LEI16@22050"]
    assert asked["text"] == f"{ODD}\n"


def test_windows_is_asked_in_a_file_and_never_in_code(command: Command, tmp_path: Path) -> None:
    voices = "Microsoft Zira Desktop\ten-US\nMicrosoft Hedda Desktop\tde-DE\n"
    told = command(
        "powershell",
        f"import sys\nif 'GetInstalled' in sys.argv[-1]: sys.exit(print({voices!r}))\n{RECORDER}",
    )
    sapi = WindowsSapi()
    assert [voice.name for voice in sapi.voices()] == ["Microsoft Zira Desktop", "Microsoft Hedda Desktop"]
    sapi.check("Microsoft Zira Desktop")
    with pytest.raises(VoiceError, match="Windows has no voice Nobody"):
        sapi.check("Nobody")
    wav = tmp_path / "x.wav"
    sapi.speak("Microsoft Zira Desktop", ODD, wav, Event())
    asked = json.loads(told.read_text())
    assert asked["asked"] == {"voice": "Microsoft Zira Desktop", "wav": str(wav), "sentence": ODD}
    assert ODD not in " ".join(asked["arguments"])
    assert not wav.with_suffix(".json").exists()


def test_a_command_that_fails_is_one_line(command: Command) -> None:
    command("engine", "import sys; sys.exit('first\\nlast line')")
    with pytest.raises(SentenceError, match=r"^engine: last line$"):
        run_command(["engine"], "")
    command("engine", "import sys; sys.exit(3)")
    with pytest.raises(SentenceError, match=r"^engine: exit status 3$"):
        run_command(["engine"], "")
    with pytest.raises(VoiceError, match=r"^absent cannot be started: No such file"):
        run_command(["absent"], "")


def test_a_command_that_never_ends_is_ended(command: Command, tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    command("engine", f"import os, signal\nopen({str(pid)!r}, 'w').write(str(os.getpid()))\nsignal.pause()")
    with pytest.raises(VoiceError, match="did not answer within 1 s"):
        run_command(["engine"], "x", timeout_s=1)
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)


def test_a_command_is_ended_when_nobody_wants_its_sound_any_more(command: Command, tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    command("engine", f"import signal\nopen({str(fifo)!r}, 'w').write('x')\nsignal.pause()")
    cancel = Event()

    def cancel_once_it_runs() -> None:
        fifo.read_text()
        cancel.set()

    canceller = threading.Thread(target=cancel_once_it_runs)
    canceller.start()
    began = time.monotonic()
    with pytest.raises(RenderCancelledError):
        run_command(["engine"], "x", cancel=cancel)
    canceller.join()
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_a_command_that_talks_without_end_is_ended_and_little_is_kept(command: Command, stream: str) -> None:
    command("engine", f"import sys\nwhile True: sys.{stream}.write('rubbish ' * 10_000)")
    tracemalloc.start()
    try:
        with pytest.raises(VoiceError, match=r"^engine talks without end$"):
            run_command(["engine"], "x")
        _, most_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most_bytes < 4 * MOST_ANSWER_BYTES


def test_a_long_answer_is_kept_whole(command: Command) -> None:
    command("engine", "print('A voice of the system\\n' * 20_000)")
    assert run_command(["engine"], "").count("A voice of the system\n") == 20_000


@pytest.mark.parametrize("first", ["os.fork()", "os.fork() and os._exit(0)"])
def test_what_a_command_leaves_running_is_ended_with_it(command: Command, tmp_path: Path, first: str) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    reading = threading.Thread(target=fifo.read_text, daemon=True)  # until the last writer has ended
    reading.start()
    command("engine", f"import os, signal\n{first}\nx = open({str(fifo)!r}, 'w')\nsignal.pause()")
    with pytest.raises(VoiceError, match="did not answer within 1 s"):
        run_command(["engine"], "x", timeout_s=1)
    reading.join(20)
    assert not reading.is_alive()


def test_what_a_command_says_cannot_disturb_the_line_it_is_shown_in(command: Command) -> None:
    command("engine", "import sys; sys.exit('\\u202ebad\\u202c \\x1b[31mvoice\\x00\\u200b' + '!' * 1000)")
    with pytest.raises(SentenceError) as failed:
        run_command(["engine"], "")
    assert str(failed.value).startswith("engine: bad [31mvoice!!!")
    assert str(failed.value).isprintable()
    assert len(str(failed.value)) < 250
    command("engine", "print('Anna\\u202e\\ten-US\\r\\nBen\\x1b\\tde-DE')")
    assert run_command(["engine"], "") == "Anna\ten-US\nBen\tde-DE\n"


def test_a_command_that_neither_reads_nor_answers_is_no_error(command: Command) -> None:
    command("engine", "import os; os.close(0)")
    assert run_command(["engine"], "x" * 1_000_000) == ""


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
def test_the_real_espeak_ng(tmp_path: Path) -> None:
    engine = EspeakNg()
    voices = {voice.name: voice for voice in engine.voices()}
    assert voices["en-gb"].speaks_english
    assert not voices["de"].speaks_english
    assert "variant" not in voices
    engine.check("en-gb")
    with pytest.raises(VoiceError, match="voice does not exist"):
        engine.check("nobody")
    engine.speak("en-gb", "And let go.", tmp_path / "one.wav", Event())
    assert 0.4 < soundfile.info(tmp_path / "one.wav").duration < 2
    engine.speak("en-gb", f"-w {ODD}", tmp_path / "two.wav", Event())
    assert soundfile.info(tmp_path / "two.wav").duration > 1


def test_a_piper_voice_in_an_unknown_persons_folder_is_named(command: Command) -> None:
    command("piper", "")
    with pytest.raises(VoiceError, match=r"^there is no '~nobody-here/en\.onnx': ") as refused:
        Piper([]).check("~nobody-here/en.onnx")
    assert str(refused.value).isprintable()
