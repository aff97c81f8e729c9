"""A voice's folder: which clips are good, which are missing, and how they are written."""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import soundfile

from sleepcalm.audio.narration import MANIFEST_FORMAT, MANIFEST_NAME
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ

PREPARATION = 2
"""Raise it when clips are prepared in another way: every clip is then rendered anew."""

SUFFIX = ".flac"
PART_PREFIX = ".part-"
"""How files begin that are still being written; a run that was killed leaves such a file behind."""

_SLUG_LENGTH = 40


@dataclass(frozen=True, slots=True)
class ClipEntry:
    """One clip as the manifest lists it; loudness and peak are those of the decoded file."""

    sentence: str
    file: str
    frames: int
    duration_s: float
    loudness_lufs: float
    true_peak_dbtp: float


@dataclass(frozen=True, slots=True)
class VoiceHeader:
    """What a manifest says of the voice as a whole. Clips made under another header are stale."""

    voice: str
    engine: str
    engine_voice: str
    licence: str
    sample_rate_hz: int = SAMPLE_RATE_HZ
    preparation: int = PREPARATION


@dataclass(frozen=True, slots=True)
class State:
    """What a folder holds, compared with the sentences that it should."""

    good: Mapping[str, ClipEntry]
    missing: tuple[str, ...]
    strays: tuple[Path, ...]
    manifest_is_current: bool


def clip_name(sentence: str) -> str:
    """A file name that can be read, and that no changed sentence shares."""
    words = re.sub(r"[^a-z0-9]+", "-", sentence.lower()).strip("-")
    slug = words
    if len(words) > _SLUG_LENGTH:
        slug = words[: _SLUG_LENGTH + 1].rpartition("-")[0] or words[:_SLUG_LENGTH]
    return f"{slug}-{hashlib.sha256(sentence.encode()).hexdigest()[:8]}{SUFFIX}"


def inspect(folder: Path, header: VoiceHeader, sentences: Collection[str]) -> State:
    """Compare the folder with the sentences. A manifest that cannot be read counts as empty."""
    listed = _listed(folder, header)
    good = {
        sentence: listed[sentence]
        for sentence in sorted(sentences)
        if sentence in listed and _is_whole(folder, listed[sentence])
    }
    wanted = {clip_name(sentence) for sentence in sentences}
    strays = {path for path in folder.glob(f"*{SUFFIX}") if path.name not in wanted}
    return State(
        good=good,
        missing=tuple(sentence for sentence in sorted(sentences) if sentence not in good),
        strays=tuple(sorted(strays | set(folder.glob(f"{PART_PREFIX}*")))),
        manifest_is_current=_says(folder / MANIFEST_NAME, manifest_text(header, good)),
    )


def manifest_text(header: VoiceHeader, clips: Mapping[str, ClipEntry]) -> str:
    """The manifest: sorted by sentence, the same text for the same clips."""
    table = {
        "format": MANIFEST_FORMAT,
        **asdict(header),
        "clips": [asdict(clips[sentence]) for sentence in sorted(clips)],
    }
    return json.dumps(table, indent=1, ensure_ascii=False) + "\n"


def write_manifest(folder: Path, header: VoiceHeader, clips: Mapping[str, ClipEntry]) -> None:
    """Replace the manifest in one step, and only when it says something new."""
    path, text = folder / MANIFEST_NAME, manifest_text(header, clips)
    if _says(path, text):
        return
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", dir=folder, prefix=PART_PREFIX, delete=False
    ) as part:
        part.write(text)
    publish(Path(part.name), path)


def publish(part: Path, path: Path) -> None:
    """Put a finished file in its place, readable like any other file of the program."""
    part.chmod(0o644)
    os.replace(part, path)  # noqa: PTH105  # as durable as needed: whatever is lost is rendered again


def _says(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8", errors="replace") == text


def _listed(folder: Path, header: VoiceHeader) -> dict[str, ClipEntry]:
    try:
        table = json.loads((folder / MANIFEST_NAME).read_text(encoding="utf-8"))
        if any(table.get(key) != value for key, value in asdict(header).items() if key != "licence"):
            return {}
        entries = [ClipEntry(**entry) for entry in table["clips"]]
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}
    return {entry.sentence: entry for entry in entries if entry.file == clip_name(entry.sentence)}


def _is_whole(folder: Path, entry: ClipEntry) -> bool:
    try:
        samples, sample_rate_hz = soundfile.read(folder / entry.file)
    except soundfile.LibsndfileError:
        return False
    return bool(samples.shape == (entry.frames,) and sample_rate_hz == SAMPLE_RATE_HZ)
