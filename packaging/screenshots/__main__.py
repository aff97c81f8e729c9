"""Makes the pictures of the documentation, and those to be looked at after a change to the screen.

    python packaging/screenshots                     docs/pictures: one of each tab
    python packaging/screenshots FOLDER              every moment of every tab in every size
    python packaging/screenshots FOLDER NAME ...     only those tabs, moments or sizes

It needs no display: without one, Qt paints off the screen.
"""

from __future__ import annotations

import os
import sys
from itertools import product
from pathlib import Path

from PySide6.QtWidgets import QApplication

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import diary_stills
import minerals_stills
import relax_stills
import trends_stills
from still import ROOT, SIZES

from sleepcalm.gui.theme import FUSION

DOCUMENTATION = ROOT / "docs" / "pictures"
ALL = (relax_stills.STILLS, diary_stills.STILLS, minerals_stills.STILLS, trends_stills.STILLS)
TABS = frozenset(stills.name for stills in ALL)
MOMENTS = frozenset(moment for stills in ALL for moment in stills.moments)
SIZE_NAMES = frozenset(size.name for size in SIZES)


def main(arguments: list[str]) -> int:
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication(["sleepcalm", *FUSION])
    if not arguments:
        DOCUMENTATION.mkdir(parents=True, exist_ok=True)
        for stills in ALL:
            stills.take(application, stills.documented, SIZES[0], DOCUMENTATION / f"{stills.name}.png")
        return 0
    folder, wanted = Path(arguments[0]), frozenset(arguments[1:])
    unknown = wanted - TABS - MOMENTS - SIZE_NAMES
    if unknown:
        print(f"no tab, moment or size is called {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    folder.mkdir(parents=True, exist_ok=True)
    for stills, moment, size in product(ALL, sorted(MOMENTS), SIZES):
        if moment in stills.moments and all(
            name in wanted or not wanted & names
            for name, names in ((stills.name, TABS), (moment, MOMENTS), (size.name, SIZE_NAMES))
        ):
            stills.take(application, moment, size, folder / f"{stills.name}-{moment}-{size.name}.png")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
