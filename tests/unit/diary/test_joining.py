from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from diary_nights import BERLIN, instant, night
from hypothesis import given
from hypothesis import strategies as st

from sleepcalm.diary.civil_time import Instant
from sleepcalm.diary.joining import day_before, join_nights, night_of_practice, short_sleep_before

MONDAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Played:
    started: Instant


def played(text: str) -> Played:
    return Played(instant(f"2026-11-{text}+01:00", BERLIN))


def test_a_night_has_the_intake_of_the_day_before() -> None:
    joined = join_nights({}, {date(2026, 11, 22): "Sunday's"}, [], MONDAY, MONDAY)
    assert [(row.wake_date, row.intake) for row in joined] == [(MONDAY, "Sunday's")]
    assert day_before(date(2026, 3, 1)) == date(2026, 2, 28)


def test_gaps_are_rows_without_an_entry() -> None:
    first, last = date(2026, 11, 21), date(2026, 11, 23)
    joined = join_nights({date(2026, 11, 22): night()}, {}, [], first, last)
    assert [row.entry is None for row in joined] == [True, False, True]
    assert join_nights({}, {}, [], last, first) == ()


# The night of the 22nd: into bed 22:40, asleep 23:29, awake 06:40, up 07:00.
@pytest.mark.parametrize(
    ("started", "wake_date", "in_the_night"),
    [
        ("21T08:00", 22, False),
        ("21T23:10", 22, False),
        ("21T23:29", 22, False),
        ("21T23:40", 22, True),
        ("22T02:00", 22, True),
        ("22T06:50", 22, True),
        ("22T07:00", 23, False),
        ("22T14:00", 23, False),
        ("22T23:40", 23, False),
        ("23T03:59", 23, False),  # no entry for the 23rd: the small hours are still the night
        ("23T04:00", 24, False),
    ],
)
def test_practice_belongs_to_the_sleep_it_comes_before(
    started: str, wake_date: int, in_the_night: bool
) -> None:
    entries = {date(2026, 11, 22): night()}
    expected = (date(2026, 11, wake_date), in_the_night)
    assert night_of_practice(played(started).started, entries) == expected


def test_practice_after_midnight_before_a_late_sleep_counts_for_that_sleep() -> None:
    late = night(into_bed="01:00", tried_to_sleep="01:10")
    row = join_nights({late.wake_date: late}, {}, [played("22T00:50")], late.wake_date, late.wake_date)[0]
    assert row.practice == (played("22T00:50"),)
    assert row.practice_in_the_night == ()


def test_a_night_whose_times_are_in_the_wrong_order_does_not_say_when_its_sleep_began() -> None:
    slipped = night(final_awakening="05:30", out_of_bed="04:30")
    entries = {slipped.wake_date: slipped}
    assert night_of_practice(played("21T22:30").started, entries) == (slipped.wake_date, False)


def test_a_night_whose_instants_are_turned_round_does_not_say_either_when_its_sleep_began() -> None:
    turned = replace(night(), into_bed=instant("2026-11-22T06:00+01:00"))
    entries = {turned.wake_date: turned}
    assert night_of_practice(played("21T23:40").started, entries) == (turned.wake_date, False)


def test_practice_before_a_day_sleep() -> None:
    day_sleep = night(into_bed="08:00", tried_to_sleep="08:30", final_awakening="15:00", out_of_bed="15:30")
    entries = {day_sleep.wake_date: day_sleep}
    assert night_of_practice(played("22T08:10").started, entries) == (date(2026, 11, 22), False)
    assert night_of_practice(played("22T16:00").started, entries) == (date(2026, 11, 23), False)


def test_a_night_without_sleep_has_no_practice_after_it_began() -> None:
    awake = night(did_not_sleep=True)
    assert night_of_practice(played("22T03:00").started, {awake.wake_date: awake}) == (
        date(2026, 11, 22),
        False,
    )


@given(st.lists(st.integers(0, 5 * 24 * 60), max_size=20))
def test_every_practice_is_joined_once(minutes: list[int]) -> None:
    start = instant("2026-11-20T00:00:00+01:00", BERLIN).utc
    practice = [Played(Instant.from_moment(start + timedelta(minutes=m), BERLIN)) for m in minutes]
    joined = join_nights({date(2026, 11, 22): night()}, {}, practice, date(2026, 11, 20), date(2026, 11, 26))
    found = [p for row in joined for p in (*row.practice, *row.practice_in_the_night)]
    assert sorted(p.started.utc for p in found) == sorted(p.started.utc for p in practice)
    for row in joined:
        for p in row.practice:
            assert p.started.wall.date() in {row.wake_date, day_before(row.wake_date)}


def test_short_sleep_the_night_before() -> None:
    short = night(sleep_onset_latency_min=120)  # 315 min
    assert short_sleep_before({date(2026, 11, 22): short}, MONDAY) is True
    assert short_sleep_before({date(2026, 11, 22): night()}, MONDAY) is False
    assert short_sleep_before({date(2026, 11, 22): night(out_of_bed=None)}, MONDAY) is False
    assert (
        short_sleep_before(
            {date(2026, 11, 22): night(awakenings=None, wake_after_sleep_onset_min=None)}, MONDAY
        )
        is None
    )
    assert short_sleep_before({}, MONDAY) is None
