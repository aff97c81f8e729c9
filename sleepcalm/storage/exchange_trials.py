"""Trials and asked questions as values of JSON for an export, and back."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from sleepcalm.diary.civil_time import wake_date
from sleepcalm.storage.exchange_checks import (
    FormError,
    Reading,
    converted,
    instant,
    refuse_dropped,
    refuse_impossible_day,
    refuse_odd_text,
)
from sleepcalm.trends.question import Question
from sleepcalm.trends.trial import NightKept, Outcome, Shortfall, Trial

__all__ = ["plain_question", "plain_trial", "question_from_plain", "trial_from_plain"]


class _TrialForm(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    factor: str
    outcome: Outcome
    pairs: int
    period_nights: int
    washout_nights: int
    start: date
    seed: int
    created: str
    # null: only the offset is known; left out: the zone of the file
    time_zone: str | msgspec.UnsetType | None = msgspec.UNSET
    routine: str | None = None
    accepted: tuple[Shortfall, ...] = ()
    kept: tuple[NightKept, ...] = ()
    ended_early: date | None = None


class _QuestionForm(msgspec.Struct, forbid_unknown_fields=True):
    factor: str
    outcome: str
    asked: str
    time_zone: str | msgspec.UnsetType | None = msgspec.UNSET


def plain_trial(trial: Trial) -> dict[str, Any]:
    """The trial as JSON's own types, with nothing lost."""
    found: dict[str, Any] = msgspec.to_builtins(trial)
    return {**found, "created": trial.created.iso(), "time_zone": trial.created.zone}


def plain_question(question: Question) -> dict[str, Any]:
    """The question as JSON's own types, with nothing lost."""
    found: dict[str, Any] = msgspec.to_builtins(question)
    return {**found, "asked": question.asked.iso(), "time_zone": question.asked.zone}


def trial_from_plain(given: object, reading: Reading) -> Trial:
    """Raises FormError for what is no trial, and for one that was not fixed before its first night."""
    refuse_odd_text("", given)
    form = converted(given, _TrialForm)
    refuse_dropped("", given, msgspec.to_builtins(form))
    created = instant("created", form.created, form.time_zone, reading.zone)
    refuse_impossible_day("created", created.wall.date(), reading)
    if form.start < wake_date(created.wall):
        raise FormError("start: is before the trial was made")
    fields = msgspec.structs.asdict(form)
    del fields["time_zone"]
    try:
        return Trial(**{**fields, "created": created})
    except ValueError as error:
        raise FormError(str(error)) from error


def question_from_plain(given: object, reading: Reading) -> Question:
    """Raises FormError."""
    refuse_odd_text("", given)
    form = converted(given, _QuestionForm)
    asked = instant("asked", form.asked, form.time_zone, reading.zone)
    refuse_impossible_day("asked", asked.wall.date(), reading)
    for name in ("factor", "outcome"):
        if not getattr(form, name).strip():
            raise FormError(f"{name}: is empty")
    return Question(form.factor, form.outcome, asked)
