"""A buffer that simpleaudio plays, written to while it plays.

Places in it are counted in frames from its beginning. Measured on PulseAudio, quiet and busy: it is heard
from within 10 ms of its start on, and frames are taken from it 50 to 95 ms before they are heard.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

import numpy as np
import numpy.typing as npt

from sleepcalm.audio.outputs import OutputError, Read
from sleepcalm.audio.samples import EDGE, EDGE_FRAMES
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ

CHANNELS = 2
BYTES_PER_SAMPLE = 2
TAKEN_EARLY_FRAMES = SAMPLE_RATE_HZ * 14 // 100
"""So long before it is heard a frame may no longer be changed; the device's 100 ms, and time to write."""

LATE_FRAMES = SAMPLE_RATE_HZ // 5
"""So much behind the clock a device that has stumbled may be when it is stopped; then nothing is lost."""

CROSS_FADE_FRAMES = SAMPLE_RATE_HZ // 20
_FULL_SCALE = 32_767
_LOOK_EVERY_S = 0.01

Buffer = npt.NDArray[np.int16]


class Playing(Protocol):
    def is_playing(self) -> bool: ...

    def stop(self) -> None: ...


PlayBuffer = Callable[[Buffer, int, int, int], Playing]
"""`simpleaudio.play_buffer`: samples, channels, bytes a sample, frames a second."""


class Segment:
    """Silent where nothing was written. For one thread at a time, but for `held_frames`."""

    def __init__(self, frames: int, play_buffer: PlayBuffer, clock_s: Callable[[], float]) -> None:
        self._samples = np.zeros((frames, CHANNELS), np.int16)
        self._play_buffer = play_buffer
        self._clock_s = clock_s
        self._begin = 0  # what lies before it is shared with another segment, or silent
        self._filled = 0
        self._silent_from = frames
        self._started_s = clock_s()

    def start(self) -> None:
        """Raises OutputError when there is no device."""
        try:
            self._playing = self._play_buffer(self._samples, CHANNELS, BYTES_PER_SAMPLE, SAMPLE_RATE_HZ)
        except Exception as error:
            raise OutputError(f"no sound device: {error}") from error
        self._started_s = self._clock_s()

    def is_playing(self) -> bool:
        return self._playing.is_playing()

    def frames_left(self) -> int:
        return len(self._samples) - self._heard()

    def held_frames(self) -> int:
        """How much of what was written is not heard yet."""
        return max(self._filled - self._heard(), 0)

    def room_frames(self) -> int:
        """How much can still be written."""
        return max(len(self._samples) - self._filled, 0)

    def write(self, frames: int, read: Read) -> None:
        """The next frames, no more than there is room for. They are held from now on: who is asked for them
        counts them as handed out before they are written.
        """
        start, self._filled = self._filled, self._filled + frames
        self._samples[start : self._filled] = np.rint(read(frames) * np.float32(_FULL_SCALE))

    def catch_up(self) -> None:
        """Where the machine was too busy for the whole lead, go on with a gap: nothing is lost."""
        self._filled = max(self._filled, min(self._changeable(), len(self._samples)))

    def frames_to_change(self) -> int:
        """How much of what was written can still be written anew."""
        return max(self._filled - max(self._changeable(), self._begin), 0)

    def take_back(self, frames: int) -> None:
        """The last frames written will be written anew."""
        self._filled -= frames

    def take_over(self, before: Segment) -> None:
        """Go on in this segment with what is written in the one before, from its quietest place on."""
        shift = round((self._started_s - before._started_s) * SAMPLE_RATE_HZ)
        soon = self._changeable() + CROSS_FADE_FRAMES  # this takes a moment, too
        first = min(soon + shift, before._filled - CROSS_FADE_FRAMES)
        joint = first + _quietest(before._samples[first : before._filled])
        rest = before._samples[joint : before._filled].astype(np.float32)
        sinking = np.linspace(1, 0, CROSS_FADE_FRAMES, dtype=np.float32)[:, np.newaxis]
        before._samples[joint : joint + CROSS_FADE_FRAMES] = np.rint(rest[:CROSS_FADE_FRAMES] * sinking)
        before._samples[joint + CROSS_FADE_FRAMES :] = 0
        # With its mirror image it adds up to 1, for both segments hold the same sound.
        rest[:CROSS_FADE_FRAMES] *= sinking[::-1]
        start = max(joint - shift, self._changeable())
        self._samples[start : start + len(rest)] = np.rint(rest)
        self._begin, self._filled = start + CROSS_FADE_FRAMES, start + len(rest)

    def fall_silent(self) -> int:
        """End softly at once; gives how many of the frames written are not heard any more."""
        end = min(self._changeable(), self._filled)
        edge = self._samples[end : min(end + EDGE_FRAMES, self._filled)]
        edge[:] = np.rint(edge * EDGE[::-1][: len(edge), np.newaxis])
        self._samples[end + EDGE_FRAMES :] = 0
        self._silent_from = end + EDGE_FRAMES
        return self._filled - end

    def stop_in_silence(self) -> None:
        """simpleaudio stops between two tenths of a second, so not before the end has gone out."""
        time.sleep(max(self._silent_from + LATE_FRAMES - self._heard(), 0) / SAMPLE_RATE_HZ)
        self._playing.stop()

    def wait_for_end(self, limit_s: float) -> None:
        """The package's thread still plays out what the device holds."""
        for _ in range(round(limit_s / _LOOK_EVERY_S)):
            if not self._playing.is_playing():
                return
            time.sleep(_LOOK_EVERY_S)

    def _heard(self) -> int:
        return int((self._clock_s() - self._started_s) * SAMPLE_RATE_HZ)

    def _changeable(self) -> int:
        return self._heard() + TAKEN_EARLY_FRAMES


def _quietest(samples: Buffer) -> int:
    """Where the quietest stretch as long as a cross-fade begins."""
    spans = len(samples) // CROSS_FADE_FRAMES
    loudness = np.abs(samples[: spans * CROSS_FADE_FRAMES].astype(np.int32)).reshape(spans, -1).max(axis=1)
    return int(np.argmin(loudness)) * CROSS_FADE_FRAMES
