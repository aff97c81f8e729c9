"""Puts typed clock times on a night.

The wake date is fixed. `out_of_bed` lies on it, and every earlier event is the latest instant that
keeps the order: awake no later than up, trying to sleep no later than awake, in bed no later than
trying. Equal times are legal.
"""

from collections.abc import Iterable, Iterator, Mapping
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
SHORTEST_TURNED = timedelta(hours=20)
"""From one event to the next, at least: two clocks are then in the wrong order, by four hours at most."""
SMALL_HOURS_END = time(4)
"""With no bedtime known, an evening habit at an earlier clock time is taken to be after midnight."""

_DAY = timedelta(days=1)


class NoticeKind(StrEnum):
    """What the user has to be told about a typed time."""

    MOVED_OUT_OF_GAP = "moved_out_of_gap"
    AMBIGUOUS_TIME = "ambiguous_time"
    OUT_OF_ORDER = "out_of_order"


@dataclass(frozen=True, slots=True)
class TimeNotice:
    """A typed time that clocks skipped that night (it was moved) or showed twice (the later was taken), or
    after which the next event's clock lies too early (it was put a day before that)."""

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
    night_times = _placed(best).instants
    for field, _ in _turned_clocks(night_times):
        value = typed[field]
        if isinstance(value, TypedClock):  # a date that was given is believed
            notices.append(TimeNotice(field, NoticeKind.OUT_OF_ORDER, f"{value.at:%H:%M}"))
    return PlacedNight(night_times, tuple(notices))


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


def pairs_out_of_order(
    instants: Mapping[str, Instant], notices: Iterable[TimeNotice]
) -> tuple[tuple[str, str], ...]:
    """The neighbouring events in the wrong order: by their instants or, of typed clocks, by `notices`."""
    wrong = out_of_order(instants)
    if wrong is not None:
        return (wrong,)
    told = {notice.field for notice in notices if notice.kind is NoticeKind.OUT_OF_ORDER}
    return tuple(pair for pair in _turned_clocks(instants) if pair[0] in told)


def _turned_clocks(instants: Mapping[str, Instant]) -> tuple[tuple[str, str], ...]:
    """The neighbouring events of which the clock of the later one lies before that of the earlier one.

    Such a night is placed in order all the same, each such pair a day further apart than it was: the gap
    gives it away, or being the widest in a night that is longer than a day.
    """
    gaps = {
        (earlier, later): instants[later].utc - instants[earlier].utc
        for earlier, later in pairwise(field for field in NIGHT_ORDER if field in instants)
    }
    found = tuple(pair for pair, gap in gaps.items() if gap >= SHORTEST_TURNED)
    if not found and sum(gaps.values(), timedelta(0)) > _DAY:
        return (max(gaps, key=lambda pair: gaps[pair]),)
    return found


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
