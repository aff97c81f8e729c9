"""`sleepcalm voices`: which voices there are, and rendering what one of them lacks."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from dataclasses import asdict, replace

from sleepcalm.commands.end_requests import EndRequests
from sleepcalm.commands.progress_bar import ProgressBar
from sleepcalm.foreign_files import printable
from sleepcalm.program import Program, UserError
from sleepcalm.shared_options import add_action

HELP = "list the voices, render one, or choose who speaks"


_MARKS = "The voice marked * is chosen; the one marked + speaks your own routines in its place."


def add_arguments(parser: ArgumentParser) -> None:
    parser.epilog = _MARKS
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--all", action="store_true", help="list voices of other languages than English, too")
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    render = add_action(actions, "render", "make the clips that a voice lacks; stop and go on at any time")
    render.add_argument("voice", metavar="VOICE", help="as the list names it, such as espeak-ng:en-gb")
    render.add_argument(
        "routine", metavar="ROUTINE", nargs="*", default=(), help="these only, instead of all"
    )
    use = add_action(actions, "use", "let a voice speak from now on")
    use.add_argument("voice", metavar="VOICE", help="as the list names it, such as slt")
    names = add_action(actions, "names", "list the file names for recordings of your own")
    names.add_argument(
        "routine", metavar="ROUTINE", nargs="*", default=(), help="of these only, instead of all"
    )


def run(program: Program, arguments: Namespace) -> int:
    actions = {"render": _render, "use": _use, "names": _names, None: _list}
    return actions[arguments.action](program, arguments)


def _list(program: Program, arguments: Namespace) -> int:
    from sleepcalm.spoken_routines import speaker_among  # noqa: PLC0415 - brings the sound's libraries

    chosen = program.preferences.narrator
    listings, problems = program.voice_library().listings(program.sentences(), all_languages=arguments.all)
    speaker = speaker_among(listings, program)
    if arguments.json:
        rows = [
            {
                **asdict(one),
                "is_chosen": one.narrator == chosen,
                "speaks_own_routines": one.narrator == speaker,
            }
            for one in listings
        ]
        print(json.dumps(rows, indent=2))
    else:
        name_width = max((len(one.narrator) for one in listings), default=0)
        language_width = max((len(one.language) for one in listings), default=0)
        for one in listings:
            mark = "*" if one.narrator == chosen else "+" if one.narrator == speaker else " "
            columns = (
                f"{printable(one.narrator):<{name_width}}  {one.language:<{language_width}}  {one.clips:5d}"
            )
            print(f"{mark} {columns} of {one.wanted} sentences")
    if speaker and speaker not in [one.narrator for one in listings]:
        problems += (f"{speaker} is chosen to speak your own routines, and is not among these voices",)
    for problem in problems:
        print(f"sleepcalm: {problem}", file=sys.stderr)
    return 0


def _render(program: Program, arguments: Namespace) -> int:
    from sleepcalm.audio.voices.engine import VoiceError  # noqa: PLC0415 - brings the sound's libraries

    wanted, known = program.sentences(*arguments.routine), program.sentences()
    bar = ProgressBar()
    try:
        with EndRequests() as end:
            outcome = program.voice_library().render(
                arguments.voice,
                wanted,
                known=known,
                on_progress=lambda progress: bar.show(progress.share),
                cancel=end.asked,
            )
    except VoiceError as error:
        raise UserError(str(error), status=2) from error
    finally:
        bar.end()
    for problem in outcome.problems:
        print(f"sleepcalm: {problem}", file=sys.stderr)
    kept = f"{outcome.done} of {outcome.wanted} clips are there, {outcome.made} of them new"
    if outcome.was_cancelled:
        raise UserError(f"stopped; {kept}, and the same command goes on from there")
    print(kept)
    return 0 if outcome.is_complete else 1


def _use(program: Program, arguments: Namespace) -> int:
    from sleepcalm.audio.voices.engine import VoiceError  # noqa: PLC0415 - brings the sound's libraries

    changed, notices = program.narrated_by(arguments.voice)
    if changed.voice is None or changed.voice.name != arguments.voice:
        raise UserError(" ".join(notices) or f"there is no narrator {arguments.voice!r}", status=2)
    if changed.narrator.chosen is not None:
        try:
            program.voice_library().source(arguments.voice).check()
        except VoiceError as error:
            raise UserError(str(error), status=2) from error
    program.preferences_file.save(replace(program.preferences, narrator=arguments.voice))
    print(f"{arguments.voice} speaks from now on")
    missing = changed.narrator.missing(program.sentences())
    if missing:
        print(f"{missing} sentences are not rendered yet: sleepcalm voices render {arguments.voice}")
    return 0


def _names(program: Program, arguments: Namespace) -> int:
    from sleepcalm.audio.voices.clip_names import clip_stem, has_words  # noqa: PLC0415 - only needed here

    for sentence in program.sentences(*arguments.routine):
        if has_words(sentence):
            print(f"{clip_stem(sentence)}\t{sentence}")
    return 0
