"""Renders every sentence of every routine as a clip of one voice: see docs/narration.md."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # run from a checkout, where the program need not be installed

import soundfile  # noqa: E402
from festival import Festival  # noqa: E402

from sleepcalm.audio.voices.clip_folder import ClipEntry, ClipFolder, FolderState, VoiceHeader  # noqa: E402
from sleepcalm.audio.voices.clip_maker import heard_loudness_lufs, speak_clip  # noqa: E402
from sleepcalm.audio.voices.clip_names import slug  # noqa: E402
from sleepcalm.audio.voices.engine import SpeechEngine, VoiceError  # noqa: E402
from sleepcalm.audio.voices.linux_engines import EspeakNg, Piper  # noqa: E402
from sleepcalm.audio.voices.loudness import true_peak_dbtp  # noqa: E402
from sleepcalm.relaxation.catalogue import read_catalogue  # noqa: E402

DEFAULT_VOICES = {Festival.name: "cmu_us_slt_arctic_hts", EspeakNg.name: "en-us"}
LICENCES = {
    Festival.name: "Carnegie Mellon and HTS working group terms, permissive: see LICENSE",
    EspeakNg.name: "espeak-ng is under GPL-3.0-or-later; its terms do not extend to what it speaks",
}


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        engine, voice = _engine(options.engine, options.voice)
        return _run(engine, voice, options)
    except (VoiceError, OSError) as error:
        print(f"narration: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("narration: stopped; what is finished is kept", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="narration", description=__doc__)
    parser.add_argument("--engine", choices=("festival", "espeak-ng", "piper"), default="festival")
    parser.add_argument("--voice", metavar="NAME|FILE", help="the engine's voice; for piper its .onnx file")
    parser.add_argument("--output", type=Path, metavar="DIR", help="default: assets/audio/VOICE")
    parser.add_argument("--licence", help="the voice's terms in a line; needed for piper")
    parser.add_argument("--scripts", type=Path, default=ROOT / "assets" / "scripts", help=argparse.SUPPRESS)
    parser.add_argument("--force", action="store_true", help="render clips that are there already, too")
    parser.add_argument(
        "--check", action="store_true", help="render nothing; fail if anything is out of date"
    )
    parser.add_argument(
        "--measure", action="store_true", help="render nothing; measure the clips that are there, and list it"
    )
    return parser


def _engine(name: str, voice: str | None) -> tuple[SpeechEngine, str]:
    if name == Piper.name:
        if voice is None:
            raise VoiceError("piper needs --voice FILE.onnx")
        return Piper([Path.cwd()]), voice
    engine: SpeechEngine = Festival() if name == Festival.name else EspeakNg()
    return engine, voice or DEFAULT_VOICES[name]


def _run(engine: SpeechEngine, voice: str, options: argparse.Namespace) -> int:
    folder = options.output or ROOT / "assets" / "audio" / _voice_name(engine, voice)
    licence = options.licence or LICENCES.get(engine.name)
    if licence is None:
        raise VoiceError(f"say with --licence under which terms {Path(voice).stem} may be used")
    header = VoiceHeader(folder.resolve().name, engine.name, Path(voice).name.removesuffix(".onnx"), licence)
    clip_folder = ClipFolder(folder, header, file_mode=0o644)
    sentences = _sentences(options.scripts)
    state = clip_folder.inspect(sentences)
    if options.check:
        return _report(state, len(sentences))
    if options.measure:
        return _measure(clip_folder, state)
    todo = sorted(sentences if options.force else state.missing)
    if todo:
        engine.check(voice)
    return _render(
        lambda sentence: speak_clip(engine, voice, sentence, clip_folder, Event()), clip_folder, todo, state
    )


def _voice_name(engine: SpeechEngine, voice: str) -> str:
    if voice == DEFAULT_VOICES[Festival.name]:
        return "slt"
    return slug(f"{engine.name}-{Path(voice).name.removesuffix('.onnx')}")


def _sentences(scripts: Path) -> frozenset[str]:
    catalogue = read_catalogue([scripts])
    if catalogue.errors:
        raise VoiceError(catalogue.errors[0])
    if not catalogue.routines:
        raise VoiceError(f"no routines in {scripts}")
    return frozenset().union(*(routine.spoken_sentences() for routine in catalogue.routines.values()))


def _report(state: FolderState, wanted: int) -> int:
    for sentence in state.missing:
        print(f"narration: missing or out of date: {sentence}", file=sys.stderr)
    for path in state.strays:
        print(f"narration: no sentence for {path.name}", file=sys.stderr)
    if not state.manifest_is_current:
        print("narration: the manifest does not say what the folder should hold", file=sys.stderr)
    if state.missing or state.strays or not state.manifest_is_current:
        return 1
    print(f"{wanted} clips, all up to date")
    return 0


def _measure(folder: ClipFolder, state: FolderState) -> int:
    clips = dict(state.good)
    for sentence, entry in state.good.items():
        samples, _rate = soundfile.read(folder.path / entry.file, dtype="float64")
        loudness, peak = round(heard_loudness_lufs(samples), 2), round(true_peak_dbtp(samples), 2)
        clips[sentence] = replace(entry, loudness_lufs=loudness, true_peak_dbtp=peak)
    folder.write_manifest(clips)
    print(f"{len(clips)} measured in {folder.path}")
    return 0


def _render(
    make_clip: Callable[[str], ClipEntry], folder: ClipFolder, todo: Sequence[str], state: FolderState
) -> int:
    """Render what is wanted. The manifest never lists a clip that is not whole: it is written
    without the clips to come, then again after each."""
    folder.path.mkdir(parents=True, exist_ok=True)
    clips = {sentence: entry for sentence, entry in state.good.items() if sentence not in todo}
    folder.write_manifest(clips)
    for number, sentence in enumerate(todo, start=1):
        entry = make_clip(sentence)
        clips[sentence] = entry
        folder.write_manifest(clips)
        print(f"{number}/{len(todo)} {entry.duration_s:5.2f} s  {entry.true_peak_dbtp:6.1f} dBTP  {sentence}")
    for path in state.strays:
        path.unlink()
    print(
        f"{len(todo)} rendered, {len(clips) - len(todo)} kept, {len(state.strays)} removed in {folder.path}"
    )
    if not (folder.path / "LICENSE").is_file():
        print(f"Put the text of the voice's terms into {folder.path / 'LICENSE'}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
