"""Plays a mix: the samples that an output asks for, and what they say of the position heard.

Every start, stop, jump and change of volume is drawn out over 20 ms, so nothing clicks. The frames
handed out, less those the output still holds, are the one clock that screen and session follow.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

import numpy as np

from sleepcalm.audio.ahead import AheadMixer
from sleepcalm.audio.mixer import Bed, Gains, Mixer
from sleepcalm.audio.ramp import Ramp
from sleepcalm.audio.samples import EDGE, EDGE_FRAMES, Samples
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ

_NOTHING = np.zeros(1, np.float32)
_REMEMBERED_FRAMES = 4 * SAMPLE_RATE_HZ
_BED_CHANGE_FRAMES = SAMPLE_RATE_HZ
_CALL_BACK_FRAMES = SAMPLE_RATE_HZ // 2  # a fade-out that is called back rises again gently


@dataclass(frozen=True, slots=True)
class _Span:
    """Frames handed out in one go: where they stand in the output, and in the mix."""

    handed_from: int
    position: int
    frames: int
    is_moving: bool


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
        self._handed = 0
        self._rest_at: int | None = 0
        self._is_playing = False
        self._edge = 0  # how far the gate is open, from 0 to EDGE_FRAMES
        self._seek_to: int | None = None
        self._jump_heard_at: tuple[int, int] | None = None
        self._fade = Ramp(1.0)
        self._is_fading = False
        self._voice = Ramp(voice_gain)
        self._background = Ramp(background_gain)
        self._bed_change = Ramp(0.0)
        self._incoming: AheadMixer | None = None
        self._next_bed: list[Bed] = []
        self._spans: deque[_Span] = deque()

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
            self._jump_heard_at = None
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
            self._jump_heard_at = None
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
                self._seek_to = self._position_of(self._handed - self._held_frames())
            self._edge = 0
            self._jump_heard_at = None

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
            if self._seek_to is not None:
                return self._seek_to
            heard = self._handed - self._held_frames()
            if self._jump_heard_at and heard < self._jump_heard_at[0]:
                return self._jump_heard_at[1]
            return self._position_of(heard)

    def is_at_rest(self) -> bool:
        """Whether the end of a fade-out or of the mix was reached, and heard."""
        with self._lock:
            return self._rest_at is not None and self._handed - self._held_frames() >= self._rest_at

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
            while self._spans and self._spans[0].handed_from < self._handed - _REMEMBERED_FRAMES:
                self._spans.popleft()
        return out

    def _wants_sound(self) -> bool:
        return self._is_playing and self._mixer is not None

    def _fill(self, out: Samples) -> int:
        """Fill the first frames of `out`, up to the next event, and return how many."""
        if self._edge == 0 and self._next_mixer:
            self._mixer, self._incoming = self._next_mixer.pop(), None
        if self._edge == 0 and self._seek_to is not None:
            self._position, self._seek_to = self._seek_to, None
            self._jump_heard_at = (self._handed, self._position)
        self._pass_to_next_bed()
        mixer = self._mixer
        if mixer is None or (self._edge == 0 and not self._wants_sound()):
            return self._stand_still(len(out))
        opening = self._wants_sound() and self._seek_to is None and not self._next_mixer
        frames = min(len(out), EDGE_FRAMES - self._edge if opening else self._edge) or len(out)
        total_frames = max(mixer.total_frames, self._incoming.total_frames if self._incoming else 0)
        frames = min(frames, max(total_frames - self._position, 0))
        if self._is_fading:
            frames = min(frames, self._fade.frames_left)
        if frames == 0:
            self._come_to_rest()
            return 0
        self._mix_into(out[:frames], mixer, opening=opening)
        self._remember(frames, is_moving=True)
        self._position += frames
        return frames

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
        self._remember(frames, is_moving=False)
        return frames

    def _come_to_rest(self) -> None:
        self._is_playing = self._is_fading = False
        self._edge = 0
        self._rest_at = self._handed

    def _mix_into(self, out: Samples, mixer: AheadMixer, *, opening: bool) -> None:
        frames = len(out)
        voice, background = self._voice.take(frames), self._background.take(frames)
        if self._incoming is not None:
            rise = self._bed_change.take(frames)
            out += self._incoming.mix(self._position, frames, Gains(_NOTHING, background * rise))
            background = background * (np.float32(1) - rise)
        out += mixer.mix(self._position, frames, Gains(voice, background))
        if self._edge < EDGE_FRAMES or not opening:
            edge_to = self._edge + frames if opening else self._edge - frames
            steps = np.linspace(self._edge, edge_to, frames, endpoint=False, dtype=np.intp)
            out *= EDGE[steps][:, np.newaxis]
            self._edge = edge_to
        if self._is_fading or self._fade.frames_left:
            gain = self._fade.take(frames)
            out *= (gain * gain)[:, np.newaxis]

    def _remember(self, frames: int, *, is_moving: bool) -> None:
        self._spans.append(_Span(self._handed, self._position, frames, is_moving))
        self._handed += frames

    def _position_of(self, handed: int) -> int:
        for span in reversed(self._spans):
            if span.handed_from <= handed:
                return span.position + (min(handed - span.handed_from, span.frames) if span.is_moving else 0)
        return self._spans[0].position if self._spans else self._position
