"""Has a routine spoken that no voice at hand has whole, such as one of the user's own.

Imports what makes sound when it is called, so that the start does without.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING

from sleepcalm.audio.narrator import FALLBACK_NAME, remembered_fallback
from sleepcalm.program import Program
from sleepcalm.relaxation.routine import Routine
from sleepcalm.storage.data_folder import RENDERED_VOICES

if TYPE_CHECKING:
    from sleepcalm.audio.voices.rendering import Outcome, Progress


def find_speaker(program: Program, cancel: Event) -> str:
    """The narrator that is to speak such routines; "" where no engine of this machine speaks English.

    It is the chosen one if that is an engine's, else the one that was found before, as long as it is
    there, else the best (see sleepcalm.audio.voices.fallback), which is remembered from then on. Asks the
    engines. Raises VoiceError where none can be used and one does not answer, OSError where the name
    cannot be written, RenderCancelledError once `cancel` is set.
    """
    from sleepcalm.audio.voices.engine import VoiceError  # noqa: PLC0415
    from sleepcalm.audio.voices.fallback import best_voice  # noqa: PLC0415

    chosen = program.narrator.chosen
    if program.narrator.is_engines and chosen is not None:
        return chosen.name
    listings, problems = program.voice_library().listings((), cancel=cancel)
    remembered = remembered_fallback(program.data_folder / RENDERED_VOICES)
    if remembered in {one.narrator for one in listings}:
        return remembered
    found = best_voice(listings)
    if found:
        _remember(program, found)
    elif problems:
        raise VoiceError(problems[0])
    return found


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

    folder = program.data_folder / RENDERED_VOICES
    make_private_folder(folder)
    write_atomically(folder / FALLBACK_NAME, f"{narrator}\n".encode())
