"""Makes the clips that a voice lacks: one after the other, to be stopped and gone on with at any time."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event

from filelock import FileLock, Timeout

from sleepcalm.audio.voices.clip_folder import ClipEntry, ClipFolder, FolderState
from sleepcalm.audio.voices.clip_names import SUFFIX
from sleepcalm.audio.voices.engine import RenderCancelledError, SentenceError, VoiceError
from sleepcalm.audio.voices.progress import Outcome, Progress
from sleepcalm.audio.voices.sources import SentenceSource

FAILURES_IN_A_ROW = 5
"""An engine that fails as often will not do better with the next thousand sentences."""

_LEAST_FREE_BYTES = 1_000_000
"""An engine with less room than that writes half a sentence, or none, and seldom says why."""


def render_voice(
    source: SentenceSource,
    folder: ClipFolder,
    sentences: Sequence[str],
    *,
    keep: Collection[str],
    lock_file: Path,
    on_progress: Callable[[Progress], None],
    cancel: Event,
) -> Outcome:
    """Make the clips of `sentences` that are missing or stale, in that order; the folder has to exist.

    Each clip counts once it is whole and the manifest lists it. Clips of sentences that are not in `keep`
    go. Where another process renders the same voice, nothing is done. Interrupted, it leaves what is done.
    """
    run = _Run(source, folder, on_progress, cancel)
    try:
        with _alone(lock_file, source.header.voice):
            return run.render(sentences, frozenset(keep) | set(sentences))
    except VoiceError as error:
        return run.outcome(str(error))
    except OSError as error:
        return run.outcome(f"{error.filename or folder.path}: {error.strerror or error}")
    except RenderCancelledError:
        return replace(run.outcome(), was_cancelled=True)


class _Run:
    def __init__(
        self,
        source: SentenceSource,
        folder: ClipFolder,
        on_progress: Callable[[Progress], None],
        cancel: Event,
    ) -> None:
        self._source = source
        self._folder = folder
        self._on_progress = on_progress
        self._cancel = cancel
        self._planned: frozenset[str] = frozenset()
        self._clips: dict[str, ClipEntry] = {}
        self._problems: list[str] = []
        self._made = 0
        self._failures_in_a_row = 0

    def render(self, sentences: Sequence[str], keep: Collection[str]) -> Outcome:
        self._folder.remove_parts()
        plan = self._source.plan(sentences, keep)
        self._problems = list(plan.problems)
        self._planned = frozenset(plan.sentences)
        state = self._folder.inspect(self._planned, plan.fingerprints, self._cancel)
        self._clips = _still_good(state, sentences, keep)
        self._folder.write_manifest(self._clips)
        todo = [sentence for sentence in dict.fromkeys(plan.sentences) if sentence not in self._clips]
        self._tell()
        if todo:
            self._source.check(self._cancel)
        for sentence in todo:
            if self._cancel.is_set():
                raise RenderCancelledError
            self._make(sentence, plan.fingerprints)
        self._remove_strays()
        return self.outcome()

    def outcome(self, *problems: str) -> Outcome:
        done = len(self._planned & self._clips.keys())
        return Outcome(done, len(self._planned), self._made, (*self._problems, *problems))

    def _make(self, sentence: str, fingerprints: Mapping[str, str]) -> None:
        try:
            entry = self._source.make(sentence, self._folder, self._cancel)
        except SentenceError as error:
            if shutil.disk_usage(self._folder.path).free < _LEAST_FREE_BYTES:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self._folder.path)) from error
            self._problems.append(str(error))
            self._failures_in_a_row += 1
            if self._failures_in_a_row == FAILURES_IN_A_ROW and not fingerprints:
                raise VoiceError(f"gave up after {FAILURES_IN_A_ROW} failures in a row") from error
            return
        self._failures_in_a_row = 0
        entry = replace(self._folder.with_size(entry), source=fingerprints.get(sentence))
        self._clips[sentence] = entry
        self._folder.write_manifest(self._clips)
        self._made += 1
        self._tell(sentence)

    def _tell(self, sentence: str = "") -> None:
        self._on_progress(Progress(len(self._planned & self._clips.keys()), len(self._planned), sentence))

    def _remove_strays(self) -> None:
        listed = {entry.file for entry in self._clips.values()}
        for path in self._folder.path.glob(f"*{SUFFIX}"):
            if path.name not in listed:
                path.unlink(missing_ok=True)


def _still_good(
    state: FolderState, sentences: Collection[str], keep: Collection[str]
) -> dict[str, ClipEntry]:
    """The listed clips without those that have to be made anew or that no routine has any more."""
    return {
        sentence: entry
        for sentence, entry in state.listed.items()
        if sentence in state.good or (sentence in keep and sentence not in sentences)
    }


@contextlib.contextmanager
def _alone(lock_file: Path, voice: str) -> Iterator[None]:
    """Two that render one voice would undo each other's manifests. Raises VoiceError."""
    lock = FileLock(lock_file, timeout=0, mode=0o600, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        raise VoiceError(f"{voice} is being rendered already, by another window or command") from None
    try:
        yield
    finally:
        lock.release()
