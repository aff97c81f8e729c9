"""How the night's sound ends: by the sleep timer, and what the computer does once it has gone."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

from sleepcalm.desktop.clock import read_clock
from sleepcalm.gui.kept_preferences import KeptPreferences
from sleepcalm.gui.relax.interlude import Interlude
from sleepcalm.gui.relax.playback import Playback
from sleepcalm.preferences import Preferences
from sleepcalm.relaxation.session import SessionState
from sleepcalm.relaxation.sleep_timer import (
    EXTENSION_S,
    ClockReading,
    SleepTimer,
    Verdict,
    set_timer,
)

LOOK_EVERY_MS = 1000
SUSPEND_AFTER_MS = 10_000
"""Between the last sound and a suspend, for a last key."""

_AWAKE = (
    QEvent.Type.KeyPress,
    QEvent.Type.ShortcutOverride,  # all that is seen of a key that is a shortcut
    QEvent.Type.InputMethod,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.TabletPress,
)
"""What shows, anywhere in the program, that somebody is there."""


class Suspend(Protocol):
    """The desktop, as far as it can send the computer to sleep."""

    @property
    def can_suspend(self) -> bool: ...

    def suspend(self) -> None: ...

    def pause_if_slept(self) -> None:
        """Pause what sounds, if the computer has slept meanwhile."""


class WindowEnding(QObject):
    """Follows the playback. The timer runs while the routine sounds, whether the window is seen or not."""

    timer_ended = Signal()
    """The sound begins to leave because of the timer."""

    timer_extended = Signal(int)
    """After so many minutes of sound in all it ends now at the latest; 0: as the preferences say."""

    def __init__(
        self,
        playback: Playback,
        interlude: Interlude,
        preferences: KeptPreferences,
        desktop: Suspend,
        read_clock: Callable[[], ClockReading] = read_clock,
    ) -> None:
        super().__init__()
        self._playback = playback
        self._interlude = interlude
        self._preferences = preferences
        self._desktop = desktop
        self._read_clock = read_clock
        self._timer: SleepTimer | None = None
        self._sounded_s = 0.0
        self._counted: ClockReading | None = None
        self._extended_min = 0
        self._is_ending = False
        self._is_last_minute = False
        self._was_sounding = False
        self._look = QTimer(self)
        self._look.setInterval(LOOK_EVERY_MS)
        self._look.timeout.connect(self.follow)
        self._suspend = QTimer(self)
        self._suspend.setSingleShot(True)
        self._suspend.setInterval(SUSPEND_AFTER_MS)
        self._suspend.timeout.connect(self._send_to_sleep)
        playback.moved.connect(self.follow)
        preferences.changed.connect(self._take_preferences)

    @property
    def left_s(self) -> float | None:
        """What the timer has left; None without one by minutes."""
        return self._timer.at(self._read_clock()).left_s if self._timer else None

    def follow(self) -> None:
        """See where the playback and the clocks are. After a sleep it pauses first: no end is to be heard."""
        self._desktop.pause_if_slept()
        state = self._playback.state
        has_ended = state is SessionState.FINISHED or (self._is_ending and not self._playback.is_under_way)
        if self._playback.is_sounding:
            self._run()
        elif self._playback.is_under_way and not self._playback.is_stopping:
            self._stand()
        else:
            self._timer, self._is_last_minute = None, False
            self._look.stop()
        if has_ended and self._was_sounding:
            self._after_the_end()
        if has_ended or self._playback.is_sounding:
            self._was_sounding = self._playback.is_sounding
        if not (self._playback.is_stopping and self._playback.can_pause):
            self._is_ending = False
        if self._timer is None and not self._is_ending:
            self._tell_extended(0)

    def extend(self) -> None:
        """A key without meaning: in the last minute, and while the timer lets the sound leave, there is a
        quarter of an hour more."""
        now = self._read_clock()
        if self._is_ending and self._playback.is_stopping:
            self._is_ending = False
            self._grant(set_timer(EXTENSION_S / 60), now)
            self._playback.play()
        elif self._timer is not None and self._is_last_minute:
            self._is_last_minute = False
            self._grant(self._timer.extended(now), now)

    def call_off_suspend(self) -> None:
        """Somebody is awake: whatever they have done, the computer is not sent to sleep."""
        if self._suspend.isActive():
            self._suspend.stop()
            self._watch_all(is_on=False)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() in _AWAKE:
            self.call_off_suspend()
        return False

    def close(self) -> None:
        self._look.stop()
        self.call_off_suspend()

    def _run(self) -> None:
        self.call_off_suspend()
        if self._timer is None:
            self._timer = _timer_of(self._preferences.value)
            self._sounded_s, self._counted = 0.0, None
            self._tell_extended(0)
        if self._timer is None:
            return
        if not self._look.isActive():
            self._look.start()
        now = self._read_clock()
        self._count(now)
        timer, verdict = self._timer.resumed(now).look(now, routine_is_over=self._is_over())
        self._timer, self._is_last_minute = timer, verdict is Verdict.LAST_MINUTE
        if verdict is Verdict.END:
            self._end()

    def _stand(self) -> None:
        self._look.stop()
        if self._timer is not None and self._timer.is_running:
            now = self._read_clock()
            self._timer = self._timer.paused(now)
            self._count(now)
            self._counted = None

    def _count(self, now: ClockReading) -> None:
        """What has sounded since the timer was set, its fade included: the end may not be that by minutes."""
        if self._counted is not None:
            self._sounded_s += now.boot_s - self._counted.boot_s - now.suspended_s(self._counted)
        self._counted = now

    def _grant(self, timer: SleepTimer, now: ClockReading) -> None:
        self._timer = timer
        self._count(now)
        self._tell_extended(ceil(round(self._sounded_s + (timer.left_s or 0.0)) / 60))

    def _tell_extended(self, minutes: int) -> None:
        if minutes != self._extended_min:
            self._extended_min = minutes
            self.timer_extended.emit(minutes)

    def _end(self) -> None:
        self._timer, self._is_ending, self._is_last_minute = None, True, False
        self._look.stop()
        self.timer_ended.emit()
        self._playback.stop(self._preferences.value.fade_s, by_hand=False)

    def _is_over(self) -> bool:
        """Whether the background is all that goes on. One that leaves with the exercise needs no timer."""
        moment = self._playback.moment
        if moment is None or self._interlude.is_between or not self._preferences.value.linger_min:
            return False
        return moment.frame >= self._playback.timeline.exercise_end_frame

    def _after_the_end(self) -> None:
        if self._preferences.value.at_end == "suspend" and self._desktop.can_suspend:
            self._suspend.start()
            self._watch_all(is_on=True)

    def _send_to_sleep(self) -> None:
        self._watch_all(is_on=False)
        self._desktop.suspend()

    def _watch_all(self, *, is_on: bool) -> None:
        """See every event of the program; it costs some time each, so only while it is needed."""
        application = QCoreApplication.instance()
        if application is None:
            return
        application.removeEventFilter(self)
        if is_on:
            application.installEventFilter(self)

    def _take_preferences(self, before: Preferences) -> None:
        now = self._preferences.value
        if _wish(now) == _wish(before):
            return
        self._tell_extended(0)
        if not self._is_ending:
            self._timer, self._is_last_minute = None, False
            if self._playback.is_sounding:
                self._run()


def _wish(preferences: Preferences) -> tuple[float | None, bool]:
    return preferences.timer_min, preferences.timer_at_routine_end


def _timer_of(preferences: Preferences) -> SleepTimer | None:
    minutes, at_routine_end = _wish(preferences)
    if minutes is None and not at_routine_end:
        return None
    return set_timer(minutes, at_routine_end=at_routine_end)
