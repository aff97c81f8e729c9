"""espeak-ng and piper, as commands on the PATH. Both are also to be had for other systems than Linux."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from threading import Event
from typing import ClassVar

from sleepcalm.audio.voices.engine import (
    ANSWER_TIMEOUT_S,
    EngineVoice,
    VoiceError,
    find_command,
    run_command,
)
from sleepcalm.relaxation.strict_values import shown


class EspeakNg:
    """espeak-ng; small, many languages, and plainly a machine. Says the same the same way each time."""

    name: ClassVar[str] = "espeak-ng"

    def voices(self, cancel: Event | None = None) -> tuple[EngineVoice, ...]:
        if shutil.which("espeak-ng") is None:
            return ()
        answer = run_command(["espeak-ng", "--voices"], "", cancel=cancel, timeout_s=ANSWER_TIMEOUT_S)
        listed = [line.split() for line in answer.splitlines()[1:]]
        # Voices of mbrola are listed whether or not that is installed, and variants are none by themselves.
        languages = {
            fields[1] for fields in listed if len(fields) > 4 and not fields[4].startswith(("mb/", "!v/"))
        }
        return tuple(EngineVoice(language, language) for language in sorted(languages))

    def check(self, voice: str, cancel: Event | None = None) -> None:
        find_command("espeak-ng", "on Debian, apt-get install espeak-ng")
        command = ["espeak-ng", "-q", "-v", voice]
        run_command(command, "one", cancel=cancel, timeout_s=ANSWER_TIMEOUT_S)

    def speak(self, voice: str, sentence: str, wav: Path, cancel: Event) -> None:
        run_command(["espeak-ng", "-v", voice, "-w", str(wav)], sentence, cancel=cancel)


class Piper:
    """piper with voice files of the user's; each rendering differs a little.

    A voice is named by its `.onnx` file in one of the folders, without the ending, or by the file's whole
    path. `FILE.onnx.json`, which comes with it, has to lie beside it.
    """

    name: ClassVar[str] = "piper"

    def __init__(self, model_folders: Sequence[Path]) -> None:
        self._model_folders = tuple(model_folders)

    def voices(self, cancel: Event | None = None) -> tuple[EngineVoice, ...]:  # noqa: ARG002 - no command
        if shutil.which("piper") is None:
            return ()
        found = {
            model.stem: EngineVoice(model.stem, model.stem.split("-")[0])
            for folder in self._model_folders
            for model in sorted(folder.glob("*.onnx"))
            if _config(model).is_file()
        }
        return tuple(found[name] for name in sorted(found))

    def check(self, voice: str, cancel: Event | None = None) -> None:
        model = self._model(voice)
        find_command("piper", "Debian has no package of it; see docs/narration.md")
        for file in (model, _config(model)):
            if not file.is_file():
                raise VoiceError(f"piper needs the voice file {file}, which is not there")
        # Debian's package piper is another program, which sets up mice.
        if "model" not in run_command(["piper", "--help"], "", cancel=cancel):
            raise VoiceError("the command piper on this machine is not the speech engine")

    def speak(self, voice: str, sentence: str, wav: Path, cancel: Event) -> None:
        run_command(["piper", "-m", str(self._model(voice)), "-f", str(wav)], sentence, cancel=cancel)

    def _model(self, voice: str) -> Path:
        if voice.endswith(".onnx"):
            try:
                return Path(voice).expanduser()
            except RuntimeError as error:  # ~somebody, who is unknown here
                raise VoiceError(f"there is no {shown(voice)}: whose folder that is, is not known") from error
        places = [folder / f"{voice}.onnx" for folder in self._model_folders]
        return next((place for place in places if place.is_file()), places[0])


def _config(model: Path) -> Path:
    return model.with_name(model.name + ".json")
