"""An entry as a parsed JSON object, and back.

Written by hand an object may give times as the clock showed them ("22:40"); they are placed on the
night. Written by `entry_to_json` it gives ISO 8601 with offset, and reads back as the same entry.
Three fields appear only where they are needed: `instant_zones` names the zone of a time, by path, that
is not in the entry's own zone (null: only its offset is known); `time_notices` and `recorded_at`.
"""

from collections.abc import Mapping
from dataclasses import fields as dataclass_fields
from dataclasses import is_dataclass
from datetime import date, datetime, time
from enum import Enum
from typing import Any

from sleepcalm.diary import values
from sleepcalm.diary.civil_time import DAY_STARTS_AT, Instant, time_zone
from sleepcalm.diary.entry import (
    Entry,
    Exercise,
    HypnicJerks,
    JerkCountBand,
    JerkStrength,
    Naps,
    Restedness,
    Side,
    SleepQuality,
)
from sleepcalm.diary.placed_times import PlacedTimes
from sleepcalm.diary.placing import NoticeKind, TimeNotice
from sleepcalm.diary.values import EntryError, amount, choice, items, moment, text, whole, yes_or_no

_MINUTES = whole(0, 1440)
_COUNT = whole(0, 999)
_SCALE = whole(0, 10)
_WORDS = text(200)


def _jerk_count(field: str, value: object) -> int | JerkCountBand:
    if isinstance(value, str):
        band: JerkCountBand = choice(JerkCountBand)(field, value)
        return band
    count: int = _COUNT(field, value)
    return count


def _zones(field: str, value: object) -> dict[str, str | None]:
    if not isinstance(value, Mapping):
        raise EntryError(field, "must be an object of time zones by field")
    return {
        str(path): None if name is None else values.zone_name(f"{field}.{values.one_line(str(path))}", name)
        for path, name in value.items()
    }


_JERKS = values.fields(
    {
        "count": _jerk_count,
        "strongest": choice(JerkStrength),
        "woke_fully": yes_or_no,
        "falling_sensation": yes_or_no,
        "sensory_only": yes_or_no,
        "during_practice": yes_or_no,
        "minutes_to_resettle": _MINUTES,
        "fear": _SCALE,
        "body_part": _WORDS,
        "side": choice(Side),
        "seen_by_partner": yes_or_no,
        "unsure": yes_or_no,
    }
)
_MEDICINE = values.fields(
    {"name": _WORDS, "dose": _WORDS, "time": moment, "for_sleep": yes_or_no, "new_or_changed": yes_or_no},
    needed=("name",),
)
_EVENING = values.fields(
    {
        "caffeine_mg": amount(10_000),
        "caffeine_last": moment,
        "alcohol_drinks": amount(100),
        "alcohol_last": moment,
        "nicotine": yes_or_no,
        "exercise": choice(Exercise),
        "exercise_ended": moment,
        "stress": _SCALE,
        "tiredness": _SCALE,
        "medicines": items(_MEDICINE, most=50),
        "screen_late": yes_or_no,
        "noise_or_light": yes_or_no,
        "illness": yes_or_no,
    }
)
_OTHER_SLEEP = values.fields({"started": moment, "ended": moment, "sleep_min": _MINUTES})
_NOTICE = values.fields(
    {"field": _WORDS, "kind": choice(NoticeKind), "typed": _WORDS}, needed=("field", "kind", "typed")
)
_ENTRY = values.fields(
    {
        "wake_date": values.day,
        "time_zone": values.zone_name,
        "into_bed": moment,
        "tried_to_sleep": moment,
        "sleep_onset_latency_min": _MINUTES,
        "awakenings": _COUNT,
        "wake_after_sleep_onset_min": _MINUTES,
        "final_awakening": moment,
        "out_of_bed": moment,
        "minutes_trying_after_waking": _MINUTES,
        "woke_earlier_than_planned_min": _MINUTES,
        "did_not_sleep": yes_or_no,
        "sleep_quality": choice(SleepQuality),
        "restedness": choice(Restedness),
        "own_estimate_total_sleep_min": _MINUTES,
        "other_sleeps": items(_OTHER_SLEEP, most=20),
        "naps": values.fields({"count": _COUNT, "minutes": _MINUTES}),
        "hypnic_jerks": _JERKS,
        "evening": _EVENING,
        "notes": text(20_000),
        "recorded_at": moment,
        "instant_zones": _zones,
        "time_notices": items(_NOTICE, most=100),
    },
    needed=("wake_date",),
)


def entry_from_json(
    value: object, *, default_zone: str, now: datetime, day_starts_at: time = DAY_STARTS_AT
) -> Entry:
    """The entry that a parsed JSON object describes; a missing or null field is not recorded.

    `now` is aware and decides what lies in the future. Raises EntryError for the first thing that
    cannot be taken as it stands; answers that merely contradict one another are kept.
    """
    read = _ENTRY("", value)
    night, zone = read.pop("wake_date"), read.pop("time_zone", default_zone)
    _refuse_future(night, zone, now)
    times = PlacedTimes(night, zone, read.pop("instant_zones", {}), day_starts_at)
    main = times.main_sleep(read)
    evening = times.evening(read.pop("evening", {}), main)
    others = times.other_sleeps(read.pop("other_sleeps", None))
    recorded_at = times.as_given("recorded_at", read.pop("recorded_at", None))
    told = (TimeNotice(**notice) for notice in read.pop("time_notices", ()))
    notices = times.notices_with(told)
    times.refuse_unused_zones()
    return Entry(
        wake_date=night,
        time_zone=zone,
        naps=Naps(**read.pop("naps", {})),
        hypnic_jerks=HypnicJerks(**read.pop("hypnic_jerks", {})),
        evening=evening,
        other_sleeps=others,
        recorded_at=recorded_at,
        time_notices=notices,
        **{**read, **main},
    )


def entry_to_json(entry: Entry) -> dict[str, Any]:
    """The object that `entry_from_json` reads back as the same entry, fit for json.dumps."""
    zones: dict[str, str | None] = {}
    plain: dict[str, Any] = _plain("", entry, entry.time_zone, zones)
    for rare in ("recorded_at", "time_notices"):
        if not plain[rare]:
            del plain[rare]
    return plain | ({"instant_zones": zones} if zones else {})


def _plain(path: str, value: Any, zone: str, zones: dict[str, str | None]) -> Any:
    """`value` in JSON's own types; notes in `zones` each instant whose zone its text would not give."""
    if isinstance(value, Instant):
        written = value.iso()
        if Instant.as_written(datetime.fromisoformat(written), zone) != value:
            zones[path] = value.zone
        return written
    if isinstance(value, tuple):
        return [_plain(f"{path}[{index}]", item, zone, zones) for index, item in enumerate(value)]
    if is_dataclass(value):
        prefix = f"{path}." if path else ""
        names = [field.name for field in dataclass_fields(value)]
        return {name: _plain(prefix + name, getattr(value, name), zone, zones) for name in names}
    return _plain_leaf(value)


def _plain_leaf(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def validated(entry: Entry, now: datetime) -> Entry:
    """The same entry, however it was built; raises EntryError if its JSON could not be read back."""
    return entry_from_json(entry_to_json(entry), default_zone=entry.time_zone, now=now)


def _refuse_future(night: date, zone: str, now: datetime) -> None:
    """A date is in the future when it is neither where the user is nor where the night was."""
    today = max(now.date(), now.astimezone(time_zone(zone)).date())
    if night > today:
        raise EntryError("wake_date", f"{night} is in the future")
