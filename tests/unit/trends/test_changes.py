from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trend_nights import with_jerks

from sleepcalm.diary.entry import JerkCountBand
from sleepcalm.trends.averages import Mean
from sleepcalm.trends.changes import Change, Direction, changes
from sleepcalm.trends.figures import Series

B = JerkCountBand
ranges = st.builds(
    lambda low, more: Mean(low, None if more is None else low + more, 5),
    st.integers(0, 20),
    st.one_of(st.none(), st.integers(0, 5)),
)


def test_both_periods_need_four_nights_of_the_series() -> None:
    four, three = with_jerks(1, 2, 3, 4), with_jerks(1, 2, 3, None)
    assert [change.series for change in changes(four, four)] == [Series.HYPNIC_JERKS, Series.PRACTICE]
    assert Series.HYPNIC_JERKS not in {change.series for change in changes(four, three)}
    assert Series.HYPNIC_JERKS not in {change.series for change in changes(three, four)}
    assert changes((), four) == ()


def test_a_change_has_both_means() -> None:
    change = changes(with_jerks(1, 1, 2, 2), with_jerks(3, 3, 3, 3, 3))[0]
    assert change == Change(Series.HYPNIC_JERKS, Mean(1.5, 1.5, 4), Mean(3, 3, 5))
    assert change.direction is Direction.LOWER


@pytest.mark.parametrize(
    ("now", "before", "direction"),
    [
        (Mean(2, 2, 5), Mean(2, 2, 5), Direction.SAME),
        (Mean(2, 3, 5), Mean(2, 3, 5), Direction.OPEN),
        (Mean(2, 3, 5), Mean(3, 4, 5), Direction.OPEN),
        (Mean(2, 3, 5), Mean(3.5, 4, 5), Direction.LOWER),
        (Mean(3.5, None, 5), Mean(2, 3, 5), Direction.HIGHER),
        (Mean(2, None, 5), Mean(2, 3, 5), Direction.OPEN),
        (Mean(2, 3, 5), Mean(1, None, 5), Direction.OPEN),
    ],
)
def test_ranges_that_overlap_are_neither_higher_nor_lower(
    now: Mean, before: Mean, direction: Direction
) -> None:
    assert Change(Series.HYPNIC_JERKS, now, before).direction is direction


@given(ranges, ranges, st.data())
def test_a_direction_holds_wherever_in_the_ranges_the_means_are(
    now: Mean, before: Mean, data: st.DataObject
) -> None:
    inside = [
        data.draw(st.floats(mean.low, 99 if mean.high is None else mean.high)) for mean in (now, before)
    ]
    direction = Change(Series.STRESS, now, before).direction
    if direction is Direction.HIGHER:
        assert inside[0] > inside[1]
    elif direction is Direction.LOWER:
        assert inside[0] < inside[1]
    reverse = {Direction.HIGHER: Direction.LOWER, Direction.LOWER: Direction.HIGHER}
    back = Change(Series.STRESS, before, now).direction
    assert back is reverse.get(direction, direction)
