"""An output through the extra package simpleaudio, for machines on which miniaudio cannot serve.

simpleaudio plays a buffer to its end, and neither pauses nor changes it. But it reads the buffer in place
while it plays (its C source holds a view of it, and copies a tenth of a second at a time to the device). So
each one is filled far ahead, which a busy machine does not upset, and what comes next is written anew when
something else is asked for. A pause closes the output. One minute follows on the other under a short
cross-fade.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from ctypes import CDLL, CFUNCTYPE, c_char_p, c_int
from functools import partial
from threading import Event, Lock, Thread
from typing import Any

import numpy as np

from sleepcalm.audio.outputs import Health, Output, OutputError, Read, TakeBack
from sleepcalm.audio.simpleaudio_segment import BYTES_PER_SAMPLE, CHANNELS, PlayBuffer, Segment
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ

SEGMENT_FRAMES = 60 * SAMPLE_RATE_HZ
LEAD_FRAMES = 3 * SAMPLE_RATE_HZ // 2
"""How long before it is heard a frame is in the buffer, as far as the machine keeps up."""

FIRST_FRAMES = SAMPLE_RATE_HZ // 4
"""How much is read at most at one go, and what a start has to wait for."""

AT_ONCE_FRAMES = SAMPLE_RATE_HZ // 20
"""How much of a change is read before the rest of it: it is due soon, and mixing takes time."""

_FOLLOW_ON_FRAMES = 2 * SAMPLE_RATE_HZ  # before a buffer's end: more than the lead, so that it is never full
_FILL_EVERY_S = 0.05
_GONE_WITHIN_S = 1.0
_SAY_NOTHING = CFUNCTYPE(None, c_char_p, c_int, c_char_p, c_int, c_char_p)(lambda *_message: None)


def _hush_alsa() -> None:
    """ALSA's library tells standard error of every try that fails; the program says it once, in its words."""
    with suppress(OSError, AttributeError):  # a system without ALSA
        CDLL("libasound.so.2").snd_lib_error_set_handler(_SAY_NOTHING)


class SimpleaudioSystem:
    """Raises OutputError when it is made and the package is not installed."""

    def __init__(self) -> None:
        try:
            import simpleaudio  # noqa: PLC0415 - an extra, and only on demand
        except ImportError as error:
            raise OutputError("simpleaudio is not installed: pip install simpleaudio-patched") from error
        self._play_buffer: Any = simpleaudio.play_buffer
        _hush_alsa()

    def open(self, read: Read) -> Output:
        return SimpleaudioOutput(read, self._play_buffer)

    def is_there(self) -> bool:
        silence = np.zeros((480, CHANNELS), np.int16)
        try:
            self._play_buffer(silence, CHANNELS, BYTES_PER_SAMPLE, SAMPLE_RATE_HZ)
        except Exception:  # noqa: BLE001 - the package's error is a bare subclass of Exception
            return False
        return True


class SimpleaudioOutput:
    """Raises OutputError when there is no device."""

    name = "simpleaudio"
    device_name = ""
    can_pause = False

    def __init__(
        self,
        read: Read,
        play_buffer: PlayBuffer,
        clock_s: Callable[[], float] = time.monotonic,
        *,
        segment_frames: int = SEGMENT_FRAMES,
        fill_every_s: float = _FILL_EVERY_S,
    ) -> None:
        self._read = read
        self._new_segment = partial(Segment, segment_frames, play_buffer, clock_s)
        self._fill_every_s = fill_every_s
        self._closed = Event()
        self._lock = Lock()  # over what is written; `held_frames` is asked for from within `read`, without it
        self._unheard: int | None = None
        self._before: Segment | None = None
        self._segment = self._new_segment()
        self._segment.write(FIRST_FRAMES, read)
        self._segment.start()
        self._thread = Thread(target=self._run, name="simpleaudio output", daemon=True)
        self._thread.start()

    def held_frames(self) -> int:
        return self._segment.held_frames() if self._unheard is None else self._unheard

    def hurry(self, take_back: TakeBack) -> None:
        with self._lock:
            take_back(self._segment.frames_to_change(), self._segment.take_back)
            for frames in (AT_ONCE_FRAMES, FIRST_FRAMES):
                self._fill(frames)

    def health(self) -> Health:
        return Health.WELL if self._segment.is_playing() else Health.SYSTEM_GONE

    def close(self) -> None:
        """Ends softly, in a fifth of a second; the device is free at the return, or never will be."""
        if self._closed.is_set():
            return
        self._closed.set()
        self._thread.join()
        self._unheard = self._segment.fall_silent()
        segments = [self._segment, self._before] if self._before else [self._segment]
        if self._before:
            self._before.fall_silent()
        for segment in segments:
            segment.stop_in_silence()
        for segment in segments:
            segment.wait_for_end(_GONE_WITHIN_S)

    def _run(self) -> None:
        while not self._closed.wait(self._fill_every_s):
            if self._segment.frames_left() < _FOLLOW_ON_FRAMES and not self._follow_on():
                return
            with self._lock:
                self._segment.catch_up()
                self._fill(FIRST_FRAMES)

    def _fill(self, at_most_frames: int) -> None:
        missing = LEAD_FRAMES - self._segment.held_frames()
        frames = min(missing, at_most_frames, self._segment.room_frames())
        if frames > 0:
            self._segment.write(frames, self._read)

    def _follow_on(self) -> bool:
        """Go on in a new segment; False where the device has gone.

        It starts in silence, and is filled only then: how late it started no longer matters. Keys are
        answered meanwhile: a device that hangs may never open.
        """
        following = self._new_segment()
        try:
            following.start()
        except OutputError:
            return False  # this one ends within a moment, which `health` tells
        with self._lock:
            following.take_over(self._segment)
            self._before, self._segment = self._segment, following
        return True
