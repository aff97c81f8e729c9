"""What earlier practices say about the next one: a place to go on from, and what was learned so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from sleepcalm.diary.practice import Practice

RESUMABLE_FOR = timedelta(hours=36)
"""Tonight and tomorrow night; later one rather begins anew."""

LEAST_SHARE = 0.05
"""Whoever left sooner has hardly begun."""


def left_unfinished(practices: Iterable[Practice], routine: str, now: datetime) -> Practice | None:
    """The last practice of a routine, if it makes sense to go on with it.

    None where there is no such practice, it was heard to its end, hardly begun, or too long ago.
    """
    last = max(
        (played for played in practices if played.routine == routine),
        key=lambda played: played.started.utc,
        default=None,
    )
    if last is None or last.completed or last.reached_share is None:
        return None
    is_recent = timedelta() <= now - last.started.utc <= RESUMABLE_FOR
    return last if is_recent and last.reached_share >= LEAST_SHARE else None


def times_completed(practices: Iterable[Practice]) -> Mapping[str, int]:
    """How often each routine was heard to its end, by its id."""
    return Counter(played.routine for played in practices if played.completed)
