"""An output that is watched from outside: whether it still takes sound, and what has become of its device."""

from __future__ import annotations

import logging
from concurrent.futures import Future
from contextlib import suppress

from sleepcalm.audio.aside import call_aside
from sleepcalm.audio.output_trial import Tap
from sleepcalm.audio.outputs import Health, Output

_log = logging.getLogger(__name__)

STALL_S = 0.7
FIRST_BLOCK_WITHIN_S = 2.5  # a sink that has slept, or a server that has just started, takes its time
ANSWER_WITHIN_S = 0.2
"""A sound server that takes longer hangs; it is not waited for."""


class WatchedOutput:
    """For one thread. Nobody is held up by a sound server that hangs.

    One that `has_begun` has taken more than its buffers hold, so that it no longer has an excuse for standing
    still.
    """

    def __init__(self, output: Output, tap: Tap, now_s: float, *, has_begun: bool = False) -> None:
        self.output = output
        self._tap = tap
        self._asked: Future[Health] | None = None
        self._frames = tap.frames
        self._moved_at_s = now_s
        self._has_begun = has_begun

    def health(self) -> Health:
        """Well as long as there is no answer: a server that hangs takes no sound either, which shows."""
        if self._asked is None:
            self._asked = call_aside(self.output.health, "sound health")
        try:
            health = self._asked.result(ANSWER_WITHIN_S)
        except TimeoutError:
            return Health.WELL
        self._asked = None
        return health

    def is_stalled(self, now_s: float) -> bool:
        if self._tap.frames != self._frames:
            self._frames, self._moved_at_s, self._has_begun = self._tap.frames, now_s, True
        return now_s - self._moved_at_s >= (STALL_S if self._has_begun else FIRST_BLOCK_WITHIN_S)

    def let_go(self) -> None:
        """It reads nothing any more, and is closed by itself."""
        self._tap.shut()
        self._close_aside()

    def close(self, within_s: float) -> None:
        """At the return it reads nothing any more, even where it is closed only later, by itself."""
        with suppress(TimeoutError):
            self._close_aside().result(within_s)
        self._tap.shut()  # not before: until it is closed, silence would count among what it still holds

    def _close_aside(self) -> Future[None]:
        closing = call_aside(self.output.close, "sound closing")
        closing.add_done_callback(_note_failure)
        return closing


def _note_failure(closing: Future[None]) -> None:
    """Somebody may have waited for it no longer."""
    error = closing.exception()
    if error is not None:
        _log.info("the sound output could not be closed: %s", error)
