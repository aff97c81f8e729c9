"""Writes docs/routines.md from the routines themselves.

python packaging/routines_page.py            writes the page
python packaging/routines_page.py --check    writes nothing; fails if the page is out of date
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # run from a checkout, where the program need not be installed

from sleepcalm.audio.narration import Voice, read_voice  # noqa: E402
from sleepcalm.relaxation.catalogue import read_catalogue  # noqa: E402
from sleepcalm.relaxation.routine import Routine  # noqa: E402
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ, Choices, Timeline, build_timeline  # noqa: E402

PAGE = ROOT / "docs" / "routines.md"
INTRODUCTION = """# The routines

Made by `make routines-page` from `assets/scripts/` and the lengths of the clips. Length and silence are
those of the usual form at default pauses, cautions included; silence is the share of the time in which
nobody speaks, holds of a tension included.

| routine | kind | length | silence |
| --- | --- | --- | --- |
"""


def page(routines: list[Routine], voice: Voice) -> str:
    """The page as Markdown, the same text for the same routines and clips."""
    rows = (_row(routine, build_timeline(routine, voice.clips, Choices())) for routine in routines)
    sections = ("\n".join(_section(routine)) for routine in routines)
    return INTRODUCTION + "\n".join(rows) + "\n\n" + "\n\n".join(sections) + "\n"


def _row(routine: Routine, timeline: Timeline) -> str:
    spoken = sum(cue.end_frame - cue.start_frame for cue in timeline.cues if cue.text)
    minutes, seconds = divmod(round(timeline.duration_frames / SAMPLE_RATE_HZ), 60)
    silence = round(100 * (1 - spoken / timeline.duration_frames))
    return f"| `{routine.id}` | {routine.kind} | {minutes}:{seconds:02d} | {silence} % |"


def _section(routine: Routine) -> Iterator[str]:
    yield f"## {routine.title}\n"
    yield f"`{routine.id}`: {routine.summary}\n"
    if routine.lengths:
        offered = ", ".join(f"{length:g}" for length in routine.lengths.offered_min)
        yield f"- Lengths: {offered} minutes, or any between; usually {routine.lengths.usual_min:g}."
    if routine.variants:
        yield "- Variants: " + "; ".join(f"`{one.id}` {one.title}" for one in routine.variants) + "."
    if routine.is_shuffled:
        yield "- In another order each night; `--seed` chooses one."
    yield from (f"- Source: {source}" for source in routine.sources)


def main(arguments: list[str]) -> int:
    catalogue = read_catalogue([ROOT / "assets" / "scripts"])
    voice = read_voice(ROOT / "assets" / "audio" / "slt")
    if catalogue.errors:
        print(f"routines-page: {catalogue.errors[0]}", file=sys.stderr)
        return 1
    text = page(list(catalogue.routines.values()), voice)
    if arguments != ["--check"]:
        PAGE.write_text(text, encoding="utf-8")
    elif not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != text:
        print("routines-page: docs/routines.md is out of date; run make routines-page", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
