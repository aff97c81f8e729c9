from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleepcalm.diary.clock_text import ClockTextError, parse_clock

minutes_of_day = st.builds(time, st.integers(0, 23), st.integers(0, 59))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2340", time(23, 40)),
        ("23:40", time(23, 40)),
        ("23.40", time(23, 40)),
        ("23h40", time(23, 40)),
        ("23:40:00", time(23, 40)),
        ("11:40 pm", time(23, 40)),
        ("11:40PM", time(23, 40)),
        ("11.40 p.m.", time(23, 40)),
        ("1140 pm", time(23, 40)),
        ("7", time(7)),
        ("07", time(7)),
        ("7.15", time(7, 15)),
        ("715", time(7, 15)),
        ("  7:15 ", time(7, 15)),
        ("7 am", time(7)),
        ("12 am", time(0)),
        ("12:30 am", time(0, 30)),
        ("12 pm", time(12)),
        ("noon", time(12)),
        ("Midnight", time(0)),
        ("0", time(0)),
        ("000", time(0)),
        ("24:00", time(0)),
        ("2400", time(0)),
    ],
)
def test_understands_what_people_type(typed: str, meant: time) -> None:
    assert parse_clock(typed) == meant


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "no time is given"),
        ("   ", "no time is given"),
        ("25:00", "hours go from 0 to 23"),
        ("24:01", "hours go from 0 to 23"),
        ("60", "hours go from 0 to 23"),
        ("23:60", "minutes go from 00 to 59"),
        ("2375", "minutes go from 00 to 59"),
        ("13 pm", "hours go from 1 to 12"),
        ("0:30 am", "hours go from 1 to 12"),
        ("7.5", "is not a time of day"),
        ("23:40:30", "is not a time of day"),
        ("-7", "is not a time of day"),
        ("bedtime", "is not a time of day"),
        ("12345", "is not a time of day"),
        ("٢٣:٤٠", "is not a time of day"),
        ("23:40\n7", "is not a time of day"),
    ],
)
def test_says_what_is_wrong(typed: str, reason: str) -> None:
    with pytest.raises(ClockTextError, match=reason):
        parse_clock(typed)


@given(minutes_of_day, st.sampled_from(["%H:%M", "%H%M", "%H.%M", "%Hh%M", "%I:%M %p", "%I%M%p"]))
def test_every_minute_in_every_form(clock: time, form: str) -> None:
    assert parse_clock(clock.strftime(form)) == clock


@given(st.text(max_size=200))
def test_any_text_gives_a_minute_or_one_short_line(typed: str) -> None:
    try:
        clock = parse_clock(typed)
    except ClockTextError as error:
        said = str(error)
    else:
        assert (clock.second, clock.microsecond, clock.tzinfo) == (0, 0, None)
        return
    assert len(said) < 180
    assert len(said.splitlines()) == 1
