"""`sleepcalm timeline`: when each word of a routine is spoken."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace

from sleepcalm.commands.listening import add_choices, chosen_preferences, chosen_timeline
from sleepcalm.commands.spoken import say_how_to_hear
from sleepcalm.program import Program
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ, Cue, Timeline

HELP = "print when each sentence of a routine is spoken"


def add_arguments(parser: ArgumentParser) -> None:
    add_choices(parser)
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(program: Program, arguments: Namespace) -> int:
    timeline = chosen_timeline(program, arguments, chosen_preferences(program, arguments))
    say_how_to_hear(program, arguments.id)
    if arguments.json:
        print(json.dumps(as_json(timeline), indent=2))
    else:
        for cue in timeline.cues:
            minutes, seconds = divmod(cue.start_frame / SAMPLE_RATE_HZ, 60)
            print(f"{minutes:3.0f}:{seconds:05.2f}  {cue.phase:<8} {cue.text or _wordless_line(cue)}")
    return 0


def as_json(timeline: Timeline) -> dict[str, object]:
    """The timeline with times in seconds; a hold or a wordless breath is a cue without clip and words.

    A cue with `breath` is, with the pause after it, that part of a guided breath.
    """
    return {
        "routine": timeline.routine_id,
        "duration_s": timeline.duration_frames / SAMPLE_RATE_HZ,
        "cues": [
            {
                "start_s": cue.start_frame / SAMPLE_RATE_HZ,
                "end_s": cue.end_frame / SAMPLE_RATE_HZ,
                "step": timeline.steps[cue.step_index].title,
                "phase": cue.phase.value,
                "muscle_group": cue.muscle_group,
                "text": cue.text,
                "clip": cue.clip.path if cue.clip else None,
                "gain_db": cue.gain_db,
                "breath": cue.breath and cue.breath.value,
            }
            for cue in timeline.cues
        ],
    }


def _wordless_line(cue: Cue) -> str:
    if cue.breath:
        return f"({cue.breath} for {(cue.next_frame - cue.start_frame) / SAMPLE_RATE_HZ:g} s)"
    return f"(hold for {(cue.end_frame - cue.start_frame) / SAMPLE_RATE_HZ:g} s)"
