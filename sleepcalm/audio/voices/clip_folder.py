"""A voice's folder: which clips are good, which are missing, and how they are written."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from threading import Event

import soundfile

from sleepcalm.audio.narration import MANIFEST_FORMAT, MANIFEST_NAME, MOST_MANIFEST_BYTES
from sleepcalm.audio.voices.clip_names import SUFFIX, clip_name
from sleepcalm.audio.voices.engine import RenderCancelledError
from sleepcalm.foreign_files import read_regular_file
from sleepcalm.relaxation.clip import SAMPLE_RATE_HZ

PREPARATION = 2
"""Raise it when clips are prepared in another way: every clip is then rendered anew."""

PART_PREFIX = ".part-"
"""How files begin that are still being written; a run that was killed leaves such a file behind."""


@dataclass(frozen=True, slots=True)
class ClipEntry:
    """One clip as the manifest lists it; loudness and peak are those of the decoded file.

    `bytes` is the file's size, by which a clip of the user's folder is known to be whole at every start.
    `source` tells which recording it was made from. None leaves them out.
    """

    sentence: str
    file: str
    frames: int
    duration_s: float
    loudness_lufs: float
    true_peak_dbtp: float
    bytes: int | None = None
    source: str | None = None


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
class FolderState:
    """What a folder holds, compared with the sentences that it should.

    `listed` are all clips of the manifest, `good` those of the wanted sentences that are whole.
    """

    listed: Mapping[str, ClipEntry]
    good: Mapping[str, ClipEntry]
    missing: tuple[str, ...]
    strays: tuple[Path, ...]
    manifest_is_current: bool


@dataclass(frozen=True, slots=True)
class ClipFolder:
    """The clips of one voice and their manifest, each file written beside its place and then put there.

    `file_mode` is for the shipped voice, which anybody may read; what a user renders is the user's.
    """

    path: Path
    header: VoiceHeader
    file_mode: int = 0o600

    def inspect(
        self,
        sentences: Collection[str],
        sources: Mapping[str, str] | None = None,
        cancel: Event | None = None,
    ) -> FolderState:
        """Compare the folder with the sentences, each made from its source where it has one.

        A manifest that cannot be read counts as empty. Every clip is decoded, which takes seconds for some
        hundreds; raises RenderCancelledError once `cancel` is set.
        """
        listed = self._listed()
        wanted_sources = sources or {}
        good = {
            sentence: listed[sentence]
            for sentence in sorted(sentences)
            if sentence in listed
            and listed[sentence].source == wanted_sources.get(sentence)
            and self._is_whole(listed[sentence], cancel)
        }
        wanted = {clip_name(sentence) for sentence in sentences}
        strays = {path for path in self.path.glob(f"*{SUFFIX}") if path.name not in wanted}
        return FolderState(
            listed=listed,
            good=good,
            missing=tuple(sentence for sentence in sorted(sentences) if sentence not in good),
            strays=tuple(sorted(strays | set(self.parts()))),
            manifest_is_current=_says(self.path / MANIFEST_NAME, self.manifest_text(good)),
        )

    def parts(self) -> list[Path]:
        """Files that a killed run has left."""
        return sorted(self.path.glob(f"{PART_PREFIX}*"))

    def remove_parts(self) -> None:
        """Remove them. Raises OSError."""
        for part in self.parts():
            _remove(part)

    def manifest_text(self, clips: Mapping[str, ClipEntry]) -> str:
        """The manifest: sorted by sentence, the same text for the same clips."""
        entries = [asdict(clips[sentence]) for sentence in sorted(clips)]
        table = {
            "format": MANIFEST_FORMAT,
            **asdict(self.header),
            "clips": [{key: value for key, value in entry.items() if value is not None} for entry in entries],
        }
        return json.dumps(table, indent=1, ensure_ascii=False) + "\n"

    def write_manifest(self, clips: Mapping[str, ClipEntry]) -> None:
        """Replace the manifest in one step, and only when it says something new. Raises OSError."""
        path, text = self.path / MANIFEST_NAME, self.manifest_text(clips)
        if _says(path, text):
            return
        with self.part(".json") as part:
            part.write_text(text, encoding="utf-8")
            self.publish(part, MANIFEST_NAME)

    @contextlib.contextmanager
    def part(self, suffix: str) -> Iterator[Path]:
        """A file to write to, which is gone afterwards unless it was published."""
        with tempfile.NamedTemporaryFile(
            dir=self.path, prefix=PART_PREFIX, suffix=suffix, delete=False
        ) as file:
            part = Path(file.name)
        try:
            yield part
        finally:
            _remove(part)

    def publish(self, part: Path, name: str) -> None:
        """Put a finished file in its place, once the disk has all of it."""
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        part.chmod(self.file_mode)
        part.replace(self.path / name)

    def with_size(self, entry: ClipEntry) -> ClipEntry:
        """The entry with the size of its file."""
        return replace(entry, bytes=(self.path / entry.file).stat().st_size)

    def _listed(self) -> dict[str, ClipEntry]:
        header = asdict(self.header)
        try:
            table = json.loads(read_regular_file(self.path / MANIFEST_NAME, MOST_MANIFEST_BYTES).decode())
            if any(table.get(key) != value for key, value in header.items() if key != "licence"):
                return {}
            entries = [ClipEntry(**entry) for entry in table["clips"]]
            return {entry.sentence: entry for entry in entries if entry.file == clip_name(entry.sentence)}
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return {}

    def _is_whole(self, entry: ClipEntry, cancel: Event | None) -> bool:
        if cancel is not None and cancel.is_set():
            raise RenderCancelledError
        try:
            if entry.bytes is not None and (self.path / entry.file).stat().st_size != entry.bytes:
                return False
            samples, sample_rate_hz = soundfile.read(self.path / entry.file)
        except (OSError, soundfile.LibsndfileError):
            return False
        return bool(samples.shape == (entry.frames,) and sample_rate_hz == SAMPLE_RATE_HZ)


def _remove(part: Path) -> None:
    """An engine can have put anything in the place of the file that it was told to write."""
    if part.is_dir() and not part.is_symlink():
        shutil.rmtree(part)
    else:
        part.unlink(missing_ok=True)


def _says(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8", errors="replace") == text
