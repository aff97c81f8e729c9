"""Places the times of one entry as it is read, and gathers what the user has to be told of them."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from sleepcalm.diary.civil_time import Instant
from sleepcalm.diary.entry import Evening, Medicine, OtherSleep
from sleepcalm.diary.placing import (
    NIGHT_ORDER,
    TimeNotice,
    TypedClock,
    out_of_order,
    place_evening,
    place_night,
    place_up_to,
    place_within_night,
)
from sleepcalm.diary.values import EntryError, refuse_unknown

_FARTHEST = timedelta(days=5)
"""An instant farther from its wake date has a mistyped date."""

_Placed = tuple[Instant, tuple[TimeNotice, ...]]


class PlacedTimes:
    """The times of the night `night`, where `zones` names by path those outside `zone`."""

    def __init__(self, night: date, zone: str, zones: Mapping[str, str | None], day_starts_at: time) -> None:
        self._night = night
        self._zone = zone
        self._zones = zones
        self._day_starts_at = day_starts_at
        self._seen: set[str] = set()
        self._clocks: set[str] = set()
        self._notices: list[TimeNotice] = []

    def main_sleep(self, given: Mapping[str, Any]) -> dict[str, Instant]:
        """The times of the main sleep by field; raises EntryError if given instants are out of order."""
        typed = {field: self._typed(field, given.get(field)) for field in NIGHT_ORDER}
        known = {field: value for field, value in typed.items() if value is not None}
        placed = place_night(self._night, known, self._day_starts_at)
        wrong = out_of_order(placed.instants)
        if wrong:
            raise EntryError(wrong[0], f"is after {wrong[1]}")
        self._notices += placed.notices
        return dict(placed.instants)

    def evening(self, given: dict[str, Any], main_sleep: Mapping[str, Instant]) -> Evening:
        """The evening's habits, placed before the main sleep, medicines before its end."""
        asleep_by = main_sleep.get("tried_to_sleep") or main_sleep.get("into_bed")
        awake_by = main_sleep.get("final_awakening") or main_sleep.get("out_of_bed")
        read = dict(given)
        for name in ("caffeine_last", "alcohol_last", "exercise_ended"):
            read[name] = self._evening_time(f"evening.{name}", read.get(name), asleep_by)
        if "medicines" in read:
            read["medicines"] = tuple(
                Medicine(
                    **medicine
                    | {
                        "time": self._evening_time(
                            f"evening.medicines[{index}].time", medicine.get("time"), awake_by
                        )
                    }
                )
                for index, medicine in enumerate(read["medicines"])
            )
        return Evening(**read)

    def other_sleeps(self, given: Iterable[dict[str, Any]] | None) -> tuple[OtherSleep, ...] | None:
        """Further sleeps within the same night; raises EntryError if one ends before it starts."""
        if given is None:
            return None
        return tuple(self._other_sleep(f"other_sleeps[{index}]", read) for index, read in enumerate(given))

    def as_given(self, path: str, given: datetime | time | None) -> Instant | None:
        """A time that only ISO 8601 can give."""
        if given is None:
            return None
        if isinstance(given, time):
            raise EntryError(path, "needs a date and an offset, as in 2026-11-22T07:10:00+01:00")
        return self._instant(path, given)

    def notices_with(self, earlier: Iterable[TimeNotice]) -> tuple[TimeNotice, ...]:
        """The new notices, after those earlier ones whose time has not been typed anew."""
        return (*(notice for notice in earlier if notice.field not in self._clocks), *self._notices)

    def refuse_unused_zones(self) -> None:
        """Raises EntryError if a zone is named for a time that is not given."""
        refuse_unknown("instant_zones.", self._zones, self._seen)

    def _other_sleep(self, path: str, read: dict[str, Any]) -> OtherSleep:
        ended = self._within_night(f"{path}.ended", read.get("ended"), None)
        started = self._within_night(f"{path}.started", read.get("started"), ended)
        if started is not None and ended is not None and started.utc > ended.utc:
            raise EntryError(f"{path}.started", f"is after {path}.ended")
        return OtherSleep(started, ended, read.get("sleep_min"))

    def _within_night(
        self, path: str, given: time | datetime | None, limit: Instant | None
    ) -> Instant | None:
        typed = self._typed(path, given)
        if not isinstance(typed, TypedClock):
            return typed
        if limit is not None:
            return self._told(place_up_to(path, typed, limit))
        return self._told(place_within_night(path, typed, self._night, self._day_starts_at))

    def _evening_time(
        self, path: str, given: time | datetime | None, limit: Instant | None
    ) -> Instant | None:
        typed = self._typed(path, given)
        if isinstance(typed, TypedClock):
            return self._told(place_evening(path, typed, self._night, limit))
        return typed

    def _told(self, placed: _Placed) -> Instant:
        instant, notices = placed
        self._notices += notices
        return instant

    def _typed(self, path: str, given: time | datetime | None) -> TypedClock | Instant | None:
        if given is None:
            return None
        if isinstance(given, time):
            self._seen.add(path)
            self._clocks.add(path)
            return TypedClock(given, self._zones.get(path) or self._zone)
        instant = self._instant(path, given)
        if abs(instant.wall.date() - self._night) > _FARTHEST:
            raise EntryError(path, f"{instant.wall:%Y-%m-%d} is far from the wake date {self._night}")
        return instant

    def _instant(self, path: str, given: datetime) -> Instant:
        self._seen.add(path)
        instant = Instant.as_written(given, self._zone)
        if path not in self._zones:
            return instant
        return Instant(instant.wall, instant.utc_offset_s, self._zones[path])
