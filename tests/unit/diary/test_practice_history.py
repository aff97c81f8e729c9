"""What earlier practices say about the next one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sleepcalm.diary.civil_time import Instant
from sleepcalm.diary.practice import Practice
from sleepcalm.diary.practice_history import RESUMABLE_FOR, left_unfinished, times_completed

NOW = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)


def played(
    hours_ago: float, share: float | None, *, routine: str = "pmr-7", completed: bool = False
) -> Practice:
    started = Instant.from_moment(NOW - timedelta(hours=hours_ago), "Europe/Berlin")
    return Practice(routine, started, completed=completed, reached_share=share)


def test_the_last_practice_of_a_routine_tells_the_place():
    history = [played(5, 0.3), played(2, 0.6), played(1, 0.9, routine="body-scan")]
    assert left_unfinished(history, "pmr-7", NOW) is history[1]


@pytest.mark.parametrize(
    "last",
    [
        played(1, 1.0, completed=True),
        played(1, 0.01),
        played(1, None),
        played(RESUMABLE_FOR.total_seconds() / 3600 + 1, 0.5),
        played(-1, 0.5),
    ],
    ids=["heard to its end", "hardly begun", "not known", "long ago", "a clock that was put back"],
)
def test_there_is_no_place_to_go_on_from(last):
    assert left_unfinished([last], "pmr-7", NOW) is None


def test_what_was_heard_to_its_end_counts():
    history = [played(50, 1, completed=True), played(26, 1, completed=True), played(2, 0.6)]
    assert times_completed(history) == {"pmr-7": 2}
    assert times_completed([]) == {}
