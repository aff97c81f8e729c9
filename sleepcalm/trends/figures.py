"""One night's figures for chart, comparison, trial and export: all of them read these and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from sleepcalm.diary.entry import Entry, SleepQuality
from sleepcalm.diary.jerk_counts import CountRange, count_range
from sleepcalm.diary.joining import JoinedNight, join_nights
from sleepcalm.diary.measures import Measures, measure
from sleepcalm.diary.practice import Practice
from sleepcalm.minerals.totals import DayTotals

Figure: TypeAlias = float | CountRange | None
"""A number; a count known only as a range; or None for not recorded, or not known."""


class Series(StrEnum):
    """What is drawn and compared, a figure a night. Values are the names in files and on the command line."""

    HYPNIC_JERKS = "hypnic_jerks"
    SLEEP_ONSET_LATENCY = "sleep_onset_latency_min"
    TOTAL_SLEEP_TIME = "total_sleep_time_min"
    SLEEP_QUALITY = "sleep_quality"
    """1 very poor to 5 very good."""
    MAGNESIUM = "magnesium_mg"
    CALCIUM = "calcium_mg"
    PRACTICE = "practice_min"
    CAFFEINE = "caffeine_mg"
    STRESS = "stress"
    """0 none to 10 extreme."""


@dataclass(frozen=True, slots=True)
class NightFigures:
    """A wake date with everything that belongs to its night; gaps are rows too, with `entry` None."""

    wake_date: date
    entry: Entry | None
    measures: Measures | None
    intake: DayTotals | None
    """Of the calendar day before."""
    practice: tuple[Practice, ...]
    """Before the sleep began."""
    practice_in_the_night: tuple[Practice, ...]
    values: Mapping[Series, Figure]
    """Every series has its key."""

    @property
    def recorded(self) -> bool:
        return self.entry is not None

    @property
    def excluded(self) -> bool:
        """Its times and minutes contradict one another: it has no sleep figures, and is counted apart."""
        return self.measures is not None and not self.measures.adds_up


def night_figures(
    entries: Mapping[date, Entry],
    totals: Mapping[date, DayTotals],
    practice: Iterable[Practice],
    first: date,
    last: date,
) -> tuple[NightFigures, ...]:
    """One row for each wake date from `first` to `last`, both included.

    `entries` is keyed by wake date and should reach a day beyond both ends, where practice is told apart by
    when the sleep began; `totals` is keyed by calendar day. `practice` is what counts as practice: leave out
    quiet rest, which is the control of a trial.
    """
    return tuple(map(_figures_of, join_nights(entries, totals, practice, first, last)))


def _figures_of(night: JoinedNight[DayTotals, Practice]) -> NightFigures:
    measures = None if night.entry is None else measure(night.entry)
    return NightFigures(
        wake_date=night.wake_date,
        entry=night.entry,
        measures=measures,
        intake=night.intake,
        practice=night.practice,
        practice_in_the_night=night.practice_in_the_night,
        values=_sleep_values(night.entry, measures) | _day_values(night),
    )


def _sleep_values(entry: Entry | None, measures: Measures | None) -> dict[Series, Figure]:
    """What the morning's entry says; minutes that contradict one another count as unknown."""
    if entry is None or measures is None:
        return dict.fromkeys(
            (
                Series.HYPNIC_JERKS,
                Series.SLEEP_ONSET_LATENCY,
                Series.TOTAL_SLEEP_TIME,
                Series.SLEEP_QUALITY,
                Series.CAFFEINE,
                Series.STRESS,
            )
        )
    return {
        Series.HYPNIC_JERKS: _jerks(entry),
        Series.SLEEP_ONSET_LATENCY: measures.sleep_onset_latency_min if measures.adds_up else None,
        Series.TOTAL_SLEEP_TIME: measures.total_sleep_time_min if measures.adds_up else None,
        Series.SLEEP_QUALITY: quality_grade(entry.sleep_quality),
        Series.CAFFEINE: entry.evening.caffeine_mg,
        Series.STRESS: entry.evening.stress,
    }


def _day_values(night: JoinedNight[DayTotals, Practice]) -> dict[Series, Figure]:
    """What came before the night. A recorded night without practice is a zero, an unrecorded one a gap."""
    minutes = sum(played.minutes_heard for played in night.practice) if night.practice else None
    if minutes is None and night.entry is not None:
        minutes = 0.0
    return {
        Series.MAGNESIUM: night.intake.magnesium.total_mg if night.intake else None,
        Series.CALCIUM: night.intake.calcium.total_mg if night.intake else None,
        Series.PRACTICE: minutes,
    }


def _jerks(entry: Entry) -> Figure:
    known = count_range(entry.hypnic_jerks.count)
    return known if known is None or not known.exact else known.low


def quality_grade(quality: SleepQuality | None) -> int | None:
    """1 (very poor) to 5 (very good)."""
    return None if quality is None else list(SleepQuality).index(quality) + 1
