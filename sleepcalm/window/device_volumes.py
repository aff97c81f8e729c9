"""Each sound device has the volumes that were last chosen on it."""

from __future__ import annotations

from PySide6.QtCore import QObject, SignalInstance

from sleepcalm.gui.kept_preferences import KeptPreferences
from sleepcalm.preferences import MOST_DEVICES, DeviceVolumes, Preferences


class DeviceVolumeMemory(QObject):
    """Keeps them in the preferences. A device that is new takes over the volumes of the one before."""

    def __init__(self, preferences: KeptPreferences, device_changed: SignalInstance) -> None:
        """`device_changed` is a `Signal(str)`, on the GUI's thread."""
        super().__init__()
        self._preferences = preferences
        self._device = ""
        device_changed.connect(self._go_to)
        preferences.changed.connect(self._remember_change)

    def _go_to(self, device: str) -> None:
        self._device = device
        known = next((each for each in self._preferences.value.device_volumes if each.device == device), None)
        if known is None:
            self._remember()
        else:
            self._preferences.change(
                voice_volume=known.voice_volume, background_volume=known.background_volume
            )

    def _remember_change(self, before: Preferences) -> None:
        now = self._preferences.value
        if self._device and _volumes(now) != _volumes(before):
            self._remember()

    def _remember(self) -> None:
        now = self._preferences.value
        others = [each for each in now.device_volumes if each.device != self._device]
        volumes = DeviceVolumes(self._device, *_volumes(now))
        self._preferences.change(device_volumes=(*others, volumes)[-MOST_DEVICES:])


def _volumes(preferences: Preferences) -> tuple[float, float]:
    return preferences.voice_volume, preferences.background_volume
