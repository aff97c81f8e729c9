"""Shows on a terminal how far a command is."""

from __future__ import annotations

import sys

_BAR_WIDTH = 40


class ProgressBar:
    """A bar on the terminal; nothing where standard error is no terminal."""

    def __init__(self) -> None:
        self._is_shown = sys.stderr.isatty()
        self._percent = -1

    def show(self, share: float) -> None:
        percent = int(share * 100)
        if self._is_shown and percent != self._percent:
            self._percent = percent
            filled = "#" * (percent * _BAR_WIDTH // 100)
            print(f"\r[{filled:<{_BAR_WIDTH}}] {percent:3d} %", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        if self._percent >= 0:
            print(file=sys.stderr)
