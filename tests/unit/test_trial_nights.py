"""Where a trial stands, by the clock and by what was done."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleepcalm.diary.civil_time import Instant
from sleepcalm.diary.practice import Practice
from sleepcalm.trends.trial import PRACTICE, Condition, NightKept, Outcome, Trial, assignments
from sleepcalm.trends.trial_nights import (
    QUIET_REST,
    Keeping,
    Stage,
    earliest_start,
    ended_at,
    keepings,
    last_over,
    next_change,
    night_of,
    stage_of,
    tonight,
    with_night_told,
)

CREATED = Instant(datetime.fromisoformat("2026-10-01T20:00"), 7200, "Europe/Berlin")
START = date(2026, 10, 2)
TRIAL = Trial("t", PRACTICE, Outcome.HYPNIC_JERKS, 20, 1, 0, START, 7, CREATED, routine="pmr-7")
HABIT = replace(TRIAL, factor="coffee after noon", routine=None, pairs=6, period_nights=7, washout_nights=2)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("clock", "night"),
    [
        ("2026-10-05T21:30", "2026-10-06"),
        ("2026-10-06T00:10", "2026-10-06"),
        ("2026-10-06T05:00", "2026-10-06"),
        ("2026-10-06T09:00", "2026-10-07"),
        ("2026-10-06T17:59", "2026-10-07"),
        ("2026-10-06T18:00", "2026-10-07"),
    ],
)
def test_tonight_stays_the_same_night_over_midnight_and_is_the_coming_one_by_day(clock, night):
    assert tonight(at(clock)) == date.fromisoformat(night)


@given(st.datetimes(datetime.fromisoformat("2020-01-01"), datetime.fromisoformat("2040-01-01")))
def test_tonight_changes_at_the_next_change_and_not_before(now):
    change = next_change(now)
    assert now < change <= now + timedelta(days=1)
    assert tonight(change - timedelta(microseconds=1)) == tonight(now)
    assert tonight(change) == tonight(now) + timedelta(days=1)


def test_the_next_change_keeps_the_zone():
    assert next_change(datetime(2026, 10, 5, 22, tzinfo=UTC)).tzinfo is UTC


def test_a_trial_cannot_begin_with_a_night_that_has_begun():
    assert earliest_start(at("2026-10-05T21:00")) == date(2026, 10, 6)
    assert earliest_start(at("2026-10-06T01:00")) == date(2026, 10, 7)


def test_a_night_knows_its_number():
    night = night_of(TRIAL, date(2026, 10, 6))
    assert night is not None
    assert (night.number, night.total) == (5, 40)
    assert night.assignment == assignments(TRIAL)[4]
    assert night_of(TRIAL, date(2026, 10, 1)) is None
    assert night_of(TRIAL, date(2026, 11, 11)) is None
    assert night_of(replace(TRIAL, ended_early=date(2026, 10, 5)), date(2026, 10, 6)) is None


def test_a_night_can_be_told_of_from_its_small_hours_end_on():
    assert last_over(at("2026-10-06T01:00")) == date(2026, 10, 5)
    assert last_over(at("2026-10-06T07:00")) == date(2026, 10, 6)
    assert last_over(at("2026-10-06T22:00")) == date(2026, 10, 6)


@pytest.mark.parametrize(
    ("clock", "recorded", "stage"),
    [
        ("2026-10-01T08:00", [], Stage.AHEAD),
        ("2026-10-01T21:00", [], Stage.RUNNING),
        ("2026-11-10T02:00", [], Stage.RUNNING),
        ("2026-11-10T07:00", [date(2026, 11, 10)], Stage.OVER),
        ("2026-11-10T10:00", [], Stage.LAST_MORNING),
        ("2026-11-10T10:00", [date(2026, 11, 10)], Stage.OVER),
        ("2026-11-11T00:01", [], Stage.OVER),
    ],
)
def test_how_far_a_trial_is(clock, recorded, stage):
    assert TRIAL.planned_end == date(2026, 11, 10)
    assert stage_of(TRIAL, at(clock), recorded) is stage


def test_a_trial_that_was_ended_early_is_over_at_once():
    ended = replace(TRIAL, ended_early=date(2026, 10, 5))
    assert stage_of(ended, at("2026-10-05T22:00"), []) is Stage.OVER


def test_the_night_that_is_still_to_come_does_not_count_when_a_trial_is_ended():
    assert ended_at(TRIAL, at("2026-10-05T21:00"), []).end == date(2026, 10, 5)
    assert ended_at(TRIAL, at("2026-10-01T08:00"), []).end == date(2026, 10, 1)


def test_a_morning_that_is_recorded_counts_when_a_trial_is_ended():
    small_morning = at("2026-10-06T06:30")
    assert ended_at(TRIAL, small_morning, []).end == date(2026, 10, 5)
    assert ended_at(TRIAL, small_morning, [date(2026, 10, 6)]).end == date(2026, 10, 6)


def played(routine: str, minutes: float = 10) -> Practice:
    return Practice(routine, CREATED, minutes_heard=minutes)


@pytest.mark.parametrize(
    ("routines", "with_night", "without_night"),
    [
        (["pmr-7"], Keeping.KEPT, Keeping.SWAPPED),
        ([QUIET_REST], Keeping.SWAPPED, Keeping.KEPT),
        ([QUIET_REST, "pmr-7"], Keeping.KEPT, Keeping.SWAPPED),
        ([QUIET_REST, "breath-awareness"], Keeping.MISSED, Keeping.MISSED),
        (["breath-awareness"], Keeping.MISSED, Keeping.MISSED),
        ([], Keeping.MISSED, Keeping.MISSED),
    ],
)
def test_what_was_played_says_how_a_night_was_kept(routines, with_night, without_night):
    plan = assignments(TRIAL)
    nights = [
        next(night.wake_date for night in plan if night.condition is one)
        for one in (Condition.WITH, Condition.WITHOUT)
    ]
    practice = {night: [played(routine) for routine in routines] for night in nights}
    found = keepings(TRIAL, practice, TRIAL.end)
    assert [found[night] for night in nights] == [with_night, without_night]


def test_what_was_begun_by_mistake_was_not_practised():
    short = [played("pmr-7", 0.4), played(QUIET_REST, 0.9)]
    assert keepings(TRIAL, {START: short}, START) == {START: Keeping.MISSED}


def test_the_minutes_of_an_evening_count_together():
    night = assignments(TRIAL)[0]
    routine = "pmr-7" if night.condition is Condition.WITH else QUIET_REST
    assert keepings(TRIAL, {START: [played(routine, 0.6)] * 2}, START) == {START: Keeping.KEPT}


def test_nights_to_come_are_not_counted():
    assert keepings(TRIAL, {}, START - timedelta(days=1)) == {}
    assert len(keepings(TRIAL, {}, START + timedelta(days=4))) == 5
    assert len(keepings(replace(TRIAL, ended_early=START), {}, TRIAL.planned_end)) == 1


def test_of_a_habit_the_person_tells():
    first = assignments(HABIT)[0]
    done = with_night_told(HABIT, START, first.condition)
    assert keepings(done, {}, START) == {START: Keeping.KEPT}
    other = with_night_told(done, START, first.condition.other)
    assert keepings(other, {}, START) == {START: Keeping.SWAPPED}
    assert other.kept == (NightKept(START, first.condition.other),)
    assert HABIT.breach(other) == ""
