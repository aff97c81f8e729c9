"""Where the times of a night stand on its row of the two-week grid."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trend_nights import DAY, MONDAY, entry, instant, joined

from sleepcalm.diary.entry import Entry, Evening, Exercise, Medicine, OtherSleep
from sleepcalm.diary.practice import Practice
from sleepcalm.trends.grid_row import ClockChange, GridRow, Letter, Stretch, best_first_hour, grid_rows

HOUR = 60


def row_of(
    night: Entry,
    *,
    with_medicines: bool = True,
    first_hour: int | None = None,
    practice: tuple[Practice, ...] = (),
) -> GridRow:
    nights = joined([night], night.wake_date, 1, practice=practice)
    return grid_rows(nights, with_medicines=with_medicines, first_hour=first_hour)[0]


def test_a_row_runs_from_noon_to_noon() -> None:
    row = row_of(entry(MONDAY))
    assert (row.into_bed_min, row.out_of_bed_min) == (10.5 * HOUR, 19 * HOUR)
    assert row.in_bed == Stretch(10.5 * HOUR, 19 * HOUR)
    assert row.asleep == Stretch(11.5 * HOUR, 18.5 * HOUR)
    assert row.clock_change is None


def test_a_gap_has_no_times() -> None:
    row = grid_rows(joined([], MONDAY, 1), with_medicines=True)[0]
    assert row.in_bed is None
    assert row.asleep is None
    assert not row.night.recorded


def test_where_the_onset_is_not_recorded_sleep_begins_with_trying_and_says_so() -> None:
    row = row_of(entry(MONDAY, sleep_onset_latency_min=None))
    assert row.asleep == Stretch(11 * HOUR, 18.5 * HOUR)
    assert not row.onset_known


@pytest.mark.parametrize(
    "fields",
    [
        {"did_not_sleep": True},
        {"sleep_onset_latency_min": 400, "wake_after_sleep_onset_min": 300, "awakenings": 2},
        {"tried_to_sleep": None},
        {"final_awakening": None},
    ],
)
def test_no_sleep_is_drawn_that_the_diary_does_not_tell(fields: dict[str, object]) -> None:
    row = row_of(entry(MONDAY, **fields))
    assert row.asleep is None
    assert row.in_bed == Stretch(10.5 * HOUR, 19 * HOUR)


def test_a_night_of_25_hours_keeps_its_clock_times_and_tells_the_change() -> None:
    sunday = date(2026, 10, 25)
    row = row_of(entry(sunday))
    assert row.in_bed == Stretch(10.5 * HOUR, 19 * HOUR)
    assert row.clock_change == ClockChange(-60, by_travel=False)
    assert row.night.measures is not None
    assert row.night.measures.time_in_bed_min == 9.5 * HOUR


def test_the_night_on_which_clocks_are_put_on_tells_it_too() -> None:
    sunday = date(2026, 3, 29)
    assert row_of(entry(sunday)).clock_change == ClockChange(60, by_travel=False)


def test_falling_asleep_is_told_by_the_clock_as_it_was_after_the_change() -> None:
    row = row_of(
        entry(
            date(2026, 10, 25),
            tried_to_sleep=instant("2026-10-25T02:50:00+02:00"),
            sleep_onset_latency_min=30,
        )
    )
    assert row.asleep is not None
    assert row.asleep.start_min == 14 * HOUR + 20


def test_a_journey_is_a_change_of_zone() -> None:
    row = row_of(entry(MONDAY, out_of_bed=instant("2026-11-16T04:00:00-05:00", "America/New_York")))
    assert row.clock_change == ClockChange(-6 * HOUR, by_travel=True)


def test_a_further_sleep_has_a_place_of_its_own() -> None:
    nap = OtherSleep(instant("2026-11-16T09:00:00+01:00"), instant("2026-11-16T10:30:00+01:00"), 80)
    unknown = OtherSleep(instant("2026-11-16T09:00:00+01:00"), None, 80)
    assert row_of(entry(MONDAY, other_sleeps=(nap, unknown))).other_sleeps == (
        Stretch(21 * HOUR, 22.5 * HOUR),
    )


def test_letters_stand_at_their_times_and_the_others_before_the_row() -> None:
    evening = Evening(
        caffeine_mg=80,
        caffeine_last=instant("2026-11-15T08:00:00+01:00"),
        alcohol_drinks=1,
        alcohol_last=instant("2026-11-15T21:00:00+01:00"),
        exercise=Exercise.LIGHT,
        medicines=(Medicine("zopiclone", time=instant("2026-11-15T22:30:00+01:00")),),
    )
    night = entry(MONDAY, evening=evening)
    practice = (Practice("pmr-7", instant("2026-11-15T22:00:00+01:00"), minutes_heard=10),)
    row = row_of(night, practice=practice)
    assert row.letters == ((Letter.ALCOHOL, 540), (Letter.PRACTICE, 600), (Letter.MEDICINE, 630))
    assert row.earlier_letters == (Letter.CAFFEINE, Letter.EXERCISE)
    assert Letter.MEDICINE not in dict(row_of(night, with_medicines=False).letters)


def test_no_caffeine_alcohol_or_exercise_has_no_letter() -> None:
    evening = Evening(caffeine_mg=0, alcohol_drinks=0, exercise=Exercise.NONE, medicines=())
    row = row_of(entry(MONDAY, evening=evening))
    assert row.letters == ()
    assert row.earlier_letters == ()


def test_medicines_taken_together_are_one_letter() -> None:
    times = ("21:30", "21:45", "22:10")
    evening = Evening(
        medicines=tuple(Medicine(at, time=instant(f"2026-11-15T{at}:00+01:00")) for at in times)
    )
    assert row_of(entry(MONDAY, evening=evening)).letters == ((Letter.MEDICINE, 570), (Letter.MEDICINE, 610))


def _by_day(clock_hour: int) -> Entry:
    """Eight hours from an hour of the wake date on."""
    start = datetime.combine(MONDAY, time()) + timedelta(hours=clock_hour)
    return entry(
        MONDAY,
        into_bed=instant(f"{start.isoformat()}+01:00"),
        tried_to_sleep=instant(f"{start.isoformat()}+01:00"),
        final_awakening=instant(f"{(start + timedelta(hours=8)).isoformat()}+01:00"),
        out_of_bed=instant(f"{(start + timedelta(hours=8)).isoformat()}+01:00"),
    )


@pytest.mark.parametrize(("clock_hour", "first_hour"), [(-2, -12), (3, -12), (8, -6), (15, 0)])
def test_rows_begin_where_the_sleep_does_not_run_off_them(clock_hour: int, first_hour: int) -> None:
    assert best_first_hour(joined([_by_day(clock_hour)], MONDAY, 1)) == first_hour


def test_without_any_night_rows_begin_at_noon() -> None:
    assert best_first_hour(joined([], MONDAY, 14)) == -12


@given(clock_hour=st.integers(-11, 15), first_hour=st.sampled_from([-12, -6, 0]))
def test_another_first_hour_moves_everything_alike(clock_hour: int, first_hour: int) -> None:
    night = _by_day(clock_hour)
    noon, moved = row_of(night, first_hour=-12), row_of(night, first_hour=first_hour)
    assert noon.in_bed is not None
    assert moved.in_bed is not None
    assert noon.in_bed.start_min - moved.in_bed.start_min == (first_hour + 12) * HOUR
    assert noon.in_bed.end_min - noon.in_bed.start_min == moved.in_bed.end_min - moved.in_bed.start_min


def test_every_night_has_its_row() -> None:
    nights = joined([entry(MONDAY + 3 * DAY)], MONDAY, 14)
    assert [row.night for row in grid_rows(nights, with_medicines=False)] == list(nights)
