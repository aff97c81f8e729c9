"""Renders every sentence of every routine as a clip of one voice: see docs/narration.md."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # run from a checkout, where the program need not be installed

from clip_folder import State, VoiceHeader, inspect, write_manifest  # noqa: E402
from clip_maker import make_clip  # noqa: E402
from engines import Engine, EngineError, EspeakNg, Festival, Piper  # noqa: E402

from sleepcalm.relaxation.catalogue import read_catalogue  # noqa: E402

DEFAULT_FESTIVAL_VOICE = Festival().voice
LICENCES = {
    Festival.name: "Carnegie Mellon and HTS working group terms, permissive: see LICENSE",
    EspeakNg.name: "espeak-ng is under GPL-3.0-or-later; its terms do not extend to what it speaks",
}


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        engine = _engine(options.engine, options.voice)
        return _run(engine, options)
    except (EngineError, OSError) as error:
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
    return parser


def _engine(name: str, voice: str | None) -> Engine:
    if name == Festival.name:
        return Festival(voice or DEFAULT_FESTIVAL_VOICE)
    if name == EspeakNg.name:
        return EspeakNg(voice) if voice else EspeakNg()
    if voice is None:
        raise EngineError("piper needs --voice FILE.onnx")
    return Piper(Path(voice))


def _run(engine: Engine, options: argparse.Namespace) -> int:
    folder = options.output or ROOT / "assets" / "audio" / _voice_name(engine)
    licence = options.licence or LICENCES.get(engine.name)
    if licence is None:
        raise EngineError(f"say with --licence under which terms {engine.voice} may be used")
    header = VoiceHeader(folder.resolve().name, engine.name, engine.voice, licence)
    sentences = _sentences(options.scripts)
    state = inspect(folder, header, sentences)
    if options.check:
        return _report(state, len(sentences))
    return _render(engine, header, folder, sentences if options.force else state.missing, state)


def _voice_name(engine: Engine) -> str:
    if engine.name == Festival.name and engine.voice == DEFAULT_FESTIVAL_VOICE:
        return "slt"
    return re.sub(r"[^a-z0-9]+", "-", f"{engine.name}-{engine.voice}".lower()).strip("-")


def _sentences(scripts: Path) -> frozenset[str]:
    catalogue = read_catalogue([scripts])
    if catalogue.errors:
        raise EngineError(catalogue.errors[0])
    if not catalogue.routines:
        raise EngineError(f"no routines in {scripts}")
    return frozenset().union(*(routine.spoken_sentences() for routine in catalogue.routines.values()))


def _report(state: State, wanted: int) -> int:
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


def _render(engine: Engine, header: VoiceHeader, folder: Path, wanted: Iterable[str], state: State) -> int:
    """Render what is wanted. The manifest never lists a clip that is not whole: it is written
    without the clips to come, then again after each."""
    todo = sorted(wanted)
    if todo:
        engine.check()
    folder.mkdir(parents=True, exist_ok=True)
    clips = {sentence: entry for sentence, entry in state.good.items() if sentence not in todo}
    write_manifest(folder, header, clips)
    for number, sentence in enumerate(todo, start=1):
        entry = make_clip(engine, sentence, folder)
        clips[sentence] = entry
        write_manifest(folder, header, clips)
        print(f"{number}/{len(todo)} {entry.duration_s:5.2f} s  {entry.true_peak_dbtp:6.1f} dBTP  {sentence}")
    for path in state.strays:
        path.unlink()
    print(f"{len(todo)} rendered, {len(clips) - len(todo)} kept, {len(state.strays)} removed in {folder}")
    if not (folder / "LICENSE").is_file():
        print(f"Put the text of the voice's terms into {folder / 'LICENSE'}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
