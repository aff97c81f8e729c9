"""A finished trial: which nights count, what is concluded, and what never changes it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from trend_nights import DAY, MONDAY
from trial_nights_made import (
    evening_before,
    fewer_with,
    nights_of,
    nights_with_latency,
    trial,
)

from sleepcalm.diary.entry import JerkCountBand
from sleepcalm.trends.figures import NightFigures, Series
from sleepcalm.trends.trial import PRACTICE, Condition, NightKept, Outcome, assignments
from sleepcalm.trends.trial_analysis import Verdict, analyse
from sleepcalm.trends.trial_nights import QUIET_REST, Keeping
from sleepcalm.trends.trial_words import result_document, wording


def without_nights(
    nights: tuple[NightFigures, ...], left_out: set[int], series: Series = Series.HYPNIC_JERKS
) -> tuple[NightFigures, ...]:
    return tuple(
        replace(night, values={**night.values, series: None}) if number in left_out else night
        for number, night in enumerate(nights)
    )


def test_each_pair_gives_one_difference_and_the_wash_out_none() -> None:
    planned = trial()
    nights = nights_of(planned, lambda night: 99 if night.washout else fewer_with(night))
    result = analyse(planned, nights)
    document = result_document(result)
    assert document["pairs"] == [[3, 6], [4, 7], [5, 8], [6, 9], [7, 10], [8, 11]]
    assert document["effect"] == -3
    assert document["p_value"] == 2 / 64
    assert document["interval_95"] == [-3, -3]
    assert document["nights_used"] == 60  # five of seven nights, twelve periods
    assert result.verdict is Verdict.LIKELY_BETTER
    assert str(document["wording"]).startswith(
        "Likely better for you with “coffee after lunch”: fewer jolts."
    )
    assert (result.nights_used_with, result.nights_used_without) == (30, 30)


def test_a_period_needs_three_fifths_of_its_nights() -> None:
    planned = trial()  # nights 2 to 6 of the first period count
    nights = nights_of(planned, fewer_with)
    three_of_five = analyse(planned, without_nights(nights, {2, 3}))
    assert three_of_five.unusable == 0
    assert three_of_five.nights_used_with + three_of_five.nights_used_without == 58
    two_of_five = analyse(planned, without_nights(nights, {2, 3, 4}))
    assert two_of_five.unusable == 1
    assert two_of_five.verdict is Verdict.TOO_LITTLE_DATA
    assert len(result_document(two_of_five)["pairs"]) == 5  # type: ignore[arg-type]
    assert result_document(two_of_five)["interval_95"] is None


def test_a_band_is_no_number_and_a_band_of_zero_is() -> None:
    planned = trial(factor=PRACTICE, period_nights=1, pairs=8)

    def in_bands(night: object) -> JerkCountBand | int:
        number = assignments(planned).index(night)  # type: ignore[arg-type]
        return (JerkCountBand.THREE_TO_FIVE, JerkCountBand.ZERO)[number] if number < 2 else 1

    result = analyse(planned, nights_of(planned, in_bands))
    assert result.unusable == 1
    known = [period.known for period in (result.pairs[0].with_factor, result.pairs[0].without_factor)]
    assert sorted(value for dots in known for _, value in dots) == [0]


def test_nights_count_as_assigned_whatever_was_done() -> None:
    planned = trial()
    nights = nights_of(planned, fewer_with)
    plan = assignments(planned)
    swapped = replace(planned, kept=tuple(NightKept(n.wake_date, n.condition.other) for n in plan[:10]))
    told = replace(planned, kept=tuple(NightKept(n.wake_date, n.condition) for n in plan[:10]))
    assert result_document(analyse(swapped, nights)) | {"wording": ""} == (
        result_document(analyse(told, nights)) | {"wording": ""}
    )
    assert analyse(swapped, nights).kept == {Keeping.KEPT: 0, Keeping.SWAPPED: 10, Keeping.MISSED: 74}
    assert analyse(told, nights).kept == {Keeping.KEPT: 10, Keeping.SWAPPED: 0, Keeping.MISSED: 74}
    assert "Of 84 nights, 0 went as drawn, 10 the other way round" in wording(analyse(swapped, nights))


def test_in_a_trial_of_practice_the_player_says_what_was_done() -> None:
    planned = trial(factor=PRACTICE, period_nights=1, pairs=6, routine="pmr-7")
    plan = assignments(planned)
    routine = {Condition.WITH: "pmr-7", Condition.WITHOUT: QUIET_REST}
    practice = [evening_before(n.wake_date, routine[n.condition]) for n in plan[:4]]
    practice += [evening_before(n.wake_date, routine[n.condition.other]) for n in plan[4:7]]
    result = analyse(planned, nights_of(planned, fewer_with, practice))
    assert result.kept == {Keeping.KEPT: 4, Keeping.SWAPPED: 3, Keeping.MISSED: 5}
    assert result.verdict is Verdict.LIKELY_BETTER


def test_minutes_to_fall_asleep_can_get_worse() -> None:
    planned = trial(outcome=Outcome.SLEEP_ONSET_LATENCY)
    nights = nights_with_latency(planned, lambda n: 50 + n.pair if n.condition is Condition.WITH else 20)
    result = analyse(planned, nights)
    assert result.verdict is Verdict.LIKELY_WORSE
    assert wording(result).startswith(
        "Likely worse for you with “coffee after lunch”: more time to fall asleep."
    )


def test_no_clear_difference_is_not_called_none() -> None:
    planned = trial()
    nights = nights_of(planned, lambda n: 3 + (n.pair % 2 if n.condition is Condition.WITH else n.pair % 3))
    result = analyse(planned, nights)
    assert result.verdict is Verdict.NO_CLEAR_DIFFERENCE
    assert "That does not show that there is none." in wording(result)


def test_a_trial_ended_early_says_so_and_stops_there() -> None:
    planned = trial()
    nights = nights_of(planned, fewer_with)
    ended = replace(planned, ended_early=planned.start + 27 * DAY)
    result = analyse(ended, nights)
    assert len(result.usable_pairs) == 2
    assert result.verdict is Verdict.TOO_LITTLE_DATA
    assert sum(result.kept.values()) == 28
    assert wording(result).startswith("This trial was ended early: its last night is 2026-12-13")
    assert "ended early" not in wording(analyse(planned, nights))


def test_a_trial_ended_before_its_first_night_has_no_number() -> None:
    ended = trial(ended_early=MONDAY - DAY)
    document = result_document(analyse(ended, nights_of(trial(), fewer_with)))
    assert (document["pairs"], document["effect"], document["p_value"]) == ([], None, None)
    assert str(document["wording"]).startswith("This trial was ended before its first night")


def test_too_little_data_shows_no_figure_in_words() -> None:
    planned = trial()
    result = analyse(planned, nights_of(planned, fewer_with)[:70])
    assert len(result.usable_pairs) == 5
    assert "interval" not in wording(result)
    assert wording(result).startswith("Too little data: 5 of 6 pairs can be used")


def test_nights_beyond_the_trial_change_nothing() -> None:
    planned = trial(pairs=7)
    nights = nights_of(planned, fewer_with)
    assert analyse(trial(pairs=6), nights) == analyse(trial(pairs=6), nights[:84])


def test_the_result_opens_on_the_end_date_or_when_ended() -> None:
    planned = trial()
    assert not planned.has_ended(planned.planned_end - DAY)
    assert planned.has_ended(planned.planned_end)
    ended = replace(planned, ended_early=planned.start + 3 * DAY)
    assert ended.has_ended(planned.start + 4 * DAY)


@pytest.mark.parametrize("more", [1, 40])
def test_a_constant_on_both_sides_changes_nothing(more: int) -> None:
    planned = trial()
    plain = analyse(planned, nights_of(planned, fewer_with))
    moved = analyse(planned, nights_of(planned, lambda night: fewer_with(night) + more))
    assert (moved.effect, moved.p_value, moved.interval_95) == (
        plain.effect, plain.p_value, plain.interval_95,
    )  # fmt: skip
