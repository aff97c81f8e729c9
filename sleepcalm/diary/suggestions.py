"""Yesterday's habits, offered for tonight's entry. An offer is never part of an entry until accepted."""

from dataclasses import dataclass, replace
from typing import Any

from sleepcalm.diary.civil_time import Instant
from sleepcalm.diary.entry import Entry, Exercise, Medicine
from sleepcalm.diary.placing import TimeNotice, TypedClock, place_evening

HABITS = (
    "caffeine_mg",
    "caffeine_last",
    "alcohol_drinks",
    "alcohol_last",
    "nicotine",
    "exercise",
    "exercise_ended",
    "screen_late",
    "medicines",
)
"""What tends to repeat. Stress, tiredness, noise and illness are asked anew each day."""

HabitValue = float | bool | Instant | Exercise | tuple[Medicine, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One habit of an earlier evening, its time already that of this night's evening."""

    field: str
    value: HabitValue
    notices: tuple[TimeNotice, ...] = ()


def suggest_habits(entry: Entry, previous: Entry | None) -> tuple[Suggestion, ...]:
    """What `previous` recorded and `entry` has not, in the order of HABITS."""
    if previous is None:
        return ()
    return tuple(
        _offer(entry, field, getattr(previous.evening, field))
        for field in HABITS
        if getattr(previous.evening, field) is not None and getattr(entry.evening, field) is None
    )


def accept(entry: Entry, suggestion: Suggestion) -> Entry:
    """The entry with that habit recorded."""
    change: dict[str, Any] = {suggestion.field: suggestion.value}
    notices = (*entry.time_notices, *suggestion.notices)
    return replace(entry, evening=replace(entry.evening, **change), time_notices=notices)


def _offer(entry: Entry, field: str, value: HabitValue) -> Suggestion:
    path = f"evening.{field}"
    if isinstance(value, Instant):
        bedtime = entry.tried_to_sleep or entry.into_bed
        return Suggestion(field, *_this_evening(entry, path, value, bedtime))
    if not isinstance(value, tuple):
        return Suggestion(field, value)
    medicines: list[Medicine] = []
    notices: list[TimeNotice] = []
    waking = entry.final_awakening or entry.out_of_bed
    for index, medicine in enumerate(value):
        taken = medicine.time
        if taken is not None:
            taken, told = _this_evening(entry, f"{path}[{index}].time", taken, waking)
            notices += told
        medicines.append(replace(medicine, time=taken, new_or_changed=None))
    return Suggestion(field, tuple(medicines), tuple(notices))


def _this_evening(
    entry: Entry, path: str, then: Instant, limit: Instant | None
) -> tuple[Instant, tuple[TimeNotice, ...]]:
    """The same time of day before this night, in this night's zone."""
    return place_evening(path, TypedClock(then.wall.time(), entry.time_zone), entry.wake_date, limit)
