"""Where in which mix the sound is taken from, and how it passes over to another place, mix or bed."""

from __future__ import annotations

import numpy as np

from sleepcalm.audio.ahead import AheadMixer
from sleepcalm.audio.mixer import Bed, Gains
from sleepcalm.audio.place import Place
from sleepcalm.audio.ramp import Ramp
from sleepcalm.audio.samples import START_FADE_FRAMES, Samples, equal_power
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ

_BED_CHANGE_FRAMES = SAMPLE_RATE_HZ
_JUMP_FRAMES = SAMPLE_RATE_HZ // 4


class Playhead:
    """Stands in a mix, or in none. Where it is asked to go, it goes with the next `move` that can.

    In silence it goes at once. While something sounds, the old place leaves as the new one arrives: for a
    jump, for a bed, and for the next mix when the background goes on until that takes it over.
    """

    def __init__(self) -> None:
        self.position = 0
        self.sought: int | None = None
        """Where it was asked to go, until it is there."""
        self.mixer: AheadMixer | None = None
        self._is_mix_awaited = False
        self._next_mixer: AheadMixer | None = None
        """The mix that is awaited, once it is ready."""
        self._presence = Ramp(1.0)
        self._is_handing_over = False
        self._left: Place | None = None  # what a jump is passing from, while it does
        self._jump = Ramp(1.0)
        self._incoming: AheadMixer | None = None
        self._next_bed: Bed | None = None
        self._bed_change = Ramp(0.0)

    @property
    def total_frames(self) -> int:
        """The length of the mix that was put on last."""
        mixer = self._next_mixer if self._is_mix_awaited else self.mixer
        return mixer.total_frames if mixer else 0

    @property
    def needs_silence(self) -> bool:
        """Whether it cannot go where it was asked to while something sounds."""
        is_waiting = self.sought is not None and self._left is None
        return not self._is_handing_over and (is_waiting or self._is_mix_awaited)

    @property
    def rises_by_itself(self) -> bool:
        """Whether it stands at a beginning that has a fade of its own."""
        return self.position == 0 and self.mixer is not None and self.mixer.rises_by_itself

    @property
    def is_even(self) -> bool:
        """Whether what sounds can be told from the position alone: nothing arrives or leaves."""
        is_passing = self._left is not None or self._incoming is not None or self._is_handing_over
        return not is_passing and not self._presence.frames_left

    def eject(self, *, bed_goes_on: bool) -> None:
        """Be asked to the beginning of another mix; until that is there, the bed of this one may go on."""
        self._is_handing_over = bed_goes_on
        if bed_goes_on:
            self._presence.aim(0.0, _JUMP_FRAMES)
        self.sought = 0
        self._is_mix_awaited, self._next_mixer = True, None

    def put_on(self, mixer: AheadMixer) -> None:
        self._is_mix_awaited, self._next_mixer = True, mixer
        self._next_bed = None

    def change_bed(self, bed: Bed) -> None:
        self._next_bed = bed

    def seek(self, frame: int) -> None:
        """Be asked to a place of the mix."""
        self.sought = frame

    def step_back(self, frames: int) -> None:
        """Stand so many frames before: what came last comes again."""
        self.position -= frames

    def move(self, *, is_silent: bool, is_playing: bool) -> bool:
        """Go where it was asked to, if it can by now; gives whether it stands at another position."""
        was_sought = self.sought is not None
        if is_silent and self._is_mix_awaited:
            self.mixer, self._incoming = self._next_mixer, None
            self._have_mix()
        if is_silent or not self._jump.frames_left:
            self._left = None
        self._take_over()
        self._begin_jump(is_silent=is_silent, is_playing=is_playing)
        self._pass_to_next_bed()
        return was_sought and self.sought is None

    def begin(self) -> None:
        """The voice is there at once: the start as a whole rises."""
        self._presence = Ramp(1.0)

    def settle(self) -> None:
        """Nothing sounds: a bed that was on its way is there."""
        self._bed_change.finish()

    def frames_ahead(self, frames: int) -> int:
        """How many of so many frames come before the end of the mix or of a jump; none at the end."""
        if self.mixer is not None and not self._is_handing_over:
            frames = min(frames, self._frames_to_end(self.mixer, self.position))
        return min(frames, self._jump.frames_left) if self._left is not None else frames

    def mix_into(self, out: Samples, gains: Gains) -> None:
        """Add the sound of the next frames, no more than `frames_ahead`, and stand behind them."""
        mixer, left, frames = self.mixer, self._left, len(out)
        if mixer is None:
            return
        bed_rise = self._bed_change.take(frames)
        presence = self._presence.take(frames)
        here = Place(mixer, self._incoming, self.position, self._presence)
        if left is None:
            out += here.mix(frames, gains, presence, bed_rise)
        else:
            share = self._jump.take(frames)[:, np.newaxis]
            out += here.mix(frames, gains, presence, bed_rise) * equal_power(share)
            left_presence = presence if left.presence is self._presence else left.presence.take(frames)
            out += left.mix(frames, gains, left_presence, bed_rise) * equal_power(np.float32(1) - share)
            left.position += frames
        self.position += frames

    def _take_over(self) -> None:
        """Pass into the next mix as a jump does; its voice rises as at any start."""
        before, following = self.mixer, self._next_mixer
        if not (self._is_handing_over and before and following) or self._left is not None:
            return
        self._have_mix()
        self._leave(before)
        self.mixer, self._incoming = following.going_on_from(before, self.position), None
        self._arrive()
        # At its beginning the voice has a fade of its own.
        self._presence = Ramp(0.0 if self.position else 1.0)
        self._presence.aim(1.0, START_FADE_FRAMES)

    def _have_mix(self) -> None:
        self._is_mix_awaited, self._next_mixer = False, None
        self._is_handing_over = False

    def _begin_jump(self, *, is_silent: bool, is_playing: bool) -> None:
        """Go where it was asked for: at once in silence, else passing from the one place into the other.

        A jump to the very end waits for silence, and so does one that comes with another mix.
        """
        if self.sought is None or self._left is not None:
            return
        if not is_silent:
            if self._is_mix_awaited or not is_playing or self.mixer is None:
                return
            if self._frames_to_end(self.mixer, self.sought) <= _JUMP_FRAMES:
                return
            self._leave(self.mixer)
        self._arrive()

    def _leave(self, mixer: AheadMixer) -> None:
        self._left = Place(mixer, self._incoming, self.position, self._presence)
        self._jump = Ramp(0.0)
        self._jump.aim(1.0, _JUMP_FRAMES)

    def _arrive(self) -> None:
        if self.sought is not None:
            self.position, self.sought = self.sought, None

    def _pass_to_next_bed(self) -> None:
        if self._incoming is not None and not self._bed_change.frames_left:
            self.mixer, self._incoming = self._incoming, None
        bed, is_passing = self._next_bed, self._incoming is not None or self._left is not None
        if bed is not None and self.mixer is not None and not is_passing:
            self._incoming, self._next_bed = self.mixer.with_bed(bed), None
            self._bed_change = Ramp(0.0)
            self._bed_change.aim(1.0, _BED_CHANGE_FRAMES)

    def _frames_to_end(self, mixer: AheadMixer, position: int) -> int:
        total_frames = max(mixer.total_frames, self._incoming.total_frames if self._incoming else 0)
        return max(total_frames - position, 0)
