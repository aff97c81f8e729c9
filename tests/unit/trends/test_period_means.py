from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trend_nights import DAY, MONDAY, answered, entry, instant, joined, values_of, with_jerks

from sleepcalm.diary.entry import JerkCountBand, SleepQuality
from sleepcalm.diary.jerk_counts import CountRange, count_range, mean_jerk_count
from sleepcalm.trends.averages import (
    Mean,
    mean_of,
    mean_of_figures,
    means,
    sleep_efficiency,
    time_in_bed_min,
)
from sleepcalm.trends.figures import Series

B = JerkCountBand

counts = st.one_of(st.none(), st.integers(0, 60), st.sampled_from(JerkCountBand))
figures = st.one_of(
    st.none(),
    st.integers(0, 2000),
    st.floats(0, 2000, allow_nan=False),
    st.builds(
        lambda low, more: CountRange(low, None if more is None else low + more),
        st.integers(0, 60),
        st.one_of(st.none(), st.integers(0, 9)),
    ),
)


@pytest.mark.parametrize(
    ("jerks", "mean"),
    [
        ([2, 4], Mean(3, 3, 2)),
        ([B.ONE_TO_TWO, B.THREE_TO_FIVE], Mean(2, 3.5, 2)),
        ([0, B.THREE_TO_FIVE], Mean(1.5, 2.5, 2)),
        ([0, B.SIX_OR_MORE], Mean(3, None, 2)),
        ([B.ZERO, 0], Mean(0, 0, 2)),
        ([None, B.UNKNOWN, 4], Mean(4, 4, 1)),
        ([None, B.UNKNOWN], None),
        ([], None),
    ],
)
def test_bands_are_averaged_as_ranges(jerks: list[int | B | None], mean: Mean | None) -> None:
    assert mean_of(Series.HYPNIC_JERKS, with_jerks(*jerks)) == mean


@given(st.lists(counts, max_size=30))
def test_jerks_are_averaged_as_the_diary_does(jerks: list[int | B | None]) -> None:
    mean, expected = mean_of(Series.HYPNIC_JERKS, with_jerks(*jerks)), mean_jerk_count(jerks)
    if expected is None:
        assert mean is None
    else:
        assert mean == Mean(pytest.approx(expected.low), pytest.approx(expected.high), expected.nights)


@given(st.lists(figures, max_size=40))
def test_a_mean_is_that_of_exact_fractions(nightly: list[float | CountRange | None]) -> None:
    known = [each for each in nightly if each is not None]
    mean = mean_of_figures(nightly)
    if not known:
        assert mean is None
        return
    lows = [each.low if isinstance(each, CountRange) else each for each in known]
    highs = [each.high if isinstance(each, CountRange) else each for each in known]
    closed = [each for each in highs if each is not None]
    assert mean is not None
    assert mean.nights == len(known)
    assert mean.low == pytest.approx(float(sum(map(Fraction, lows)) / len(lows)))
    if len(closed) < len(highs):
        assert mean.high is None
    else:
        assert mean.high == pytest.approx(float(sum(map(Fraction, closed)) / len(closed)))


@given(st.lists(counts.filter(lambda count: count_range(count) is not None), min_size=1), st.randoms())
def test_the_order_of_the_nights_does_not_matter(jerks: list[int | B | None], random: object) -> None:
    shuffled = list(jerks)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert mean_of(Series.HYPNIC_JERKS, with_jerks(*jerks)) == mean_of(
        Series.HYPNIC_JERKS, with_jerks(*shuffled)
    )


def test_a_night_not_recorded_is_no_zero() -> None:
    nights = joined([answered(MONDAY, stress=4, quality=SleepQuality.GOOD)])
    found = means(nights)
    assert found[Series.STRESS] == Mean(4, 4, 1)
    assert found[Series.SLEEP_QUALITY] == Mean(4, 4, 1)
    assert found[Series.MAGNESIUM] is None
    assert found[Series.HYPNIC_JERKS] is None
    assert found[Series.TOTAL_SLEEP_TIME] is None


def test_an_answered_zero_is_a_zero() -> None:
    found = means(joined([answered(MONDAY, stress=0, caffeine_mg=0.0)]))
    assert found[Series.STRESS] == Mean(0, 0, 1)
    assert found[Series.CAFFEINE] == Mean(0, 0, 1)


def test_efficiency_is_a_sum_over_a_sum() -> None:
    long = entry(MONDAY)  # 420 of 510 minutes
    awake = entry(MONDAY + DAY, did_not_sleep=True)  # 0 of 510
    pooled = sleep_efficiency(joined([long, awake]))
    assert pooled.efficiency_pct == pytest.approx(100 * 420 / 1020)
    assert pooled.nights == 2


def test_what_does_not_add_up_is_in_no_sleep_figure() -> None:
    wrong = entry(MONDAY, sleep_onset_latency_min=600)
    nights = joined([wrong, entry(MONDAY + DAY)])
    assert mean_of(Series.SLEEP_ONSET_LATENCY, nights) == Mean(30, 30, 1)
    assert mean_of(Series.TOTAL_SLEEP_TIME, nights) == Mean(420, 420, 1)
    assert sleep_efficiency(nights).nights_not_adding_up == 1
    assert [time_in_bed_min(night) for night in nights[:3]] == [None, 510, None]


def test_the_zero_of_a_night_without_sleep_is_left_out_where_its_times_contradict_one_another() -> None:
    turned = entry(MONDAY, did_not_sleep=True, out_of_bed=instant("2026-11-15T21:00+01:00"))
    nights = joined([turned, entry(MONDAY + DAY), entry(MONDAY + 2 * DAY, did_not_sleep=True)])
    assert [night.excluded for night in nights[:3]] == [True, False, False]
    assert values_of(Series.TOTAL_SLEEP_TIME, nights[:3]) == [None, 420, 0]
    assert mean_of(Series.TOTAL_SLEEP_TIME, nights) == Mean(210, 210, 2)


def test_a_night_over_the_change_of_clocks_is_as_long_as_it_was() -> None:
    spring, autumn = date(2026, 3, 29), date(2026, 10, 25)
    assert mean_of(Series.TOTAL_SLEEP_TIME, joined([entry(spring)], spring, 1)) == Mean(360, 360, 1)
    assert mean_of(Series.TOTAL_SLEEP_TIME, joined([entry(autumn)], autumn, 1)) == Mean(480, 480, 1)
