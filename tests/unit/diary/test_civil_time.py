from datetime import UTC, date, datetime, time, timedelta

import pytest
from diary_nights import BERLIN, CHANGES, LORD_HOWE, NEW_YORK, clocks, instant, nights, wall, zones
from hypothesis import given
from hypothesis import strategies as st

from sleepcalm.diary.civil_time import (
    DAY_STARTS_AT,
    Instant,
    UnknownZoneError,
    around_gap,
    day_within_night,
    readings,
    time_zone,
    wake_date,
)

wall_times = st.datetimes(wall("1972-01-01 00:00"), wall("2037-01-01 00:00"))
moments = st.one_of(
    wall_times,
    st.builds(
        lambda day, minute: datetime.combine(day, time()) + timedelta(minutes=minute),
        st.sampled_from(CHANGES),
        st.integers(-1440, 2880),
    ),
).map(lambda wall: wall.replace(tzinfo=UTC))


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (wall("2026-11-22 22:00"), date(2026, 11, 23)),  # Sunday 22:00
        (wall("2026-11-23 01:00"), date(2026, 11, 23)),  # Monday 01:00
        (wall("2026-11-22 17:59"), date(2026, 11, 22)),
        (wall("2026-11-22 18:00"), date(2026, 11, 23)),
        (wall("2026-12-31 23:59"), date(2027, 1, 1)),
        (wall("2026-11-23 00:00"), date(2026, 11, 23)),
    ],
)
def test_wake_date(moment: datetime, expected: date) -> None:
    assert wake_date(moment) == expected


def test_the_hour_is_a_preference() -> None:
    assert wake_date(wall("2026-11-22 15:00"), time(14)) == date(2026, 11, 23)


def test_wake_date_reads_the_local_clock_of_an_aware_time() -> None:
    in_new_york = datetime(2026, 11, 22, 20, tzinfo=time_zone(NEW_YORK))
    assert wake_date(in_new_york) == date(2026, 11, 23)
    assert wake_date(in_new_york.astimezone(UTC)) == date(2026, 11, 23)  # 01:00 there


@given(wall_times, st.timedeltas(timedelta(0), timedelta(days=3)), clocks)
def test_wake_date_never_goes_back(moment: datetime, later: timedelta, starts: time) -> None:
    assert wake_date(moment, starts) <= wake_date(moment + later, starts)
    assert wake_date(moment, starts) - moment.date() in (timedelta(0), timedelta(days=1))


@given(clocks, nights)
def test_a_clock_time_has_one_day_within_a_night(clock: time, night: date) -> None:
    moment = datetime.combine(day_within_night(clock, night, DAY_STARTS_AT), clock)
    assert wake_date(moment) == night


@given(moments, zones)
def test_an_instant_keeps_the_moment_and_both_ways_to_write_it(moment: datetime, zone: str) -> None:
    lived = Instant.from_moment(moment, zone)
    assert lived.utc == moment
    assert datetime.fromisoformat(lived.iso()) == moment
    assert Instant.as_written(datetime.fromisoformat(lived.iso()), zone) == lived
    assert lived in readings(lived.wall, zone)
    assert lived.wall.replace(tzinfo=time_zone(zone), fold=lived.fold).astimezone(UTC) == moment


@given(moments, zones)
def test_a_skipped_time_moves_by_the_length_of_the_gap(moment: datetime, zone: str) -> None:
    skipped = moment.replace(tzinfo=None)
    if not readings(skipped, zone):
        back, on = around_gap(skipped, zone)
        assert skipped - back.wall == on.wall - skipped
        assert timedelta(0) < on.wall - skipped <= timedelta(hours=1)


@pytest.mark.parametrize(
    ("skipped", "zone", "moved"),
    [
        (wall("2026-03-29 02:30"), BERLIN, wall("2026-03-29 03:30")),
        (wall("2026-03-08 02:30"), NEW_YORK, wall("2026-03-08 03:30")),
        (wall("2026-10-04 02:15"), LORD_HOWE, wall("2026-10-04 02:45")),
    ],
)
def test_times_that_do_not_exist(skipped: datetime, zone: str, moved: datetime) -> None:
    assert readings(skipped, zone) == ()
    assert around_gap(skipped, zone)[1].wall == moved


@pytest.mark.parametrize(
    ("shown", "zone", "offsets_min"),
    [
        (wall("2026-10-25 02:30"), BERLIN, [120, 60]),
        (wall("2026-11-01 01:30"), NEW_YORK, [-240, -300]),
        (wall("2026-04-05 01:45"), LORD_HOWE, [660, 630]),
        (wall("2026-10-25 02:30"), "Asia/Kathmandu", [345]),
    ],
)
def test_times_that_occur_twice(shown: datetime, zone: str, offsets_min: list[int]) -> None:
    found = readings(shown, zone)
    assert [reading.utc_offset_s // 60 for reading in found] == offsets_min
    assert [reading.fold for reading in found] == list(range(len(found)))


def test_a_time_between_zones_keeps_its_offset_and_claims_no_zone() -> None:
    over_the_sea = instant("2026-11-21T22:40:00-05:00", BERLIN)
    assert over_the_sea.zone is None
    assert over_the_sea.iso() == "2026-11-21T22:40:00-05:00"
    assert over_the_sea.fold == 0


def test_a_wall_time_that_clocks_skipped_claims_no_zone() -> None:
    assert instant("2026-03-29T02:30:00+01:00", BERLIN).zone is None


@pytest.mark.parametrize("name", ["", "Europe", "Europe/Berlinn", "../etc/passwd", "Mars/Olympus", "a\0b"])
def test_unknown_zones(name: str) -> None:
    with pytest.raises(UnknownZoneError, match="is not a time zone"):
        time_zone(name)


def test_the_nearest_zone_is_named() -> None:
    with pytest.raises(UnknownZoneError, match=r"did you mean Europe/Berlin\?"):
        time_zone("Europe/Berln")


def test_an_instant_that_contradicts_itself_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="no zone of its own"):
        Instant(datetime(2026, 1, 1, tzinfo=UTC), 0)
    with pytest.raises(ValueError, match="a day or more"):
        Instant(wall("2026-01-01 00:00"), 86_400)
    with pytest.raises(ValueError, match="no UTC offset"):
        Instant.as_written(wall("2026-01-01 00:00"), BERLIN)
