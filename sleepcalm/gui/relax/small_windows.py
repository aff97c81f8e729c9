"""Opens the Relax tab's small windows; each is imported when it is first wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from sleepcalm.backgrounds import NO_BACKGROUND
from sleepcalm.gui.kept_preferences import KeptPreferences


class SmallWindows:
    """They belong to `parent`, and what is set in them counts at once."""

    def __init__(self, parent: QWidget, preferences: KeptPreferences, backgrounds: Sequence[str]) -> None:
        self._parent = parent
        self._kept = preferences
        self._backgrounds = backgrounds
        self.can_suspend: Callable[[], bool] = lambda: False
        """Whether the desktop could send the computer to sleep; asked when that is to be offered."""
        self.own_sounds: Callable[[], tuple[str, ...]] = tuple
        """The user's own sounds, such as `own:fire.ogg`; asked when they are shown."""

    def leave_out(self) -> None:
        """Muscles that are left out."""
        from sleepcalm.gui.relax.leave_out_dialog import LeaveOutDialog  # noqa: PLC0415 - not at the start

        dialog = LeaveOutDialog(self._kept.value.skipped_groups, self._parent)
        dialog.changed.connect(lambda groups: self._kept.change(skipped_groups=groups))
        _open(dialog)

    def mix(self) -> None:
        """The sounds of the background."""
        from sleepcalm.gui.relax.mix_dialog import MixDialog  # noqa: PLC0415 - not at the start

        names = [name for name in self._backgrounds if name != NO_BACKGROUND]
        parts = self._kept.value.background_choice.parts
        dialog = MixDialog([*names, *self.own_sounds()], parts, self._parent)
        dialog.changed.connect(lambda text: self._kept.change(background=text))
        _open(dialog)

    def set_night(self) -> None:
        """The ending, the sleep timer and the bedside screen."""
        from sleepcalm.gui.relax.night_dialog import NightDialog  # noqa: PLC0415 - not at the start

        _open(NightDialog(self._kept, self._parent, can_suspend=self.can_suspend()))


def _open(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
