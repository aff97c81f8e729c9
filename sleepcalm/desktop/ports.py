"""What the program asks of the desktop, and what the desktop asks of the program.

Every call returns at once, whatever the desktop does. A call for what it does not offer has no effect.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class PlaybackStatus(StrEnum):
    """The words of MPRIS. `STOPPED` is at rest at the beginning or the end, or about to be by hand;
    while the sleep timer lets the sound leave, it is `PLAYING`."""

    PLAYING = "Playing"
    PAUSED = "Paused"
    STOPPED = "Stopped"


@dataclass(frozen=True, slots=True)
class NowPlaying:
    """What a lock screen may know of the player. It has no field for the name of what is played."""

    status: PlaybackStatus = PlaybackStatus.STOPPED
    piece: int = 0
    """Another number for each piece that was loaded; 0 when there is nothing to play."""

    position_s: float = 0.0
    length_s: float = 0.0
    volume: float = 1.0
    """From 0 to 1."""

    can_go_next: bool = False
    can_go_previous: bool = False


class MediaControls(Protocol):
    """What media keys ask for. Called on the desktop's thread: pass it on, and return."""

    def play(self) -> None: ...

    def pause(self) -> None: ...

    def play_pause(self) -> None: ...

    def stop(self) -> None: ...

    def next_step(self) -> None: ...

    def previous_step(self) -> None: ...

    def seek_by(self, offset_s: float) -> None:
        """On by `offset_s`, or back when it is negative; not before the beginning."""

    def set_position(self, position_s: float) -> None: ...

    def set_volume(self, volume: float) -> None:
        """From 0 to 1."""

    def raise_window(self) -> None: ...


class SleepListener(Protocol):
    """What the desktop tells of system sleep. Called on the desktop's thread."""

    def about_to_sleep(self) -> None:
        """The computer goes to sleep as soon as nothing is held any more, or a few seconds later."""

    def suspend_refused(self, reason: str) -> None:
        """A `suspend` was not granted; the reason is for the log."""


class MediaKeys(Protocol):
    def show(self, now: NowPlaying) -> None:
        """Where the player stands: at every change, and some times a second while it plays."""


class Hold(Protocol):
    """Something that is kept from happening. Ends with the process at the latest, however that ends."""

    def hold(self) -> None: ...

    def release(self) -> None: ...


class SystemSleep(Hold, Protocol):
    """Keeps the computer from going to sleep by itself. The display may go off; a closed lid still counts."""

    @property
    def can_suspend(self) -> bool:
        """Whether `suspend` would work now, without a password."""

    def suspend(self) -> None:
        """Let go of what is held, and send the computer to sleep."""


class Desktop(Protocol):
    @property
    def media_keys(self) -> MediaKeys: ...

    @property
    def system_sleep(self) -> SystemSleep: ...

    @property
    def screen_lock(self) -> Hold:
        """Held, the screen neither blanks nor locks."""

    def start(self) -> None:
        """Look for what the desktop offers, on a thread of its own."""

    def close(self) -> None:
        """Let go of everything."""
