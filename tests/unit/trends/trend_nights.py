"""Nights for the tests of trends, made from entries as a diary has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sleepcalm.diary.civil_time import Instant
from sleepcalm.diary.entry import Entry, Evening, HypnicJerks, JerkCountBand, SleepQuality
from sleepcalm.diary.practice import Practice
from sleepcalm.minerals.totals import DayTotals
from sleepcalm.trends.figures import NightFigures, Series, night_figures

MONDAY = date(2026, 11, 16)
DAY = timedelta(days=1)
ZONE = "Europe/Berlin"


def instant(text: str, zone: str = ZONE) -> Instant:
    return Instant.as_written(datetime.fromisoformat(text), zone)


def entry(wake_date: date, **fields: object) -> Entry:
    """23:00 to 07:00 by the clock in bed, 30 minutes to fall asleep, no awakening: seven hours."""
    before = wake_date - DAY
    made = Entry(
        wake_date=wake_date,
        time_zone=ZONE,
        into_bed=_local(before, 22, 30),
        tried_to_sleep=_local(before, 23, 0),
        sleep_onset_latency_min=30,
        awakenings=0,
        final_awakening=_local(wake_date, 6, 30),
        out_of_bed=_local(wake_date, 7, 0),
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def answered(
    wake_date: date,
    *,
    jerks: int | JerkCountBand | None = None,
    quality: SleepQuality | None = None,
    stress: int | None = None,
    caffeine_mg: float | None = None,
) -> Entry:
    """A night of which only these were answered."""
    return Entry(
        wake_date=wake_date,
        time_zone=ZONE,
        hypnic_jerks=HypnicJerks(count=jerks),
        sleep_quality=quality,
        evening=Evening(stress=stress, caffeine_mg=caffeine_mg),
    )


def joined(
    entries: Iterable[Entry],
    first: date = MONDAY,
    nights: int = 7,
    *,
    practice: Iterable[Practice] = (),
    totals: Mapping[date, DayTotals] | None = None,
) -> tuple[NightFigures, ...]:
    by_date = {each.wake_date: each for each in entries}
    return night_figures(by_date, totals or {}, practice, first, first + (nights - 1) * DAY)


def with_jerks(*counts: int | JerkCountBand | None, first: date = MONDAY) -> tuple[NightFigures, ...]:
    """One recorded night for each count."""
    entries = [answered(first + n * DAY, jerks=count) for n, count in enumerate(counts)]
    return joined(entries, first, len(counts))


def values_of(series: Series, nights: Iterable[NightFigures]) -> list[object]:
    return [night.values[series] for night in nights]


def _local(day: date, hour: int, minute: int) -> Instant:
    shown = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(ZONE))
    return Instant.as_written(shown, ZONE)
