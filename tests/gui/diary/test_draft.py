"""The draft of a night: it places times as the rules do, and opens a recorded night unchanged."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleepcalm.diary.civil_time import Instant, time_zone
from sleepcalm.diary.entry import Entry
from sleepcalm.diary.entry_format import entry_from_json, validated
from sleepcalm.diary.measures import measure
from sleepcalm.diary.placing import NIGHT_ORDER
from sleepcalm.gui.diary.draft import blank_draft, draft_of, with_habit_time, with_time, with_value
from sleepcalm.gui.diary.night_axis import MARKS, night_axis
from sleepcalm.gui.diary.night_drawing import spread

NOW = datetime(2030, 1, 1, 12, tzinfo=UTC)
ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC")
CHANGES = (date(2026, 3, 8), date(2026, 3, 29), date(2026, 4, 5), date(2026, 10, 4), date(2026, 10, 25))

clocks = st.builds(time, st.integers(0, 23), st.integers(0, 59))
nights = st.builds(lambda day, by: day + timedelta(days=by), st.sampled_from(CHANGES), st.integers(-1, 1))
typed = st.lists(st.tuples(st.sampled_from(NIGHT_ORDER), st.none() | clocks), max_size=7)


@given(nights, st.sampled_from(ZONES), typed)
def test_typing_in_any_order_gives_what_the_rules_give(night: date, zone: str, answers):
    draft = blank_draft(night, zone)
    for name, clock in answers:
        draft = with_time(draft, name, clock)
    last = {name: clock.isoformat("minutes") for name, clock in dict(answers).items() if clock is not None}
    values = {"wake_date": night.isoformat(), "time_zone": zone} | last
    assert draft.entry == entry_from_json(values, default_zone=zone, now=NOW)


def test_a_date_that_was_given_stays_believed_when_an_hour_of_the_evening_is_typed():
    values = {"wake_date": "2026-11-22", "into_bed": "2026-11-21T08:00+01:00", "out_of_bed": "07:00"}
    entry = entry_from_json(values, default_zone="Europe/Berlin", now=NOW)
    changed = with_habit_time(draft_of(entry), "caffeine_last", time(7, 30)).entry
    assert changed.night_times == entry.night_times
    assert changed.time_notices == ()
    assert measure(changed).adds_up


@given(nights, st.sampled_from(ZONES), typed, st.sampled_from(NIGHT_ORDER), clocks)
def test_what_is_typed_can_always_be_saved_and_opened_again(night, zone, answers, name, clock):
    draft = blank_draft(night, zone)
    for field, at in answers:
        draft = with_time(draft, field, at)
    kept = validated(draft.entry, NOW)
    assert kept == draft.entry
    again = draft_of(kept)
    assert again.entry == kept
    # Opened or still open, the next answer has the same effect.
    opened = with_time(again, name, clock).entry
    assert {f: i.wall.time() for f, i in opened.night_times.items()} == {
        f: i.wall.time() for f, i in with_time(draft, name, clock).entry.night_times.items()
    }


@given(nights, st.sampled_from(ZONES), typed, st.none() | st.integers(0, 600))
def test_the_marks_of_the_line_are_in_order_and_in_sight(night, zone, answers, onset):
    draft = with_value(blank_draft(night, zone), "sleep_onset_latency_min", onset)
    for field, at in answers:
        draft = with_time(draft, field, at)
    axis = night_axis(draft.entry, None)
    four = [mark for mark in axis.marks if mark.name in NIGHT_ORDER]
    assert [mark.name for mark in axis.marks] == [name for name in MARKS if axis.mark(name)]
    assert [mark.at for mark in four] == sorted(mark.at for mark in four)
    assert all(axis.first <= mark.at <= axis.last for mark in axis.marks)
    recorded = {mark.name: mark.at for mark in four if not mark.is_ghost}
    assert recorded == {name: instant.utc for name, instant in draft.entry.night_times.items()}


def test_an_instant_that_was_chosen_gives_way_to_what_is_typed_after_it():
    berlin = "Europe/Berlin"
    draft = blank_draft(date(2026, 10, 25), berlin)
    twice = datetime(2026, 10, 25, 2, 30, tzinfo=time_zone(berlin))
    draft = with_time(draft, "final_awakening", Instant.from_moment(twice, berlin))
    draft = with_time(draft, "out_of_bed", time(1, 0))
    assert draft.entry.out_of_bed.iso() == "2026-10-25T01:00:00+02:00"
    assert draft.entry.final_awakening.iso() == "2026-10-24T02:30:00+02:00"
    assert validated(draft.entry, NOW) == draft.entry


def test_a_recorded_instant_without_a_zone_stays_as_it_is():
    values = {"wake_date": "2026-11-22", "into_bed": "2026-11-21T21:30:00+00:30", "out_of_bed": "07:00"}
    entry: Entry = entry_from_json(values, default_zone="Europe/Berlin", now=NOW)
    draft = with_time(draft_of(entry), "final_awakening", time(6, 0))
    assert draft.entry.into_bed == entry.into_bed
    assert draft.entry.final_awakening.iso() == "2026-11-22T06:00:00+01:00"


@pytest.mark.parametrize("room", [400.0, 120.0])
def test_labels_never_overlap_where_there_is_room(room):
    lefts = spread([10.0, 14.0, 60.0], [30, 30, 30], 4.0, room)
    assert lefts == sorted(lefts)
    assert all(b - a >= 34 for a, b in itertools.pairwise(lefts))
    assert lefts[-1] + 30 <= room
