"""Reads what a narrator's folder holds: the manifest beside the clips (see docs/narration.md).

Read before the window is painted, so it needs the standard library only.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from types import MappingProxyType

from sleepcalm.foreign_files import read_regular_file
from sleepcalm.relaxation.clip import CLIP_LUFS, SAMPLE_RATE_HZ, Clip

MANIFEST_NAME = "manifest.json"
MANIFEST_FORMAT = 1
MOST_MANIFEST_BYTES = 50_000_000

_FURTHEST_LU = 3.0
"""A clip further from the common loudness is none of ours."""


class NarrationError(ValueError):
    """A voice that cannot be used; the text is one line with the file and the reason."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A narrator: `clips` maps a spoken sentence to its clip."""

    name: str
    engine: str
    licence: str
    sample_rate_hz: int
    clips: Mapping[str, Clip]


def voices(audio_folder: Path) -> tuple[str, ...]:
    """Names of the voices (folders with a manifest) below `audio_folder`, sorted; none if it is not there."""
    return tuple(sorted(manifest.parent.name for manifest in audio_folder.glob(f"*/{MANIFEST_NAME}")))


def read_voice(folder: Path) -> Voice:
    """Read one voice, such as `assets/audio/slt`; clip paths are relative to the folder two levels up.

    Raises NarrationError when the manifest is missing or damaged.
    """
    return _read(folder, PurePath(folder.parent.name, folder.name))


def read_cached_voice(folder: Path, name: str) -> Voice:
    """Read the voice `name` that was rendered on this machine, without any clip that is not there whole.

    Its clip paths are absolute; no manifest is a voice that has no clips yet. Raises NarrationError when
    the manifest is damaged or another voice's.
    """
    if not (folder / MANIFEST_NAME).exists():
        return Voice(name, name.partition(":")[0], "not rendered yet", SAMPLE_RATE_HZ, MappingProxyType({}))
    voice = _read(folder, folder.absolute(), sizes=_sizes(folder))
    if voice.name != name:
        raise NarrationError(f"{folder / MANIFEST_NAME}: is of the voice {voice.name}")
    return voice


def _sizes(folder: Path) -> dict[str, int]:
    try:
        with os.scandir(folder) as entries:
            return {entry.name: entry.stat().st_size for entry in entries if entry.is_file()}
    except OSError as error:
        raise NarrationError(f"{folder}: cannot be read: {error.strerror}") from error


def _read(folder: Path, clip_folder: PurePath, sizes: Mapping[str, int] | None = None) -> Voice:
    manifest = folder / MANIFEST_NAME
    try:
        table = json.loads(read_regular_file(manifest, MOST_MANIFEST_BYTES).decode())
    except OSError as error:
        raise NarrationError(f"{manifest}: cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise NarrationError(f"{manifest}: is not valid JSON: {error}") from error
    try:
        return _voice(table, clip_folder, sizes)
    except (KeyError, TypeError, ValueError) as error:
        reason = f"{error.args[0]!r} is missing" if isinstance(error, KeyError) else error
        raise NarrationError(f"{manifest}: {reason}") from error


def _voice(table: object, clip_folder: PurePath, sizes: Mapping[str, int] | None) -> Voice:
    if not isinstance(table, dict):
        raise TypeError("must hold an object")
    if table["format"] != MANIFEST_FORMAT:
        raise ValueError(f"format {table['format']!r} is not the known format {MANIFEST_FORMAT}")
    if table["sample_rate_hz"] != SAMPLE_RATE_HZ:
        raise ValueError(f"sample_rate_hz must be {SAMPLE_RATE_HZ}, not {table['sample_rate_hz']!r}")
    if not isinstance(table["clips"], list):
        raise TypeError("clips must be a list")
    clips: dict[str, Clip] = {}
    folder = clip_folder.as_posix()
    for number, entry in enumerate(table["clips"], start=1):
        sentence, clip = _clip(entry, number, folder)
        if sentence in clips:
            raise ValueError(f"clip {number}: the sentence {sentence!r} has a clip already")
        # A file of another size was not written by who wrote the manifest.
        if sizes is None or sizes.get(entry["file"], 0) == entry.get("bytes"):
            clips[sentence] = clip
    return Voice(
        name=_text(table, "voice"),
        engine=_text(table, "engine"),
        licence=_text(table, "licence"),
        sample_rate_hz=SAMPLE_RATE_HZ,
        clips=MappingProxyType(clips),
    )


def _clip(entry: object, number: int, folder: str) -> tuple[str, Clip]:
    if not isinstance(entry, dict):
        raise TypeError(f"clip {number} must be an object")
    file, frames = _text(entry, "file"), entry["frames"]
    if "/" in file or "\\" in file or file.startswith("."):
        raise ValueError(f"clip {number}: file {file!r} must be a plain file name")
    if type(frames) is not int or frames <= 0:
        raise ValueError(f"clip {number}: frames must be a whole number above 0, not {frames!r}")
    loudness_lufs = entry.get("loudness_lufs", CLIP_LUFS)
    if type(loudness_lufs) not in (int, float) or not abs(loudness_lufs - CLIP_LUFS) <= _FURTHEST_LU:
        # A gain is made of it, and nobody is to be startled by a slip of the pen.
        raise ValueError(f"clip {number}: loudness_lufs must be near {CLIP_LUFS}, not {loudness_lufs!r}")
    return _text(entry, "sentence"), Clip(f"{folder}/{file}", frames, loudness_lufs)


def _text(table: Mapping[str, object], key: str) -> str:
    value = table[key]
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{key} must be text, not {value!r}")
    return value
