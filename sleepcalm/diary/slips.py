"""Times entered half a day off: 11:00 where 23:00 was meant."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

from sleepcalm.diary.civil_time import DAY_STARTS_AT, Instant
from sleepcalm.diary.placing import LONGEST_PLAUSIBLE, PlacedNight, TypedClock, place_night

_USUAL_SPAN = timedelta(hours=8)
_LONGEST_MEANT = timedelta(hours=12)
"""A longer night is hardly what was meant: who rose at 4:30 after waking at 5:30 did not rise at 16:30."""


@dataclass(frozen=True, slots=True)
class TwelveHourSlip:
    """One changed time that would make the night plausible: entered 11:00, meant 23:00?"""

    field: str
    entered: time
    meant: time
    night: PlacedNight


def twelve_hour_slips(
    night: date, instants: Mapping[str, Instant], day_starts_at: time = DAY_STARTS_AT
) -> tuple[TwelveHourSlip, ...]:
    """For a night that spans more than 18 hours: each single time, moved by 12 hours, that gives one of 12.

    The most usual night comes first. Empty for a plausible night, or if no one change helps.
    """
    if PlacedNight(instants).span <= LONGEST_PLAUSIBLE:
        return ()
    clocks = {field: _as_clock(instant) for field, instant in instants.items()}
    slips = []
    for field, clock in clocks.items():
        if isinstance(clock, TypedClock):
            meant = clock.at.replace(hour=(clock.at.hour + 12) % 24)
            mended = place_night(night, {**clocks, field: TypedClock(meant, clock.zone)}, day_starts_at)
            if mended.span <= _LONGEST_MEANT:
                slips.append(TwelveHourSlip(field, clock.at, meant, mended))
    return tuple(sorted(slips, key=lambda slip: abs(slip.night.span - _USUAL_SPAN)))


def _as_clock(instant: Instant) -> TypedClock | Instant:
    return instant if instant.zone is None else TypedClock(instant.wall.time(), instant.zone)
