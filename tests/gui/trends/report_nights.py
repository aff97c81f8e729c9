"""Two weeks for the page: plain ones, and one of everything that a diary can hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from sleepcalm.diary.civil_time import Instant, time_zone
from sleepcalm.diary.entry import (
    Entry,
    Evening,
    Exercise,
    HypnicJerks,
    JerkCountBand,
    Medicine,
    Naps,
    OtherSleep,
    SleepQuality,
)
from sleepcalm.diary.practice import Practice
from sleepcalm.trends.figures import NightFigures, night_figures
from sleepcalm.trends.periods import Period

BERLIN = "Europe/Berlin"
LAST = date(2026, 11, 1)
FORTNIGHT = Period(None, LAST - timedelta(days=13), LAST)
"""With the night of 25 October, in which clocks go back."""
NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def at(day: date, clock: str, zone: str = BERLIN) -> Instant:
    """The earlier reading of a clock that shows a time twice."""
    wall = datetime.combine(day, time.fromisoformat(clock))
    offset = wall.replace(tzinfo=time_zone(zone)).utcoffset()
    assert offset is not None
    return Instant(wall, round(offset.total_seconds()), zone)


def plain_night(wake: date) -> Entry:
    """22:40 to 7:00, tried from 23:00, asleep 23:20 to 6:40 with 20 minutes awake: seven hours."""
    before = wake - timedelta(days=1)
    return Entry(
        wake,
        BERLIN,
        into_bed=at(before, "22:40"),
        tried_to_sleep=at(before, "23:00"),
        sleep_onset_latency_min=20,
        awakenings=1,
        wake_after_sleep_onset_min=20,
        final_awakening=at(wake, "06:40"),
        out_of_bed=at(wake, "07:00"),
        sleep_quality=SleepQuality.FAIR,
        naps=Naps(0, 0),
        hypnic_jerks=HypnicJerks(count=2),
        evening=Evening(
            caffeine_mg=80,
            caffeine_last=at(before, "14:30"),
            alcohol_drinks=0,
            exercise=Exercise.NONE,
            stress=3,
        ),
    )


def nights_with(entries: Sequence[Entry], practice: Sequence[Practice] = ()) -> tuple[NightFigures, ...]:
    known = {entry.wake_date: entry for entry in entries}
    return night_figures(known, {}, practice, FORTNIGHT.first, FORTNIGHT.last)


def dates() -> list[date]:
    return [FORTNIGHT.first + timedelta(days=number) for number in range(14)]


def full_fortnight() -> tuple[NightFigures, ...]:
    return nights_with([plain_night(day) for day in dates()])


def odd_fortnight() -> tuple[NightFigures, ...]:
    """A night of each odd kind: see the names; the others are plain."""
    entries = {day: plain_night(day) for day in dates()}

    def change(number: int, **fields: object) -> None:
        day = dates()[number]
        entries[day] = replace(entries[day], **fields)  # type: ignore[arg-type]

    del entries[dates()[0]]
    change(
        1, did_not_sleep=True, sleep_onset_latency_min=None, awakenings=None, wake_after_sleep_onset_min=None
    )
    change(2, sleep_onset_latency_min=400, wake_after_sleep_onset_min=200)
    change(3, hypnic_jerks=HypnicJerks(count=JerkCountBand.THREE_TO_FIVE))
    change(4, hypnic_jerks=HypnicJerks(count=JerkCountBand.SIX_OR_MORE), sleep_onset_latency_min=None)
    change(5, hypnic_jerks=HypnicJerks(count=JerkCountBand.UNKNOWN))
    siesta = OtherSleep(at(dates()[6], "09:30"), at(dates()[6], "11:00"), 80)
    change(6, other_sleeps=(siesta,), naps=Naps(1, 45))
    change(
        8,
        out_of_bed=at(dates()[8], "07:00", "America/New_York"),
        final_awakening=at(dates()[8], "06:30", "America/New_York"),
    )
    change(9, into_bed=None, tried_to_sleep=None, out_of_bed=None)
    before = dates()[10] - timedelta(days=1)
    change(
        10,
        evening=Evening(
            caffeine_mg=200,
            caffeine_last=at(before, "09:15"),
            alcohol_drinks=2,
            alcohol_last=at(before, "22:45"),
            exercise=Exercise.VIGOROUS,
            exercise_ended=at(before, "22:40"),
            stress=9,
            medicines=(Medicine("zopiclone", "3.75 mg", at(before, "22:42"), for_sleep=True),),
        ),
    )
    practice = (Practice("pmr-7", at(before, "22:43"), minutes_heard=12.0),)
    return nights_with(list(entries.values()), practice)


def wordy_fortnight() -> tuple[NightFigures, ...]:
    """Thirty medicines and four thousand characters of notes a night, in many scripts."""
    scripts = (
        "long and winding ",
        "ليلة هادئة ",
        "睡得很好",
        "🌙✨👩‍👩‍👧 ",
        "Schlafstörung ",
        "ab\u0007\ud7ff\u202e ",
    )
    entries = []
    for number, day in enumerate(dates()):
        medicines = tuple(
            Medicine(f"medicine {n} with a long name", "2.5 mg", at(day - timedelta(days=1), "21:30"))
            for n in range(30)
        )
        plain = plain_night(day)
        entries.append(
            replace(
                plain,
                notes=scripts[number % len(scripts)] * (4000 // len(scripts[number % len(scripts)])),
                evening=replace(plain.evening, medicines=medicines),
            )
        )
    return nights_with(entries)


def day_sleeper_fortnight() -> tuple[NightFigures, ...]:
    """Sleep from 8:30 to 16:00 after work at night."""
    return nights_with(
        [
            replace(
                plain_night(day),
                into_bed=at(day, "08:30"),
                tried_to_sleep=at(day, "08:45"),
                final_awakening=at(day, "15:50"),
                out_of_bed=at(day, "16:00"),
            )
            for day in dates()
        ]
    )
