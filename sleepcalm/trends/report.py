"""What the page for a clinician says of a period: its nights, the gaps, the means and what they rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sleepcalm.diary.averages import MeanClockTime, PooledEfficiency, mean_clock_time
from sleepcalm.diary.placing import NIGHT_ORDER
from sleepcalm.trends.averages import Mean, mean_of_figures, means, sleep_efficiency
from sleepcalm.trends.figures import NightFigures, Series
from sleepcalm.trends.periods import Period

GRID_NIGHTS = 14
"""Two weeks, the length of diary that sleep clinics ask for."""


@dataclass(frozen=True, slots=True)
class Report:
    """One page's content. Means rest on all nights of `period`, the grid shows the last two weeks of it."""

    period: Period
    nights: tuple[NightFigures, ...]
    """Every wake date of `period`."""
    today: date
    means: Mapping[Series, Mean | None]
    wake_after_sleep_onset_min: Mean | None
    time_in_bed_min: Mean | None
    efficiency: PooledEfficiency
    clocks: Mapping[str, MeanClockTime]
    """Mean times of day, by the fields of NIGHT_ORDER."""

    @property
    def grid(self) -> tuple[NightFigures, ...]:
        return self.nights[-GRID_NIGHTS:]

    @property
    def recorded(self) -> int:
        return sum(night.recorded for night in self.nights)

    @property
    def missing(self) -> tuple[date, ...]:
        """Wake dates up to today without an entry."""
        return tuple(
            night.wake_date for night in self.nights if not night.recorded and night.wake_date <= self.today
        )

    @property
    def excluded(self) -> tuple[date, ...]:
        """Wake dates whose answers contradict one another."""
        return tuple(night.wake_date for night in self.nights if night.excluded)


def report_period(period: Period) -> Period:
    """The wake dates that the page for `period` needs: at least two weeks, ending where it ends."""
    if period.nights >= GRID_NIGHTS:
        return period
    return Period(None, date.fromordinal(max(period.last.toordinal() - GRID_NIGHTS + 1, 1)), period.last)


def make_report(nights: Sequence[NightFigures], period: Period, today: date) -> Report:
    """The page for `period`. Raises ValueError unless `nights` holds all dates of `report_period(period)`."""
    wanted = report_period(period)
    chosen = tuple(night for night in nights if night.wake_date in wanted)
    if len(chosen) != wanted.nights:
        raise ValueError(f"the page needs every night from {wanted.first} to {wanted.last}, recorded or not")
    adding_up = [night.measures for night in chosen if night.measures is not None and night.measures.adds_up]
    return Report(
        period=wanted,
        nights=chosen,
        today=today,
        means=means(chosen),
        wake_after_sleep_onset_min=mean_of_figures(
            [measures.wake_after_sleep_onset_min for measures in adding_up]
        ),
        time_in_bed_min=mean_of_figures([measures.time_in_bed_min for measures in adding_up]),
        efficiency=sleep_efficiency(chosen),
        clocks={
            field: mean_clock_time(
                night.entry.night_times[field].wall.time()
                for night in chosen
                if night.entry is not None and not night.excluded and field in night.entry.night_times
            )
            for field in NIGHT_ORDER
        },
    )
