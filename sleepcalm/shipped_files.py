"""Finds the files that come with the program: in a checkout, an installed wheel, a frozen program."""

from __future__ import annotations

import sys
from pathlib import Path


def shipped_folder(name: str) -> Path:
    """The folder `assets` or `seeds`. Raises FileNotFoundError when the installation lacks it."""
    package = Path(__file__).resolve().parent
    places = [package / name, package.parent / name]
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle is not None:
        places.insert(0, Path(bundle) / "sleepcalm" / name)
    for place in places:
        if place.is_dir():
            return place
    raise FileNotFoundError(f"the installation is incomplete: its folder {name} is missing")
