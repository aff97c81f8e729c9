"""The keys that mean the same on the Relax tab and on the bedside screen."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from sleepcalm.gui.kept_preferences import KeptPreferences
from sleepcalm.gui.relax.interlude import Interlude
from sleepcalm.gui.relax.playback import Playback

VOLUME_STEP = 0.05

_SAME_MOMENT_MS = 5

_REPEATED_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down)
"""The keys that may be held down."""

_NO_KEYS_ALONE = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_Super_L,
    Qt.Key.Key_Super_R,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
)


class HeldKey:
    """Tells the repeats of a key that is held down from presses.

    X sends them as a release and a press of the same moment. Qt calls them repeats only where it finds both
    waiting at once, so on a busy machine a key that is held would be one that is hammered.
    """

    def __init__(self) -> None:
        self._key = self._released_ms = 0

    def note_release(self, event: QKeyEvent) -> None:
        self._key, self._released_ms = event.key(), event.timestamp()

    def is_repeat(self, event: QKeyEvent) -> bool:
        """Whether a press is none of the listener's own."""
        since_ms = event.timestamp() - self._released_ms
        is_same_moment = event.timestamp() != 0 and 0 <= since_ms <= _SAME_MOMENT_MS
        return event.isAutoRepeat() or (event.key() == self._key and is_same_moment)


class PlayerKeys:
    """Space, the arrows and R; `press` tells whether a key was one of them."""

    def __init__(
        self,
        playback: Playback,
        preferences: KeptPreferences,
        interlude: Interlude,
        volumes: Collection[str] = ("voice_volume",),
    ) -> None:
        """`volumes` are the preferences that Up and Down change."""
        self._preferences = preferences
        self._volumes = volumes
        self._held = HeldKey()
        self._actions: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Space: playback.toggle,
            Qt.Key.Key_Left: playback.previous_step,
            Qt.Key.Key_Right: playback.next_step,
            Qt.Key.Key_Up: lambda: self._change_volume(VOLUME_STEP),
            Qt.Key.Key_Down: lambda: self._change_volume(-VOLUME_STEP),
            Qt.Key.Key_R: interlude.begin,
        }

    def add(self, key: Qt.Key, action: Callable[[], object]) -> None:
        """Let another key mean something."""
        self._actions[key] = action

    def press(self, event: QKeyEvent) -> bool:
        """Do what the key means; a key that is held down means it once, but for the volume."""
        action = self._actions.get(event.key())
        if action is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if event.key() in _REPEATED_KEYS or not self._held.is_repeat(event):
            action()
        return True

    def release(self, event: QKeyEvent) -> None:
        """A key was let go of, or X says so while it is held."""
        self._held.note_release(event)

    def _change_volume(self, change: float) -> None:
        before = {name: getattr(self._preferences.value, name) for name in self._volumes}
        self._preferences.change(
            **{name: round(min(max(volume + change, 0.0), 1.0), 2) for name, volume in before.items()}
        )


def is_key_without_meaning(event: QKeyEvent) -> bool:
    """Whether a key that nobody had a use for was meant as a key, not as a part of some chord."""
    modifiers = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    return not modifiers and event.key() not in _NO_KEYS_ALONE and not event.isAutoRepeat()
