"""`sleepcalm render`: a routine as a sound file."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sleepcalm.backgrounds import Background
from sleepcalm.commands.end_requests import EndRequests
from sleepcalm.commands.listening import (
    add_choices,
    add_sound,
    check_choices,
    chosen_preferences,
    chosen_timeline,
)
from sleepcalm.commands.progress_bar import ProgressBar
from sleepcalm.commands.spoken import spoken
from sleepcalm.program import Program, UserError
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ, Timeline
from sleepcalm.storage.data_folder import CONVERTED_SOUNDS, OWN_SOUNDS

if TYPE_CHECKING:
    from sleepcalm.audio.mixer import Bed

HELP = "write a routine to a wav, flac, ogg or mp3 file"


def add_arguments(parser: ArgumentParser) -> None:
    add_choices(parser)
    parser.add_argument("file", metavar="FILE", type=Path, help="its suffix chooses the format")
    parser.add_argument("--force", action="store_true", help="replace an existing file")
    add_sound(parser)


def run(program: Program, arguments: Namespace) -> int:
    preferences = chosen_preferences(program, arguments)
    guessed = check_choices(program, arguments)
    # What follows takes its time to import, and the listing commands do without it.
    from sleepcalm.audio import mixdown  # noqa: PLC0415
    from sleepcalm.audio.background_maker import BackgroundMaker  # noqa: PLC0415
    from sleepcalm.audio.clips import ClipError, ClipReader  # noqa: PLC0415
    from sleepcalm.audio.mixer import Gains, Mixer  # noqa: PLC0415
    from sleepcalm.audio.own_sounds import OwnSounds  # noqa: PLC0415
    from sleepcalm.audio.samples import volume_gain  # noqa: PLC0415

    path, bar = arguments.file, ProgressBar()
    try:
        mixdown.check_target(path, replace=arguments.force)
        own_sounds = OwnSounds(program.data_folder / OWN_SOUNDS, program.data_folder / CONVERTED_SOUNDS)
        background = preferences.background_choice
        mixer = Mixer(guessed, ClipReader(program.assets), _of_the_length_of(background))
        mixdown.check_length(path, mixer.total_frames + _frames_more(guessed, arguments))
        program = spoken(program, arguments.id)  # may take minutes: refusals come before
        mixer = replace(mixer, timeline=chosen_timeline(program, arguments, preferences))
        gains = Gains.constant(
            volume_gain(preferences.voice_volume), volume_gain(preferences.background_volume)
        )
        with EndRequests(heeds_one=True) as end:
            show = _shown_until_asked(end, bar)
            maker = BackgroundMaker(own_sounds, _complain, is_wanted=lambda: not end.asked.is_set())
            mixer = mixer.with_bed(maker.bed(background))  # an own sound may take minutes too
            show(0)
            mixdown.write_mixdown(mixer, path, gains, replace=arguments.force, on_progress=show)
    except mixdown.UnfitNameError as error:
        raise UserError(str(error), status=2) from error
    except (ClipError, mixdown.MixdownError) as error:
        raise UserError(str(error)) from error
    finally:
        bar.end()
    return 0


def _of_the_length_of(background: Background) -> Bed:
    """Something silent for as long as the background will last once it is made."""
    from sleepcalm.audio.ambience import Mixture  # noqa: PLC0415
    from sleepcalm.audio.mixer import Bed  # noqa: PLC0415

    lasts = any(part.level > 0 for part in background.parts)
    return Bed(Mixture(()) if lasts else None, background.linger_s, background.fade_s)


def _frames_more(guessed: Timeline, arguments: Namespace) -> int:
    """What the pauses have to make up for the length that was asked for; less than none if they shrink."""
    if arguments.length is None:
        return 0
    length_min: float = arguments.length
    return round(length_min * 60 * SAMPLE_RATE_HZ) - guessed.exercise_end_frame


def _shown_until_asked(end: EndRequests, bar: ProgressBar) -> Callable[[float], None]:
    def show(share: float) -> None:
        if end.asked.is_set():
            raise UserError("stopped; nothing was written")
        bar.show(share)

    return show


def _complain(problem: str) -> None:
    print(f"sleepcalm: {problem}", file=sys.stderr)
