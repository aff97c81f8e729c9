"""Mixes voice and background at any position of a timeline: a pure function of the position.

Nothing is kept from block to block, so a mix can start anywhere, and the samples of a frame do
not depend on the size of the block that it is asked for in.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from sleepcalm.audio.ambience import Ambience
from sleepcalm.audio.samples import START_FADE_FRAMES, Samples, share_of, soft_clip, start_gain
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ, Clip, Cue, Timeline

BACKGROUND_FADE_IN_S = 6.0
"""The background comes from 30 dB below its level by 5 dB a second: less than what could startle. Between
silence and there it is fainter than a bedroom is, at any volume."""

_FADE_IN_GROWTH = np.float32(10 ** (30 / 20 / 16) - 1)
_FADE_IN_START = np.float32(1.00001 * 10 ** (-30 / 20))

_CENTRE = np.float32(0.5**0.5)
"""A mono voice on two channels is as loud as its clip when each channel has half the power."""


class ClipSource(Protocol):
    def samples(self, clip: Clip) -> Samples:
        """Mono samples of the whole clip."""


@dataclass(frozen=True, slots=True)
class Gains:
    """Gains of voice and background: one for each frame of a block, or a single one for all of it."""

    voice: Samples
    background: Samples

    @property
    def are_constant(self) -> bool:
        return len(self.voice) == len(self.background) == 1

    @classmethod
    def constant(cls, voice: float, background: float) -> Gains:
        return cls(np.full(1, voice, np.float32), np.full(1, background, np.float32))


@dataclass(frozen=True, slots=True)
class Bed:
    """What lies under the voice; it goes on for `linger_s` after the exercise and leaves in `fade_out_s`."""

    ambience: Ambience | None
    linger_s: float = 0.0
    fade_out_s: float = 120.0


@dataclass(frozen=True)
class Mixer:
    """The sound of one timeline, with a bed under the voice. Both fade in at its beginning, the background
    only where it has not sounded already, for `background_age_frames`, under something else.

    Headroom: clips peak at -3 dBTP or below, 3 dB less on two channels, and backgrounds far lower, so at
    full volumes their sum stays within full scale and the soft clip has nothing to do.
    """

    timeline: Timeline
    clips: ClipSource
    bed: Bed
    fade_in_s: float = BACKGROUND_FADE_IN_S
    background_age_frames: int = 0

    @property
    def total_frames(self) -> int:
        """The length of the timeline or, when that is longer, until the background has left."""
        if self.bed.ambience is None:
            return self.timeline.duration_frames
        return max(self.timeline.duration_frames, self._fade_out_start + self._fade_out_frames)

    @property
    def _fade_in_frames(self) -> int:
        return max(round(self.fade_in_s * SAMPLE_RATE_HZ), 1)

    @property
    def _fade_out_frames(self) -> int:
        return max(round(self.bed.fade_out_s * SAMPLE_RATE_HZ), 1)

    @property
    def _fade_out_start(self) -> int:
        return self.timeline.exercise_end_frame + round(self.bed.linger_s * SAMPLE_RATE_HZ)

    def with_bed(self, bed: Bed) -> Mixer:
        """The same voice with something else under it."""
        return replace(self, bed=bed)

    def going_on_from(self, before: Mixer, frame: int) -> Mixer:
        """This one, heard from `frame` of the one before on: a background does not begin anew."""
        if before.bed.ambience is None:
            return self
        return replace(self, background_age_frames=before.background_age_frames + frame)

    def mix(self, start_frame: int, frames: int, gains: Gains) -> Samples:
        """Stereo samples of `frames` frames from `start_frame` on; silent beyond the end."""
        planes = np.zeros((2, frames), np.float32)
        self._add_background(planes, start_frame, gains.background)
        self._add_voice(planes, start_frame, gains.voice)
        return soft_clip(planes).T

    def _add_voice(self, planes: Samples, start: int, gain: Samples) -> None:
        end = start + planes.shape[1]
        cues = self.timeline.cues
        for index in range(max(bisect_right(cues, start, key=_start_of) - 1, 0), len(cues)):
            cue = cues[index]
            if cue.start_frame >= end:
                break
            begin, stop = max(cue.start_frame, start), min(cue.end_frame, end)
            if cue.clip is None or stop <= begin:
                continue
            spoken = self.clips.samples(cue.clip)[begin - cue.start_frame : stop - cue.start_frame]
            louder = gain if len(gain) == 1 else gain[begin - start : stop - start]
            if begin < START_FADE_FRAMES:
                louder = louder * start_gain(begin, stop - begin)
            cue_gain = _CENTRE * np.float32(10 ** (cue.gain_db / 20))
            planes[:, begin - start : stop - start] += spoken * (louder * cue_gain)

    def _add_background(self, planes: Samples, start: int, gain: Samples) -> None:
        if self.bed.ambience is None or start >= self.total_frames or not gain.any():
            return
        self.bed.ambience.add_to(planes, start, gain * self._background_envelope(start, planes.shape[1]))

    def _background_envelope(self, start: int, frames: int) -> Samples:
        """The fades at both ends; a single gain where there is none, which is most of the time."""
        fade_out_start = self._fade_out_start
        age = start + self.background_age_frames
        if age >= max(self._fade_in_frames, START_FADE_FRAMES) and start + frames <= fade_out_start:
            return np.ones(1, np.float32)
        rise = _even_rise(share_of(age, frames, self._fade_in_frames))
        fade_in = np.minimum(rise, start_gain(age, frames))
        rest = np.float32(1) - share_of(start - fade_out_start, frames, self._fade_out_frames)
        envelope: Samples = fade_in * (rest * rest * rest)
        return envelope


def _even_rise(share: Samples) -> Samples:
    """From -30 dB to 0 dB, as evenly in decibels as a power of 16 is, which needs products only."""
    rise = np.float32(1) + _FADE_IN_GROWTH * share
    for _ in range(4):
        rise = rise * rise
    gain: Samples = np.minimum(_FADE_IN_START * rise, np.float32(1))
    return gain


def _start_of(cue: Cue) -> int:
    return cue.start_frame
