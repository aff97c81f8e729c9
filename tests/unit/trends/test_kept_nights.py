from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from trend_nights import DAY, MONDAY, answered, entry, instant, joined, values_of

from sleepcalm.diary.entry import Entry
from sleepcalm.diary.practice import Practice
from sleepcalm.trends.figures import NightFigures, Series, night_figures
from sleepcalm.trends.kept_nights import KeptNights


class Diary:
    """What is recorded, and how often it was read."""

    def __init__(self) -> None:
        self.entries: dict[date, Entry] = {}
        self.practice: list[Practice] = []
        self.read_dates: list[tuple[date, date]] = []

    def read(self, first: date, last: date) -> Sequence[NightFigures]:
        self.read_dates.append((first, last))
        return night_figures(self.entries, {}, self.practice, first, last)


def test_what_is_known_is_not_read_again() -> None:
    diary = Diary()
    diary.entries[MONDAY] = answered(MONDAY, jerks=2)
    kept = KeptNights(diary.read)
    week = kept.between(MONDAY, MONDAY + 6 * DAY)
    assert week == joined([answered(MONDAY, jerks=2)])
    assert kept.between(MONDAY, MONDAY + 6 * DAY) == week
    kept.between(MONDAY - 7 * DAY, MONDAY + 6 * DAY)
    assert diary.read_dates == [(MONDAY, MONDAY + 6 * DAY), (MONDAY - 7 * DAY, MONDAY - DAY)]


def test_a_changed_night_is_read_anew() -> None:
    diary = Diary()
    kept = KeptNights(diary.read)
    kept.between(MONDAY, MONDAY + 6 * DAY)
    diary.entries[MONDAY + DAY] = answered(MONDAY + DAY, jerks=2)
    kept.forget_around(MONDAY + DAY)
    assert values_of(Series.HYPNIC_JERKS, kept.between(MONDAY, MONDAY + 2 * DAY)) == [None, 2, None]
    assert diary.read_dates[1:] == [(MONDAY, MONDAY + 2 * DAY)]
    kept.forget()
    kept.between(MONDAY, MONDAY)
    assert len(diary.read_dates) == 3


@given(st.lists(st.tuples(st.integers(0, 13), st.integers(0, 3), st.integers(0, 23)), max_size=12))
def test_it_never_differs_from_what_reading_gives(changed: list[tuple[int, int, int]]) -> None:
    diary = Diary()
    kept = KeptNights(diary.read)
    last = MONDAY + 13 * DAY
    for day, what, hour in changed:
        at = MONDAY + timedelta(days=day)
        if what == 0:
            diary.entries[at] = entry(at, sleep_onset_latency_min=hour)
        elif what == 1:
            diary.entries.pop(at, None)
        else:
            diary.practice.append(Practice("pmr", instant(f"{at}T{hour:02}:15+01:00"), minutes_heard=hour))
        kept.forget_around(at)
        fresh = night_figures(diary.entries, {}, diary.practice, MONDAY, last)
        assert kept.between(MONDAY, last) == fresh
