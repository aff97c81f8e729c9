from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleepcalm.trends.periods import SUNDAY, Period, Span, following, period_around, previous, week_around

DAY = timedelta(days=1)
any_day = st.dates()
near_the_ends = st.one_of(
    any_day,
    st.dates(max_value=date(1, 12, 31)),
    st.dates(min_value=date(9999, 1, 1)),
)
week_starts = st.integers(0, 6)
stepping = st.sampled_from([Span.WEEK, Span.MONTH, Span.THREE_MONTHS, Span.YEAR])


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        (Span.WEEK, date(2026, 11, 16), date(2026, 11, 22)),
        (Span.MONTH, date(2026, 11, 1), date(2026, 11, 30)),
        (Span.THREE_MONTHS, date(2026, 9, 1), date(2026, 11, 30)),
        (Span.YEAR, date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_span_around_a_sunday(span: Span, first: date, last: date) -> None:
    assert period_around(span, date(2026, 11, 22)) == Period(span, first, last)


def test_a_week_may_start_on_sunday_or_saturday() -> None:
    sunday = date(2026, 11, 22)
    assert week_around(sunday, SUNDAY).first == sunday
    assert week_around(sunday, 5).first == date(2026, 11, 21)
    assert week_around(sunday - DAY, SUNDAY).last == sunday - DAY


def test_three_months_reach_over_new_year() -> None:
    period = period_around(Span.THREE_MONTHS, date(2027, 1, 15))
    assert (period.first, period.last, period.nights) == (date(2026, 11, 1), date(2027, 1, 31), 92)
    assert previous(period) == Period(Span.THREE_MONTHS, date(2026, 8, 1), date(2026, 10, 31))
    assert following(period) == Period(Span.THREE_MONTHS, date(2027, 2, 1), date(2027, 4, 30))


def test_february_of_a_leap_year_has_29_nights() -> None:
    assert period_around(Span.MONTH, date(2028, 2, 10)).nights == 29


def test_all_is_what_is_recorded_whichever_day_one_looks_from() -> None:
    recorded = (date(2020, 2, 29), date(2026, 11, 22))
    everything = period_around(Span.ALL, date(2030, 1, 1), recorded=recorded)
    assert everything == Period(Span.ALL, *recorded)
    assert previous(everything) is None
    assert following(everything) is None


def test_all_of_nothing_is_the_week_of_the_day() -> None:
    assert period_around(Span.ALL, date(2026, 11, 18)) == Period(
        Span.ALL, date(2026, 11, 16), date(2026, 11, 22)
    )


def test_chosen_dates_are_followed_by_as_many_nights() -> None:
    chosen = Period(None, date(2026, 11, 1), date(2026, 11, 10))
    assert previous(chosen) == Period(None, date(2026, 10, 22), date(2026, 10, 31))
    assert following(chosen) == Period(None, date(2026, 11, 11), date(2026, 11, 20))
    assert previous(Period(None, date(1, 1, 3), date(1, 1, 10))) is None
    assert following(Period(None, date(9999, 12, 1), date(9999, 12, 20))) is None


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="2026-11-02 to 2026-11-01"):
        Period(None, date(2026, 11, 2), date(2026, 11, 1))


@given(stepping, near_the_ends, week_starts)
def test_the_day_is_in_its_period(span: Span, day: date, starts: int) -> None:
    period = period_around(span, day, week_starts=starts)
    assert day in period
    if span is Span.WEEK and date.min < period.first and period.last < date.max:
        assert period.nights == 7
        assert period.first.weekday() == starts
    if span is Span.THREE_MONTHS:
        assert (period.last.year, period.last.month) == (day.year, day.month)


@given(stepping, near_the_ends, week_starts)
def test_periods_follow_one_another_without_gap_or_overlap(span: Span, day: date, starts: int) -> None:
    period = period_around(span, day, week_starts=starts)
    after = following(period)
    if after is None:
        assert period.last == date.max
    else:
        assert after.first == period.last + DAY
        assert after.span is span
        assert previous(after) == period
    before = previous(period)
    if before is None:
        assert period.first == date.min
    else:
        assert before.last == period.first - DAY
        assert following(before) == period


@given(near_the_ends, week_starts, st.integers(-30, 30))
def test_every_day_of_a_week_gives_that_week(day: date, starts: int, offset: int) -> None:
    week = week_around(day, starts)
    ordinal = day.toordinal() + offset
    if date.min.toordinal() <= ordinal <= date.max.toordinal():
        other = date.fromordinal(ordinal)
        assert (week_around(other, starts) == week) == (other in week)


@given(any_day, st.integers(1, 400))
def test_chosen_dates_come_back(first: date, nights: int) -> None:
    last = min(first.toordinal() + nights - 1, date.max.toordinal())
    period = Period(None, first, date.fromordinal(last))
    after = following(period)
    if after is not None:
        assert after.nights == period.nights
        assert previous(after) == period
