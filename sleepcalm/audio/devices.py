"""Which sound devices there are, and whether the one that plays is still among them."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import miniaudio


def usable_backends() -> list[miniaudio.Backend]:
    """The sound systems to try.

    On Linux ALSA is left out when there is no card, and JACK always: both print complaints of
    their own, and JACK's users have PulseAudio or PipeWire beside it.
    """
    if sys.platform != "linux":
        return [backend for backend in miniaudio.Backend if backend is not miniaudio.Backend.NULL]
    has_card = any(Path("/dev/snd").glob("pcm*p"))
    return [miniaudio.Backend.PULSEAUDIO, *([miniaudio.Backend.ALSA] if has_card else [])]


@dataclass(frozen=True, slots=True)
class Devices:
    """The playback devices by their ids, and which of them new sound goes to."""

    present: frozenset[bytes]
    default: bytes | None
    default_name: str = ""
    """As the sound system calls it; "" where there is none."""


class DeviceList:
    """Asks the sound system for its devices, in about half a millisecond. A server that hangs answers never.

    Thread-safe: miniaudio keeps one list, so whoever asks waits for those before.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._asked: miniaudio.Devices | None = None

    def look(self) -> Devices | None:
        """The devices of this moment; None where no sound system answers."""
        with self._lock:
            try:
                if self._asked is None:
                    self._asked = miniaudio.Devices(usable_backends())
                return _devices(self._asked)
            except miniaudio.MiniaudioError:
                self._asked = None  # a server that has ended never answers on the old connection
                return None


def _devices(asked: miniaudio.Devices) -> Devices:
    """Like `Devices.get_playbacks`, which does not tell which device is the default."""
    lib, ffi = miniaudio.lib, miniaudio.ffi
    infos, count = ffi.new("ma_device_info**"), ffi.new("ma_uint32*")
    result = lib.ma_context_get_devices(asked._context, infos, count, ffi.NULL, ffi.NULL)  # noqa: SLF001
    if result != lib.MA_SUCCESS:
        raise miniaudio.MiniaudioError("cannot list the devices", result)
    found = [infos[0] + n for n in range(count[0])]
    ids = [bytes(ffi.buffer(ffi.addressof(info[0], "id"))) for info in found]
    for one, info in zip(ids, found, strict=True):
        if info[0].isDefault:
            return Devices(frozenset(ids), one, ffi.string(info[0].name).decode(errors="replace"))
    return Devices(frozenset(ids), None)
