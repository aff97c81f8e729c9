"""A headset and the loudspeakers do not share one volume."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, Signal

from sleepcalm.gui.kept_preferences import KeptPreferences
from sleepcalm.preferences import MOST_DEVICES, DeviceVolumes, Preferences
from sleepcalm.window.device_volumes import DeviceVolumeMemory


class Sound(QObject):
    device_changed = Signal(str)


@pytest.fixture
def sound(qapp):
    return Sound()


def kept_with(sound: Sound, preferences: Preferences | None = None):
    kept = KeptPreferences(preferences or Preferences(voice_volume=0.9), lambda _: None)
    return kept, DeviceVolumeMemory(kept, sound.device_changed)


def test_each_device_gets_back_the_volumes_chosen_on_it(sound):
    kept, memory = kept_with(sound)
    sound.device_changed.emit("Headset")
    kept.change(voice_volume=0.3, background_volume=0.1)
    sound.device_changed.emit("Loudspeakers")
    assert kept.value.voice_volume == 0.3, "a new device takes over what was heard before"
    kept.change(voice_volume=0.8)
    sound.device_changed.emit("Headset")
    assert (kept.value.voice_volume, kept.value.background_volume) == (0.3, 0.1)
    sound.device_changed.emit("Loudspeakers")
    assert kept.value.voice_volume == 0.8
    assert memory is not None


def test_a_volume_chosen_before_any_device_is_known_belongs_to_none(sound):
    kept, _memory = kept_with(sound)
    kept.change(voice_volume=0.2)
    assert kept.value.device_volumes == ()


def test_only_the_devices_used_last_are_remembered(sound):
    kept, _memory = kept_with(sound)
    for number in range(MOST_DEVICES + 5):
        sound.device_changed.emit(f"Device {number}")
    names = [each.device for each in kept.value.device_volumes]
    assert names == [f"Device {number}" for number in range(5, MOST_DEVICES + 5)]


def test_what_was_remembered_holds_in_the_next_window(sound):
    known = (DeviceVolumes("Headset", 0.25, 0.15),)
    kept, _memory = kept_with(sound, Preferences(voice_volume=1.0, device_volumes=known))
    sound.device_changed.emit("Headset")
    assert (kept.value.voice_volume, kept.value.background_volume) == (0.25, 0.15)
