"""Which day's intake, habits and practice belong to which night.

Nights carry wake dates, intake and habits carry calendar days. Charts, comparisons, trials and exports
all join them here, so that they cannot disagree by a day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Generic, Protocol, TypeVar

from sleepcalm.diary.civil_time import Instant
from sleepcalm.diary.entry import Entry
from sleepcalm.diary.measures import measure
from sleepcalm.diary.placing import SMALL_HOURS_END, pairs_out_of_order

SHORT_SLEEP_MIN = 360
"""Less total sleep than this is called short; adults are advised to have seven hours or more."""

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


class Practised(Protocol):
    """A played routine, as far as joining needs it."""

    @property
    def started(self) -> Instant: ...


IntakeT = TypeVar("IntakeT")
PractisedT = TypeVar("PractisedT", bound=Practised)


@dataclass(frozen=True, slots=True)
class JoinedNight(Generic[IntakeT, PractisedT]):
    """A night with what came before it; None where nothing was recorded."""

    wake_date: date
    entry: Entry | None
    intake: IntakeT | None
    """Of the calendar day before the wake date."""
    practice: tuple[PractisedT, ...]
    """Of that day and evening, up to the sleep; a chart or a trial counts these."""
    practice_in_the_night: tuple[PractisedT, ...]
    """After the sleep had begun: shown with the night, but no cause of how it began."""


def day_before(wake_date: date) -> date:
    """The calendar day whose intake and habits belong to the night with that wake date."""
    return wake_date - _DAY


def join_nights(
    entries: Mapping[date, Entry],
    intake: Mapping[date, IntakeT],
    practice: Iterable[PractisedT],
    first: date,
    last: date,
) -> tuple[JoinedNight[IntakeT, PractisedT], ...]:
    """One row for each wake date from `first` to `last`, both included, gaps as well.

    `entries` is keyed by wake date, `intake` by calendar day.
    """
    before: dict[date, list[PractisedT]] = {}
    within: dict[date, list[PractisedT]] = {}
    for played in sorted(practice, key=lambda played: played.started.utc):
        night, in_the_night = night_of_practice(played.started, entries)
        (within if in_the_night else before).setdefault(night, []).append(played)
    return tuple(
        JoinedNight(
            wake_date=night,
            entry=entries.get(night),
            intake=intake.get(day_before(night)),
            practice=tuple(before.get(night, ())),
            practice_in_the_night=tuple(within.get(night, ())),
        )
        for night in (first + n * _DAY for n in range((last - first).days + 1))
    )


def night_of_practice(started: Instant, entries: Mapping[date, Entry]) -> tuple[date, bool]:
    """The wake date that a practice belongs to, and whether it came after the sleep had begun.

    A practice carries its calendar day, except between midnight and rising. Where the entry of that
    morning does not say when rising was, the small hours are taken to be still the night.
    """
    today = started.wall.date()
    entry = entries.get(today)
    rising = entry and (entry.out_of_bed or entry.final_awakening)
    still_night = started.utc < rising.utc if rising else started.wall.time() < SMALL_HOURS_END
    night = today if still_night else today + _DAY
    begun = _sleep_began(entries.get(night))
    return night, begun is not None and started.utc > begun


def short_sleep_before(entries: Mapping[date, Entry], wake_date: date) -> bool | None:
    """Whether the night before that one was short; None if its total sleep time is not known."""
    entry = entries.get(day_before(wake_date))
    asleep = measure(entry).total_sleep_time_min if entry else None
    return None if asleep is None else asleep < SHORT_SLEEP_MIN


def _sleep_began(entry: Entry | None) -> datetime | None:
    if entry is None or entry.did_not_sleep or entry.tried_to_sleep is None:
        return None
    if pairs_out_of_order(entry.night_times, entry.time_notices):
        return None  # nobody knows which of the times is the wrong one
    return entry.tried_to_sleep.utc + (entry.sleep_onset_latency_min or 0) * _MINUTE
