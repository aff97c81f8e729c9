from datetime import date, datetime, time, timedelta
from itertools import combinations, pairwise

import pytest
from diary_nights import BERLIN, LORD_HOWE, NEW_YORK, clocks, instant, nights, zones
from hypothesis import assume, example, given
from hypothesis import strategies as st

from sleepcalm.diary.civil_time import Instant, readings
from sleepcalm.diary.placing import (
    LONGEST_PLAUSIBLE,
    NIGHT_ORDER,
    NoticeKind,
    PlacedNight,
    TimeNotice,
    TypedClock,
    out_of_order,
    pairs_out_of_order,
    place_evening,
    place_night,
    place_within_night,
)
from sleepcalm.diary.slips import twelve_hour_slips

HOUR = timedelta(hours=1)


def placed(night: date, *, zone: str = BERLIN, **clocks: str | Instant | None) -> PlacedNight:
    return place_night(
        night,
        {
            field: TypedClock(time.fromisoformat(clock), zone) if isinstance(clock, str) else clock
            for field, clock in clocks.items()
            if clock is not None
        },
    )


def walls(night: PlacedNight) -> list[str]:
    return [f"{instant.wall:%d %H:%M}" for instant in night.instants.values()]


@pytest.mark.parametrize(
    ("bed", "tried", "awake", "up", "expected"),
    [
        ("22:40", "23:05", "06:40", "07:00", ["21 22:40", "21 23:05", "22 06:40", "22 07:00"]),
        ("23:50", "00:10", "06:40", "07:00", ["21 23:50", "22 00:10", "22 06:40", "22 07:00"]),
        ("00:00", "00:00", "07:00", "07:00", ["22 00:00", "22 00:00", "22 07:00", "22 07:00"]),
        ("01:30", "02:00", "09:00", "09:00", ["22 01:30", "22 02:00", "22 09:00", "22 09:00"]),
        ("08:30", "09:00", "16:00", "19:00", ["22 08:30", "22 09:00", "22 16:00", "22 19:00"]),
        ("20:00", "21:00", "23:30", "00:10", ["21 20:00", "21 21:00", "21 23:30", "22 00:10"]),
        ("07:00", "07:00", "07:00", "07:00", ["22 07:00"] * 4),
        ("11:00", "23:05", "06:40", "07:00", ["21 11:00", "21 23:05", "22 06:40", "22 07:00"]),
    ],
)
def test_walks_back_from_rising(bed: str, tried: str, awake: str, up: str, expected: list[str]) -> None:
    night = placed(
        date(2026, 11, 22), into_bed=bed, tried_to_sleep=tried, final_awakening=awake, out_of_bed=up
    )
    assert walls(night) == expected
    assert night.notices == ()


@pytest.mark.parametrize(
    ("field", "clock", "expected"),
    [
        ("out_of_bed", "19:30", "22 19:30"),
        ("final_awakening", "19:30", "22 19:30"),
        ("into_bed", "22:40", "21 22:40"),
        ("tried_to_sleep", "00:30", "22 00:30"),
        ("into_bed", "17:59", "22 17:59"),
        ("into_bed", "18:00", "21 18:00"),
    ],
)
def test_a_single_time_is_placed_by_the_wake_date(field: str, clock: str, expected: str) -> None:
    assert walls(placed(date(2026, 11, 22), **{field: clock})) == [expected]


def test_no_times_make_an_empty_night() -> None:
    assert placed(date(2026, 11, 22)) == PlacedNight({})


@st.composite
def lived_nights(draw: st.DrawFn) -> tuple[date, str, dict[str, Instant]]:
    """A night as it was lived: rising on the wake date, at most 18 hours from bed."""
    wake, zone = draw(nights), draw(zones)
    rising = readings(datetime.combine(wake, draw(clocks)), zone)
    assume(rising)
    instants = {"out_of_bed": draw(st.sampled_from(rising))}
    span_min = draw(st.integers(0, 18 * 60))
    cuts = sorted(draw(st.tuples(st.integers(0, span_min), st.integers(0, span_min))))
    for field, before_min in zip(reversed(NIGHT_ORDER[:3]), (*cuts, span_min), strict=True):
        moment = instants["out_of_bed"].utc - timedelta(minutes=before_min)
        instants[field] = Instant.from_moment(moment, zone)
    return wake, zone, {field: instants[field] for field in NIGHT_ORDER}


@given(lived_nights())
def test_what_was_lived_comes_back_from_the_clock_times(lived: tuple[date, str, dict[str, Instant]]) -> None:
    wake, zone, instants = lived
    night = place_night(wake, {field: TypedClock(then.wall.time(), zone) for field, then in instants.items()})
    asked = {notice.field for notice in night.notices}
    assert all(notice.kind is NoticeKind.AMBIGUOUS_TIME for notice in night.notices)
    for field, then in instants.items():
        assert night.instants[field].wall == then.wall
        if field not in asked:
            assert night.instants[field] == then
        else:
            assert len(readings(then.wall, zone)) == 2
    assert out_of_order(night.instants) is None


@given(nights, zones, st.dictionaries(st.sampled_from(NIGHT_ORDER), clocks))
@example(date(2026, 3, 29), BERLIN, {"tried_to_sleep": time(2, 30), "final_awakening": time(3, 10)})
def test_any_clock_times_keep_the_order(wake: date, zone: str, typed: dict[str, time]) -> None:
    night = place_night(wake, {field: TypedClock(clock, zone) for field, clock in typed.items()})
    assert set(night.instants) == set(typed)
    assert out_of_order(night.instants) is None
    told = {notice.field for notice in night.notices}
    known = [night.instants[field] for field in NIGHT_ORDER if field in typed]
    for earlier, later in pairwise(known):
        assert later.utc - earlier.utc <= 25 * HOUR  # never a day earlier than it has to be
    for field, clock in typed.items():
        assert night.instants[field].wall.time() == clock or field in told


@given(nights, clocks, st.integers(0, 1439), st.sampled_from([*combinations(NIGHT_ORDER, 2)]))
@example(date(2026, 11, 22), time(7), 240, ("final_awakening", "out_of_bed"))
@example(date(2026, 11, 22), time(7), 241, ("final_awakening", "out_of_bed"))
def test_two_clocks_are_in_the_wrong_order_up_to_four_hours_and_no_more(
    wake: date, clock: time, minutes_before: int, pair: tuple[str, str]
) -> None:
    too_early = (datetime.combine(wake, clock) - timedelta(minutes=minutes_before)).time()
    earlier, later = pair
    typed = {earlier: TypedClock(clock, "UTC"), later: TypedClock(too_early, "UTC")}
    night = place_night(wake, typed)
    wrong = (pair,) if 0 < minutes_before <= 240 else ()
    assert pairs_out_of_order(night.instants, night.notices) == wrong
    assert pairs_out_of_order(night.instants, ()) == ()  # as with dates that were given


@pytest.mark.parametrize(
    ("wake", "zone", "hours"),
    [
        (date(2026, 10, 25), BERLIN, 9),
        (date(2026, 3, 29), BERLIN, 7),
        (date(2026, 11, 1), NEW_YORK, 9),
        (date(2026, 3, 8), NEW_YORK, 7),
        (date(2026, 4, 5), LORD_HOWE, 8.5),
        (date(2026, 10, 4), LORD_HOWE, 7.5),
        (date(2026, 10, 25), "Asia/Kathmandu", 8),
        (date(2026, 10, 25), "UTC", 8),
    ],
)
def test_the_length_of_a_night_of_changing_clocks(wake: date, zone: str, hours: float) -> None:
    assert placed(wake, zone=zone, into_bed="23:00", out_of_bed="07:00").span == hours * HOUR


def test_a_skipped_time_is_moved_on_and_told() -> None:
    night = placed(date(2026, 3, 29), into_bed="02:30", out_of_bed="09:00")
    assert walls(night) == ["29 03:30", "29 09:00"]
    assert night.notices == (TimeNotice("into_bed", NoticeKind.MOVED_OUT_OF_GAP, "02:30"),)


def test_a_skipped_time_moves_back_where_moving_on_would_break_the_order() -> None:
    night = placed(date(2026, 3, 29), into_bed="02:50", tried_to_sleep="03:10", out_of_bed="09:00")
    assert walls(night) == ["29 01:50", "29 03:10", "29 09:00"]
    assert night.instants["tried_to_sleep"].utc - night.instants["into_bed"].utc == HOUR / 3
    assert [notice.kind for notice in night.notices] == [NoticeKind.MOVED_OUT_OF_GAP]


def test_an_ambiguous_time_is_asked_about_and_the_latest_taken() -> None:
    night = placed(date(2026, 10, 25), into_bed="23:00", final_awakening="02:30", out_of_bed="07:00")
    assert night.instants["final_awakening"] == instant("2026-10-25T02:30+01:00")
    assert night.notices == (TimeNotice("final_awakening", NoticeKind.AMBIGUOUS_TIME, "02:30"),)


def test_an_answered_ambiguous_time_is_not_asked_again() -> None:
    first = instant("2026-10-25T02:30+02:00")
    night = placed(date(2026, 10, 25), into_bed="23:00", final_awakening=first, out_of_bed="07:00")
    assert night.instants["final_awakening"] == first
    assert night.notices == ()


def test_neighbours_decide_an_ambiguous_time() -> None:
    night = placed(date(2026, 10, 25), tried_to_sleep="02:40", final_awakening="02:20", out_of_bed="07:00")
    assert night.instants["tried_to_sleep"] == instant("2026-10-25T02:40+02:00")
    assert night.instants["final_awakening"] == instant("2026-10-25T02:20+01:00")
    assert night.notices == ()


def test_a_night_between_zones() -> None:
    night = place_night(
        date(2026, 11, 22),
        {
            "into_bed": instant("2026-11-21T22:00-05:00", NEW_YORK),
            "tried_to_sleep": TypedClock(time(23), NEW_YORK),
            "out_of_bed": TypedClock(time(11), BERLIN),
        },
    )
    assert night.span == 7 * HOUR
    assert walls(night) == ["21 22:00", "21 23:00", "22 11:00"]


@pytest.mark.parametrize(
    ("typed", "field", "meant"),
    [
        ({"into_bed": "11:00", "out_of_bed": "07:00"}, "into_bed", time(23)),
        ({"into_bed": "22:40", "out_of_bed": "19:00", "final_awakening": "06:40"}, "out_of_bed", time(7)),
        (
            {"into_bed": "22:40", "tried_to_sleep": "11:05", "out_of_bed": "07:00"},
            "tried_to_sleep",
            time(23, 5),
        ),
        (
            {"into_bed": "22:40", "final_awakening": "18:40", "out_of_bed": "07:00"},
            "final_awakening",
            time(6, 40),
        ),
    ],
)
def test_offers_the_twelve_hours(typed: dict[str, str], field: str, meant: time) -> None:
    night = placed(date(2026, 11, 22), **typed)
    assert night.span > LONGEST_PLAUSIBLE
    slip = twelve_hour_slips(date(2026, 11, 22), night.instants)[0]
    assert (slip.field, slip.entered, slip.meant) == (field, time.fromisoformat(typed[field]), meant)
    assert slip.night.span < 10 * HOUR
    assert slip.night.instants[field].wall.time() == meant


def test_exactly_eighteen_hours_are_not_suspicious() -> None:
    at_limit = placed(date(2026, 11, 22), into_bed="13:00", out_of_bed="07:00")
    beyond = placed(date(2026, 11, 22), into_bed="12:59", out_of_bed="07:00")
    assert twelve_hour_slips(date(2026, 11, 22), at_limit.instants) == ()
    assert [slip.meant for slip in twelve_hour_slips(date(2026, 11, 22), beyond.instants)] == [
        time(0, 59),
        time(19),
    ]


def test_no_offer_where_one_change_does_not_help() -> None:
    night = placed(date(2026, 11, 22), into_bed="05:00", tried_to_sleep="04:00", out_of_bed="03:00")
    assert night.span > LONGEST_PLAUSIBLE
    for slip in twelve_hour_slips(date(2026, 11, 22), night.instants):
        assert slip.night.span <= LONGEST_PLAUSIBLE


@pytest.mark.parametrize(
    ("clock", "bed", "expected"),
    [
        ("15:30", "2026-11-21T23:05+01:00", "21 15:30"),
        ("07:00", "2026-11-21T23:05+01:00", "21 07:00"),
        ("00:30", "2026-11-22T01:00+01:00", "22 00:30"),
        ("23:30", "2026-11-21T23:05+01:00", "21 23:30"),  # in bed, after the limit
        ("03:00", "2026-11-22T08:00+01:00", "22 03:00"),  # after a night shift
        ("23:00", "2026-11-22T08:00+01:00", "21 23:00"),
        ("15:30", None, "21 15:30"),
        ("00:30", None, "22 00:30"),
        ("05:00", None, "21 05:00"),
    ],
)
def test_evening_habits(clock: str, bed: str | None, expected: str) -> None:
    limit = instant(bed) if bed else None
    at = TypedClock(time.fromisoformat(clock), BERLIN)
    placed_at, notices = place_evening("evening.caffeine_last", at, date(2026, 11, 22), limit)
    assert f"{placed_at.wall:%d %H:%M}" == expected
    assert notices == ()


def test_an_evening_time_that_occurs_twice_is_asked_about_unless_the_bedtime_decides() -> None:
    at, night = TypedClock(time(2, 30), BERLIN), date(2026, 10, 25)
    late, asked = place_evening("x", at, night, instant("2026-10-25T04:00+01:00"))
    early, not_asked = place_evening("x", at, night, instant("2026-10-25T02:10+01:00"))
    assert (late, [notice.kind for notice in asked]) == (
        instant("2026-10-25T02:30+01:00"),
        [NoticeKind.AMBIGUOUS_TIME],
    )
    assert (early, not_asked) == (instant("2026-10-25T02:30+02:00"), ())


@given(clocks, nights, zones)
def test_a_time_within_the_night_is_told_if_it_is_moved(clock: time, night: date, zone: str) -> None:
    found, notices = place_within_night("x", TypedClock(clock, zone), night)
    moved = any(notice.kind is NoticeKind.MOVED_OUT_OF_GAP for notice in notices)
    assert (found.wall.time() != clock) is moved
