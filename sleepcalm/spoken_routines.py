"""Has a routine spoken that no voice at hand has whole, such as one of the user's own.

Imports what makes sound when it is called, so that the start does without.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from sleepcalm.audio.narrator import FALLBACK_NAME, remembered_fallback
from sleepcalm.program import Program
from sleepcalm.relaxation.routine import Routine
from sleepcalm.storage.data_folder import RENDERED_VOICES

if TYPE_CHECKING:
    from sleepcalm.audio.voices.library import VoiceListing
    from sleepcalm.audio.voices.progress import Outcome, Progress


def find_speaker(program: Program, cancel: Event) -> str:
    """The narrator that is to speak such routines; "" where no engine of this machine speaks English.

    It is the chosen one if that is an engine's, else the one that was found before, as long as it is
    there, else the best (see sleepcalm.audio.voices.fallback), which is remembered from then on. Asks the
    engines. Raises VoiceError where none can be used and one does not answer, OSError where the name
    cannot be written, RenderCancelledError once `cancel` is set.
    """
    from sleepcalm.audio.voices.engine import VoiceError  # noqa: PLC0415

    if chosen := _chosen_speaker(program):
        return chosen  # nobody has to be asked
    listings, problems = program.voice_library().listings((), cancel=cancel)
    found = speaker_among(listings, program)
    if found and found != remembered_fallback(_cache(program)):
        _remember(program, found)
    elif problems and not found:
        raise VoiceError(problems[0])
    return found


def speaker_among(listings: Sequence[VoiceListing], program: Program) -> str:
    """What `find_speaker` finds among these voices; a chosen one need not be among them. Nothing is asked
    or written."""
    from sleepcalm.audio.voices.fallback import best_voice  # noqa: PLC0415

    if chosen := _chosen_speaker(program):
        return chosen
    names = {one.narrator for one in listings}
    remembered = remembered_fallback(_cache(program))
    return remembered if remembered in names else best_voice(listings)


def _chosen_speaker(program: Program) -> str:
    """The chosen voice where it is an engine's, else "". Whether it is there shows when it is to speak."""
    chosen = program.narrator.chosen
    return chosen.name if program.narrator.is_engines and chosen is not None else ""


def speak_routine(
    program: Program,
    routine: Routine,
    speaker: str,
    on_progress: Callable[[Progress], None],
    cancel: Event,
) -> Outcome:
    """Make the clips that `speaker` lacks of the routine. `program.narrated_by` has them afterwards.

    Raises VoiceError, OSError, and UserError where a routine cannot be read.
    """
    sentences = tuple(sorted(routine.spoken_sentences()))
    return program.voice_library().render(
        speaker, sentences, known=program.sentences(), on_progress=on_progress, cancel=cancel
    )


def _remember(program: Program, narrator: str) -> None:
    from sleepcalm.storage.atomic_file import make_private_folder, write_atomically  # noqa: PLC0415

    folder = _cache(program)
    make_private_folder(folder)
    write_atomically(folder / FALLBACK_NAME, f"{narrator}\n".encode())


def _cache(program: Program) -> Path:
    return program.data_folder / RENDERED_VOICES
