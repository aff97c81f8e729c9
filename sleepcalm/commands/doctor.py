"""`sleepcalm doctor`: what the program finds on this machine, and how to get what is missing."""

from __future__ import annotations

import json
import os
import platform
from argparse import ArgumentParser, Namespace
from importlib import metadata

from sleepcalm import __version__, display
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
    missing = _missing_clips(program)
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
    if missing:
        advice.append(
            f"{len(missing)} sentences have no clip and are only shown; `sleepcalm voices` lists who "
            "could speak them"
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
        "sentences_without_clip": missing,
        "notices": list(program.notices),
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


def _missing_clips(program: Program) -> list[str]:
    missing: set[str] = set()
    for routine in program.catalogue.routines.values():
        sentences = routine.spoken_sentences()
        missing |= sentences - program.narrator.clips_for(sentences).keys()
    return sorted(missing)
