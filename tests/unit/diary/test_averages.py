from datetime import time

import pytest
from diary_nights import clocks, night
from hypothesis import given
from hypothesis import strategies as st

from sleepcalm.diary.averages import mean_clock_time, minutes_after_noon, pooled_efficiency
from sleepcalm.diary.entry import JerkCountBand
from sleepcalm.diary.jerk_counts import CountRange, MeanJerkCount, count_range, mean_jerk_count
from sleepcalm.diary.measures import measure


def test_a_week_is_pooled_over_its_complete_nights() -> None:
    week = [
        measure(night()),  # 411 of 500
        measure(night(into_bed="03:00", tried_to_sleep="03:00")),  # 176 of 240
        measure(night(did_not_sleep=True, awakenings=None, wake_after_sleep_onset_min=None)),  # 0 of 500
        measure(night(sleep_onset_latency_min=None)),
        measure(night(sleep_onset_latency_min=900)),
        measure(night(awakenings=0)),
    ]
    pooled = pooled_efficiency(week)
    assert pooled.efficiency_pct == pytest.approx(100 * (411 + 176 + 0) / (500 + 240 + 500))
    assert (pooled.nights, pooled.nights_incomplete, pooled.nights_not_adding_up) == (3, 1, 2)


def test_no_complete_night_gives_no_figure() -> None:
    pooled = pooled_efficiency([measure(night(out_of_bed=None))])
    assert (pooled.efficiency_pct, pooled.nights, pooled.nights_incomplete) == (None, 0, 1)
    assert pooled_efficiency([]).efficiency_pct is None


@pytest.mark.parametrize(
    ("times", "mean"),
    [
        (["23:00", "01:00"], "00:00"),
        (["22:00", "23:00", "02:00"], "23:40"),
        (["23:59", "00:01"], "00:00"),
        (["07:00", "07:30"], "07:15"),
        (["11:30", "12:30"], "12:00"),
        (["22:40"], "22:40"),
        (["23:00", "23:00", "23:00", "11:30"], "20:08"),
    ],
)
def test_mean_clock_times(times: list[str], mean: str) -> None:
    found = mean_clock_time(map(time.fromisoformat, times))
    assert (found.clock, found.nights) == (time.fromisoformat(mean), len(times))


def test_times_all_round_the_clock_have_no_mean() -> None:
    found = mean_clock_time([time(6), time(18)])
    assert (found.clock, found.nights) == (None, 2)
    assert mean_clock_time([]).nights == 0


@given(st.lists(st.integers(-300, 300), min_size=1, max_size=30), clocks)
def test_a_mean_of_close_times_is_their_plain_mean_anywhere_on_the_clock(
    minutes: list[int], centre: time
) -> None:
    base = centre.hour * 60 + centre.minute
    times = [time((base + m) % 1440 // 60, (base + m) % 60) for m in minutes]
    found = mean_clock_time(times).clock
    assert found is not None
    exact = base + sum(minutes) / len(minutes)
    off = (found.hour * 60 + found.minute - exact + 720) % 1440 - 720
    assert abs(off) <= 0.5 + 1e-9


@given(clocks)
def test_minutes_after_noon(clock: time) -> None:
    after = minutes_after_noon(clock)
    assert 0 <= after < 1440
    assert (after + 720) % 1440 == clock.hour * 60 + clock.minute


def test_evening_comes_before_the_small_hours() -> None:
    assert minutes_after_noon(time(23)) < minutes_after_noon(time(0)) < minutes_after_noon(time(1))


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, CountRange(0, 0)),
        (7, CountRange(7, 7)),
        (JerkCountBand.ZERO, CountRange(0, 0)),
        (JerkCountBand.ONE_TO_TWO, CountRange(1, 2)),
        (JerkCountBand.THREE_TO_FIVE, CountRange(3, 5)),
        (JerkCountBand.SIX_OR_MORE, CountRange(6, None)),
        (JerkCountBand.UNKNOWN, None),
        (None, None),
    ],
)
def test_counts_are_ranges(count: int | JerkCountBand | None, expected: CountRange | None) -> None:
    assert count_range(count) == expected


def test_only_exact_counts_are_exact() -> None:
    assert CountRange(3, 3).exact
    assert not CountRange(3, 5).exact
    assert not CountRange(6, None).exact


def test_a_mean_over_bands_is_a_range() -> None:
    bands = [JerkCountBand.ONE_TO_TWO, 3, None, JerkCountBand.UNKNOWN, JerkCountBand.ZERO]
    assert mean_jerk_count(bands) == MeanJerkCount(low=4 / 3, high=5 / 3, nights=3)
    assert mean_jerk_count([2, JerkCountBand.SIX_OR_MORE]) == MeanJerkCount(low=4, high=None, nights=2)
    assert mean_jerk_count([None, JerkCountBand.UNKNOWN]) is None
