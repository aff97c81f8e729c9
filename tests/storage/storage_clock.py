"""A civil clock for tests."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone


class Clock:
    """A civil clock that stands still until it is told to go on."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 22, 7, 15, tzinfo=timezone(timedelta(hours=1)))

    def __call__(self) -> datetime:
        return self.time

    def advance(self, **step: float) -> None:
        self.time += timedelta(**step)
