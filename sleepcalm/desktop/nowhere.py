"""A desktop that offers nothing: what runs where no other is written yet."""

from __future__ import annotations

from sleepcalm.desktop.ports import NowPlaying


class NoMediaKeys:
    def show(self, now: NowPlaying) -> None:
        """Nobody looks."""


class NoHold:
    def hold(self) -> None:
        """Nothing can be held here."""

    def release(self) -> None:
        """Nothing was held."""


class NoSystemSleep(NoHold):
    can_suspend = False

    def suspend(self) -> None:
        """It cannot, as `can_suspend` says."""


class NoDesktop:
    def __init__(self) -> None:
        self.media_keys = NoMediaKeys()
        self.system_sleep = NoSystemSleep()
        self.screen_lock = NoHold()

    def start(self) -> None:
        """There is nothing to look for."""

    def close(self) -> None:
        """There is nothing to let go of."""
