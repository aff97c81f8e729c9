"""Plays a mix: the samples that an output asks for, and what they say of the position heard.

Nothing clicks and nothing startles: the gate opens and closes softly, and the playhead passes from place to
place. The frames handed out, less those the output still holds, are the one clock that screen and session
follow.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

import numpy as np

from sleepcalm.audio.ahead import AheadMixer
from sleepcalm.audio.gate import Gate
from sleepcalm.audio.handed_out import HandedOut
from sleepcalm.audio.mixer import Bed, Gains, Mixer
from sleepcalm.audio.playhead import Playhead
from sleepcalm.audio.ramp import Ramp
from sleepcalm.audio.samples import EDGE_FRAMES, Samples
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ


class Deck:
    """Thread-safe: an output's thread calls `read`, any other thread the rest.

    `held_frames` tells how many of the frames handed out are not heard yet.
    """

    def __init__(self, held_frames: Callable[[], int], voice_gain: float, background_gain: float) -> None:
        self._held_frames = held_frames
        self._lock = Lock()
        self._playhead = Playhead()
        self._gate = Gate()
        self._voice = Ramp(voice_gain)
        self._background = Ramp(background_gain)
        self._is_playing = False
        self._handed = HandedOut()
        self._even_frames = 0  # handed out last, and nothing but the mix: no edge, no rise, no jump in them
        self._rest_at: int | None = 0

    @property
    def total_frames(self) -> int:
        with self._lock:
            return self._playhead.total_frames

    def eject(self, *, bed_goes_on: bool = False) -> None:
        """Take the mix off, softly when it sounds, and be ready at the beginning of another.

        Where its bed goes on, it plays on: its voice leaves, its bed stays until the next mix takes it over.
        """
        with self._lock:
            sounds = self._is_playing and not self._gate.is_fading and not self._gate.is_closed
            bed_goes_on = bed_goes_on and sounds
            if not bed_goes_on:
                self._rest()
            self._playhead.eject(bed_goes_on=bed_goes_on)
            self._handed.forget_jump()

    def put_on(self, mixer: Mixer) -> None:
        """Play a mix; whether it sounds, and from where, is as it was asked for since `eject`."""
        with self._lock:
            self._playhead.put_on(AheadMixer(mixer))

    def play(self) -> None:
        with self._lock:
            if not self._is_playing or self._gate.is_fading:
                self._gate.call_back()
            self._is_playing = True
            self._rest_at = None

    def pause(self) -> None:
        with self._lock:
            self._rest()

    def seek(self, frame: int) -> None:
        with self._lock:
            self._playhead.seek(frame)
            self._handed.forget_jump()
            self._rest_at = None if self._is_playing else self._rest_at

    def fade_out(self, duration_s: float) -> None:
        with self._lock:
            if self._is_playing:
                self._gate.fade_out(round(duration_s * SAMPLE_RATE_HZ))

    def cut(self) -> None:
        """The output goes, with what it still holds: what was not heard comes again, and rises softly."""
        with self._lock:
            if self._playhead.sought is None:
                self._playhead.seek(self._heard())
            self._gate.shut()
            self._handed.forget_jump()

    def take_back(self, frames: int, let_go: Callable[[int], None]) -> None:
        """Hand out so many frames again, or as many of them as can be told from the position alone.

        For an output that reads far ahead, so that what was asked for since then is heard soon. `let_go`
        is told how many, before anybody asks for `held_frames`.
        """
        with self._lock:
            taken = min(frames, self._even_frames)
            self._playhead.step_back(taken)
            self._even_frames -= taken
            self._handed.take_back(taken)
            let_go(taken)

    def set_voice_gain(self, gain: float) -> None:
        with self._lock:
            self._voice.aim(gain, EDGE_FRAMES)

    def set_background_gain(self, gain: float) -> None:
        with self._lock:
            self._background.aim(gain, EDGE_FRAMES)

    def change_bed(self, bed: Bed) -> None:
        """Let what lies under the voice pass into something else, within a second."""
        with self._lock:
            self._playhead.change_bed(bed)

    def heard_frame(self) -> int:
        """The position in the mix that is heard now; after a seek, at once the one asked for."""
        with self._lock:
            return self._heard() if self._playhead.sought is None else self._playhead.sought

    def is_at_rest(self) -> bool:
        """Whether the end of a fade-out or of the mix was reached, and heard."""
        with self._lock:
            return self._rest_at is not None and self._handed.frames - self._held_frames() >= self._rest_at

    def is_short(self) -> bool:
        """Whether it is time to call `mix_ahead`."""
        with self._lock:
            mixer = self._playhead.mixer
            return mixer is not None and not self._gate.is_closed and mixer.is_short(self._playhead.position)

    def mix_ahead(self) -> None:
        """Mix what comes next, on the caller's thread and without holding up `read`."""
        with self._lock:
            mixer, position = self._playhead.mixer, self._playhead.position
        if mixer is not None:
            mixer.mix_ahead(position)

    def is_silent(self) -> bool:
        """Whether nothing but silence is being handed out."""
        with self._lock:
            return self._gate.is_closed and not self._is_playing

    def read(self, frames: int) -> Samples:
        """The next stereo samples for the output."""
        out = np.zeros((frames, 2), np.float32)
        with self._lock:
            done = 0
            while done < frames:
                done += self._fill(out[done:])
        if not np.isfinite(out).all():  # one sample that is no number would be a bang
            np.nan_to_num(out, copy=False, nan=0.0, posinf=0.0, neginf=0.0)
        return out

    def _heard(self) -> int:
        return self._handed.position_of(self._handed.frames - self._held_frames(), self._playhead.position)

    def _fill(self, out: Samples) -> int:
        """Fill the first frames of `out`, up to the next event, and return how many."""
        playhead, gate = self._playhead, self._gate
        if playhead.move(is_silent=gate.is_closed, is_playing=self._is_playing):
            self._handed.jump(playhead.position)
        if gate.is_closed:
            if not self._is_playing or playhead.mixer is None:
                return self._stand_still(len(out))
            gate.begin_rise(is_risen=playhead.rises_by_itself)
            playhead.begin()
        is_opening = self._is_playing and not playhead.needs_silence
        frames = playhead.frames_ahead(gate.frames_ahead(len(out), is_opening=is_opening))
        if frames == 0:
            self._come_to_rest()
            return 0
        self._even_frames = self._even_frames + frames if is_opening and self._is_even() else 0
        start = playhead.position
        playhead.mix_into(out[:frames], Gains(self._voice.take(frames), self._background.take(frames)))
        gate.shape(out[:frames], is_opening=is_opening)
        self._handed.add(start, frames, is_moving=True)
        return frames

    def _is_even(self) -> bool:
        are_volumes_at_rest = not self._voice.frames_left and not self._background.frames_left
        return are_volumes_at_rest and self._gate.is_even and self._playhead.is_even

    def _stand_still(self, frames: int) -> int:
        self._voice.finish()
        self._background.finish()
        self._playhead.settle()
        self._even_frames = 0
        self._handed.add(self._playhead.position, frames, is_moving=False)
        return frames

    def _rest(self) -> None:
        self._is_playing = False
        self._gate.give_up_fading()

    def _come_to_rest(self) -> None:
        self._rest()
        self._gate.shut()
        self._rest_at = self._handed.frames
