"""Keeps a place for the sound open: the device, or silence at the pace of real time while there is none."""

from __future__ import annotations

import logging
from collections.abc import Callable

from sleepcalm.audio.outputs import Health, Output, OutputError, Read, SilentOutput, SoundSystem, TakeBack

LOOK_EVERY_S = 0.25
STALL_S = 0.7
FIRST_BLOCK_WITHIN_S = 4.0  # a sound server that has just started takes its time
RETRY_S = 1.0

NO_DEVICE = "No sound device: the words on the screen carry the routine."
DEVICE_LOST = "The sound device has gone, so the routine is paused. Play goes on with the one that is left."

_log = logging.getLogger(__name__)


class OutputKeeper:
    """Opens, watches and replaces the output. Every call but `held_frames` is for one thread.

    `before_break` is called before an output is dropped with frames it still holds; `on_lost` before that,
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
    ) -> None:
        self._system = system
        self._read = read
        self._before_break = before_break
        self._on_lost = on_lost
        self._on_notice = on_notice
        self._on_device = on_device
        self._device_name = ""
        self._output: Output | None = None
        self._is_fallback = False
        self._notice = ""
        self._looked_at_s = 0.0
        self._moved_at_s = 0.0
        self._frames_read = 0
        self._has_begun = False

    @property
    def notice(self) -> str:
        """What there is to say of the output; empty when all is well."""
        return self._notice

    @property
    def is_open(self) -> bool:
        return self._output is not None

    def held_frames(self) -> int:
        output = self._output
        return output.held_frames() if output else 0

    def open(self, frames_read: int, now_s: float) -> None:
        """Have an output, if need be the silent one. `frames_read` is the count that `look` is told later."""
        if self._output is not None:
            return
        try:
            self._output = self._system.open(self._read)
            self._is_fallback = False
            self._say("")
        except OutputError as error:
            _log.info("%s", error)
            self._output = SilentOutput(self._read)
            self._is_fallback = True
            self._say(NO_DEVICE)
        self._frames_read, self._has_begun = frames_read, False
        self._moved_at_s = self._looked_at_s = now_s
        self._tell_device(self._output)

    def close(self) -> None:
        if self._output is not None:
            self._output.close()
            self._output = None

    def rest(self) -> None:
        """The player was paused."""
        if self._output is not None and not self._output.can_pause:
            self._output.close()
            self._before_break()
            self._output = None

    def hurry(self, take_back: TakeBack) -> None:
        """Something else is to be heard, and soon."""
        if self._output is not None:
            self._output.hurry(take_back)

    def look(self, frames_read: int, now_s: float) -> None:
        """See whether the output still plays; call it at least every LOOK_EVERY_S."""
        wait_s = RETRY_S if self._is_fallback else LOOK_EVERY_S
        if self._output is None or now_s - self._looked_at_s < wait_s:
            return
        self._looked_at_s = now_s
        if self._is_fallback:
            if self._system.is_there():
                self._reopen(frames_read, now_s)
            return
        health = self._output.health()
        if health is Health.DEVICE_GONE:
            self._on_lost()
            self._break_off()
            self._say(DEVICE_LOST)
        elif health is Health.SYSTEM_GONE or self._is_stalled(frames_read, now_s):
            _log.info("the sound output does not go on (%s); opening it anew", health.value)
            self._reopen(frames_read, now_s)
        else:
            self._tell_device(self._output)

    def _tell_device(self, output: Output) -> None:
        if output.device_name not in ("", self._device_name):
            self._device_name = output.device_name
            self._on_device(self._device_name)

    def _is_stalled(self, frames_read: int, now_s: float) -> bool:
        if frames_read != self._frames_read:
            self._frames_read, self._moved_at_s, self._has_begun = frames_read, now_s, True
        return now_s - self._moved_at_s >= (STALL_S if self._has_begun else FIRST_BLOCK_WITHIN_S)

    def _reopen(self, frames_read: int, now_s: float) -> None:
        self._break_off()
        self.open(frames_read, now_s)

    def _break_off(self) -> None:
        self._before_break()
        self.close()

    def _say(self, notice: str) -> None:
        if notice != self._notice:
            self._notice = notice
            self._on_notice(notice)
