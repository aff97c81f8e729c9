"""Has a routine of the user's own spoken before a command plays it or writes it to a file."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from sleepcalm.commands.end_requests import EndRequests
from sleepcalm.commands.progress_bar import ProgressBar
from sleepcalm.program import Program, UserError

if TYPE_CHECKING:
    from threading import Event

    from sleepcalm.audio.voices.progress import Outcome
    from sleepcalm.relaxation.routine import Routine


def spoken(program: Program, routine_id: str) -> Program:
    """The program with a voice for that routine: clips that no voice has are made first, if an engine can.

    What hinders is told in a line, and the words are shown. Raises UserError where there is no such
    routine, and once Ctrl-C or the like asked for an end; the clips made by then are kept.
    """
    routine = program.routine(routine_id)
    if not program.narrator.unspoken(routine.spoken_sentences()):
        return program
    from sleepcalm.audio.voices.engine import RenderCancelledError, VoiceError  # noqa: PLC0415
    from sleepcalm.spoken_routines import find_speaker  # noqa: PLC0415 - see above: brings the sound's

    try:
        with EndRequests() as end:
            speaker = find_speaker(program, end.asked)
            if not speaker:
                _say("no speech engine is installed that could speak this routine; its words are only shown")
                return program
            outcome = _made(program, routine, speaker, end.asked)
    except RenderCancelledError:
        raise UserError("stopped; nothing was made") from None
    except (VoiceError, OSError) as error:
        _say(f"{error}; the words of this routine are only shown")
        return program
    if outcome.was_cancelled:
        kept = f"{outcome.done} of {outcome.wanted} sentences are there"
        raise UserError(f"stopped; {kept}, and the same command goes on from there")
    if outcome.problems:
        _say(f"{outcome.problems[0]}; the words of this routine are only shown")
        return program
    renewed, _notices = program.narrated_by(program.preferences.narrator)  # said at the start already
    return renewed


def say_how_to_hear(program: Program, routine_id: str) -> None:
    """Tell in a line that a routine has no voice yet, and how it gets one."""
    routine = program.routine(routine_id)
    sentences = routine.spoken_sentences()
    unspoken = program.narrator.unspoken(sentences)
    if unspoken:
        _say(
            f"{unspoken} of {len(sentences)} sentences have no clip yet and get the time that reading takes; "
            f"sleepcalm play {routine_id} has them spoken first, where a speech engine is installed"
        )


def _made(program: Program, routine: Routine, speaker: str, cancel: Event) -> Outcome:
    from sleepcalm.spoken_routines import speak_routine  # noqa: PLC0415

    _say(f"{speaker} is speaking {routine.id}, which is kept for the next time")
    bar = ProgressBar()
    try:
        return speak_routine(program, routine, speaker, lambda progress: bar.show(progress.share), cancel)
    finally:
        bar.end()


def _say(text: str) -> None:
    print(f"sleepcalm: {text}", file=sys.stderr)
