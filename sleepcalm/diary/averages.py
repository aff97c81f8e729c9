"""Averages over nights. Each says how many nights it rests on; a night not recorded is never a zero."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time

from sleepcalm.diary.measures import Measures

_DAY_MIN = 1440
_NOON_MIN = 720


@dataclass(frozen=True, slots=True)
class PooledEfficiency:
    """Total sleep time over time in bed, summed over the complete nights."""

    efficiency_pct: float | None
    nights: int
    """The complete nights it rests on."""
    nights_incomplete: int
    """Recorded, but with an answer missing."""
    nights_not_adding_up: int
    """Left out because their answers contradict one another."""


@dataclass(frozen=True, slots=True)
class MeanClockTime:
    """The mean time of day; None if there is no time, or if the times point all round the clock."""

    clock: time | None
    nights: int


def pooled_efficiency(nights: Iterable[Measures]) -> PooledEfficiency:
    """100 (sum of total sleep time) / (sum of time in bed), for a week or any other period.

    A mean of nightly shares would give a short night the weight of a long one.
    """
    asleep = in_bed = complete = incomplete = contradictory = 0
    for night in nights:
        if not night.adds_up:
            contradictory += 1
        elif night.complete:
            asleep += night.total_sleep_time_min or 0
            in_bed += night.time_in_bed_min or 0
            complete += 1
        else:
            incomplete += 1
    share = 100 * asleep / in_bed if in_bed else None
    return PooledEfficiency(share, complete, incomplete, contradictory)


def minutes_after_noon(clock: time) -> int:
    """0 at noon, 720 at midnight, 1439 just before noon: bedtimes on both sides of midnight in order."""
    return (clock.hour * 60 + clock.minute - _NOON_MIN) % _DAY_MIN


def mean_clock_time(clocks: Iterable[time]) -> MeanClockTime:
    """The mean of times of day, to the minute, wherever round the clock they lie.

    The day is cut opposite to the circular mean and the minutes are averaged plainly from there, so
    23:00 and 01:00 give 00:00, and times on one side of noon give what minutes after noon would.
    """
    minutes = [minutes_after_noon(clock) for clock in clocks]
    if not minutes:
        return MeanClockTime(None, 0)
    angles = [math.tau * minute / _DAY_MIN for minute in minutes]
    east, north = math.fsum(map(math.cos, angles)), math.fsum(map(math.sin, angles))
    if math.hypot(east, north) < 1e-6 * len(minutes):
        return MeanClockTime(None, len(minutes))
    cut = round(math.atan2(north, east) / math.tau * _DAY_MIN) - _NOON_MIN
    mean = cut + sum((minute - cut) % _DAY_MIN for minute in minutes) / len(minutes)
    of_day = math.floor(mean + _NOON_MIN + 0.5) % _DAY_MIN
    return MeanClockTime(time(of_day // 60, of_day % 60), len(minutes))
