"""Where a trial stands: what tonight is, how far it is, and how the nights so far were kept."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from sleepcalm.diary.placing import SMALL_HOURS_END
from sleepcalm.diary.practice import Practice
from sleepcalm.trends.factors import FEWEST_PRACTICE_MIN
from sleepcalm.trends.trial import PRACTICE, Assignment, Condition, NightKept, Trial, assignments

QUIET_REST = "quiet-rest"
"""The id of the control of a trial of a routine: background sound alone."""

MORNING = time(9)
"""Before this local time, whoever asks what tonight is more likely lies awake than plans the day."""

_DAY = timedelta(days=1)


class Stage(StrEnum):
    """How far a trial is on some day."""

    AHEAD = "ahead"
    RUNNING = "running"
    LAST_MORNING = "last_morning"
    """The last night is over, but its morning is not recorded."""
    OVER = "over"


class Keeping(StrEnum):
    """How a night was kept. The analysis counts it as it was assigned, whatever was done."""

    KEPT = "kept"
    SWAPPED = "swapped"
    """What was assigned to the other nights was done."""
    MISSED = "missed"
    """Neither; of a habit: not told."""


@dataclass(frozen=True, slots=True)
class TrialNight:
    """One night of a trial, and which of how many it is, from 1."""

    trial: Trial
    assignment: Assignment
    number: int
    total: int


def tonight(now: datetime) -> date:
    """The wake date of the night that is meant by "tonight" at the local time `now`."""
    return now.date() if now.time() < MORNING else now.date() + _DAY


def next_change(now: datetime) -> datetime:
    """When `tonight` gives another answer, as local time in the zone of `now`."""
    day = now.date() if now.time() < MORNING else now.date() + _DAY
    return datetime.combine(day, MORNING, now.tzinfo)


def earliest_start(now: datetime) -> date:
    """The wake date of the first night that a trial can begin with: the coming evening's."""
    return now.date() + _DAY


def last_over(now: datetime) -> date:
    """The wake date of the newest night of which one can say how it was kept."""
    return now.date() if now.time() >= SMALL_HOURS_END else now.date() - _DAY


def night_of(trial: Trial, wake_date: date) -> TrialNight | None:
    """That night of the trial; None outside it."""
    if not trial.start <= wake_date <= trial.end:
        return None
    plan = assignments(trial)
    number = (wake_date - trial.start).days
    return TrialNight(trial, plan[number], number + 1, len(plan))


def awaits_last_morning(trial: Trial, today: date, recorded: Container[date]) -> bool:
    """Whether the trial ends today and its last morning is not among the `recorded` wake dates.

    Whoever sees the result now answers that morning with it in mind: the window waits for the entry, or for
    the next day. Who asks on the command line has asked for it, and the end date was fixed.
    """
    return trial.ended_early is None and today == trial.planned_end and today not in recorded


def stage_of(trial: Trial, now: datetime, recorded: Container[date]) -> Stage:
    """How far the trial is in the window; `recorded` are the wake dates that have an entry."""
    if trial.has_ended(now.date()):
        if not awaits_last_morning(trial, now.date(), recorded):
            return Stage.OVER
        if now.time() >= MORNING:
            return Stage.LAST_MORNING
    return Stage.AHEAD if tonight(now) < trial.start else Stage.RUNNING


def ended_at(trial: Trial, now: datetime, recorded: Container[date]) -> Trial:
    """The trial, ended for good at `now`, with the last night that is over.

    A night whose morning is among the `recorded` wake dates was slept, however early it is.
    """
    last = max(tonight(now), trial.start) - _DAY
    return replace(trial, ended_early=max(last, now.date()) if now.date() in recorded else last)


def keepings(trial: Trial, practice: Mapping[date, Sequence[Practice]], until: date) -> dict[date, Keeping]:
    """How each night up to `until` was kept, by wake date.

    `practice` holds, by wake date, everything that was played before the sleep, quiet rest too. A night
    with the routine is kept where the routine was played, one without where quiet rest and nothing else was.
    """
    told = {night.wake_date: night.condition for night in trial.kept}
    found: dict[date, Keeping] = {}
    for night in assignments(trial):
        if night.wake_date > min(until, trial.end):
            break
        if trial.factor == PRACTICE:
            done = _practised(trial, practice.get(night.wake_date, ()))
        else:
            done = told.get(night.wake_date)
        found[night.wake_date] = _keeping(night.condition, done)
    return found


def with_night_told(trial: Trial, wake_date: date, done: Condition) -> Trial:
    """The trial with what the person says of one night, in place of what was said of it before."""
    others = [night for night in trial.kept if night.wake_date != wake_date]
    told = sorted([*others, NightKept(wake_date, done)], key=lambda night: night.wake_date)
    return replace(trial, kept=tuple(told))


def _practised(trial: Trial, played: Sequence[Practice]) -> Condition | None:
    heard_min: dict[str, float] = {}
    for practice in played:
        heard_min[practice.routine] = heard_min.get(practice.routine, 0.0) + practice.minutes_heard
    heard = {routine for routine, minutes in heard_min.items() if minutes >= FEWEST_PRACTICE_MIN}
    if trial.routine in heard:
        return Condition.WITH
    return Condition.WITHOUT if heard == {QUIET_REST} else None


def _keeping(assigned: Condition, done: Condition | None) -> Keeping:
    if done is None:
        return Keeping.MISSED
    return Keeping.KEPT if done is assigned else Keeping.SWAPPED
