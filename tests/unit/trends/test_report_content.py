"""What the page for a clinician counts, leaves out and averages."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trend_nights import DAY, MONDAY, ZONE, entry, joined

from sleepcalm.diary.entry import Entry
from sleepcalm.trends.averages import Mean
from sleepcalm.trends.figures import Series
from sleepcalm.trends.periods import Period, week_around
from sleepcalm.trends.report import make_report, report_period

SUNDAY = MONDAY + 6 * DAY
CONTRADICTS = {"sleep_onset_latency_min": 400, "awakenings": 1, "wake_after_sleep_onset_min": 100}


def test_a_week_is_reported_with_the_week_before() -> None:
    assert report_period(week_around(MONDAY)) == Period(None, MONDAY - 7 * DAY, SUNDAY)


@given(length=st.integers(14, 4000))
def test_two_weeks_and_more_stay_as_they_are(length: int) -> None:
    period = Period(None, MONDAY, date.fromordinal(MONDAY.toordinal() + length - 1))
    assert report_period(period) == period


def test_the_calendar_has_a_beginning() -> None:
    assert report_period(Period(None, date.min, date.min)) == Period(None, date.min, date.min)


def test_gaps_and_contradictions_are_named_and_days_to_come_are_neither() -> None:
    entries = [entry(MONDAY), entry(MONDAY + DAY, **CONTRADICTS)]
    report = make_report(joined(entries, MONDAY - 7 * DAY, 14), week_around(MONDAY), MONDAY + 3 * DAY)
    assert report.recorded == 2
    assert report.excluded == (MONDAY + DAY,)
    assert report.missing == (
        *(MONDAY - n * DAY for n in range(7, 0, -1)),
        MONDAY + 2 * DAY,
        MONDAY + 3 * DAY,
    )


def test_means_rest_on_the_nights_that_have_the_figure() -> None:
    entries = [
        entry(MONDAY, awakenings=2, wake_after_sleep_onset_min=40),
        entry(MONDAY + DAY, awakenings=2, wake_after_sleep_onset_min=None),
        entry(MONDAY + 2 * DAY, **CONTRADICTS),
        Entry(MONDAY + 3 * DAY, ZONE),
    ]
    report = make_report(joined(entries, MONDAY - 7 * DAY, 14), week_around(MONDAY), SUNDAY)
    assert report.wake_after_sleep_onset_min == Mean(40, 40, 1)
    assert report.time_in_bed_min == Mean(510, 510, 2)
    assert report.means[Series.SLEEP_ONSET_LATENCY] == Mean(30, 30, 2)
    assert (report.efficiency.nights, report.efficiency.nights_not_adding_up) == (1, 1)
    assert report.clocks["into_bed"].clock == time(22, 30)
    assert report.clocks["into_bed"].nights == 2


def test_the_grid_is_the_last_two_weeks() -> None:
    period = Period(None, MONDAY, MONDAY + 29 * DAY)
    report = make_report(joined([], MONDAY, 40), period, SUNDAY)
    assert [report.grid[0].wake_date, report.grid[-1].wake_date] == [MONDAY + 16 * DAY, MONDAY + 29 * DAY]
    assert len(report.nights) == 30


def test_nights_that_are_not_handed_in_are_no_gaps() -> None:
    with pytest.raises(ValueError, match="recorded or not"):
        make_report(joined([], MONDAY, 7), week_around(MONDAY), SUNDAY)
