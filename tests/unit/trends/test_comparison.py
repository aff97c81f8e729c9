"""Nights with and without: no number before there are enough nights, and no word that claims a cause."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trend_nights import DAY, MONDAY, answered, entry, joined

from sleepcalm.diary.entry import Entry, JerkCountBand, SleepQuality
from sleepcalm.trends.comparison import FEWEST_NIGHTS, FEWEST_NIGHTS_A_SIDE, compare
from sleepcalm.trends.comparison_words import comparison_document, wording
from sleepcalm.trends.figures import NightFigures, Series

Count = int | JerkCountBand | None


def nights(with_caffeine: list[Count], without: list[Count], unknown: int = 0) -> tuple[NightFigures, ...]:
    """First those with, then those without, then nights whose caffeine is not recorded."""
    caffeine_mg = [80.0] * len(with_caffeine) + [0.0] * len(without) + [None] * unknown
    counts = [*with_caffeine, *without, *[5] * unknown]
    entries = [
        answered(MONDAY + number * DAY, jerks=count, caffeine_mg=mg)
        for number, (count, mg) in enumerate(zip(counts, caffeine_mg, strict=True))
    ]
    return joined(entries, MONDAY, len(entries))


def test_medians_dots_and_difference_of_enough_nights() -> None:
    some, others = [1, 2, 2, 4] * 3, [3, 4, 5] * 6 + [0]
    found = compare(nights(some, others, unknown=3), "caffeine", Series.HYPNIC_JERKS)
    assert (found.nights_with, found.nights_without) == (12, 19)
    assert (found.median_with, found.median_without, found.difference) == (2.0, 4.0, -2.0)
    assert found.interval_95 is not None
    low, high = found.interval_95
    assert low <= -2 <= high
    assert found.values_with[:2] == ((MONDAY, 1), (MONDAY + DAY, 2))
    assert len(found.values_without) == 19
    document = comparison_document(found, questions_asked=4)
    assert list(document) == [
        "factor", "outcome", "nights_with", "nights_without", "median_with", "median_without", "difference",
        "interval_95", "questions_asked", "wording",
    ]  # fmt: skip
    assert document["interval_95"] == [low, high]
    assert str(document["wording"]).startswith(
        "Nights with caffeine and nights without: the exact number of jolts. "
        "The median with is 2 (12 nights), without 4 (19 nights); the difference "
        "is -2, with a 95 % interval from "
    )
    assert "This is not proof: nobody drew lots" in str(document["wording"])
    assert "4 questions were asked so far" in str(document["wording"])


@pytest.mark.parametrize(
    ("with_it", "without", "missing", "sentence"),
    [
        (10, 12, (8, 0, 0), "8 more are needed."),
        (7, 40, (0, 1, 0), "1 more is needed, at least 1 with caffeine."),
        (40, 0, (0, 0, 8), "8 more are needed, at least 8 without caffeine."),
        (3, 4, (23, 5, 4), "23 more are needed, at least 5 with caffeine and 4 without."),
        (0, 22, (8, 8, 0), "8 more are needed, at least 8 with caffeine."),
    ],
)
def test_below_the_minimum_it_says_what_is_missing_and_shows_no_number(
    with_it: int, without: int, missing: tuple[int, int, int], sentence: str
) -> None:
    found = compare(nights([7] * with_it, [9] * without), "caffeine", Series.HYPNIC_JERKS)
    assert (found.missing.in_all, found.missing.with_factor, found.missing.without_factor) == missing
    assert not found.enough
    document = comparison_document(found, 1)
    assert [document[name] for name in ("median_with", "median_without", "difference", "interval_95")] == (
        [None] * 4
    )
    assert (found.values_with, found.values_without) == ((), ())
    assert (document["nights_with"], document["nights_without"]) == (with_it, without)
    assert sentence in wording(found, 1)


@given(st.integers(0, 40), st.integers(0, 40))
@settings(deadline=None, max_examples=30)
def test_numbers_are_shown_just_from_the_minimum_on(with_it: int, without: int) -> None:
    found = compare(nights([1] * with_it, [2] * without), "caffeine", Series.HYPNIC_JERKS)
    enough = with_it + without >= FEWEST_NIGHTS and min(with_it, without) >= FEWEST_NIGHTS_A_SIDE
    assert (found.difference is not None) == (found.interval_95 is not None) == enough


def test_nights_with_a_band_are_left_out_and_counted() -> None:
    bands: list[Count] = (
        [JerkCountBand.THREE_TO_FIVE] * 5 + [JerkCountBand.ZERO] + [JerkCountBand.UNKNOWN] * 2
    )
    found = compare(nights([1] * 20 + bands, [2] * 15), "caffeine", Series.HYPNIC_JERKS)
    assert (found.nights_with, found.nights_without_exact_number) == (21, 5)
    assert "5 nights with the jolts in a range, such as 3-5, are left out." in wording(found, 1)


def full_night(number: int) -> Entry:
    grades = (SleepQuality.POOR, SleepQuality.GOOD)
    late = number % 3 == 0
    evening = answered(MONDAY, caffeine_mg=80.0 if late else 0.0).evening
    return entry(
        MONDAY + number * DAY,
        sleep_onset_latency_min=40 if late else 20,
        sleep_quality=grades[number % 3 != 0],
        evening=evening,
    )


@pytest.mark.parametrize(
    ("outcome", "difference"),
    [(Series.SLEEP_ONSET_LATENCY, 20), (Series.TOTAL_SLEEP_TIME, -20), (Series.SLEEP_QUALITY, -2)],
)
def test_other_outcomes(outcome: Series, difference: float) -> None:
    found = compare(joined([full_night(n) for n in range(36)], MONDAY, 40), "caffeine", outcome)
    assert found.difference == difference
    assert found.interval_95 == (difference, difference)


def test_an_interval_around_zero_says_that_there_may_be_no_difference() -> None:
    found = compare(nights([1, 5] * 10, [1, 5] * 10), "caffeine", Series.HYPNIC_JERKS)
    assert "so no difference at all is possible too" in wording(found, 1)
    assert "This is the first question asked" in wording(found, 1)


def test_sides_swapped_is_the_negative() -> None:
    some, others = [1, 2, 2, 6] * 4, [3, 4, 4] * 6
    found = compare(nights(some, others), "caffeine", Series.HYPNIC_JERKS)
    swapped = [
        answered(night.wake_date, jerks=dot, caffeine_mg=0.0 if number < 16 else 80.0)
        for number, (night, dot) in enumerate(zip(nights(some, others), [*some, *others], strict=True))
    ]
    turned = compare(joined(swapped, MONDAY, len(swapped)), "caffeine", Series.HYPNIC_JERKS)
    assert found.difference is not None
    assert found.interval_95 is not None
    assert turned.difference == -found.difference
    assert turned.interval_95 == (-found.interval_95[1], -found.interval_95[0])


@pytest.mark.parametrize("outcome", [Series.STRESS, Series.MAGNESIUM])
def test_what_is_not_an_outcome_is_refused(outcome: Series) -> None:
    with pytest.raises(ValueError, match="is not compared; there are hypnic_jerks"):
        compare((), "caffeine", outcome)
