"""The player as the window sees it: there from the first moment, and speaking in Qt signals."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock, Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from sleepcalm.backgrounds import NO_BACKGROUND, SOUNDS, Background
from sleepcalm.preferences import Preferences
from sleepcalm.relaxation.timeline import Timeline
from sleepcalm.storage.data_folder import CONVERTED_SOUNDS, OWN_SOUNDS

if TYPE_CHECKING:
    from pathlib import Path

    from sleepcalm.audio.outputs import SoundSystem
    from sleepcalm.audio.player import Player


class WindowSound(QObject):
    """Takes every call from the start on, and passes it to the player once that is there.

    The player's libraries take a third of a second to import, so `start` does it on a thread,
    after the window is painted. This is a session's transport, too.
    """

    backgrounds = (NO_BACKGROUND, *SOUNDS)
    progressed = Signal()
    notice_changed = Signal(str)
    told = Signal(str)
    """What is wrong with the sound from the start on."""
    device_changed = Signal(str)
    """The sound goes to the device of that name now."""
    interrupted = Signal()
    """The sound device has gone, and the player has paused by itself."""
    ready = Signal()
    """The player is there, and with it all the libraries for sound."""
    _progress_made = Signal()

    def __init__(self, assets: Path, preferences: Preferences, data_folder: Path) -> None:
        super().__init__()
        self.notice = ""
        """The last notice, for whoever comes after `notice_changed` has told it."""
        self._assets = assets
        self._data_folder = data_folder
        self._voice_volume = preferences.voice_volume
        self._background_volume = preferences.background_volume
        self._output = preferences.sound_output
        self._player: Player | None = None
        self._lock = Lock()
        self._waiting: list[Callable[[Player], None]] = []
        self._wanted_frame = 0
        self._is_progress_due = False
        self._starter: Thread | None = None
        self._progress_made.connect(self._pass_progress_on, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Get the player ready, on a thread of its own."""
        if self._starter is None:
            self._starter = Thread(target=self._make_player, name="sound start", daemon=True)
            self._starter.start()

    def load(
        self, timeline: Timeline, background: Background, *, background_goes_on: bool = False
    ) -> WindowSound:
        self._wanted_frame = 0
        self._tell(lambda player: player.load(timeline, background, background_goes_on=background_goes_on))
        return self

    @property
    def total_frames(self) -> int:
        return self._player.total_frames if self._player else 0

    def play(self) -> None:
        self.start()
        self._tell(lambda player: player.play())

    def pause(self) -> None:
        self._tell(lambda player: player.pause())

    def seek(self, frame: int) -> None:
        self._wanted_frame = frame
        self._tell(lambda player: player.seek(frame))

    def fade_out(self, duration_s: float) -> None:
        self._tell(lambda player: player.fade_out(duration_s))

    def heard_frame(self) -> int:
        return self._player.heard_frame() if self._player else self._wanted_frame

    def is_at_rest(self) -> bool:
        return self._player.is_at_rest() if self._player else False

    def is_silent(self) -> bool:
        """Whether nothing is to be heard now."""
        return self._player.is_silent() if self._player else True

    def set_voice_volume(self, volume: float) -> None:
        self._tell(lambda player: player.set_voice_volume(volume))

    def set_background_volume(self, volume: float) -> None:
        self._tell(lambda player: player.set_background_volume(volume))

    def set_background(self, background: Background) -> None:
        self._tell(lambda player: player.set_background(background))

    def close(self) -> None:
        """End the sound and its threads. Fade out before."""
        if self._starter is not None:
            self._starter.join()
        if self._player is not None:
            self._player.close()

    def _tell(self, message: Callable[[Player], None]) -> None:
        with self._lock:
            if self._player is None:
                self._waiting.append(message)
                return
        message(self._player)

    def _make_player(self) -> None:
        from sleepcalm.audio.own_sounds import OwnSounds  # noqa: PLC0415
        from sleepcalm.audio.player import Player  # noqa: PLC0415 - a third of a second

        player = Player(
            self._assets,
            own_sounds=OwnSounds(self._data_folder / OWN_SOUNDS, self._data_folder / CONVERTED_SOUNDS),
            voice_volume=self._voice_volume,
            background_volume=self._background_volume,
            on_progress=self._note_progress,
            on_notice=self._note_notice,
            on_interrupted=self.interrupted.emit,
            on_device=self.device_changed.emit,
            system=self._sound_system(),
        )
        with self._lock:
            for message in self._waiting:
                message(player)
            self._waiting.clear()
            self._player = player
        self.ready.emit()

    def _sound_system(self) -> SoundSystem:
        from sleepcalm.audio.outputs import MiniaudioSystem, OutputError  # noqa: PLC0415
        from sleepcalm.audio.sound_systems import SOUND_SYSTEMS  # noqa: PLC0415

        try:
            return SOUND_SYSTEMS[self._output]()
        except OutputError as error:
            self.told.emit(f"{error}. The sound goes through miniaudio.")
            return MiniaudioSystem()

    def _note_notice(self, text: str) -> None:
        """On a sound thread."""
        self.notice = text
        self.notice_changed.emit(text)

    def _note_progress(self) -> None:
        """On a sound thread. While the window is busy, one word of progress waits, not many."""
        if not self._is_progress_due:
            self._is_progress_due = True
            self._progress_made.emit()

    def _pass_progress_on(self) -> None:
        self._is_progress_due = False
        self.progressed.emit()
