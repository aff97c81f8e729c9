"""Whether the computer was suspended while something sounded."""

from __future__ import annotations

from collections.abc import Callable

from sleepcalm.relaxation.sleep_timer import ClockReading


class SuspendWatch:
    """Tells of a suspend that nobody else tells of. It shows between two looks, so look every few seconds."""

    def __init__(self, read_clock: Callable[[], ClockReading]) -> None:
        self._read_clock = read_clock
        self._sounded_at: ClockReading | None = None
        """When it was last seen to sound; None while it does not."""

    def has_slept(self, *, is_sounding: bool) -> bool:
        """Whether something sounds that sounded before a suspend. One in a pause does not count."""
        before, now = self._sounded_at, self._read_clock()
        self._sounded_at = now if is_sounding else None
        return is_sounding and before is not None and now.suspended_s(before) > 0
