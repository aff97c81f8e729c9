"""Keeps a place for the sound open: the device, or silence at the pace of real time while none takes it."""

from __future__ import annotations

import logging
from collections.abc import Callable

from sleepcalm.audio.output_trial import Tap, Trial
from sleepcalm.audio.outputs import Health, Output, OutputError, Read, SilentOutput, SoundSystem, TakeBack
from sleepcalm.audio.watched_output import ANSWER_WITHIN_S, WatchedOutput

LOOK_EVERY_S = 0.25
RETRY_S = 1.0
TRIAL_S = 4.0

OPEN_WITHIN_S = 1.0
CLOSE_WITHIN_S = 1.5
"""A sound server that takes longer hangs; it is not waited for."""

NO_DEVICE = "No sound device: the words on the screen carry the routine."
STANDS_STILL = "The sound device stands still: the words on the screen carry the routine."
DEVICE_LOST = "The sound device has gone, so the routine is paused. Play goes on with the one that is left."

_log = logging.getLogger(__name__)


class OutputKeeper:
    """Opens, watches and replaces the output. Every call but `held_frames` is for one thread.

    An output that no longer takes sound gives way to a silent one, which carries the time while others are
    tried, one after another; the first that takes more than its buffers hold goes on. `read` is called by
    one output at a time, from opening to close.

    `before_break` is called when an output is dropped with frames it still holds; `on_lost` before that,
    where the device has gone and others are left; `on_notice` with a line for the user, or "";
    `on_device` with the name of another device than before.
    """

    def __init__(
        self,
        system: SoundSystem,
        read: Read,
        *,
        before_break: Callable[[], None],
        on_lost: Callable[[], None],
        on_notice: Callable[[str], None],
        on_device: Callable[[str], None],
        silent_output: Callable[[Read], Output] = SilentOutput,
    ) -> None:
        self._system = system
        self._read = read
        self._before_break = before_break
        self._on_lost = on_lost
        self._on_notice = on_notice
        self._on_device = on_device
        self._silent_output = silent_output
        self._device_name = ""
        self._used: WatchedOutput | None = None
        self._is_fallback = False
        self._is_resting = False
        self._trial: Trial | None = None
        self._tried_at_s = 0.0
        self._is_same_device_wanted = False
        self._unheard_frames = 0
        self._notice = ""
        self._looked_at_s = 0.0

    @property
    def notice(self) -> str:
        """What there is to say of the output; empty when all is well."""
        return self._notice

    @property
    def is_open(self) -> bool:
        return self._used is not None

    def held_frames(self) -> int:
        used = self._used
        return used.output.held_frames() if used else self._unheard_frames

    def open(self, now_s: float) -> None:
        """Have an output, if need be the silent one."""
        self._is_resting = False
        if self._used is not None:
            return
        if self._trial is not None and not self._trial.is_over:  # the sound server has not answered for long
            self._fall_silent(now_s)
            self._say(STANDS_STILL)
            return
        trial = Trial(self._system.open, Tap(self._read, is_open=True))
        trial.wait(OPEN_WITHIN_S)
        if trial.output is not None:
            trial.take()
            self._use(WatchedOutput(trial.output, trial.tap, now_s), now_s)
            return
        self._take_back_from(trial.tap)
        self._trial, self._tried_at_s = trial, now_s
        self._fall_silent(now_s)
        self._say(NO_DEVICE if trial.has_failed else STANDS_STILL)

    def close(self) -> None:
        self._give_up_trial()
        if self._used is not None:
            self._used.close(CLOSE_WITHIN_S)
            self._used = None

    def drop(self) -> None:
        """Be without an output, whatever becomes of it: it has failed in a way that nobody has foreseen."""
        self._give_up_trial()
        if self._used is not None:
            self._used.let_go()
            self._used = None

    def rest(self) -> None:
        """The player was paused: until it is opened again, nothing is tried."""
        self._is_resting = True
        if self._used is not None and (self._is_fallback or not self._used.output.can_pause):
            self._break_off(CLOSE_WITHIN_S)

    def hurry(self, take_back: TakeBack) -> None:
        """Something else is to be heard, and soon."""
        if self._used is not None:
            self._used.output.hurry(take_back)

    def look(self, now_s: float) -> None:
        """See whether the output still plays; call it at least every LOOK_EVERY_S."""
        if self._used is None or now_s - self._looked_at_s < LOOK_EVERY_S:
            return
        self._looked_at_s = now_s
        if self._is_fallback:
            self._look_for_another(now_s)
        else:
            self._look_at(self._used, now_s)

    def _look_at(self, used: WatchedOutput, now_s: float) -> None:
        health = used.health()
        if health is Health.DEVICE_GONE:
            self._lose()
        elif health is Health.SYSTEM_GONE or used.is_stalled(now_s):
            _log.info("the sound output does not go on (%s)", health.value)
            self._break_off(ANSWER_WITHIN_S)
            if not self._is_resting:
                self._is_same_device_wanted = health is Health.WELL
                self._fall_silent(now_s)
                self._try_another(now_s)
        else:
            self._tell_device(used.output)

    def _look_for_another(self, now_s: float) -> None:
        trial, tried_s = self._trial, now_s - self._tried_at_s
        if trial is None or trial.is_over:
            if trial is not None and trial.has_failed:
                self._say(NO_DEVICE)
            if tried_s >= RETRY_S:
                self._try_another(now_s)
        elif trial.plays and trial.output is not None:
            self._go_on_with(trial, WatchedOutput(trial.output, trial.tap, now_s, has_begun=True), now_s)
        elif tried_s >= TRIAL_S:
            self._say(STANDS_STILL)
            trial.give_up()
        elif not self._notice:
            self._say(STANDS_STILL)

    def _try_another(self, now_s: float) -> None:
        self._trial = Trial(self._open_if_there, Tap(self._read, is_open=False))
        self._tried_at_s = now_s

    def _open_if_there(self, read: Read) -> Output:
        if not self._system.is_there():
            raise OutputError("no sound device")
        return self._system.open(read)

    def _go_on_with(self, trial: Trial, tried: WatchedOutput, now_s: float) -> None:
        health = tried.health()
        if health is Health.SYSTEM_GONE:
            trial.give_up()
        elif health is Health.DEVICE_GONE or self._is_another_device(tried.output):
            self._lose()
        else:
            trial.take()
            self._trial = None
            self._break_off(CLOSE_WITHIN_S)
            self._use(tried, now_s)
            trial.tap.open()
            tried.output.hurry(_let_go_of_silence)

    def _is_another_device(self, output: Output) -> bool:
        """The one that stood still may have gone since, a headset before loudspeakers."""
        return self._is_same_device_wanted and output.device_name not in ("", self._device_name)

    def _use(self, used: WatchedOutput, now_s: float) -> None:
        self._used, self._is_fallback = used, False
        self._looked_at_s = now_s
        self._is_same_device_wanted = False
        self._say("")
        self._tell_device(used.output)

    def _fall_silent(self, now_s: float) -> None:
        tap = Tap(self._read, is_open=True)
        self._used, self._is_fallback = WatchedOutput(self._silent_output(tap), tap, now_s), True
        self._looked_at_s = now_s

    def _lose(self) -> None:
        """None is gone on with that the system has chosen instead."""
        self._on_lost()
        self._break_off(ANSWER_WITHIN_S)
        self._say(DEVICE_LOST)

    def _break_off(self, close_within_s: float) -> None:
        self._give_up_trial()
        if self._used is not None:
            self._used.close(close_within_s)
            self._before_break()
            self._used = None

    def _give_up_trial(self) -> None:
        """One whose opening has no end is still known, so that none is begun beside it."""
        if self._trial is not None:
            self._trial.give_up()

    def _take_back_from(self, tap: Tap) -> None:
        """An opening may have read sound that is never heard: it comes again."""
        tap.shut()
        self._unheard_frames = tap.frames
        if tap.frames:
            self._before_break()
        self._unheard_frames = 0

    def _tell_device(self, output: Output) -> None:
        if output.device_name not in ("", self._device_name):
            self._device_name = output.device_name
            self._on_device(self._device_name)

    def _say(self, notice: str) -> None:
        if notice != self._notice:
            self._notice = notice
            self._on_notice(notice)


def _let_go_of_silence(frames: int, let_go: Callable[[int], None]) -> None:
    """All that a trial has handed out may be written anew."""
    let_go(frames)
