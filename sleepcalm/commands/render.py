"""`sleepcalm render`: a routine as a sound file."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

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
from sleepcalm.storage.data_folder import CONVERTED_SOUNDS, OWN_SOUNDS

HELP = "write a routine to a wav, flac, ogg or mp3 file"


def add_arguments(parser: ArgumentParser) -> None:
    add_choices(parser)
    parser.add_argument("file", metavar="FILE", type=Path, help="its suffix chooses the format")
    parser.add_argument("--force", action="store_true", help="replace an existing file")
    add_sound(parser)


def run(program: Program, arguments: Namespace) -> int:
    preferences = chosen_preferences(program, arguments)
    check_choices(program, arguments)
    # What follows takes its time to import, and the listing commands do without it.
    from sleepcalm.audio.background_maker import BackgroundMaker  # noqa: PLC0415
    from sleepcalm.audio.clips import ClipError, ClipReader  # noqa: PLC0415
    from sleepcalm.audio.mixdown import MixdownError, check_target, write_mixdown  # noqa: PLC0415
    from sleepcalm.audio.mixer import Gains, Mixer  # noqa: PLC0415
    from sleepcalm.audio.own_sounds import OwnSounds  # noqa: PLC0415
    from sleepcalm.audio.samples import volume_gain  # noqa: PLC0415

    bar = ProgressBar()
    try:
        check_target(arguments.file, replace=arguments.force)
        program = spoken(program, arguments.id)  # may take minutes: refusals come before
        timeline = chosen_timeline(program, arguments, preferences)
        own_sounds = OwnSounds(program.data_folder / OWN_SOUNDS, program.data_folder / CONVERTED_SOUNDS)
        bed = BackgroundMaker(own_sounds, _complain).bed(preferences.background_choice)
        mixer = Mixer(timeline, ClipReader(program.assets), bed)
        gains = Gains.constant(
            volume_gain(preferences.voice_volume), volume_gain(preferences.background_volume)
        )
        write_mixdown(mixer, arguments.file, gains, replace=arguments.force, on_progress=bar.show)
    except (ClipError, MixdownError) as error:
        raise UserError(str(error)) from error
    finally:
        bar.end()
    return 0


def _complain(problem: str) -> None:
    print(f"sleepcalm: {problem}", file=sys.stderr)
