"""A practice as values of JSON for an export, and back, strictly."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, TypeAlias

import msgspec

from sleepcalm.diary.civil_time import Instant
from sleepcalm.diary.practice import Ending, InterruptedBy, Interruption, PlaceLeft, Practice
from sleepcalm.storage.exchange_checks import (
    FormError,
    Reading,
    converted,
    instant,
    refuse_impossible_day,
    refuse_odd_text,
)

_MOST_MINUTES = 100_000

_Zone: TypeAlias = str | msgspec.UnsetType | None
"""null: only the offset is known; left out: the zone of the practice or, for that, of the file."""


class _MomentForm(msgspec.Struct, forbid_unknown_fields=True):
    at: str
    time_zone: _Zone = msgspec.UNSET


class _InterruptionForm(msgspec.Struct, forbid_unknown_fields=True):
    at: str
    by: InterruptedBy
    time_zone: _Zone = msgspec.UNSET


class _PlaceForm(msgspec.Struct, forbid_unknown_fields=True):
    step: str
    phase: str
    repeat: int
    part: int
    muscle_group: str | None = None
    pause_share: float | None = None


class _PracticeForm(msgspec.Struct, forbid_unknown_fields=True):
    routine: str
    started: str
    ended: str | None = None
    minutes_heard: float = 0.0
    completed: bool = False
    time_zone: _Zone = msgspec.UNSET
    ended_time_zone: _Zone = msgspec.UNSET
    jolts: tuple[_MomentForm, ...] = ()
    interruptions: tuple[_InterruptionForm, ...] = ()
    ending: Ending | None = None
    reached_share: float | None = None
    left_at: _PlaceForm | None = None


def plain_practice(value: Practice) -> dict[str, Any]:
    return {
        "routine": value.routine,
        "time_zone": value.started.zone,
        "started": value.started.iso(),
        "ended": value.ended.iso() if value.ended else None,
        "ended_time_zone": value.ended.zone if value.ended else None,
        "minutes_heard": value.minutes_heard,
        "completed": value.completed,
        "jolts": [_plain_moment(jolt) for jolt in value.jolts],
        "interruptions": [{**_plain_moment(each.at), "by": each.by.value} for each in value.interruptions],
        "ending": value.ending.value if value.ending else None,
        "reached_share": value.reached_share,
        "left_at": asdict(value.left_at) if value.left_at else None,
    }


def _plain_moment(at: Instant) -> dict[str, Any]:
    return {"at": at.iso(), "time_zone": at.zone}


def practice_from_plain(given: object, reading: Reading) -> Practice:
    """Raises FormError."""
    refuse_odd_text("", given)
    form = converted(given, _PracticeForm)
    started = instant("started", form.started, form.time_zone, reading.zone)
    ended = None
    if form.ended is not None:
        zone = form.time_zone if form.ended_time_zone is msgspec.UNSET else form.ended_time_zone
        ended = instant("ended", form.ended, zone, reading.zone)
        if ended.utc < started.utc:
            raise FormError("ended: is before started")
    refuse_impossible_day("started", started.wall.date(), reading)
    if not form.routine.strip():
        raise FormError("routine: is empty")
    if not 0 <= form.minutes_heard <= _MOST_MINUTES:
        raise FormError(f"minutes_heard: must be from 0 to {_MOST_MINUTES}")
    if form.reached_share is not None and not 0 <= form.reached_share <= 1:
        raise FormError("reached_share: must be from 0 to 1")

    def moment(name: str, each: _MomentForm | _InterruptionForm) -> Instant:
        zone = form.time_zone if each.time_zone is msgspec.UNSET else each.time_zone
        at = instant(name, each.at, zone, reading.zone)
        if at.utc < started.utc:
            raise FormError(f"{name}: is before started")
        return at

    return Practice(
        form.routine,
        started,
        ended,
        form.minutes_heard,
        form.completed,
        tuple(moment("jolts", each) for each in form.jolts),
        tuple(Interruption(moment("interruptions", each), each.by) for each in form.interruptions),
        form.ending,
        form.reached_share,
        _place_from(form.left_at),
    )


def _place_from(form: _PlaceForm | None) -> PlaceLeft | None:
    """Raises FormError."""
    if form is None:
        return None
    if form.repeat < 0 or form.part < 0:
        raise FormError("left_at: repeat and part must be 0 or more")
    if form.pause_share is not None and not 0 <= form.pause_share <= 1:
        raise FormError("left_at: pause_share must be from 0 to 1")
    return PlaceLeft(form.step, form.phase, form.muscle_group, form.repeat, form.part, form.pause_share)
