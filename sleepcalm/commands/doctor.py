"""`sleepcalm doctor`: what the program finds on this machine, and how to get what is missing."""

from __future__ import annotations

import json
import os
import platform
from argparse import ArgumentParser, Namespace
from importlib import metadata

from sleepcalm import __version__, display
from sleepcalm.audio.voices.clip_names import has_words
from sleepcalm.program import Program
from sleepcalm.storage.data_folder import OWN_ROUTINES

HELP = "tell what is there and what is missing"

_PACKAGES = (
    "PySide6-Essentials",
    "numpy",
    "soundfile",
    "miniaudio",
    "pydub",
    "tinydb",
    "msgspec",
    "filelock",
    "platformdirs",
    "tzlocal",
)


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(program: Program, arguments: Namespace) -> int:
    findings = _findings(program)
    if arguments.json:
        print(json.dumps(findings, indent=2))
        return 0
    for name, value in findings.items():
        if isinstance(value, dict):
            for key, item in value.items():
                print(f"{name + ' ' + key:<28} {item}")
        elif isinstance(value, list):
            for item in value or ["none"]:
                print(f"{name:<28} {item}")
        else:
            print(f"{name:<28} {value}")
    return 0


def _findings(program: Program) -> dict[str, object]:
    silent = _silent_routines(program)
    devices, sound_problem = _sound_devices()
    has_display = display.has_display()
    libraries = display.missing_qt_libraries()
    advice = []
    if not has_display:
        advice.append("no display: `sleepcalm play` works in the terminal")
    if libraries:
        advice.append(f"the window needs: apt-get install {' '.join(libraries)}")
    if sound_problem:
        advice.append(
            f"{sound_problem}; on Debian: apt-get install libpulse0 and a sound server, or libasound2"
        )
    speaker, problems = _speaker(program) if silent else ("", ())
    notices = [*program.notices, *problems]
    if silent and speaker:
        notices.append(
            f"{', '.join(silent)}: {speaker} speaks what has no clip yet once the routine is opened"
        )
    elif silent:
        advice.append(
            f"{', '.join(silent)}: no voice has every sentence, and what has no clip is only shown; a speech "
            "engine would speak it, on Debian: apt-get install espeak-ng"
        )
    return {
        "versions": _versions(),
        "time_zone": _time_zone(),
        "display": has_display,
        "sound_devices": devices,
        "folders": {
            "data": str(program.data_folder),
            "assets": str(program.assets),
            "preferences": str(program.preferences_file.path),
            "own routines": str(program.data_folder / OWN_ROUTINES),
        },
        "routines": list(program.catalogue.routines),
        "routine_errors": list(program.catalogue.errors),
        "preference_errors": list(program.preferences_file.complaints),
        "narrator": program.voice.name if program.voice else None,
        "clips": len(program.voice.clips) if program.voice else 0,
        "sentences_without_clip": sorted({text for texts in silent.values() for text in texts}),
        "notices": notices,
        "missing": advice,
    }


def _versions() -> dict[str, str]:
    versions = {"sleepcalm": __version__, "python": platform.python_version(), "system": platform.platform()}
    for package in _PACKAGES:
        try:
            versions[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            versions[package] = "missing: make run installs it"
    return versions


def _time_zone() -> str:
    from tzlocal import get_localzone_name  # noqa: PLC0415 - only needed here

    return os.environ.get("TZ") or get_localzone_name() or "unknown"


def _sound_devices() -> tuple[list[str], str]:
    """The playback devices, and what is wrong when there is none."""
    import miniaudio  # noqa: PLC0415 - only needed here

    from sleepcalm.audio.devices import usable_backends  # noqa: PLC0415

    try:
        devices = miniaudio.Devices(usable_backends())
        names = [str(device["name"]) for device in devices.get_playbacks()]
    except miniaudio.MiniaudioError as error:
        return [], f"no sound device ({error.args[0]})"
    return names, "" if names else "no sound device"


def _silent_routines(program: Program) -> dict[str, list[str]]:
    """The routines that no voice speaks whole, each with its sentences of which nobody has a clip."""
    narrator = program.narrator
    voices = (narrator.built_in, narrator.chosen, narrator.fallback)
    known = {text for voice in voices if voice is not None for text in voice.clips}
    return {
        routine.id: [text for text in routine.spoken_sentences() - known if has_words(text)]
        for routine in program.catalogue.routines.values()
        if narrator.unspoken(routine.spoken_sentences())
    }


def _speaker(program: Program) -> tuple[str, tuple[str, ...]]:
    """Who speaks such routines when they are opened, if anybody can, and which engine does not answer."""
    from sleepcalm.spoken_routines import speaker_among  # noqa: PLC0415 - brings the sound's libraries

    listings, problems = program.voice_library().listings((), all_languages=True)
    speaker = speaker_among(listings, program)
    # A chosen one stays chosen when its engine has gone, and then speaks nothing.
    return speaker if speaker in {one.narrator for one in listings} else "", problems
