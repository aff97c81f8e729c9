"""Which instant a clock on the wall shows, and which night an instant belongs to.

Python subtracts two aware datetimes of one zone as wall time, so an autumn night comes out an hour
short. Everything here therefore orders and subtracts in UTC, and keeps the wall time for the reader.
"""

import difflib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache
from typing import Self
from zoneinfo import ZoneInfo, available_timezones

DAY_STARTS_AT = time(18)
"""From this local time on, an instant belongs to the night that ends the next morning."""

_DAY_S = 86_400


class UnknownZoneError(ValueError):
    """The name is not an IANA time zone of this machine's time zone data."""


@dataclass(frozen=True, slots=True)
class Instant:
    """One moment as it was lived: what the clock showed, and how far that clock was from UTC.

    The offset is recorded, never looked up again, so neither a later journey nor new time zone rules
    relabel the past. `zone` is None where only an offset was given. A wall time that occurs twice in
    autumn is told apart by its offset; `fold` is read from it, so the two cannot contradict.
    """

    wall: datetime
    utc_offset_s: int
    zone: str | None = None

    def __post_init__(self) -> None:
        if self.wall.tzinfo is not None:
            raise ValueError("the wall time of an instant carries no zone of its own")
        if abs(self.utc_offset_s) >= _DAY_S:
            raise ValueError("the UTC offset is a day or more")

    @classmethod
    def from_moment(cls, moment: datetime, zone: str) -> Self:
        """What a clock in `zone` shows at an aware `moment`."""
        local = moment.astimezone(time_zone(zone))
        return cls(local.replace(tzinfo=None, fold=0), _offset_s(local), zone)

    @classmethod
    def as_written(cls, written: datetime, zone: str) -> Self:
        """An aware time kept as it was written, in `zone` if clocks there ever showed just that.

        Where they did not (a night between zones), the zone is not known and stays None.
        """
        bare = cls(written.replace(tzinfo=None, fold=0), _offset_s(written))
        named = cls(bare.wall, bare.utc_offset_s, zone)
        return named if named in readings(bare.wall, zone) else bare

    @property
    def utc(self) -> datetime:
        return (self.wall - timedelta(seconds=self.utc_offset_s)).replace(tzinfo=UTC)

    @property
    def fold(self) -> int:
        """1 for the later of two equal wall times when clocks are put back, else 0 (PEP 495)."""
        return int(self.zone is not None and self in readings(self.wall, self.zone)[1:])

    def iso(self) -> str:
        """ISO 8601 with offset, for example 2026-11-21T22:40:00+01:00."""
        return self.wall.replace(tzinfo=timezone(timedelta(seconds=self.utc_offset_s))).isoformat()


def wake_date(moment: datetime, day_starts_at: time = DAY_STARTS_AT) -> date:
    """The wake date of the night that the local time `moment` belongs to.

    Sunday 22:00 and Monday 01:00 both give Monday. The wall clock of `moment` counts as it stands.
    """
    if moment.time() < day_starts_at:
        return moment.date()
    return moment.date() + timedelta(days=1)


def day_within_night(clock: time, night: date, day_starts_at: time = DAY_STARTS_AT) -> date:
    """The calendar day on which `clock` belongs to the night with wake date `night`."""
    return night if clock < day_starts_at else night - timedelta(days=1)


def time_zone(name: str) -> ZoneInfo:
    """The zone of that IANA name.

    Raises UnknownZoneError, with the nearest name if there is one.
    """
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:  # not found; not a key; a folder of zones
        near = difflib.get_close_matches(name[:64], _zone_names(), n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise UnknownZoneError(f"{name[:64]!r} is not a time zone{hint}") from error


@cache
def _zone_names() -> tuple[str, ...]:
    """All names, read once: looking through the zone files takes some 20 ms."""
    return tuple(sorted(available_timezones()))


def readings(wall: datetime, zone: str) -> tuple[Instant, ...]:
    """Every instant at which clocks in `zone` show `wall`, earlier first.

    Two when clocks are put back over it, none when they are put forward over it.
    """
    tz = time_zone(zone)
    found: list[Instant] = []
    for fold in (0, 1):
        local = wall.replace(tzinfo=tz, fold=fold)
        instant = Instant(wall.replace(fold=0), _offset_s(local), zone)
        exists = local.astimezone(UTC).astimezone(tz).replace(tzinfo=None) == wall
        if exists and instant not in found:
            found.append(instant)
    return tuple(found)


def around_gap(wall: datetime, zone: str) -> tuple[Instant, Instant]:
    """A wall time that clocks skip, moved back and moved on by the gap: 02:30 as 01:30 and as 03:30."""
    skipped = wall.replace(tzinfo=time_zone(zone))
    back, on = (skipped.replace(fold=fold).astimezone(UTC) for fold in (1, 0))
    return Instant.from_moment(back, zone), Instant.from_moment(on, zone)


def _offset_s(moment: datetime) -> int:
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError("the time has no UTC offset")
    return round(offset.total_seconds())
