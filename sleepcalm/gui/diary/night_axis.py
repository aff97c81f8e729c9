"""Where the five marks of a night stand on its line, in UTC, and where those not set yet are offered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sleepcalm.diary.civil_time import Instant, time_zone
from sleepcalm.diary.entry import Entry
from sleepcalm.diary.placing import NIGHT_ORDER, TypedClock, place_night

ASLEEP = "asleep"
"""The mark between trying to sleep and waking: it stands for the minutes to fall asleep."""
MARKS = ("into_bed", "tried_to_sleep", ASLEEP, "final_awakening", "out_of_bed")

_USUAL = {
    "into_bed": time(22, 30),
    "tried_to_sleep": time(23, 0),
    "final_awakening": time(6, 45),
    "out_of_bed": time(7, 0),
}
"""Where the marks wait on the very first night."""
_USUAL_ONSET = timedelta(minutes=15)
_MARGIN = timedelta(minutes=75)
_HALF_HOUR = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark of the line. A ghost waits to be taken hold of, and is not recorded."""

    name: str
    at: datetime
    is_ghost: bool


@dataclass(frozen=True, slots=True)
class NightAxis:
    """The marks in their order and the span of time that the line shows."""

    marks: tuple[Mark, ...]
    first: datetime
    last: datetime

    def mark(self, name: str) -> Mark | None:
        return next((mark for mark in self.marks if mark.name == name), None)

    def limits(self, name: str) -> tuple[datetime | None, datetime | None]:
        """How far a mark can go: to its neighbours that are set. Falling asleep moves with trying."""
        order = [mark for mark in self.marks if not mark.is_ghost and mark.name != name]
        if name in NIGHT_ORDER:
            order = [mark for mark in order if mark.name != ASLEEP]
        place = MARKS.index(name)
        before = [mark.at for mark in order if MARKS.index(mark.name) < place]
        after = [mark.at for mark in order if MARKS.index(mark.name) > place]
        return (before[-1] if before else None), (after[0] if after else None)


def night_axis(entry: Entry, previous: Entry | None) -> NightAxis:
    """The marks of `entry`; what it does not say yet waits where `previous` had it."""
    known = {name: instant.utc for name, instant in entry.night_times.items()}
    moments = _with_ghosts(entry, previous, known)
    marks = [Mark(name, moments[name], name not in known) for name in NIGHT_ORDER]
    if entry.did_not_sleep:
        marks = [mark for mark in marks if not (mark.is_ghost and mark.name == "final_awakening")]
    elif "tried_to_sleep" in known:
        marks.insert(2, _asleep(entry, moments))
    first = min(mark.at for mark in marks) - _MARGIN
    last = max(mark.at for mark in marks) + _MARGIN
    return NightAxis(tuple(marks), _floor(first), _floor(last) + _HALF_HOUR)


def waking_gaps(entry: Entry) -> tuple[tuple[datetime, datetime], ...]:
    """The minutes awake in the night, spread evenly over the sleep: when they were is not recorded."""
    waso, tried, woke = entry.wake_after_sleep_onset_min, entry.tried_to_sleep, entry.final_awakening
    onset = entry.sleep_onset_latency_min
    if not waso or tried is None or woke is None or onset is None or entry.did_not_sleep:
        return ()
    start = tried.utc + timedelta(minutes=onset)
    asleep = woke.utc - start - timedelta(minutes=waso)
    if asleep <= timedelta(0):
        return ()
    count = min(max(entry.awakenings or 1, 1), 6)
    each, between = timedelta(minutes=waso) / count, asleep / (count + 1)
    begins = [start + between * (number + 1) + each * number for number in range(count)]
    return tuple((begin, begin + each) for begin in begins)


def _with_ghosts(entry: Entry, previous: Entry | None, known: Mapping[str, datetime]) -> dict[str, datetime]:
    before = previous.night_times if previous else {}
    zone = entry.time_zone
    asked: dict[str, TypedClock | Instant] = {
        name: TypedClock(before[name].wall.time() if name in before else _USUAL[name], zone)
        for name in NIGHT_ORDER
    }
    placed = place_night(entry.wake_date, asked | dict(entry.night_times)).instants
    moments = {name: placed[name].utc for name in NIGHT_ORDER}
    return _in_order(moments, known)


def _in_order(moments: dict[str, datetime], known: Mapping[str, datetime]) -> dict[str, datetime]:
    """Ghosts give way, so that no mark passes another and none lies a day from the rest."""
    if known:
        for place, name in enumerate(NIGHT_ORDER):
            if name in known:
                continue
            before = [known[other] for other in NIGHT_ORDER[:place] if other in known]
            after = [known[other] for other in NIGHT_ORDER[place + 1 :] if other in known]
            if before:
                moments[name] = max(moments[name], before[-1])
                if not after and moments[name] - before[-1] > timedelta(hours=14):
                    moments[name] = before[-1] + timedelta(hours=8)
            if after:
                moments[name] = min(moments[name], after[0])
                if not before and after[0] - moments[name] > timedelta(hours=14):
                    moments[name] = after[0] - timedelta(hours=8)
    latest = None
    for name in NIGHT_ORDER:
        if latest is not None and name not in known:
            moments[name] = max(moments[name], latest)
        latest = moments[name]
    return moments


def _asleep(entry: Entry, moments: Mapping[str, datetime]) -> Mark:
    tried, onset = moments["tried_to_sleep"], entry.sleep_onset_latency_min
    if onset is not None:
        return Mark(ASLEEP, tried + timedelta(minutes=onset), is_ghost=False)
    return Mark(ASLEEP, min(tried + _USUAL_ONSET, moments["final_awakening"]), is_ghost=True)


def _floor(moment: datetime) -> datetime:
    return moment - timedelta(
        minutes=moment.minute % 30, seconds=moment.second, microseconds=moment.microsecond
    )


def local_clock(moment: datetime, zone: str) -> time:
    """The time of day at `moment`, in whole minutes."""
    return moment.astimezone(time_zone(zone)).time().replace(second=0, microsecond=0)
