from __future__ import annotations

import math
import statistics
import time
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trend_nights import DAY, MONDAY, answered, entry, joined, with_jerks

from sleepcalm.diary.entry import JerkCountBand
from sleepcalm.trends.averages import Mean, means
from sleepcalm.trends.buckets import Bucket, Cell, Grain, buckets_of, grain_of
from sleepcalm.trends.figures import NightFigures, Series
from sleepcalm.trends.periods import SUNDAY, Period, Span, period_around

B = JerkCountBand
lengths = st.one_of(st.integers(1, 60), st.integers(1, 400), st.integers(1, 8000))


def period_of(first: date, nights: int) -> Period:
    return Period(None, first, first + timedelta(days=nights - 1))


def all_in_one(*jerks: int | B | None) -> Cell | None:
    """What one mark shows of these nights, all of one year."""
    nights = with_jerks(*jerks, first=date(2025, 1, 1))
    decades = Period(None, date(2025, 1, 1), date(2040, 12, 31))
    return buckets_of(decades, nights)[0].cells[Series.HYPNIC_JERKS]


@pytest.mark.parametrize(
    ("span", "grain", "marks"),
    [
        (Span.WEEK, Grain.NIGHT, 7),
        (Span.MONTH, Grain.NIGHT, 30),
        (Span.THREE_MONTHS, Grain.WEEK, 14),
        (Span.YEAR, Grain.MONTH, 12),
    ],
)
def test_longer_periods_have_coarser_marks(span: Span, grain: Grain, marks: int) -> None:
    period = period_around(span, date(2026, 11, 18))
    assert grain_of(period) is grain
    assert len(buckets_of(period, ())) == marks


@pytest.mark.parametrize(
    ("nights", "grain"),
    [(3, Grain.NIGHT), (60, Grain.WEEK), (700, Grain.MONTH), (3653, Grain.MONTH), (10957, Grain.YEAR)],
)
def test_all_is_drawn_as_its_length_wants_it(nights: int, grain: Grain) -> None:
    first = date(1996, 1, 1)
    assert grain_of(Period(Span.ALL, first, first + timedelta(days=nights - 1))) is grain


def test_a_week_that_the_period_cuts_says_so_by_its_dates() -> None:
    period = period_around(Span.THREE_MONTHS, date(2026, 11, 18))  # Tuesday 1 September to Monday 30 November
    marks = buckets_of(period, ())
    assert (marks[0].first, marks[0].last) == (date(2026, 9, 1), date(2026, 9, 6))
    assert (marks[1].first, marks[1].last) == (date(2026, 9, 7), date(2026, 9, 13))
    assert (marks[-1].first, marks[-1].last) == (date(2026, 11, 30), date(2026, 11, 30))
    assert buckets_of(period, (), SUNDAY)[0].last == date(2026, 9, 5)


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), lengths, st.integers(0, 6))
@settings(max_examples=60)
def test_the_marks_hold_every_night_exactly_once(first: date, count: int, week_starts: int) -> None:
    period = period_of(first, count)
    nights = joined([answered(period.last, jerks=1)], first, count)
    marks = buckets_of(period, nights, week_starts)
    covered = [
        ordinal for mark in marks for ordinal in range(mark.first.toordinal(), mark.last.toordinal() + 1)
    ]
    assert covered == list(range(first.toordinal(), period.last.toordinal() + 1))
    assert [mark.nights_recorded for mark in marks] == [0] * (len(marks) - 1) + [1]
    if grain_of(period) is Grain.WEEK:
        assert all(mark.first.weekday() == week_starts for mark in marks[1:])


@given(
    st.lists(st.one_of(st.none(), st.integers(0, 9), st.sampled_from(B)), min_size=44, max_size=44),
    st.integers(0, 6),
)
@settings(max_examples=40)
def test_each_mark_is_the_mean_of_its_own_nights(jerks: list[int | B | None], week_starts: int) -> None:
    nights = with_jerks(*jerks)
    period = period_of(MONDAY, len(jerks))
    for mark in buckets_of(period, nights, week_starts):
        own = [night for night in nights if mark.first <= night.wake_date <= mark.last]
        assert {series: cell and cell.mean for series, cell in mark.cells.items()} == means(own)


def test_nights_outside_the_period_are_passed_over() -> None:
    nights = with_jerks(9, 9, 1, 9, 9)
    middle = nights[2].wake_date
    (mark,) = buckets_of(Period(None, middle, middle), nights)
    assert mark.cells[Series.HYPNIC_JERKS] == Cell(Mean(1, 1, 1), 1, 1)
    assert mark.nights_recorded == 1


def test_a_gap_is_an_empty_mark() -> None:
    marks = buckets_of(period_around(Span.WEEK, MONDAY), joined([]))
    assert len(marks) == 7
    assert set(marks[0].cells) == set(Series)
    assert all(cell is None for mark in marks for cell in mark.cells.values())
    assert all(mark.time_in_bed is None and mark.nights_recorded == 0 for mark in marks)


@given(st.lists(st.integers(0, 60), min_size=2, max_size=60))
def test_the_spread_of_exact_figures_is_between_the_inclusive_quartiles(jerks: list[int]) -> None:
    cell = all_in_one(*jerks)
    lower, _, upper = statistics.quantiles(jerks, n=4, method="inclusive")
    assert cell is not None
    assert (cell.spread_low, cell.spread_high) == (pytest.approx(lower), pytest.approx(upper))


def test_the_spread_of_one_night_is_that_night() -> None:
    assert all_in_one(B.THREE_TO_FIVE) == Cell(Mean(3, 5, 1), 3, 5)


@given(st.lists(st.sampled_from([B.ZERO, B.ONE_TO_TWO, B.THREE_TO_FIVE]), min_size=2, max_size=40), st.data())
def test_the_spread_holds_the_middle_half_wherever_in_its_band_a_night_was(
    bands: list[B], data: st.DataObject
) -> None:
    reach = {B.ZERO: (0, 0), B.ONE_TO_TWO: (1, 2), B.THREE_TO_FIVE: (3, 5)}
    true = [data.draw(st.integers(*reach[band])) for band in bands]
    lower, _, upper = statistics.quantiles(true, n=4, method="inclusive")
    cell = all_in_one(*bands)
    assert cell is not None
    assert cell.spread_high is not None
    assert cell.spread_low <= lower <= upper <= cell.spread_high


def test_an_open_band_opens_the_mean_and_the_spread_only_where_it_reaches() -> None:
    rare = all_in_one(0, 0, 0, 1, B.SIX_OR_MORE)
    assert rare == Cell(Mean(1.4, None, 5), 0, 1)
    often = all_in_one(0, B.SIX_OR_MORE, B.SIX_OR_MORE, B.SIX_OR_MORE)
    assert often is not None
    assert often.spread_high is None
    assert math.isfinite(often.spread_low)


def test_time_in_bed_is_of_the_nights_whose_sleep_is_shown() -> None:
    nights = joined([entry(MONDAY), entry(MONDAY + DAY, sleep_onset_latency_min=600)])
    marks = buckets_of(period_around(Span.WEEK, MONDAY), nights)
    assert marks[0].time_in_bed == Cell(Mean(510, 510, 1), 510, 510)
    assert marks[1].time_in_bed is None
    assert [mark.nights_excluded for mark in marks] == [0, 1, 0, 0, 0, 0, 0]


def _best_s(period: Period, nights: tuple[NightFigures, ...]) -> tuple[float, tuple[Bucket, ...]]:
    best, marks = math.inf, ()
    for _ in range(5):
        begun = time.process_time()
        marks = buckets_of(period, nights)
        best = min(best, time.process_time() - begun)
    return best, marks


def test_thirty_years_take_no_more_than_their_share() -> None:
    """Growth, not speed, which is the machine's: three times the nights, at most six times the time."""
    first = date(1996, 1, 1)
    filled = [answered(first + n * DAY, jerks=n % 7, stress=n % 11) for n in range(10957)]
    nights = joined(filled, first, len(filled))
    ten_s, _ = _best_s(period_of(first, 3652), nights[:3652])
    thirty_s, marks = _best_s(period_of(first, 10957), nights)
    assert sum(mark.nights_recorded for mark in marks) == 10957
    assert thirty_s < 6 * ten_s
