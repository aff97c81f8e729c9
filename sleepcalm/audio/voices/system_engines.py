"""The voices that macOS and Windows bring along.

Both are written to their documentation and have not been tried on a Mac or on Windows; the tests put
commands of the same name in their place and look at what those are asked.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from threading import Event
from typing import ClassVar

from sleepcalm.audio.voices.engine import EngineVoice, VoiceError, find_command, run_command

_SAY_LINE = re.compile(r"(?P<name>\S.*?)\s+(?P<language>[a-z]{2,3}[_-]\w+)\s+#")


class MacSay:
    """`say` of macOS, by its manual page: the sentence on its standard input, the sound to a WAV file."""

    name: ClassVar[str] = "say"

    def voices(self, cancel: Event | None = None) -> tuple[EngineVoice, ...]:
        if shutil.which("say") is None:
            return ()
        listed = run_command(["say", "-v", "?"], "", cancel=cancel).splitlines()
        matches = [match for line in listed if (match := _SAY_LINE.match(line))]
        return tuple(EngineVoice(match["name"], match["language"].replace("_", "-")) for match in matches)

    def check(self, voice: str, cancel: Event | None = None) -> None:
        find_command("say", "it is a part of macOS")
        if voice not in {one.name for one in self.voices(cancel)}:
            raise VoiceError(f"say has no voice {voice}: System Settings, Accessibility has more to download")

    def speak(self, voice: str, sentence: str, wav: Path, cancel: Event) -> None:
        command = ["say", "-v", voice, "-f", "-", "-o", str(wav)]
        sound = ["--file-format=WAVE", "--data-format=LEI16@22050"]
        run_command([*command, *sound], sentence, cancel=cancel)


_LIST_VOICES = """
$ErrorActionPreference = 'Stop'
[Console]::OutputEncoding = [System.Text.Encoding]::UTF8
Add-Type -AssemblyName System.Speech
$engine = New-Object System.Speech.Synthesis.SpeechSynthesizer
foreach ($voice in $engine.GetInstalledVoices()) {
  if ($voice.Enabled) { $voice.VoiceInfo.Name + "`t" + $voice.VoiceInfo.Culture.Name }
}
"""

_SPEAK = """
$ErrorActionPreference = 'Stop'
$asked = Get-Content -Raw -Encoding UTF8 -LiteralPath $env:SLEEPCALM_SENTENCE | ConvertFrom-Json
Add-Type -AssemblyName System.Speech
$engine = New-Object System.Speech.Synthesis.SpeechSynthesizer
$engine.SelectVoice($asked.voice)
$engine.SetOutputToWaveFile($asked.wav)
$engine.Speak($asked.sentence)
$engine.Dispose()
"""


class WindowsSapi:
    """SAPI of Windows through .NET's System.Speech, which Windows' own PowerShell can call.

    Both scripts are constant; voice, sentence and file are handed over in a JSON file, never as code.
    """

    name: ClassVar[str] = "sapi"

    def voices(self, cancel: Event | None = None) -> tuple[EngineVoice, ...]:
        if shutil.which("powershell") is None:
            return ()
        lines = run_command(_powershell(_LIST_VOICES), "", cancel=cancel).splitlines()
        pairs = [line.split("\t") for line in lines if line.count("\t") == 1]
        return tuple(EngineVoice(name, language.strip()) for name, language in pairs)

    def check(self, voice: str, cancel: Event | None = None) -> None:
        find_command("powershell", "it is a part of Windows")
        if voice not in {one.name for one in self.voices(cancel)}:
            raise VoiceError(f"Windows has no voice {voice}: Settings, Time and language, Speech has more")

    def speak(self, voice: str, sentence: str, wav: Path, cancel: Event) -> None:
        asked = wav.with_suffix(".json")
        try:
            asked.touch(0o600, exist_ok=False)
            request = {"voice": voice, "wav": str(wav), "sentence": sentence}
            asked.write_text(json.dumps(request), encoding="ascii")
            environment = {"SLEEPCALM_SENTENCE": str(asked)}
            run_command(_powershell(_SPEAK), "", cancel=cancel, environment=environment)
        finally:
            asked.unlink(missing_ok=True)


def _powershell(script: str) -> list[str]:
    return ["powershell", "-NoProfile", "-NonInteractive", "-Command", script]
