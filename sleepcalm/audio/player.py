"""The sound of a session: prepares mixes, opens and closes the output, and keeps it alive.

Whatever may take time runs on one thread of the player's own, so that callers never wait. The
output is open only while something sounds, and for a while in a pause; if it stalls, because the
sound server died, it is opened anew, and where there is no device the text carries the routine.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

import numpy as np

from sleepcalm.audio.ambience import AMBIENCES, Ambience
from sleepcalm.audio.clips import ClipError, ClipReader
from sleepcalm.audio.deck import Deck
from sleepcalm.audio.mixer import Mixer
from sleepcalm.audio.outputs import MiniaudioOutput, Output, OutputError, Read, SilentOutput
from sleepcalm.audio.samples import Samples, volume_gain
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ, Timeline

OpenOutput = Callable[[Read], Output]

PROGRESS_FRAMES = SAMPLE_RATE_HZ // 10
CLOSE_AFTER_SILENT_S = 20
STALL_S = 0.7
FIRST_BLOCK_WITHIN_S = 4.0  # a sound server that has just started takes its time
RETRY_S = 5.0

NO_DEVICE = "No sound device: the words on the screen carry the routine."

_log = logging.getLogger(__name__)


class Player:
    """Plays timelines; it is the transport of the session of the timeline loaded last.

    `on_progress` is called, on a sound thread, whenever about a tenth of a second was handed out;
    `on_notice` with a line for the user, or "" when it no longer holds.
    """

    def __init__(
        self,
        assets: Path,
        *,
        voice_volume: float,
        background_volume: float,
        on_progress: Callable[[], None],
        on_notice: Callable[[str], None],
        open_output: OpenOutput = MiniaudioOutput,
    ) -> None:
        self.failure = ""
        """Why the timeline loaded last cannot be played; empty when it can."""
        self._clips = ClipReader(assets)
        self._is_mixing_ahead = False
        self._on_progress = on_progress
        self._on_notice = on_notice
        self._open_output = open_output
        self._output: Output | None = None
        self._is_fallback = False
        self._deck = Deck(self._held_frames, volume_gain(voice_volume), volume_gain(background_volume))
        self._ambiences: dict[str, Ambience] = {}
        self._frames_read = 0
        self._frames_at_last_look = 0
        self._frames_at_opening = 0
        self._stalled_s = 0.0
        self._silent_frames = 0
        self._retry_wait_s = 0.0
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread = Thread(target=self._work, name="sound control", daemon=True)
        self._thread.start()

    def load(self, timeline: Timeline, background: str) -> None:
        """Prepare a timeline; `play` may be called at once and is heard as soon as it is ready."""
        self.failure = ""
        self._deck.eject()
        self._jobs.put(lambda: self._prepare(timeline, background))

    @property
    def total_frames(self) -> int:
        return self._deck.total_frames

    def play(self) -> None:
        self._deck.play()
        self._jobs.put(self._ensure_output)

    def pause(self) -> None:
        self._deck.pause()

    def seek(self, frame: int) -> None:
        self._deck.seek(frame)

    def fade_out(self, duration_s: float) -> None:
        self._deck.fade_out(duration_s)

    def heard_frame(self) -> int:
        return self._deck.heard_frame()

    def is_at_rest(self) -> bool:
        return self._deck.is_at_rest()

    def is_silent(self) -> bool:
        """Whether nothing but silence leaves the player, or nothing at all."""
        return self._output is None or self._deck.is_silent()

    def set_voice_volume(self, volume: float) -> None:
        self._deck.set_voice_gain(volume_gain(volume))

    def set_background_volume(self, volume: float) -> None:
        self._deck.set_background_gain(volume_gain(volume))

    def set_background(self, name: str) -> None:
        """Change to a background of AMBIENCES, or to none, while it plays."""
        self._jobs.put(lambda: self._deck.change_background(self._ambience(name)))

    def close(self) -> None:
        """End the threads. The sound stops where it is: fade out before."""
        self._jobs.put(None)
        self._thread.join()

    def _work(self) -> None:
        looked_at_s = time.monotonic()
        while True:
            try:
                job = self._jobs.get(timeout=STALL_S if self._output else None)
            except Empty:
                job = _nothing
            if job is None:
                self._close_output()
                return
            try:
                job()
            except ClipError as error:
                self._give_up(error)
            if self._output and time.monotonic() - looked_at_s >= STALL_S:
                looked_at_s = time.monotonic()
                self._look_after_output()

    def _give_up(self, error: ClipError) -> None:
        _log.info("cannot play: %s", error)
        self.failure = f"This routine cannot be played: {error}"
        self._deck.eject()
        self._on_notice(self.failure)
        self._on_progress()

    def _prepare(self, timeline: Timeline, background: str) -> None:
        mixer = Mixer(timeline, self._clips, self._ambience(background))
        for clip in [cue.clip for cue in timeline.cues if cue.clip][:1]:
            self._clips.samples(clip)
        self._deck.put_on(mixer)

    def _ambience(self, name: str) -> Ambience | None:
        if name not in AMBIENCES:
            return None
        if name not in self._ambiences:
            self._ambiences = {name: AMBIENCES[name]()}
        return self._ambiences[name]

    def _ensure_output(self) -> None:
        self._silent_frames = 0
        if self._output is not None:
            return
        try:
            self._output = self._open_output(self._read)
        except OutputError as error:
            _log.info("%s", error)
            self._fall_back()
        else:
            if self._is_fallback:
                self._is_fallback = False
                self._on_notice("")
        self._frames_at_opening = self._frames_at_last_look = self._frames_read
        self._stalled_s = 0.0

    def _fall_back(self) -> None:
        self._retry_wait_s = 0.0
        self._output = SilentOutput(self._read)
        if not self._is_fallback:
            self._is_fallback = True
            self._on_notice(NO_DEVICE)

    def _look_after_output(self) -> None:
        """Called every STALL_S or a little later while there is an output."""
        if self._silent_frames >= CLOSE_AFTER_SILENT_S * SAMPLE_RATE_HZ:
            self._close_output()
        elif self._is_fallback:
            self._retry_wait_s += STALL_S
            if self._retry_wait_s >= RETRY_S:
                self._reopen()
        elif self._is_stalled():
            _log.info("the sound output stalled; opening it anew")
            self._reopen()

    def _is_stalled(self) -> bool:
        if self._frames_read != self._frames_at_last_look:
            self._stalled_s = 0.0
        else:
            self._stalled_s += STALL_S
        self._frames_at_last_look = self._frames_read
        has_begun = self._frames_read > self._frames_at_opening
        return self._stalled_s >= (STALL_S if has_begun else FIRST_BLOCK_WITHIN_S)

    def _reopen(self) -> None:
        self._close_output()
        self._ensure_output()

    def _close_output(self) -> None:
        if self._output is not None:
            self._output.close()
            self._output = None

    def _mix_ahead(self) -> None:
        self._is_mixing_ahead = False
        self._deck.mix_ahead()

    def _held_frames(self) -> int:
        output = self._output
        return output.held_frames() if output else 0

    def _read(self, frames: int) -> Samples:
        try:
            block = self._deck.read(frames)
            if not self._is_mixing_ahead and self._deck.is_short():
                self._is_mixing_ahead = True
                self._jobs.put(self._mix_ahead)
        except ClipError as failure:
            error = failure
            self._jobs.put(lambda: self._give_up(error))
            block = np.zeros((frames, 2), np.float32)
        before = self._frames_read // PROGRESS_FRAMES
        self._frames_read += frames
        if not self._deck.is_silent():
            self._silent_frames = 0
        else:
            self._silent_frames += frames
        if self._silent_frames < SAMPLE_RATE_HZ and self._frames_read // PROGRESS_FRAMES != before:
            self._on_progress()
        return block


def _nothing() -> None:
    """The job of a control thread that was asked for none."""
