"""The sound systems by the names that preferences and command line know them by."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sleepcalm.audio.outputs import MiniaudioSystem, SilentSystem, SoundSystem

SILENT_OUTPUT = "silent"


def _simpleaudio() -> SoundSystem:
    from sleepcalm.audio.simpleaudio_output import SimpleaudioSystem  # noqa: PLC0415 - seldom wanted

    return SimpleaudioSystem()


SOUND_SYSTEMS: Mapping[str, Callable[[], SoundSystem]] = {
    "miniaudio": MiniaudioSystem,
    "simpleaudio": _simpleaudio,
    SILENT_OUTPUT: SilentSystem,
}
"""Making one raises OutputError where its package is not installed."""
