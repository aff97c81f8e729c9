from __future__ import annotations

import json

from trend_nights import DAY, MONDAY, answered, entry, instant, joined, values_of, with_jerks

from sleepcalm.diary.entry import JerkCountBand, OtherSleep, SleepQuality
from sleepcalm.diary.practice import Practice
from sleepcalm.trends.document import period_document
from sleepcalm.trends.figures import NightFigures, Series
from sleepcalm.trends.periods import Span, period_around

B = JerkCountBand
WEEK = period_around(Span.WEEK, MONDAY)


def document(nights: tuple[NightFigures, ...]) -> dict:
    """As a machine reads it: through JSON, which has no NaN and no infinity here."""
    return json.loads(json.dumps(period_document(WEEK, nights), allow_nan=False))


def test_a_week_without_a_night() -> None:
    shown = document(joined([]))
    assert shown == {
        "from": "2026-11-16",
        "to": "2026-11-22",
        "nights_recorded": 0,
        "dates": [f"2026-11-{day}" for day in range(16, 23)],
        "series": {series.value: [None] * 7 for series in Series},
        "means": {series.value: {"value": None, "nights": 0} for series in Series},
        "sleep_efficiency_pct": None,
        "excluded": [],
    }
    assert list(shown["series"]) == [
        "hypnic_jerks",
        "sleep_onset_latency_min",
        "total_sleep_time_min",
        "sleep_quality",
        "magnesium_mg",
        "calcium_mg",
        "practice_min",
        "caffeine_mg",
        "stress",
    ]


def test_one_night_and_six_gaps() -> None:
    shown = document(joined([entry(MONDAY + DAY, sleep_quality=SleepQuality.VERY_GOOD)]))
    assert shown["nights_recorded"] == 1
    assert shown["series"]["total_sleep_time_min"] == [None, 420, None, None, None, None, None]
    assert shown["series"]["practice_min"] == [None, 0, None, None, None, None, None]
    assert shown["means"]["sleep_quality"] == {"value": 5, "nights": 1}
    assert shown["sleep_efficiency_pct"] == 82.35
    assert '"total_sleep_time_min": [null, 420,' in json.dumps(shown), "a whole number has no point"


def test_bands_are_low_and_high_and_open_where_they_are() -> None:
    shown = document(with_jerks(2, B.THREE_TO_FIVE, B.SIX_OR_MORE, B.ZERO, B.UNKNOWN, None, 1))
    assert shown["series"]["hypnic_jerks"] == [
        2,
        {"low": 3, "high": 5},
        {"low": 6, "high": None},
        0,
        None,
        None,
        1,
    ]
    assert shown["means"]["hypnic_jerks"] == {"value": {"low": 2.4, "high": None}, "nights": 5}
    closed = document(with_jerks(B.ONE_TO_TWO, B.ONE_TO_TWO, 2))
    assert closed["means"]["hypnic_jerks"] == {"value": {"low": 1.33, "high": 2}, "nights": 3}


def test_only_do_not_know_is_a_recorded_week_without_a_count() -> None:
    shown = document(with_jerks(*[B.UNKNOWN] * 7))
    assert shown["nights_recorded"] == 7
    assert shown["series"]["hypnic_jerks"] == [None] * 7
    assert shown["means"]["hypnic_jerks"] == {"value": None, "nights": 0}


def test_what_does_not_add_up_is_excluded_and_named() -> None:
    wrong = entry(MONDAY, sleep_onset_latency_min=300, awakenings=1, wake_after_sleep_onset_min=300)
    shown = document(joined([wrong, entry(MONDAY + DAY)]))
    assert shown["excluded"] == ["2026-11-16"]
    assert shown["nights_recorded"] == 2
    assert shown["series"]["sleep_onset_latency_min"][:2] == [None, 30]
    assert shown["means"]["total_sleep_time_min"] == {"value": 420, "nights": 1}
    assert shown["sleep_efficiency_pct"] == 82.35


def test_a_night_without_sleep_is_zero_sleep_and_no_time_to_fall_asleep() -> None:
    shown = document(joined([entry(MONDAY, did_not_sleep=True)]))
    assert shown["series"]["total_sleep_time_min"][0] == 0
    assert shown["series"]["sleep_onset_latency_min"][0] is None
    assert shown["sleep_efficiency_pct"] == 0


def test_a_second_sleep_on_a_date_is_in_no_figure() -> None:
    nap = OtherSleep(instant("2026-11-16T13:00+01:00"), instant("2026-11-16T14:30+01:00"), 80)
    shown = document(joined([entry(MONDAY, other_sleeps=(nap,))]))
    assert shown == document(joined([entry(MONDAY)]))
    assert shown["nights_recorded"] == 1


def test_a_night_over_a_change_of_zone_is_as_long_as_it_was() -> None:
    flown = entry(
        MONDAY,
        into_bed=instant("2026-11-15T22:30+01:00"),
        tried_to_sleep=instant("2026-11-15T23:00+01:00"),
        final_awakening=instant("2026-11-16T01:30-05:00", "America/New_York"),
        out_of_bed=instant("2026-11-16T02:00-05:00", "America/New_York"),
    )
    shown = document(joined([flown]))
    assert shown["series"]["total_sleep_time_min"][0] == 8 * 60 + 30 - 30
    assert shown["excluded"] == []


def test_practice_counts_up_to_the_sleep_and_not_after_it() -> None:
    practice = [
        Practice("pmr", instant("2026-11-15T22:35+01:00"), minutes_heard=12.04),
        Practice("rescue", instant("2026-11-16T02:00+01:00"), minutes_heard=5),
        Practice("pmr", instant("2026-11-16T15:00+01:00"), minutes_heard=20),
    ]
    nights = joined([entry(MONDAY), entry(MONDAY + DAY)], practice=practice)
    assert values_of(Series.PRACTICE, nights)[:3] == [12.04, 20, None]
    assert [played.minutes_heard for played in nights[0].practice_in_the_night] == [5]
    shown = document(nights)
    assert shown["series"]["practice_min"][:3] == [12, 20, None]
    assert shown["means"]["practice_min"] == {"value": 16.02, "nights": 2}


def test_a_partly_answered_night_has_what_it_answers() -> None:
    shown = document(joined([answered(MONDAY, stress=3)]))
    assert shown["series"]["stress"][0] == 3
    assert shown["series"]["caffeine_mg"][0] is None
    assert shown["sleep_efficiency_pct"] is None
