"""Where sound goes: the machine's sound device, or nowhere at the pace of real time."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from enum import Enum
from threading import Event, Thread
from typing import Protocol

import miniaudio

from sleepcalm.audio.devices import DeviceList, Devices, usable_backends
from sleepcalm.audio.samples import Samples
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ

Read = Callable[[int], Samples]
"""Gives the next frames, stereo; called on the output's own thread."""

TakeBack = Callable[[int, Callable[[int], None]], None]
"""Takes back up to so many of the frames read last, and tells the function how many, at one go with it."""

_PERIOD_MS = 110
_PERIODS = 3

_SHORTEST_WAIT_S = 0.002
_MOST_AT_ONCE_FRAMES = SAMPLE_RATE_HZ // 5
"""Less than a reader may stay silent for before it no longer says how far it is."""


class OutputError(Exception):
    """No sound device, or one that does not start."""


class Health(Enum):
    """How an output is. Where the device has gone, the sound system would go on with another one."""

    WELL = "well"
    DEVICE_GONE = "device gone"
    SYSTEM_GONE = "system gone"


class Output(Protocol):
    """A place that sound goes to, from the moment it is made until it is closed.

    `close` may be called more than once, but not from within `read`.
    """

    name: str
    device_name: str
    """The device that plays now, as the sound system calls it; "" where that cannot be told."""
    can_pause: bool
    """Whether it may stay open in a pause. Where not, it is closed in one, and another opened after it."""

    def held_frames(self) -> int:
        """About how many of the frames read are still waiting to be heard."""

    def hurry(self, take_back: TakeBack) -> None:
        """Something else was asked for: where much was read ahead, read again what comes next."""

    def health(self) -> Health:
        """Ask what has become of the device. Takes a millisecond; not for the thread that reads."""

    def close(self) -> None:
        """Stop reading. What `held_frames` tells from then on is not heard any more."""


class SoundSystem(Protocol):
    """Where outputs come from."""

    def open(self, read: Read) -> Output:
        """An output to the default device. Raises OutputError when there is none."""

    def is_there(self) -> bool:
        """Whether it is worth the try to open an output."""


class MiniaudioSystem:
    """The machine's sound system, through miniaudio."""

    def __init__(self) -> None:
        self._list = DeviceList()

    def open(self, read: Read) -> Output:
        return MiniaudioOutput(read, self._list)

    def is_there(self) -> bool:
        devices = self._list.look()
        return devices is not None and bool(devices.present)


class SilentSystem:
    """No device at all, by choice; at a `speed` above 1, time passes faster."""

    def __init__(self, speed: float = 1.0) -> None:
        self._speed = speed

    def open(self, read: Read) -> Output:
        return SilentOutput(read, speed=self._speed)

    def is_there(self) -> bool:
        return True


class MiniaudioOutput:
    """The default sound device, fed from a thread of the miniaudio library.

    Raises OutputError when there is none. The short buffer keeps a key's effect within a quarter
    of a second; mixing a period takes far less than the period lasts.
    """

    can_pause = True

    def __init__(self, read: Read, devices: DeviceList) -> None:
        self._read = read
        self._devices = devices
        found = devices.look() or Devices(frozenset(), None)
        self._device_id, self.device_name = found.default, found.default_name
        self._last_read_s = time.monotonic()
        try:
            self._device = miniaudio.PlaybackDevice(
                output_format=miniaudio.SampleFormat.FLOAT32,
                nchannels=2,
                sample_rate=SAMPLE_RATE_HZ,
                buffersize_msec=_PERIOD_MS,
                callback_periods=_PERIODS,
                backends=usable_backends(),
                app_name="SleepCalm",
            )
            self.name = self._device.backend
            feed = self._feed()
            next(feed)
            self._device.start(feed)
        except miniaudio.MiniaudioError as error:
            raise OutputError(f"no sound device: {error.args[0]}") from error

    def held_frames(self) -> int:
        """Measured on PulseAudio: a block is heard about a period after it was read."""
        elapsed_frames = int((time.monotonic() - self._last_read_s) * SAMPLE_RATE_HZ)
        return max(2 * _PERIOD_MS * SAMPLE_RATE_HZ // 1000 - elapsed_frames, 0)

    def hurry(self, take_back: TakeBack) -> None:
        """Little is read ahead."""

    def health(self) -> Health:
        """A default that changes is followed by the sound system, so it is the device to look for."""
        devices = self._devices.look()
        if devices is None:
            return Health.SYSTEM_GONE
        if self._device_id is not None and self._device_id not in devices.present:
            return Health.DEVICE_GONE
        self._device_id, self.device_name = devices.default, devices.default_name
        return Health.WELL

    def close(self) -> None:
        self._device.close()

    def _feed(self) -> Generator[Samples | bytes, int, None]:
        frames = yield b""
        while True:
            block = self._read(frames)
            self._last_read_s = time.monotonic()
            frames = yield block


class SilentOutput:
    """Takes frames at `speed` times the pace of real time and lets them go; the text still moves on."""

    name = "silent"
    device_name = ""
    can_pause = True

    def __init__(
        self, read: Read, clock_s: Callable[[], float] = time.monotonic, *, speed: float = 1.0
    ) -> None:
        self._read = read
        self._clock_s = clock_s
        self._speed = speed
        self._closed = Event()
        self._thread = Thread(target=self._run, name="silent output", daemon=True)
        self._thread.start()

    def held_frames(self) -> int:
        return 0

    def hurry(self, take_back: TakeBack) -> None:
        """Nothing is read ahead."""

    def health(self) -> Health:
        return Health.WELL

    def close(self) -> None:
        self._closed.set()
        self._thread.join()

    def _run(self) -> None:
        start_s = self._clock_s()
        taken = 0
        while not self._closed.wait(max(_PERIOD_MS / 1000 / self._speed, _SHORTEST_WAIT_S)):
            due = int((self._clock_s() - start_s) * SAMPLE_RATE_HZ * self._speed) - taken
            taken += due
            # What a machine that stood still, or is too slow for the speed, has missed is not caught up with.
            left = min(due, int(SAMPLE_RATE_HZ * self._speed))
            while left > 0 and not self._closed.is_set():
                self._read(min(left, _MOST_AT_ONCE_FRAMES))
                left -= _MOST_AT_ONCE_FRAMES
