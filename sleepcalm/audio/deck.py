"""Plays a mix: the samples that an output asks for, and what they say of the position heard.

Nothing clicks and nothing startles: a start rises from silence within two seconds, a jump passes from the
old place into the new one, and so does one mix into another when its background goes on; a stop and a change
of volume are drawn out over 20 ms. The frames handed out, less those the output still holds, are the one
clock that screen and session follow.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

import numpy as np

from sleepcalm.audio.ahead import AheadMixer
from sleepcalm.audio.handed_out import HandedOut
from sleepcalm.audio.mixer import Bed, Gains, Mixer
from sleepcalm.audio.ramp import Ramp
from sleepcalm.audio.samples import (
    EDGE,
    EDGE_FRAMES,
    START_FADE_FRAMES,
    Samples,
    equal_power,
    even_power,
)
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ

_NOTHING = np.zeros(1, np.float32)
_BED_CHANGE_FRAMES = SAMPLE_RATE_HZ
_JUMP_FRAMES = SAMPLE_RATE_HZ // 4
_CALL_BACK_FRAMES = SAMPLE_RATE_HZ // 2  # a fade-out that is called back rises again gently


@dataclass(slots=True)
class _Place:
    """What sounds at one place of one mix: `presence` is the power of its voice, on its way in or out, and
    `incoming` the mix with the bed that it is passing to."""

    mixer: AheadMixer
    incoming: AheadMixer | None
    position: int
    presence: Ramp


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
        self._even_frames = 0  # handed out last, and nothing but the mix: no edge, no rise, no jump in them
        self._rest_at: int | None = 0
        self._is_playing = False
        self._edge = 0  # how far the gate is open, from 0 to EDGE_FRAMES
        self._rise = Ramp(1.0)
        self._seek_to: int | None = None
        self._left: _Place | None = None  # what a jump is passing from, while it does
        self._is_handing_over = False  # the background goes on until another mix takes it over
        self._jump = Ramp(1.0)
        self._fade = Ramp(1.0)
        self._is_fading = False
        self._presence = Ramp(1.0)
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

    def eject(self, *, goes_on: bool = False) -> None:
        """Take the mix off, softly when it sounds, and be ready at the beginning of another.

        One that `goes_on` plays on: its voice leaves, its background stays until the next mix takes it over.
        """
        with self._lock:
            self._is_handing_over = goes_on and self._edge > 0 and self._is_playing and not self._is_fading
            if self._is_handing_over:
                self._presence.aim(0.0, _JUMP_FRAMES)
            else:
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

    def take_back(self, frames: int, let_go: Callable[[int], None]) -> None:
        """Hand out so many frames again, or as many of them as can be told from the position alone.

        For an output that reads far ahead, so that what was asked for since then is heard soon. `let_go`
        is told how many, before anybody asks for `held_frames`.
        """
        with self._lock:
            taken = min(frames, self._even_frames)
            self._position -= taken
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
        if not np.isfinite(out).all():  # one sample that is no number would be a bang
            np.nan_to_num(out, copy=False, nan=0.0, posinf=0.0, neginf=0.0)
        return out

    def _heard(self) -> int:
        return self._handed.position_of(self._handed.frames - self._held_frames(), self._position)

    def _wants_sound(self) -> bool:
        return self._is_playing and self._mixer is not None

    def _fill(self, out: Samples) -> int:
        """Fill the first frames of `out`, up to the next event, and return how many."""
        if self._edge == 0 and self._next_mixer:
            self._mixer, self._incoming = self._next_mixer.pop(), None
            self._is_handing_over = False
        self._take_over()
        self._begin_jump()
        self._pass_to_next_bed()
        mixer = self._mixer
        if mixer is None or (self._edge == 0 and not self._wants_sound()):
            return self._stand_still(len(out))
        if self._edge == 0:
            # At its beginning the mix has a fade of its own.
            self._rise = Ramp(1.0 if self._position == 0 and mixer.rises_by_itself else 0.0)
            self._rise.aim(1.0, START_FADE_FRAMES)
            self._presence = Ramp(1.0)
        is_here = self._seek_to is None or self._left is not None
        opening = self._wants_sound() and (self._is_handing_over or (is_here and not self._next_mixer))
        frames = min(len(out), EDGE_FRAMES - self._edge if opening else self._edge) or len(out)
        if not self._is_handing_over:
            frames = min(frames, self._frames_to_end(mixer, self._position))
        if self._left is not None:
            frames = min(frames, self._jump.frames_left)
        if self._is_fading:
            frames = min(frames, self._fade.frames_left)
        if frames == 0:
            self._come_to_rest()
            return 0
        self._even_frames = self._even_frames + frames if opening and self._is_even() else 0
        self._mix_into(out[:frames], mixer, opening=opening)
        self._handed.add(self._position, frames, is_moving=True)
        self._position += frames
        return frames

    def _take_over(self) -> None:
        """Pass into the next mix as a jump does; its voice rises as at any start."""
        before, following = self._mixer, self._next_mixer[0] if self._next_mixer else None
        if not (self._is_handing_over and before and following) or self._jump.frames_left:
            return
        self._next_mixer.clear()
        self._is_handing_over = False
        self._leave(before)
        self._mixer, self._incoming = following.going_on_from(before, self._position), None
        self._arrive()
        # At its beginning the voice has a fade of its own.
        self._presence = Ramp(0.0 if self._position else 1.0)
        self._presence.aim(1.0, START_FADE_FRAMES)

    def _leave(self, mixer: AheadMixer) -> None:
        self._left = _Place(mixer, self._incoming, self._position, self._presence)
        self._jump = Ramp(0.0)
        self._jump.aim(1.0, _JUMP_FRAMES)

    def _arrive(self) -> None:
        if self._seek_to is not None:
            self._position, self._seek_to = self._seek_to, None
            self._handed.jump(self._position)

    def _is_even(self) -> bool:
        ramps = (self._rise, self._fade, self._presence, self._voice, self._background)
        is_passing = self._left is not None or self._incoming is not None or self._is_handing_over
        is_full = self._edge == EDGE_FRAMES and not self._is_fading
        return is_full and not is_passing and not any(ramp.frames_left for ramp in ramps)

    def _begin_jump(self) -> None:
        """Go where it was asked for: at once in silence, else passing from the one place into the other.

        A jump to the very end waits until the gate is closed, and so does one that comes with another mix.
        """
        if self._edge == 0 or not self._jump.frames_left:
            self._left = None
        if self._seek_to is None or self._left is not None:
            return
        if self._edge:
            mixer = self._mixer
            if self._next_mixer or not self._is_playing or mixer is None:
                return
            if self._frames_to_end(mixer, self._seek_to) <= _JUMP_FRAMES:
                return
            self._leave(mixer)
        self._arrive()

    def _frames_to_end(self, mixer: AheadMixer, position: int) -> int:
        total_frames = max(mixer.total_frames, self._incoming.total_frames if self._incoming else 0)
        return max(total_frames - position, 0)

    def _pass_to_next_bed(self) -> None:
        if self._incoming is not None and not self._bed_change.frames_left:
            self._mixer, self._incoming = self._incoming, None
        if self._next_bed and self._mixer is not None and self._incoming is None and self._left is None:
            self._incoming = self._mixer.with_bed(self._next_bed.pop())
            self._bed_change = Ramp(0.0)
            self._bed_change.aim(1.0, _BED_CHANGE_FRAMES)

    def _stand_still(self, frames: int) -> int:
        for ramp in (self._voice, self._background, self._bed_change):
            ramp.finish()
        self._even_frames = 0
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
        here, left = _Place(mixer, self._incoming, self._position, self._presence), self._left
        presence = self._presence.take(frames)
        if left is None:
            out += _sounding(here, frames, gains, presence, bed_rise)
        else:
            share = self._jump.take(frames)[:, np.newaxis]
            out += _sounding(here, frames, gains, presence, bed_rise) * equal_power(share)
            left_presence = presence if left.presence is self._presence else left.presence.take(frames)
            leaving = _sounding(left, frames, gains, left_presence, bed_rise)
            out += leaving * equal_power(np.float32(1) - share)
            left.position += frames
        if self._edge < EDGE_FRAMES or not opening:
            edge_to = self._edge + frames if opening else self._edge - frames
            steps = np.linspace(self._edge, edge_to, frames, endpoint=False, dtype=np.intp)
            out *= EDGE[steps][:, np.newaxis]
            self._edge = edge_to
        if self._rise.frames_left:
            out *= even_power(self._rise.take(frames))[:, np.newaxis]
        if self._is_fading or self._fade.frames_left:
            gain = self._fade.take(frames)
            out *= (gain * gain)[:, np.newaxis]


def _sounding(place: _Place, frames: int, gains: Gains, presence: Samples, bed_rise: Samples) -> Samples:
    """What is at a place of a mix, on its way from one bed to another where that is so."""
    voice = gains.voice * even_power(presence)
    if place.incoming is None:
        return place.mixer.mix(place.position, frames, Gains(voice, gains.background))
    arriving = Gains(_NOTHING, gains.background * bed_rise)
    leaving = Gains(voice, gains.background * (np.float32(1) - bed_rise))
    at = place.position
    return place.incoming.mix(at, frames, arriving) + place.mixer.mix(at, frames, leaving)
