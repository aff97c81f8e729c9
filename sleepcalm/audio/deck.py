"""Plays a mix: the samples that an output asks for, and what they say of the position heard.

Nothing clicks and nothing startles: a start rises within two seconds, a jump passes from the old place
into the new one, a stop and a change of volume are drawn out over 20 ms. The frames handed out, less those
the output still holds, are the one clock that screen and session follow.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

import numpy as np

from sleepcalm.audio.ahead import AheadMixer
from sleepcalm.audio.handed_out import HandedOut
from sleepcalm.audio.mixer import Bed, Gains, Mixer
from sleepcalm.audio.ramp import Ramp
from sleepcalm.audio.samples import EDGE, EDGE_FRAMES, START_FADE_FRAMES, START_GAIN, Samples, equal_power
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ

_NOTHING = np.zeros(1, np.float32)
_BED_CHANGE_FRAMES = SAMPLE_RATE_HZ
_JUMP_FRAMES = SAMPLE_RATE_HZ // 4
_CALL_BACK_FRAMES = SAMPLE_RATE_HZ // 2  # a fade-out that is called back rises again gently


class Deck:
    """Thread-safe: an output's thread calls `read`, any other thread the rest.

    `held_frames` tells how many of the frames handed out are not heard yet.
    """

    def __init__(self, held_frames: Callable[[], int], voice_gain: float, background_gain: float) -> None:
        self._held_frames = held_frames
        self._lock = Lock()
        self._mixer: AheadMixer | None = None
        self._next_mixer: list[AheadMixer | None] = []
        self._position = 0
        self._handed = HandedOut()
        self._rest_at: int | None = 0
        self._is_playing = False
        self._edge = 0  # how far the gate is open, from 0 to EDGE_FRAMES
        self._rise = Ramp(1.0)
        self._seek_to: int | None = None
        self._left_at: int | None = None  # the place that a jump is passing from, while it does
        self._jump = Ramp(1.0)
        self._fade = Ramp(1.0)
        self._is_fading = False
        self._voice = Ramp(voice_gain)
        self._background = Ramp(background_gain)
        self._bed_change = Ramp(0.0)
        self._incoming: AheadMixer | None = None
        self._next_bed: list[Bed] = []

    @property
    def total_frames(self) -> int:
        with self._lock:
            mixer = self._next_mixer[0] if self._next_mixer else self._mixer
            return mixer.total_frames if mixer else 0

    def eject(self) -> None:
        """Take the mix off, softly when it sounds, and be ready at the beginning of another."""
        with self._lock:
            self._is_playing = self._is_fading = False
            self._seek_to = 0
            self._handed.forget_jump()
            self._next_mixer = [None]

    def put_on(self, mixer: Mixer) -> None:
        """Play a mix; whether it sounds, and from where, is as it was asked for since `eject`."""
        with self._lock:
            self._next_mixer = [AheadMixer(mixer)]
            self._next_bed.clear()

    def play(self) -> None:
        with self._lock:
            if not self._is_playing or self._is_fading:
                self._fade.aim(1.0, _CALL_BACK_FRAMES if self._is_fading else EDGE_FRAMES)
                self._is_playing, self._is_fading = True, False
            self._rest_at = None

    def pause(self) -> None:
        with self._lock:
            self._is_playing = self._is_fading = False

    def seek(self, frame: int) -> None:
        with self._lock:
            self._seek_to = frame
            self._handed.forget_jump()
            self._rest_at = None if self._is_playing else self._rest_at

    def fade_out(self, duration_s: float) -> None:
        with self._lock:
            if self._is_playing:
                self._is_fading = True
                self._fade.aim(0.0, max(round(duration_s * SAMPLE_RATE_HZ), EDGE_FRAMES))

    def cut(self) -> None:
        """The output goes, with what it still holds: what was not heard comes again, and rises softly."""
        with self._lock:
            if self._seek_to is None:
                self._seek_to = self._heard()
            self._edge = 0
            self._handed.forget_jump()

    def set_voice_gain(self, gain: float) -> None:
        with self._lock:
            self._voice.aim(gain, EDGE_FRAMES)

    def set_background_gain(self, gain: float) -> None:
        with self._lock:
            self._background.aim(gain, EDGE_FRAMES)

    def change_bed(self, bed: Bed) -> None:
        """Let what lies under the voice pass into something else, within a second."""
        with self._lock:
            self._next_bed = [bed]

    def heard_frame(self) -> int:
        """The position in the mix that is heard now; after a seek, at once the one asked for."""
        with self._lock:
            return self._heard() if self._seek_to is None else self._seek_to

    def is_at_rest(self) -> bool:
        """Whether the end of a fade-out or of the mix was reached, and heard."""
        with self._lock:
            return self._rest_at is not None and self._handed.frames - self._held_frames() >= self._rest_at

    def is_short(self) -> bool:
        """Whether it is time to call `mix_ahead`."""
        with self._lock:
            return self._mixer is not None and self._edge > 0 and self._mixer.is_short(self._position)

    def mix_ahead(self) -> None:
        """Mix what comes next, on the caller's thread and without holding up `read`."""
        with self._lock:
            mixer, position = self._mixer, self._position
        if mixer is not None:
            mixer.mix_ahead(position)

    def is_silent(self) -> bool:
        """Whether nothing but silence is being handed out."""
        with self._lock:
            return self._edge == 0 and not self._is_playing

    def read(self, frames: int) -> Samples:
        """The next stereo samples for the output."""
        out = np.zeros((frames, 2), np.float32)
        with self._lock:
            done = 0
            while done < frames:
                done += self._fill(out[done:])
        return out

    def _heard(self) -> int:
        return self._handed.position_of(self._handed.frames - self._held_frames(), self._position)

    def _wants_sound(self) -> bool:
        return self._is_playing and self._mixer is not None

    def _fill(self, out: Samples) -> int:
        """Fill the first frames of `out`, up to the next event, and return how many."""
        if self._edge == 0 and self._next_mixer:
            self._mixer, self._incoming = self._next_mixer.pop(), None
        self._begin_jump()
        self._pass_to_next_bed()
        mixer = self._mixer
        if mixer is None or (self._edge == 0 and not self._wants_sound()):
            return self._stand_still(len(out))
        if self._edge == 0:
            # At its beginning the mix has a fade of its own.
            self._rise = Ramp(float(START_GAIN) if self._position else 1.0)
            self._rise.aim(1.0, START_FADE_FRAMES)
        is_here = self._seek_to is None or self._left_at is not None
        opening = self._wants_sound() and is_here and not self._next_mixer
        frames = min(len(out), EDGE_FRAMES - self._edge if opening else self._edge) or len(out)
        frames = min(frames, self._frames_to_end(mixer, self._position))
        if self._left_at is not None:
            frames = min(frames, self._jump.frames_left)
        if self._is_fading:
            frames = min(frames, self._fade.frames_left)
        if frames == 0:
            self._come_to_rest()
            return 0
        self._mix_into(out[:frames], mixer, opening=opening)
        self._handed.add(self._position, frames, is_moving=True)
        self._position += frames
        return frames

    def _begin_jump(self) -> None:
        """Go where it was asked for: at once in silence, else passing from the one place into the other.

        A jump to the very end waits until the gate is closed, and so does one that comes with another mix.
        """
        if self._edge == 0 or not self._jump.frames_left:
            self._left_at = None
        if self._seek_to is None or self._left_at is not None:
            return
        if self._edge:
            is_room = self._mixer and self._frames_to_end(self._mixer, self._seek_to) > _JUMP_FRAMES
            if self._next_mixer or not self._is_playing or not is_room:
                return
            self._left_at = self._position
            self._jump = Ramp(0.0)
            self._jump.aim(1.0, _JUMP_FRAMES)
        self._position, self._seek_to = self._seek_to, None
        self._handed.jump(self._position)

    def _frames_to_end(self, mixer: AheadMixer, position: int) -> int:
        total_frames = max(mixer.total_frames, self._incoming.total_frames if self._incoming else 0)
        return max(total_frames - position, 0)

    def _pass_to_next_bed(self) -> None:
        if self._incoming is not None and not self._bed_change.frames_left:
            self._mixer, self._incoming = self._incoming, None
        if self._next_bed and self._mixer is not None and self._incoming is None:
            self._incoming = self._mixer.with_bed(self._next_bed.pop())
            self._bed_change = Ramp(0.0)
            self._bed_change.aim(1.0, _BED_CHANGE_FRAMES)

    def _stand_still(self, frames: int) -> int:
        for ramp in (self._voice, self._background, self._bed_change):
            ramp.finish()
        self._handed.add(self._position, frames, is_moving=False)
        return frames

    def _come_to_rest(self) -> None:
        self._is_playing = self._is_fading = False
        self._edge = 0
        self._rest_at = self._handed.frames

    def _mix_into(self, out: Samples, mixer: AheadMixer, *, opening: bool) -> None:
        frames = len(out)
        gains = Gains(self._voice.take(frames), self._background.take(frames))
        bed_rise = self._bed_change.take(frames)
        if self._left_at is None:
            out += self._sounding(mixer, self._position, frames, gains, bed_rise)
        else:
            share = self._jump.take(frames)[:, np.newaxis]
            out += self._sounding(mixer, self._position, frames, gains, bed_rise) * equal_power(share)
            left = self._sounding(mixer, self._left_at, frames, gains, bed_rise)
            out += left * equal_power(np.float32(1) - share)
            self._left_at += frames
        if self._edge < EDGE_FRAMES or not opening:
            edge_to = self._edge + frames if opening else self._edge - frames
            steps = np.linspace(self._edge, edge_to, frames, endpoint=False, dtype=np.intp)
            out *= EDGE[steps][:, np.newaxis]
            self._edge = edge_to
        if self._rise.frames_left:
            out *= self._rise.take(frames)[:, np.newaxis]
        if self._is_fading or self._fade.frames_left:
            gain = self._fade.take(frames)
            out *= (gain * gain)[:, np.newaxis]

    def _sounding(
        self, mixer: AheadMixer, position: int, frames: int, gains: Gains, bed_rise: Samples
    ) -> Samples:
        """What is at a place of the mix, on its way from one bed to another where that is so."""
        if self._incoming is None:
            return mixer.mix(position, frames, gains)
        arriving = Gains(_NOTHING, gains.background * bed_rise)
        leaving = Gains(gains.voice, gains.background * (np.float32(1) - bed_rise))
        return self._incoming.mix(position, frames, arriving) + mixer.mix(position, frames, leaving)
