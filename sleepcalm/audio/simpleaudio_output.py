"""An output through the extra package simpleaudio, for machines on which miniaudio cannot serve.

simpleaudio plays a buffer to its end, and neither pauses nor changes it. It reads the buffer in place
while it plays, though, so each one is filled a moment before it is due, and the player's own pauses and
volumes reach the ear. One minute follows on the other under a short cross-fade.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event, Thread
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from sleepcalm.audio.outputs import Health, Output, OutputError, Read
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ

SEGMENT_FRAMES = 60 * SAMPLE_RATE_HZ
LEAD_FRAMES = SAMPLE_RATE_HZ // 2
"""How long before it is due a frame has to be in the buffer. simpleaudio takes it 0.1 s and more early,
and a busy machine fills it late; a key is heard that much later, too."""

CROSS_FADE_FRAMES = SAMPLE_RATE_HZ // 20
_FILL_EVERY_S = 0.05
_BYTES_PER_SAMPLE = 2
_FULL_SCALE = 32_767

Segment = npt.NDArray[np.int16]


class Playing(Protocol):
    def is_playing(self) -> bool: ...

    def stop(self) -> None: ...


PlayBuffer = Callable[[Segment, int, int, int], Playing]
"""`simpleaudio.play_buffer`: samples, channels, bytes a sample, frames a second."""


class SimpleaudioSystem:
    """Raises OutputError when it is made and the package is not installed."""

    def __init__(self) -> None:
        try:
            import simpleaudio  # noqa: PLC0415 - an extra, and only on demand
        except ImportError as error:
            raise OutputError("simpleaudio is not installed: pip install simpleaudio-patched") from error
        self._play_buffer: Any = simpleaudio.play_buffer

    def open(self, read: Read) -> Output:
        return SimpleaudioOutput(read, self._play_buffer)

    def is_there(self) -> bool:
        silence = np.zeros((480, 2), np.int16)
        try:
            self._play_buffer(silence, 2, _BYTES_PER_SAMPLE, SAMPLE_RATE_HZ)
        except Exception:  # noqa: BLE001 - the package's error is a bare subclass of Exception
            return False
        return True


class SimpleaudioOutput:
    """Raises OutputError when there is no device."""

    name = "simpleaudio"
    device_name = ""

    def __init__(
        self, read: Read, play_buffer: PlayBuffer, clock_s: Callable[[], float] = time.monotonic
    ) -> None:
        self._read = read
        self._play_buffer = play_buffer
        self._clock_s = clock_s
        self._closed = Event()
        self._tail = np.zeros((0, 2), np.int16)
        self._started_s = clock_s()
        self._segment, self._filled = self._new_segment()
        self._playing = self._start()
        self._thread = Thread(target=self._run, name="simpleaudio output", daemon=True)
        self._thread.start()

    def held_frames(self) -> int:
        due = int((self._clock_s() - self._started_s) * SAMPLE_RATE_HZ)
        return max(self._filled - due, 0)

    def health(self) -> Health:
        return Health.WELL if self._playing.is_playing() else Health.SYSTEM_GONE

    def close(self) -> None:
        self._closed.set()
        self._thread.join()
        self._playing.stop()

    def _run(self) -> None:
        next_start_s = (SEGMENT_FRAMES - CROSS_FADE_FRAMES) / SAMPLE_RATE_HZ
        wait_s = _FILL_EVERY_S
        while not self._closed.wait(wait_s):
            played_s = self._clock_s() - self._started_s
            self._fill_to(min(int(played_s * SAMPLE_RATE_HZ) + LEAD_FRAMES, SEGMENT_FRAMES))
            if played_s >= next_start_s and not self._follow_on():
                return
            wait_s = min(_FILL_EVERY_S, max(next_start_s - played_s, 0.001))

    def _follow_on(self) -> bool:
        """Start the next segment under the end of this one; False where the device has gone."""
        segment, filled = self._new_segment()
        before, self._segment, self._filled = self._playing, segment, filled
        try:
            self._playing = self._start()
        except OutputError:
            self._playing = before  # it ends within a moment, which `health` tells
            return False
        return True

    def _start(self) -> Playing:
        try:
            playing = self._play_buffer(self._segment, 2, _BYTES_PER_SAMPLE, SAMPLE_RATE_HZ)
        except Exception as error:
            raise OutputError(f"no sound device: {error}") from error
        self._started_s = self._clock_s()
        return playing

    def _new_segment(self) -> tuple[Segment, int]:
        """A segment that begins with what the last one ends with, rising as that one sinks."""
        segment = np.zeros((SEGMENT_FRAMES, 2), np.int16)
        shared = len(self._tail)
        segment[:shared] = np.rint(self._tail * _rise(shared)[:, np.newaxis])
        lead = _to_int16(self._read(LEAD_FRAMES))
        segment[shared : shared + len(lead)] = lead
        return segment, shared + len(lead)

    def _fill_to(self, end: int) -> None:
        if end <= self._filled:
            return
        start, self._filled = self._filled, end
        self._segment[start:end] = _to_int16(self._read(end - start))
        if end == SEGMENT_FRAMES:
            self._tail = self._segment[-CROSS_FADE_FRAMES:].copy()
            sinking = self._tail * _rise(CROSS_FADE_FRAMES)[::-1, np.newaxis]
            self._segment[-CROSS_FADE_FRAMES:] = np.rint(sinking)


def _to_int16(block: npt.NDArray[np.float32]) -> Segment:
    samples: Segment = np.rint(block * np.float32(_FULL_SCALE)).astype(np.int16)
    return samples


def _rise(frames: int) -> npt.NDArray[np.float32]:
    """From 0 to 1; with its mirror image it adds up to 1, for both segments hold the same sound."""
    return np.linspace(0, 1, frames, dtype=np.float32)
