"""The sound of a session: prepares mixes, opens and closes the output, and keeps it alive.

Whatever may take time runs on one thread of the player's own, so that callers never wait. The
output is open only while something sounds, and for a while in a pause.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

import numpy as np

from sleepcalm.audio.background_maker import BackgroundMaker
from sleepcalm.audio.clips import ClipError, ClipReader
from sleepcalm.audio.conversions import Conversions
from sleepcalm.audio.deck import Deck
from sleepcalm.audio.mixer import Bed, Mixer
from sleepcalm.audio.output_keeper import LOOK_EVERY_S, OutputKeeper
from sleepcalm.audio.outputs import SoundSystem
from sleepcalm.audio.own_sounds import OwnSounds
from sleepcalm.audio.samples import Samples, volume_gain
from sleepcalm.backgrounds import OWN_PREFIX, Background
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ, Timeline

PROGRESS_FRAMES = SAMPLE_RATE_HZ // 10
CLOSE_AFTER_SILENT_S = 20
CLOSE_WITHIN_S = 2.0
_TELL_SILENT_FRAMES = 3 * SAMPLE_RATE_HZ  # no output reads so far ahead: within it the end is heard

_log = logging.getLogger(__name__)


class Player:
    """Plays timelines; it is the transport of the session of the timeline loaded last.

    `on_progress` is called, on a sound thread, whenever about a tenth of a second was handed out;
    `on_notice` with a line for the user, or "" when it no longer holds; `on_interrupted` when the
    device went and the player has paused by itself.
    """

    def __init__(
        self,
        assets: Path,
        *,
        own_sounds: OwnSounds,
        voice_volume: float,
        background_volume: float,
        on_progress: Callable[[], None],
        on_notice: Callable[[str], None],
        on_interrupted: Callable[[], None],
        on_device: Callable[[str], None] = lambda _name: None,
        system: SoundSystem,
    ) -> None:
        self.failure = ""
        """Why the timeline loaded last cannot be played; empty when it can."""
        self._clips = ClipReader(assets)
        self._is_mixing_ahead = False
        self._on_progress = on_progress
        self._on_notice = on_notice
        self._on_interrupted = on_interrupted
        self._keeper = OutputKeeper(
            system,
            self._read,
            before_break=self._cut,
            on_lost=self._stand_by,
            on_notice=on_notice,
            on_device=on_device,
        )
        self._deck = Deck(self._keeper.held_frames, volume_gain(voice_volume), volume_gain(background_volume))
        self._background = Background()
        self._has_complained = False
        self._conversions = Conversions(own_sounds, self._lay_converted, self._complain)
        self._backgrounds = BackgroundMaker(own_sounds, self._complain, self._conversions.begin)
        self._loads = 0
        self._frames_read = 0
        self._silent_frames = 0
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread = Thread(target=self._work, name="sound control", daemon=True)
        self._thread.start()

    def load(self, timeline: Timeline, background: Background, *, background_goes_on: bool = False) -> None:
        """Prepare a timeline; `play` may be called at once and is heard as soon as it is ready.

        Where the background goes on, what plays passes into it: to play on is not asked for again then.
        """
        self.failure = ""
        self._loads += 1
        number = self._loads
        self._deck.eject(bed_goes_on=background_goes_on)
        self._jobs.put(self._hurry)
        self._jobs.put(lambda: self._prepare(timeline, background, number))

    @property
    def total_frames(self) -> int:
        return self._deck.total_frames

    def play(self) -> None:
        self._deck.play()
        self._jobs.put(self._ensure_output)

    def pause(self) -> None:
        self._deck.pause()
        self._jobs.put(self._rest)

    def seek(self, frame: int) -> None:
        self._deck.seek(frame)
        self._jobs.put(self._hurry)

    def fade_out(self, duration_s: float) -> None:
        self._deck.fade_out(duration_s)
        self._jobs.put(self._hurry)

    def heard_frame(self) -> int:
        return self._deck.heard_frame()

    def is_at_rest(self) -> bool:
        return self._deck.is_at_rest()

    def is_silent(self) -> bool:
        """Whether nothing but silence leaves the player, or nothing at all."""
        return not self._keeper.is_open or self._deck.is_silent()

    def set_voice_volume(self, volume: float) -> None:
        self._deck.set_voice_gain(volume_gain(volume))
        self._jobs.put(self._hurry)

    def set_background_volume(self, volume: float) -> None:
        self._deck.set_background_gain(volume_gain(volume))
        self._jobs.put(self._hurry)

    def set_background(self, background: Background) -> None:
        """Pass into another background, or into none, while it plays."""
        self._jobs.put(lambda: self._deck.change_bed(self._bed(background)))

    def close(self) -> None:
        """End the threads. The sound stops where it is: fade out before.

        A sound system that does not answer is left alone after CLOSE_WITHIN_S, with the thread that waits.
        """
        self._jobs.put(None)
        self._thread.join(CLOSE_WITHIN_S)
        if self._thread.is_alive():
            _log.warning("the sound system does not answer; it is left alone")
        self._conversions.close()

    def _work(self) -> None:
        while True:
            try:
                job = self._jobs.get(timeout=LOOK_EVERY_S if self._keeper.is_open else None)
            except Empty:
                job = _nothing
            if job is None:
                self._keeper.close()
                return
            try:
                job()
                self._look()
            except ClipError as error:
                self._give_up(error)
            except Exception as error:  # noqa: BLE001 - whatever it is: without this thread no key is answered
                self._break_down(error)

    def _look(self) -> None:
        if self._silent_frames >= CLOSE_AFTER_SILENT_S * SAMPLE_RATE_HZ:
            self._keeper.close()
        else:
            self._keeper.look(time.monotonic())

    def _break_down(self, error: Exception) -> None:
        """Stand still, say so, and be ready for another try."""
        _log.error("the sound has failed", exc_info=error)
        self._stand_by()
        self._on_notice(f"The sound has failed ({error}), so the routine is paused. Play tries again.")
        self._keeper.drop()

    def _give_up(self, error: ClipError) -> None:
        _log.info("cannot play: %s", error)
        self.failure = f"This routine cannot be played: {error}"
        self._deck.eject()
        self._on_notice(self.failure)
        self._on_progress()

    def _prepare(self, timeline: Timeline, background: Background, number: int) -> None:
        if number != self._loads:
            return  # another one is wanted already
        mixer = Mixer(timeline, self._clips, self._bed(background))
        for clip in [cue.clip for cue in timeline.cues if cue.clip][:1]:
            self._clips.samples(clip)
        self._deck.put_on(mixer)

    def _bed(self, background: Background) -> Bed:
        had_complained, self._has_complained = self._has_complained, False
        self._background = background
        bed = self._backgrounds.bed(background)
        if had_complained and not self._has_complained:
            self._on_notice(self._keeper.notice)
        return bed

    def _lay_converted(self, name: str) -> None:
        """On the thread of a conversion, which is over: let the sound come in where it is still wanted."""
        if any(part.name == OWN_PREFIX + name for part in self._background.parts):
            self._jobs.put(lambda: self._deck.change_bed(self._bed(self._background)))

    def _complain(self, problem: str) -> None:
        """On any thread: a sound of the user's is missing from the background."""
        _log.info("%s", problem)
        self._has_complained = True
        self._on_notice(problem)

    def _ensure_output(self) -> None:
        self._silent_frames = 0
        self._keeper.open(time.monotonic())
        self._hurry()  # what was fading out is called back

    def _rest(self) -> None:
        self._keeper.rest()
        self._on_progress()

    def _hurry(self) -> None:
        self._keeper.hurry(self._deck.take_back)

    def _cut(self) -> None:
        self._deck.cut()

    def _stand_by(self) -> None:
        """The device has gone: nothing goes on through another one before the listener says so."""
        self._deck.pause()
        self._on_interrupted()

    def _mix_ahead(self) -> None:
        self._is_mixing_ahead = False
        self._deck.mix_ahead()

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
        if self._silent_frames < _TELL_SILENT_FRAMES and self._frames_read // PROGRESS_FRAMES != before:
            self._on_progress()
        return block


def _nothing() -> None:
    """The job of a control thread that was asked for none."""
