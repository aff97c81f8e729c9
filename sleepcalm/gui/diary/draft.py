"""One night while it is being filled in: the entry, and the clock times as they were typed.

Times of a night depend on one another: which day "23:40" belongs to is known only beside the others.
So typed clocks are kept, and all are placed anew whenever one of them changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Any

from sleepcalm.diary.civil_time import Instant
from sleepcalm.diary.entry import Entry, Evening, OtherSleep, with_night
from sleepcalm.diary.placing import (
    NoticeKind,
    PlacedNight,
    TimeNotice,
    TypedClock,
    out_of_order,
    place_evening,
    place_night,
    place_up_to,
    place_within_night,
)
from sleepcalm.diary.suggestions import Suggestion, accept

MORNING_TIMES = ("final_awakening", "out_of_bed")
EVENING_TIMES = ("caffeine_last", "alcohol_last", "exercise_ended")


@dataclass(frozen=True, slots=True)
class NightDraft:
    """The entry so far. `times` are the four of the night as typed, `habits` those of the evening."""

    entry: Entry
    times: Mapping[str, TypedClock | Instant] = field(default_factory=dict)
    habits: Mapping[str, TypedClock] = field(default_factory=dict)
    woke_in: str | None = None
    """The zone in which the user said to have woken up, before a time there is given."""

    @property
    def morning_zone(self) -> str:
        """The zone in which the user woke up."""
        if self.woke_in is not None:
            return self.woke_in
        for name in reversed(MORNING_TIMES):
            zone = _zone(self.times.get(name))
            if zone is not None:
                return zone
        return self.entry.time_zone


def blank_draft(wake_date: date, zone: str) -> NightDraft:
    return NightDraft(Entry(wake_date, zone))


def draft_of(entry: Entry) -> NightDraft:
    """The draft of a recorded night, which places its times exactly where they are recorded."""
    clocks = {name: _as_typed(instant) for name, instant in entry.night_times.items()}
    placed = place_night(entry.wake_date, clocks)
    given_with_date = _doubted(placed.notices) - _doubted(entry.time_notices)
    exact = {
        name: clock if name not in given_with_date and placed.instants[name] == instant else instant
        for (name, instant), clock in zip(entry.night_times.items(), clocks.values(), strict=True)
    }
    return NightDraft(entry, exact)


def with_time(draft: NightDraft, name: str, at: time | Instant | None) -> NightDraft:
    """One of the four times given anew: as a clock showed it, as an instant, or not recorded."""
    times = {known: value for known, value in draft.times.items() if known != name}
    if isinstance(at, time):
        zone = draft.morning_zone if name in MORNING_TIMES else draft.entry.time_zone
        times[name] = TypedClock(at, zone)
    elif at is not None:
        times[name] = at
    return _placed(replace(draft, times=times))


def with_value(draft: NightDraft, path: str, value: Any) -> NightDraft:
    """One answer given anew, by its path in the entry (`evening.stress`); None is not recorded."""
    part, _, name = path.rpartition(".")
    entry = draft.entry
    if not part:
        return replace(draft, entry=replace(entry, **{name: value}))
    changed = replace(getattr(entry, part), **{name: value})
    return replace(draft, entry=replace(entry, **{part: changed}))


def value_of(draft: NightDraft, path: str) -> Any:
    """The answer at a path; a time of the evening as the clock showed it."""
    value: Any = draft.entry
    for name in path.split("."):
        value = getattr(value, name)
    return value.wall.time() if isinstance(value, Instant) else value


def with_habit_time(draft: NightDraft, name: str, at: time | None) -> NightDraft:
    """The clock time of one of the evening's habits given anew."""
    habits = {known: clock for known, clock in draft.habits.items() if known != name}
    if at is not None:
        habits[name] = TypedClock(at, draft.entry.time_zone)
        return _placed(replace(draft, habits=habits))
    entry = _without_notices(draft.entry, f"evening.{name}")
    evening: Evening = replace(entry.evening, **{name: None})
    return replace(draft, entry=replace(entry, evening=evening), habits=habits)


def with_accepted(draft: NightDraft, suggestion: Suggestion) -> NightDraft:
    """A habit of the evening before taken over."""
    return replace(draft, entry=accept(draft.entry, suggestion))


def with_other_sleep(
    draft: NightDraft, index: int, started: time | None, ended: time | None, sleep_min: int | None
) -> NightDraft:
    """A further sleep on the same wake date; one beyond the last is added."""
    entry, path = draft.entry, f"other_sleeps[{index}]"
    zone, end, start = entry.time_zone, None, None
    told: list[TimeNotice] = []
    if ended is not None:
        end, notices = place_within_night(f"{path}.ended", TypedClock(ended, zone), entry.wake_date)
        told += notices
    if started is not None:
        clock = TypedClock(started, zone)
        if end is None:
            start, notices = place_within_night(f"{path}.started", clock, entry.wake_date)
        else:
            start, notices = place_up_to(f"{path}.started", clock, end)
        told += notices
    sleeps = list(entry.other_sleeps or ())
    sleeps[index : index + 1] = [OtherSleep(start, end, sleep_min)]
    entry = _without_notices(entry, path)
    notices = (*entry.time_notices, *told)
    return replace(draft, entry=replace(entry, other_sleeps=tuple(sleeps), time_notices=notices))


def without_other_sleep(draft: NightDraft, index: int) -> NightDraft:
    """One of the further sleeps taken out; with the last one the answer is blank again."""
    sleeps = [sleep for place, sleep in enumerate(draft.entry.other_sleeps or ()) if place != index]
    entry = _without_notices(draft.entry, "other_sleeps")
    return replace(draft, entry=replace(entry, other_sleeps=tuple(sleeps) or None))


def with_evening_zone(draft: NightDraft, zone: str) -> NightDraft:
    """The night was begun in another zone: its clocks stay as typed. Raises UnknownZoneError."""
    before = draft.entry.time_zone
    return _in_zone(
        replace(draft, entry=replace(draft.entry, time_zone=zone)),
        {name: zone for name, value in draft.times.items() if _zone(value) == before},
    )


def with_morning_zone(draft: NightDraft, zone: str) -> NightDraft:
    """The user woke up in another zone. Raises UnknownZoneError."""
    zones = {name: zone for name in MORNING_TIMES if name in draft.times}
    return _in_zone(replace(draft, woke_in=zone), zones)


def with_reading(draft: NightDraft, name: str, instant: Instant) -> NightDraft:
    """Of a time that clocks showed twice, the one that was meant."""
    return with_time(draft, name, instant)


def _in_zone(draft: NightDraft, zones: Mapping[str, str]) -> NightDraft:
    times = {
        name: TypedClock(_clock(value), zones[name]) if name in zones else value
        for name, value in draft.times.items()
    }
    return _placed(replace(draft, times=times))


def _placed(draft: NightDraft) -> NightDraft:
    entry, times = draft.entry, dict(draft.times)
    night = place_night(entry.wake_date, times)
    if out_of_order(night.instants):
        # An instant that was fixed stands in the way of what is typed now: its clock is placed anew.
        times = {name: _as_typed(value) for name, value in times.items()}
        night = place_night(entry.wake_date, times)
    entry = with_night(entry, night)
    bedtime = night.instants.get("tried_to_sleep") or night.instants.get("into_bed")
    for name, clock in draft.habits.items():
        path = f"evening.{name}"
        entry = _without_notices(entry, path)
        instant, told = place_evening(path, clock, entry.wake_date, bedtime)
        evening: Evening = replace(entry.evening, **{name: instant})  # type: ignore[arg-type]
        entry = replace(entry, evening=evening, time_notices=(*entry.time_notices, *told))
    return replace(draft, entry=entry, times=times)


def mended(draft: NightDraft, night: PlacedNight) -> NightDraft:
    """The draft with the four times of `night`, as a twelve-hour slip offers them."""
    return draft_of(with_night(draft.entry, night))


def _without_notices(entry: Entry, path: str) -> Entry:
    kept = tuple(notice for notice in entry.time_notices if not notice.field.startswith(path))
    return replace(entry, time_notices=kept)


def _doubted(notices: Iterable[TimeNotice]) -> set[str]:
    return {notice.field for notice in notices if notice.kind is NoticeKind.OUT_OF_ORDER}


def _as_typed(value: TypedClock | Instant) -> TypedClock | Instant:
    if isinstance(value, TypedClock) or value.zone is None:
        return value
    return TypedClock(value.wall.time(), value.zone)


def _clock(value: TypedClock | Instant) -> time:
    return value.at if isinstance(value, TypedClock) else value.wall.time()


def _zone(value: TypedClock | Instant | None) -> str | None:
    return value.zone if value is not None else None
