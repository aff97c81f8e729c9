"""Puts typed clock times on a night.

The wake date is fixed. `out_of_bed` lies on it, and every earlier event is the latest instant that
keeps the order: awake no later than up, trying to sleep no later than awake, in bed no later than
trying. Equal times are legal.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise

from sleepcalm.diary.civil_time import (
    DAY_STARTS_AT,
    Instant,
    around_gap,
    day_within_night,
    readings,
    time_zone,
)

NIGHT_ORDER = ("into_bed", "tried_to_sleep", "final_awakening", "out_of_bed")
LONGEST_PLAUSIBLE = timedelta(hours=18)
"""A longer time from bed to rising is asked about: it is nearly always a mistyped half of the day."""
SMALL_HOURS_END = time(4)
"""With no bedtime known, an evening habit at an earlier clock time is taken to be after midnight."""

_DAY = timedelta(days=1)
_USUAL_SPAN = timedelta(hours=8)
_LONGEST_MEANT = timedelta(hours=12)
"""A longer night is hardly what was meant: who rose at 4:30 after waking at 5:30 did not rise at 16:30."""


class NoticeKind(StrEnum):
    """What the user has to be told about a typed time."""

    MOVED_OUT_OF_GAP = "moved_out_of_gap"
    AMBIGUOUS_TIME = "ambiguous_time"


@dataclass(frozen=True, slots=True)
class TimeNotice:
    """A typed time that clocks skipped that night (it was moved) or showed twice (the later was taken)."""

    field: str
    kind: NoticeKind
    typed: str


@dataclass(frozen=True, slots=True)
class TypedClock:
    """A time of day in a zone, not yet on a date."""

    at: time
    zone: str


@dataclass(frozen=True, slots=True)
class PlacedNight:
    """The instants of a night by field, in the order of NIGHT_ORDER."""

    instants: Mapping[str, Instant]
    notices: tuple[TimeNotice, ...] = ()

    @property
    def span(self) -> timedelta:
        """From the first known event to the last."""
        moments = [instant.utc for instant in self.instants.values()]
        return moments[-1] - moments[0] if moments else timedelta(0)


@dataclass(frozen=True, slots=True)
class TwelveHourSlip:
    """One changed time that would make the night plausible: entered 11:00, meant 23:00?"""

    field: str
    entered: time
    meant: time
    night: PlacedNight


@dataclass(frozen=True, slots=True)
class _Option:
    instant: Instant
    moved: bool = False


def place_night(
    night: date, typed: Mapping[str, TypedClock | Instant], day_starts_at: time = DAY_STARTS_AT
) -> PlacedNight:
    """The four events of the night with wake date `night`; instants stay as they are.

    A clock time that occurs twice is decided by its neighbours where only one reading gives a
    plausible night; else the later is taken and a notice asks.
    """
    steps = [(field, typed[field]) for field in reversed(NIGHT_ORDER) if field in typed]
    walks = list(_walks(steps, None, night, day_starts_at))
    plausible = [walk for walk in walks if _placed(walk).span <= LONGEST_PLAUSIBLE] or walks
    best = max(plausible, key=lambda walk: [option.instant.utc for option in walk.values()])
    notices: list[TimeNotice] = []
    for field in NIGHT_ORDER:
        value = typed.get(field)
        if isinstance(value, TypedClock):
            others = {walk[field].instant for walk in plausible}
            notices += _notices(field, value, best[field], others)
    return PlacedNight(_placed(best).instants, tuple(notices))


def place_evening(
    field: str, clock: TypedClock, night: date, no_later_than: Instant | None
) -> tuple[Instant, tuple[TimeNotice, ...]]:
    """A habit of the day and evening before the night: the latest instant up to `no_later_than`.

    It never falls before the calendar day that precedes the wake date; a time that would is taken to
    be that day's, after the limit (a drink taken in bed).
    """
    day_before = night - _DAY
    if no_later_than is None:
        return _single(field, clock, _options_on(night if clock.at < SMALL_HOURS_END else day_before, clock))
    options = _options_up_to(clock, no_later_than)
    if options[0].instant.wall.date() < day_before:
        options = _options_on(day_before, clock)
    return _single(field, clock, options)


def place_within_night(
    field: str, clock: TypedClock, night: date, day_starts_at: time = DAY_STARTS_AT
) -> tuple[Instant, tuple[TimeNotice, ...]]:
    """The instant at which `clock` belongs to the night with wake date `night`."""
    return _single(field, clock, _options_on(day_within_night(clock.at, night, day_starts_at), clock))


def place_up_to(field: str, clock: TypedClock, limit: Instant) -> tuple[Instant, tuple[TimeNotice, ...]]:
    """The latest instant at which `clock` is shown, no later than `limit`."""
    return _single(field, clock, _options_up_to(clock, limit))


def out_of_order(instants: Mapping[str, Instant]) -> tuple[str, str] | None:
    """The first two events of which the one that must come first comes later, or None."""
    known = [(field, instants[field].utc) for field in NIGHT_ORDER if field in instants]
    for (earlier, first), (later, second) in pairwise(known):
        if first > second:
            return earlier, later
    return None


def clocks_out_of_order(instants: Mapping[str, Instant]) -> tuple[tuple[str, str], ...]:
    """The neighbouring events of which the clock of the later one lies before that of the earlier one.

    Such a night is placed in order all the same, each such pair a day further apart than it was: more than
    18 hours between two neighbours give it away, or the widest gap where the night is longer than a day.
    """
    gaps = {
        (earlier, later): instants[later].utc - instants[earlier].utc
        for earlier, later in pairwise(field for field in NIGHT_ORDER if field in instants)
    }
    found = tuple(pair for pair, gap in gaps.items() if gap > LONGEST_PLAUSIBLE)
    if not found and sum(gaps.values(), timedelta(0)) > _DAY:
        return (max(gaps, key=lambda pair: gaps[pair]),)
    return found


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


def _walks(
    steps: list[tuple[str, TypedClock | Instant]], limit: Instant | None, night: date, day_starts_at: time
) -> Iterator[dict[str, _Option]]:
    """Every way to walk back through `steps`; more than one only where clocks were put back."""
    if not steps:
        yield {}
        return
    field, value = steps[0]
    if isinstance(value, Instant):
        options: tuple[_Option, ...] = (_Option(value),)
    elif limit is not None:
        options = _options_up_to(value, limit)
    elif field in {"out_of_bed", "final_awakening"}:
        options = _options_on(night, value)
    else:
        options = _options_on(day_within_night(value.at, night, day_starts_at), value)
    for option in options:
        for earlier in _walks(steps[1:], option.instant, night, day_starts_at):
            yield {field: option} | earlier


def _placed(walk: Mapping[str, _Option]) -> PlacedNight:
    return PlacedNight({field: walk[field].instant for field in NIGHT_ORDER if field in walk})


def _options_on(day: date, clock: TypedClock) -> tuple[_Option, ...]:
    """The one or two instants of that time on that day, the first choice first.

    A skipped time is moved on; it is moved back only where moving on would break the order.
    """
    wall = datetime.combine(day, clock.at)
    found = readings(wall, clock.zone)
    if not found:
        return tuple(_Option(instant, moved=True) for instant in reversed(around_gap(wall, clock.zone)))
    return tuple(_Option(instant) for instant in reversed(found))


def _options_up_to(clock: TypedClock, limit: Instant) -> tuple[_Option, ...]:
    day = limit.utc.astimezone(time_zone(clock.zone)).date()
    while True:
        options = tuple(o for o in _options_on(day, clock) if o.instant.utc <= limit.utc)
        if options:
            return options[:1] if options[0].moved else options
        day -= _DAY


def _single(
    field: str, clock: TypedClock, options: tuple[_Option, ...]
) -> tuple[Instant, tuple[TimeNotice, ...]]:
    others = {option.instant for option in options}
    return options[0].instant, tuple(_notices(field, clock, options[0], others))


def _notices(field: str, clock: TypedClock, chosen: _Option, others: set[Instant]) -> Iterator[TimeNotice]:
    typed = f"{clock.at:%H:%M}"
    if chosen.moved:
        yield TimeNotice(field, NoticeKind.MOVED_OUT_OF_GAP, typed)
    elif any(o.wall == chosen.instant.wall and o != chosen.instant for o in others):
        yield TimeNotice(field, NoticeKind.AMBIGUOUS_TIME, typed)
