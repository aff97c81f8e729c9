"""Whoever takes part in a trial does not look at its question on the way."""

from __future__ import annotations

from trial_nights_made import trial

from sleepcalm.trends.closing import closed_by
from sleepcalm.trends.figures import Series
from sleepcalm.trends.trial import PRACTICE

RUNNING = trial(factor=PRACTICE)


def test_its_own_question_is_closed() -> None:
    assert closed_by([RUNNING], PRACTICE, Series.HYPNIC_JERKS) is RUNNING


def test_other_questions_stay_open() -> None:
    assert closed_by([RUNNING], PRACTICE, Series.SLEEP_ONSET_LATENCY) is None
    assert closed_by([RUNNING], "alcohol", Series.HYPNIC_JERKS) is None
    assert closed_by([], PRACTICE, Series.HYPNIC_JERKS) is None


def test_a_habit_in_own_words_closes_the_factor_of_that_name() -> None:
    for name in ("late_caffeine", "Late caffeine", "Caffeine at noon or later"):
        habit = trial(factor=name)
        assert closed_by([habit], "late_caffeine", Series.HYPNIC_JERKS) is habit
    assert closed_by([trial(factor="screen late")], "screen_late", Series.HYPNIC_JERKS)
    assert closed_by([trial(factor="my hammock")], "late_caffeine", Series.HYPNIC_JERKS) is None


def test_a_habit_in_own_words_closes_what_it_plainly_is_about() -> None:
    for name, factor in (
        ("caffeine after noon", "late_caffeine"),
        ("No coffee after 14:00", "late_caffeine"),
        ("coffee", "caffeine"),
        ("a glass of wine", "alcohol"),
        ("Magnesium (200 mg)", "magnesium_supplement"),
        ("phone in bed", "screen_late"),
        ("evening sports", "vigorous_exercise"),
    ):
        habit = trial(factor=name)
        assert closed_by([habit], factor, Series.HYPNIC_JERKS) is habit
        assert closed_by([habit], factor, Series.SLEEP_ONSET_LATENCY) is None
        assert closed_by([habit], "short_sleep_before", Series.HYPNIC_JERKS) is None
    assert closed_by([trial(factor="decoffeed headphones")], "late_caffeine", Series.HYPNIC_JERKS) is None
    assert closed_by([trial(factor="decoffeed headphones")], "screen_late", Series.HYPNIC_JERKS) is None
