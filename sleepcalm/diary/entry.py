"""One night as the user recorded it, keyed by its wake date.

The items are those of the Consensus Sleep Diary (Carney et al., Sleep 2012;35:287), worded anew, with
items of our own for hypnic jerks, for which no validated scale exists. None is "not recorded", which
is neither zero nor "no"; an empty tuple is "none".
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sleepcalm.diary.civil_time import Instant
from sleepcalm.diary.placing import NIGHT_ORDER, PlacedNight, TimeNotice


class SleepQuality(StrEnum):
    VERY_POOR = "very poor"
    POOR = "poor"
    FAIR = "fair"
    GOOD = "good"
    VERY_GOOD = "very good"


class Restedness(StrEnum):
    """How rested the user felt on rising."""

    NOT_AT_ALL = "not at all"
    A_LITTLE = "a little"
    PARTLY = "partly"
    WELL = "well"
    FULLY = "fully"


class JerkCountBand(StrEnum):
    """A rough count of hypnic jerks, for those who did not count."""

    ZERO = "0"
    ONE_TO_TWO = "1-2"
    THREE_TO_FIVE = "3-5"
    SIX_OR_MORE = "6+"
    UNKNOWN = "unknown"


class JerkStrength(StrEnum):
    """The strongest jerk of the night; `grade` is 0 (none) to 4 (jumped)."""

    NONE = "none"
    TWITCH = "twitch"
    JERK = "jerk"
    WHOLE_BODY = "whole body"
    JUMPED = "jumped"

    @property
    def grade(self) -> int:
        return list(JerkStrength).index(self)


class Side(StrEnum):
    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


class Exercise(StrEnum):
    NONE = "none"
    LIGHT = "light"
    MODERATE = "moderate"
    VIGOROUS = "vigorous"


@dataclass(frozen=True, slots=True)
class HypnicJerks:
    """The sleep starts of the night, from lying down to falling asleep."""

    count: int | JerkCountBand | None = None
    strongest: JerkStrength | None = None
    woke_fully: bool | None = None
    falling_sensation: bool | None = None
    sensory_only: bool | None = None
    """A flash, a bang or the like without any movement."""
    during_practice: bool | None = None
    minutes_to_resettle: int | None = None
    fear: int | None = None
    """0 none to 10 extreme."""
    body_part: str | None = None
    side: Side | None = None
    seen_by_partner: bool | None = None
    unsure: bool | None = None
    """Whether these were hypnic jerks at all."""


@dataclass(frozen=True, slots=True)
class Naps:
    """Naps in the daytime before the night; never part of total sleep time."""

    count: int | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class OtherSleep:
    """A further sleep on the same wake date, beside the main one; never part of its measures."""

    started: Instant | None = None
    ended: Instant | None = None
    sleep_min: int | None = None


@dataclass(frozen=True, slots=True)
class Medicine:
    name: str
    dose: str | None = None
    time: Instant | None = None
    for_sleep: bool | None = None
    new_or_changed: bool | None = None


@dataclass(frozen=True, slots=True)
class Evening:
    """What the day and evening before the night held: the triggers that people report most."""

    caffeine_mg: float | None = None
    caffeine_last: Instant | None = None
    alcohol_drinks: float | None = None
    alcohol_last: Instant | None = None
    nicotine: bool | None = None
    exercise: Exercise | None = None
    exercise_ended: Instant | None = None
    stress: int | None = None
    """0 none to 10 extreme; so is tiredness."""
    tiredness: int | None = None
    medicines: tuple[Medicine, ...] | None = None
    screen_late: bool | None = None
    noise_or_light: bool | None = None
    illness: bool | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One main sleep and what goes with it."""

    wake_date: date
    """The morning on which the night is filled in: the key of the entry."""
    time_zone: str
    """The IANA zone in which clock times without a zone of their own were given."""
    into_bed: Instant | None = None
    tried_to_sleep: Instant | None = None
    sleep_onset_latency_min: int | None = None
    """From trying to sleep to sleep; dozing broken by jerks still counts as falling asleep."""
    awakenings: int | None = None
    """The final awakening is not counted."""
    wake_after_sleep_onset_min: int | None = None
    """All those awakenings together."""
    final_awakening: Instant | None = None
    out_of_bed: Instant | None = None
    minutes_trying_after_waking: int | None = None
    """Spent in bed trying to sleep on, after the final awakening."""
    woke_earlier_than_planned_min: int | None = None
    """0 if not earlier."""
    did_not_sleep: bool | None = None
    sleep_quality: SleepQuality | None = None
    restedness: Restedness | None = None
    own_estimate_total_sleep_min: int | None = None
    """The user's own figure, never replaced by a computed one."""
    other_sleeps: tuple[OtherSleep, ...] | None = None
    naps: Naps = Naps()
    hypnic_jerks: HypnicJerks = HypnicJerks()
    evening: Evening = Evening()
    notes: str | None = None
    recorded_at: Instant | None = None
    """When the entry was first filled in, which later corrections do not change."""
    time_notices: tuple[TimeNotice, ...] = ()
    """What the user was told about typed times; a time that is given anew loses its notice."""

    @property
    def night_times(self) -> Mapping[str, Instant]:
        """The recorded ones of the four times of the night, in their order."""
        times = (self.into_bed, self.tried_to_sleep, self.final_awakening, self.out_of_bed)
        return {
            field: instant for field, instant in zip(NIGHT_ORDER, times, strict=True) if instant is not None
        }


def recorded(entry: Entry, now: Instant, replaces: Entry | None = None) -> Entry:
    """The entry with the time of its first recording: that of the entry it replaces, else `now`."""
    first = (replaces.recorded_at if replaces else None) or entry.recorded_at or now
    return replace(entry, recorded_at=first)


def with_night(entry: Entry, night: PlacedNight) -> Entry:
    """The entry with all four times of the night, and what is to be told of them, taken from `night`."""
    times = {field: night.instants.get(field) for field in NIGHT_ORDER}
    others = tuple(notice for notice in entry.time_notices if notice.field not in NIGHT_ORDER)
    return replace(
        entry,
        into_bed=times["into_bed"],
        tried_to_sleep=times["tried_to_sleep"],
        final_awakening=times["final_awakening"],
        out_of_bed=times["out_of_bed"],
        time_notices=(*night.notices, *others),
    )


def entered_late(entry: Entry) -> bool | None:
    """Whether it was first filled in on a later calendar day; None if that time is not known.

    The evening of the wake date is still that day, though its hours belong to the night that follows.
    """
    return None if entry.recorded_at is None else entry.recorded_at.wall.date() > entry.wake_date
