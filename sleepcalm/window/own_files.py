"""The user's own routines and sounds, as far as the window leads to them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices

from sleepcalm.backgrounds import OWN_PREFIX
from sleepcalm.storage.data_folder import CONVERTED_SOUNDS, OWN_SOUNDS
from sleepcalm.storage.own_routines import EXAMPLE_NAME, make_own_routines, write_example

if TYPE_CHECKING:
    from sleepcalm.gui.relax.relax_tab import RelaxTab


def show_own_routines(
    data_folder: Path,
    assets: Path,
    remark: Callable[[str], None],
    open_url: Callable[[QUrl], bool] = QDesktopServices.openUrl,
) -> None:
    """Open the folder for own routines, with a commented example in it; an example that is there stays."""
    try:
        folder = make_own_routines(data_folder)
        if not (folder / EXAMPLE_NAME).exists():
            write_example(data_folder, assets / EXAMPLE_NAME)
    except OSError as error:
        words = _tr("The folder for your routines cannot be made ({reason}). Nothing was changed.")
        remark(words.format(reason=error.strerror))
        return
    if open_url(QUrl.fromLocalFile(str(folder))):
        remark(_tr("Routines in that folder are read at every start."))
    else:
        words = _tr("Your routines belong into {folder}; they are read at every start.")
        remark(words.format(folder=folder))


def offer_own_sounds(data_folder: Path, tab: RelaxTab) -> None:
    """Beside the others in the list of backgrounds and in the mix; asked anew when either is opened."""
    tab.small_windows.own_sounds = tab.settings.background.own_sounds = lambda: own_sounds(data_folder)


def own_sounds(data_folder: Path) -> tuple[str, ...]:
    """The user's sound files that can be used, as parts of a background."""
    from sleepcalm.audio.own_sounds import OwnSounds  # noqa: PLC0415 - imported already by the player

    listing = OwnSounds(data_folder / OWN_SOUNDS, data_folder / CONVERTED_SOUNDS).listing()
    return tuple(f"{OWN_PREFIX}{sound.name}" for sound in listing if not sound.problem)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Relax", text)
