"""Joins what is played with the desktop: media keys, system sleep, the screen's lock."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from sleepcalm.desktop.clock import read_clock
from sleepcalm.desktop.opening import DesktopListener, open_desktop
from sleepcalm.desktop.ports import Desktop, NowPlaying, PlaybackStatus
from sleepcalm.gui.relax.playback import Playback
from sleepcalm.relaxation.session import SessionState
from sleepcalm.relaxation.sleep_timer import ClockReading
from sleepcalm.relaxation.suspend_watch import SuspendWatch
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ

RELEASE_AFTER_MS = 500
"""When the sound has ended for the player, its output still holds some of it."""

OpenDesktop = Callable[[DesktopListener], Desktop]


class WindowDesktop(QObject):
    """Follows the playback from `start` on; everything here is for the window's thread.

    System sleep is held off while something sounds. A computer that goes to sleep all the same finds the
    routine paused when it wakes, so that no sound comes from a lid that opens.
    """

    raise_wanted = Signal()
    volume_wanted = Signal(float)
    """A media key asks for a volume, 0 to 1; tell `show_volume` what came of it."""

    pressed = Signal()
    """Somebody has used a media key, or what shows them on the desktop, whatever it means."""

    paused_for_sleep = Signal()
    """Something sounded, and has paused because the computer goes to sleep or has slept."""

    suspend_refused = Signal(str)
    _asked = Signal(object)

    def __init__(
        self,
        playback: Playback,
        volume: float,
        *,
        open_desktop: OpenDesktop = open_desktop,
        read_clock: Callable[[], ClockReading] = read_clock,
    ) -> None:
        super().__init__()
        self._playback = playback
        self._volume = volume
        self._suspend_watch = SuspendWatch(read_clock)
        self._desktop = open_desktop(OnDesktopThread(self, playback, self._asked.emit))
        self._piece = 1
        self._is_holding = False
        self._release = QTimer(self)
        self._release.setSingleShot(True)
        self._release.setInterval(RELEASE_AFTER_MS)
        self._release.timeout.connect(self._let_sleep)
        self._asked.connect(_call, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Look for the desktop's services. Call it after the first frame: it takes a tenth of a second."""
        self._playback.moved.connect(self.follow)
        self._playback.timeline_changed.connect(self._note_another_piece)
        self._desktop.start()
        self.follow()

    def close(self) -> None:
        self._release.stop()
        self._desktop.close()

    @property
    def can_suspend(self) -> bool:
        return self._desktop.system_sleep.can_suspend

    def suspend(self) -> None:
        """Send the computer to sleep; `suspend_refused` tells if it was not granted."""
        self._release.stop()
        self._is_holding = False
        self._desktop.system_sleep.suspend()

    def hold_screen(self, is_wanted: bool) -> None:
        """Keep the screen from blanking and locking, or no longer."""
        if is_wanted:
            self._desktop.screen_lock.hold()
        else:
            self._desktop.screen_lock.release()

    def show_volume(self, volume: float) -> None:
        self._volume = volume
        self._show()

    def follow(self) -> None:
        """Something of what is played has moved."""
        self.pause_if_slept()
        self._hold_sleep(self._sounds_at_all)
        self._show()

    def play(self) -> None:
        """What the sleep timer lets leave plays already: a headset that says Play again wakes nobody."""
        if not self._playback.can_pause:
            self._playback.play()

    def pause_if_slept(self) -> None:
        """Pause what has sounded through a sleep, where no logind has told of it beforehand."""
        if self._suspend_watch.has_slept(is_sounding=self._sounds_at_all):
            self.pause_for_sleep()

    def pause_for_sleep(self) -> None:
        was_sounding = self._sounds_at_all
        self.pause()
        if was_sounding:
            self.paused_for_sleep.emit()

    def pause(self) -> None:
        """Also what fades out after a stop: it would go on with its fade after a sleep."""
        self._playback.pause()

    def seek_by(self, offset_s: float) -> None:
        moment = self._playback.moment
        if moment is not None:
            self._playback.seek(max(0.0, moment.frame / SAMPLE_RATE_HZ + offset_s))

    def _note_another_piece(self) -> None:
        self._piece += 1
        self.follow()

    @property
    def _sounds_at_all(self) -> bool:
        """Whether something is heard, and be it on its way out."""
        return self._playback.state in (SessionState.PLAYING, SessionState.FADING)

    def _hold_sleep(self, is_sounding: bool) -> None:
        if is_sounding:
            self._release.stop()
            if not self._is_holding:
                self._is_holding = True
                self._desktop.system_sleep.hold()
        elif self._is_holding and not self._release.isActive():
            self._release.start()

    def _let_sleep(self) -> None:
        self._is_holding = False
        self._desktop.system_sleep.release()

    def _show(self) -> None:
        self._desktop.media_keys.show(now_playing(self._playback, self._piece, self._volume))


def now_playing(playback: Playback, piece: int, volume: float) -> NowPlaying:
    """What media keys may know of a playback, whose timeline is the `piece`th."""
    moment = playback.moment
    if moment is None:
        return NowPlaying(volume=volume)
    return NowPlaying(
        _status(playback),
        piece,
        position_s=moment.frame / SAMPLE_RATE_HZ,
        length_s=playback.timeline.duration_frames / SAMPLE_RATE_HZ,
        volume=volume,
        can_go_next=moment.step_index + 1 < len(playback.timeline.steps),
        can_go_previous=True,
    )


def _status(playback: Playback) -> PlaybackStatus:
    if playback.can_pause:
        return PlaybackStatus.PLAYING
    if playback.is_under_way and not playback.is_stopping:
        return PlaybackStatus.PAUSED
    return PlaybackStatus.STOPPED


class OnDesktopThread:
    """Hands what the desktop asks for over to the window's thread, through `pass_on`."""

    def __init__(
        self, window: WindowDesktop, playback: Playback, pass_on: Callable[[Callable[[], None]], None]
    ) -> None:
        self._window = window
        self._playback = playback
        self._pass_on = pass_on

    def play(self) -> None:
        self._press(self._window.play)

    def pause(self) -> None:
        self._press(self._window.pause)

    def play_pause(self) -> None:
        self._press(self._playback.toggle)

    def stop(self) -> None:
        self._press(self._playback.stop)

    def next_step(self) -> None:
        self._press(self._playback.next_step)

    def previous_step(self) -> None:
        self._press(self._playback.previous_step)

    def seek_by(self, offset_s: float) -> None:
        self._press(lambda: self._window.seek_by(offset_s))

    def set_position(self, position_s: float) -> None:
        self._press(lambda: self._playback.seek(position_s))

    def set_volume(self, volume: float) -> None:
        self._press(lambda: self._window.volume_wanted.emit(volume))

    def raise_window(self) -> None:
        self._press(self._window.raise_wanted.emit)

    def about_to_sleep(self) -> None:
        self._pass_on(self._window.pause_for_sleep)

    def suspend_refused(self, reason: str) -> None:
        self._pass_on(lambda: self._window.suspend_refused.emit(reason))

    def _press(self, key: Callable[[], None]) -> None:
        self._pass_on(key)
        self._pass_on(self._window.pressed.emit)


def _call(asked: Callable[[], None]) -> None:
    asked()
