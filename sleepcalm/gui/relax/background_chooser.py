"""The list of what can lie under the voice."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal

from sleepcalm.backgrounds import Part, background_text, parse_background
from sleepcalm.gui.relax.elided_drop_down import ElidedDropDown
from sleepcalm.gui.relax.wording import background_name, mixture_name


class BackgroundChooser(ElidedDropDown):
    """The shipped sounds, then the user's own, and below them a mixture as long as it is the chosen one."""

    chosen = Signal(str)
    """A background, as the preferences write it."""

    def __init__(self, shipped: Sequence[str]) -> None:
        super().__init__()
        self.own_sounds: Callable[[], tuple[str, ...]] = tuple
        """The user's own sounds, such as `own:fire.ogg`; asked by `look`."""
        self._shipped = tuple(shipped)
        self._offered = self._shipped
        self._shown = ""
        self.addItems([_title(name) for name in self._shipped])
        self.activated.connect(self._tell)

    def look(self) -> None:
        """See which own sounds there are by now."""
        own = tuple(background_text((Part(name),)) for name in self.own_sounds())
        offered = self._shipped + own
        if offered != self._offered:
            self._offered = offered
            self.clear()
            self.addItems([_title(name) for name in offered])
            self.show_chosen(self._shown)

    def show_chosen(self, background: str) -> None:
        """Show what is chosen, without a signal."""
        self._shown = background
        while self.count() > len(self._offered):
            self.removeItem(self.count() - 1)
        written = background_text(parse_background(background)) if background else ""
        if written in self._offered:
            self.setCurrentIndex(self._offered.index(written))
        elif written:
            self.addItem(mixture_name(background))
            self.setCurrentIndex(len(self._offered))

    def showPopup(self) -> None:
        self.look()
        super().showPopup()

    def _tell(self, index: int) -> None:
        if index < len(self._offered):  # below them stands the mixture that is chosen already
            self.chosen.emit(self._offered[index])


def _title(background: str) -> str:
    return mixture_name(background) or background_name(background)
