"""The real window, standing still at a chosen moment, as a picture."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from sleepcalm.gui.main_window import MainWindow
from sleepcalm.gui.theme import apply_theme

ROOT = Path(__file__).resolve().parents[2]
TAB_NAMES = ("&Relax", "&Diary", "&Minerals", "&Trends")
TEXT_PT = 11.0
"""What most desktops set."""


@dataclass(frozen=True, slots=True)
class Size:
    """A size of the window, with the text relative to what most desktops set."""

    name: str
    width: int
    height: int
    text: float = 1.0


SIZES = (
    Size("1040x700", 1040, 700),
    Size("1366x768", 1366, 768),
    Size("800x600", 800, 600),
    Size("1040x700-150", 1040, 700, 1.5),
    Size("1366x768-150", 1366, 768, 1.5),
)


@dataclass(frozen=True, slots=True)
class Staged:
    """A tab, and what brings it to its moment once it is shown."""

    tab: QWidget
    act: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Stills:
    """The moments of one tab."""

    tab_name: str
    documented: str
    """The moment that the documentation shows."""
    moments: Collection[str]
    stage: Callable[[str], Staged]

    @property
    def name(self) -> str:
        """What its pictures are called."""
        return self.tab_name.replace("&", "").lower()

    def take(self, application: QApplication, moment: str, size: Size, target: Path) -> None:
        """Save one moment in one size as PNG; a small window is painted in its place over the large one."""
        font = QFont(application.font())
        font.setPointSizeF(TEXT_PT * size.text)
        application.setFont(font)
        apply_theme(application)
        staged = self.stage(moment)
        pages = [(name, staged.tab if name == self.tab_name else QWidget()) for name in TAB_NAMES]
        window = MainWindow(pages, "SleepCalm")
        window.resize(size.width, size.height)
        window.show()
        window.open_tab(TAB_NAMES.index(self.tab_name))
        _settle()
        staged.act()
        _settle()
        shot = window.grab()
        for small in application.topLevelWidgets():
            if small is not window and small.isVisible():
                corner = small.mapToGlobal(small.rect().topLeft()) - window.mapToGlobal(
                    window.rect().topLeft()
                )
                small.render(shot, corner)
                small.close()
        if not shot.save(str(target)):
            raise OSError(f"{target} cannot be written")
        window.close()
        window.deleteLater()
        _settle()


def _settle() -> None:
    """A layout settles from the inside out: what appears last changes the heights of what was there."""
    for _round in range(4):
        QTest.qWait(15)
