import json
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import pytest
from diary_nights import BERLIN, EXAMPLE, NEW_YORK, NOW, instant, night

from sleepcalm.diary.civil_time import Instant
from sleepcalm.diary.entry import (
    Entry,
    Exercise,
    HypnicJerks,
    JerkCountBand,
    JerkStrength,
    Medicine,
    Naps,
    SleepQuality,
    recorded,
    with_night,
)
from sleepcalm.diary.entry_format import entry_from_json, entry_to_json, validated
from sleepcalm.diary.placing import TimeNotice, TypedClock, place_night
from sleepcalm.diary.slips import twelve_hour_slips
from sleepcalm.diary.values import EntryError

FULL: dict[str, Any] = EXAMPLE | {
    "minutes_trying_after_waking": 5,
    "woke_earlier_than_planned_min": 0,
    "did_not_sleep": False,
    "sleep_quality": "very good",
    "restedness": "well",
    "own_estimate_total_sleep_min": 400,
    "other_sleeps": [{"started": "19:00", "ended": "20:10", "sleep_min": None}],
    "naps": {"count": 1, "minutes": 20},
    "hypnic_jerks": {
        "count": "1-2",
        "strongest": "whole body",
        "woke_fully": False,
        "falling_sensation": True,
        "sensory_only": False,
        "during_practice": False,
        "minutes_to_resettle": 10,
        "fear": 3,
        "body_part": "leg",
        "side": "left",
        "seen_by_partner": None,
        "unsure": False,
    },
    "evening": {
        "caffeine_mg": 160,
        "caffeine_last": "15:30",
        "alcohol_drinks": 0.5,
        "alcohol_last": "00:15",
        "nicotine": False,
        "exercise": "moderate",
        "exercise_ended": "18:00",
        "stress": 4,
        "tiredness": 10,
        "medicines": [
            {"name": "melatonin", "dose": "2 mg", "time": "22:00", "for_sleep": True, "new_or_changed": None}
        ],
        "screen_late": True,
        "noise_or_light": False,
        "illness": None,
    },
    "notes": "",
}


def read(value: object) -> Entry:
    return entry_from_json(value, default_zone="UTC", now=NOW)


def refusal(value: object) -> tuple[str, str]:
    with pytest.raises(EntryError) as caught:
        read(value)
    assert str(caught.value) == f"{caught.value.field}: {caught.value.reason}"
    assert len(str(caught.value).splitlines()) == 1
    assert len(str(caught.value)) < 250
    return caught.value.field, caught.value.reason


def test_reads_every_item() -> None:
    entry = read(FULL)
    assert entry.wake_date == date(2026, 11, 22)
    assert entry.into_bed == instant("2026-11-21T22:40+01:00")
    assert entry.out_of_bed == instant("2026-11-22T07:00+01:00")
    assert entry.sleep_quality is SleepQuality.VERY_GOOD
    assert entry.naps == Naps(1, 20)
    assert entry.hypnic_jerks.count is JerkCountBand.ONE_TO_TWO
    assert entry.hypnic_jerks.strongest is JerkStrength.WHOLE_BODY
    assert entry.hypnic_jerks.strongest.grade == 3
    assert entry.evening.exercise is Exercise.MODERATE
    assert entry.evening.alcohol_last == instant("2026-11-21T00:15+01:00")
    assert entry.evening.medicines == (
        Medicine("melatonin", "2 mg", instant("2026-11-21T22:00+01:00"), for_sleep=True),
    )
    assert entry.other_sleeps is not None
    assert entry.other_sleeps[0].started == instant("2026-11-21T19:00+01:00")


def test_writes_the_same_names_and_answers_with_instants() -> None:
    written = entry_to_json(read(FULL))
    assert set(written) == set(FULL)
    assert written["into_bed"] == "2026-11-21T22:40:00+01:00"
    assert written["evening"]["exercise_ended"] == "2026-11-21T18:00:00+01:00"
    assert written["evening"]["medicines"][0]["time"] == "2026-11-21T22:00:00+01:00"
    timeless = {name for name, value in FULL.items() if not isinstance(value, dict | list)} - {
        "into_bed", "tried_to_sleep", "final_awakening", "out_of_bed",
    }  # fmt: skip
    assert {name: written[name] for name in timeless} == {name: FULL[name] for name in timeless}
    assert written["hypnic_jerks"] == FULL["hypnic_jerks"]
    assert json.dumps(written["evening"]["caffeine_mg"]) == "160"


def test_missing_null_zero_and_none_at_all_are_different() -> None:
    empty = read({"wake_date": "2026-11-22"})
    nulls = read(dict.fromkeys(FULL) | {"wake_date": "2026-11-22"})
    assert empty == nulls == Entry(date(2026, 11, 22), "UTC")
    assert empty.awakenings is None
    assert read({"wake_date": "2026-11-22", "awakenings": 0}).awakenings == 0
    none_at_all = read({"wake_date": "2026-11-22", "other_sleeps": [], "evening": {"medicines": []}})
    assert none_at_all.other_sleeps == () != empty.other_sleeps
    assert none_at_all.evening.medicines == () != empty.evening.medicines
    assert entry_to_json(empty)["evening"]["caffeine_mg"] is None
    assert entry_to_json(empty)["hypnic_jerks"]["count"] is None


@pytest.mark.parametrize("count", [0, 4, "0", "1-2", "3-5", "6+", "unknown"])
def test_jerk_counts_stay_as_they_were_given(count: int | str) -> None:
    entry = read({"wake_date": "2026-11-22", "hypnic_jerks": {"count": count}})
    written = entry_to_json(entry)["hypnic_jerks"]["count"]
    assert written == count
    assert type(written) is type(count)


@pytest.mark.parametrize("word", ["very good", "very_good", "Very Good", " very good "])
def test_words_are_read_with_patience(word: str) -> None:
    assert night(sleep_quality=word).sleep_quality is SleepQuality.VERY_GOOD


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        ({"wake_date": None}, "wake_date", "is needed"),
        ({"wake_date": "22.11.2026"}, "wake_date", "must be a date such as 2026-11-22"),
        ({"wake_date": "2026-02-29"}, "wake_date", "not in the calendar"),
        ({"wake_date": "0026-11-22"}, "wake_date", "must be mistyped"),
        ({"wake_date": "2030-01-02"}, "wake_date", "is in the future"),
        ({"wake_date": 20261122}, "wake_date", "must be a date"),
        ({"time_zone": "Europe/Berlinn"}, "time_zone", "did you mean Europe/Berlin"),
        ({"time_zone": 1}, "time_zone", "must be a time zone"),
        ({"into_bed": "25:00"}, "into_bed", "hours go from 0 to 23"),
        ({"into_bed": ""}, "into_bed", "no time is given"),
        ({"into_bed": 2240}, "into_bed", "must be a time"),
        ({"into_bed": "2026-11-21T22:40"}, "into_bed", "needs an offset"),
        ({"into_bed": "2026-11-21"}, "into_bed", "needs an offset"),
        ({"into_bed": "2026-11-21T22:40+25:00"}, "into_bed", "not an ISO 8601 time"),
        ({"into_bed": "2026-11-21T22:40+01:00:00.5"}, "into_bed", "parts of a second"),
        ({"into_bed": "2025-11-21T22:40+01:00"}, "into_bed", "far from the wake date"),
        ({"into_bed": "0001-01-01T00:00+14:00"}, "into_bed", "must be mistyped"),
        ({"out_of_bed": "2026-11-22T06:00+01:00", "final_awakening": "2026-11-22T06:40+01:00"},
         "final_awakening", "is after out_of_bed"),
        ({"sleep_onset_latency_min": -1}, "sleep_onset_latency_min", "from 0 to 1440"),
        ({"sleep_onset_latency_min": 1441}, "sleep_onset_latency_min", "from 0 to 1440"),
        ({"sleep_onset_latency_min": 24.5}, "sleep_onset_latency_min", "whole number"),
        ({"sleep_onset_latency_min": True}, "sleep_onset_latency_min", "must be a number, not true"),
        ({"sleep_onset_latency_min": "24"}, "sleep_onset_latency_min", "must be a number"),
        ({"sleep_onset_latency_min": float("nan")}, "sleep_onset_latency_min", "finite"),
        ({"sleep_onset_latency_min": float("inf")}, "sleep_onset_latency_min", "finite"),
        ({"awakenings": 10**5000}, "awakenings", "from 0 to 999"),
        ({"awakenings": 1e308}, "awakenings", "from 0 to 999"),
        ({"did_not_sleep": 0}, "did_not_sleep", "must be true or false"),
        ({"sleep_quality": "great"}, "sleep_quality", "one of very poor, poor, fair, good, very good"),
        ({"notes": 7}, "notes", "must be a text"),
        ({"notes": "\ud800"}, "notes", "half of a character pair"),
        ({"notes": "x" * 20_001}, "notes", "at most 20000"),
        ({"naps": []}, "naps", "must be an object, not a list"),
        ({"naps": {"count": -1}}, "naps.count", "from 0 to 999"),
        ({"other_sleeps": {}}, "other_sleeps", "must be a list, not an object"),
        ({"other_sleeps": [{}] * 21}, "other_sleeps", "at most 20"),
        ({"other_sleeps": [{}, {"ended": "x"}]}, "other_sleeps[1].ended", "not a time of day"),
        ({"other_sleeps": [{"started": "2026-11-22T10:00+01:00", "ended": "2026-11-22T09:00+01:00"}]},
         "other_sleeps[0].started", "is after"),
        ({"hypnic_jerks": {"count": "7"}}, "hypnic_jerks.count", "one of 0, 1-2, 3-5, 6+, unknown"),
        ({"hypnic_jerks": {"fear": 11}}, "hypnic_jerks.fear", "from 0 to 10"),
        ({"evening": {"stress": 11}}, "evening.stress", "from 0 to 10, not 11"),
        ({"evening": {"caffeine_mg": -0.5}}, "evening.caffeine_mg", "from 0 to 10000"),
        ({"evening": {"medicines": [{"dose": "2 mg"}]}}, "evening.medicines[0].name", "is needed"),
        ({"evening": {"medicines": ["melatonin"]}}, "evening.medicines[0]", "must be an object"),
        ({"in_bed": "22:40"}, "in_bed", "there is no such field; did you mean into_bed?"),
        ({"evening": {"stres": 4}}, "evening.stres", "did you mean stress?"),
        ({"xyzzy\n": 1}, "xyzzy\\n", "there is no such field"),
        ({"recorded_at": "07:10"}, "recorded_at", "needs a date and an offset"),
        ({"instant_zones": []}, "instant_zones", "must be an object"),
        ({"instant_zones": {"into_bed": "Mars"}}, "instant_zones.into_bed", "is not a time zone"),
        ({"instant_zones": {"\x1f": False}}, "instant_zones.\\x1f", "must be a time zone"),
        ({"instant_zones": {"in_bed": BERLIN}}, "instant_zones.in_bed", "did you mean into_bed?"),
        ({"time_notices": [{"field": "into_bed"}]}, "time_notices[0].kind", "is needed"),
    ],
)  # fmt: skip
def test_refuses_with_field_and_reason(changes: dict[str, Any], field: str, reason: str) -> None:
    refused, why = refusal(EXAMPLE | changes)
    assert refused == field
    assert reason in why


@pytest.mark.parametrize("value", [None, [], "2026-11-22", 7, True])
def test_only_an_object_is_an_entry(value: object) -> None:
    assert refusal(value)[0] == "entry"


def test_whole_numbers_may_come_as_floats() -> None:
    minutes = night(sleep_onset_latency_min=24.0).sleep_onset_latency_min
    assert (minutes, type(minutes)) == (24, int)


def test_today_is_the_users_or_the_nights() -> None:
    evening_in_new_york = datetime.fromisoformat("2026-11-21T20:00-05:00")  # the 22nd in Berlin
    entry = entry_from_json(EXAMPLE, default_zone="UTC", now=evening_in_new_york)
    assert entry.wake_date == date(2026, 11, 22)
    with pytest.raises(EntryError, match="in the future"):
        entry_from_json(EXAMPLE | {"time_zone": NEW_YORK}, default_zone="UTC", now=evening_in_new_york)


def test_clock_times_are_placed_in_the_default_zone_where_none_is_named() -> None:
    entry = entry_from_json(EXAMPLE | {"time_zone": None}, default_zone=NEW_YORK, now=NOW)
    assert entry.time_zone == NEW_YORK
    assert entry.into_bed == instant("2026-11-21T22:40-05:00", NEW_YORK)


def test_a_night_between_zones() -> None:
    entry = night(into_bed="2026-11-21T15:00-05:00", tried_to_sleep="2026-11-21T21:30:00Z")
    assert entry.into_bed == Instant(datetime.fromisoformat("2026-11-21T15:00"), -5 * 3600, None)
    written = entry_to_json(entry)
    assert written["into_bed"] == "2026-11-21T15:00:00-05:00"
    assert "instant_zones" not in written
    named = night(into_bed="15:00", instant_zones={"into_bed": NEW_YORK})
    assert named.into_bed == instant("2026-11-21T15:00-05:00", NEW_YORK)
    assert entry_to_json(named)["instant_zones"] == {"into_bed": NEW_YORK}


def test_an_offset_that_the_zone_no_longer_has_is_kept() -> None:
    """New time zone rules (here: invented ones) do not relabel what was recorded."""
    before = Instant(datetime.fromisoformat("2026-11-21T22:40"), 2 * 3600, BERLIN)
    entry = replace(night(), into_bed=before)
    again = read(entry_to_json(entry))
    assert again.into_bed == before
    assert again.into_bed.iso() == "2026-11-21T22:40:00+02:00"


def test_a_moved_time_is_told_and_the_telling_survives() -> None:
    entry = night(wake_date="2026-03-29", into_bed="02:30", tried_to_sleep="03:40")
    assert entry.into_bed == instant("2026-03-29T03:30+02:00")
    assert [(n.field, n.typed) for n in entry.time_notices] == [("into_bed", "02:30")]
    written = entry_to_json(entry)
    assert read(written) == entry
    typed_anew = read(written | {"into_bed": "01:30"})
    assert typed_anew.time_notices == ()


def test_the_later_of_two_equal_times_is_still_that_after_a_round_trip() -> None:
    later = night(wake_date="2026-10-25", into_bed="02:30", tried_to_sleep="03:00")
    assert later.into_bed is not None
    assert later.into_bed.fold == 1
    earlier = night(wake_date="2026-10-25", into_bed="2026-10-25T02:30+02:00", tried_to_sleep="03:00")
    assert earlier.into_bed is not None
    assert (earlier.into_bed.fold, earlier.time_notices) == (0, ())
    assert read(entry_to_json(later)) == later != earlier == read(entry_to_json(earlier))


def test_a_further_sleep_lies_within_the_same_night() -> None:
    entry = night(other_sleeps=[{"started": "23:00", "ended": "00:30"}, {"started": "08:00"}, {}])
    assert entry.other_sleeps is not None
    first, second, blank = entry.other_sleeps
    assert first.started == instant("2026-11-21T23:00+01:00")
    assert first.ended == instant("2026-11-22T00:30+01:00")
    assert second.started == instant("2026-11-22T08:00+01:00")
    assert (blank.started, blank.ended, blank.sleep_min) == (None, None, None)


def test_a_medicine_in_the_night_is_placed_in_it() -> None:
    entry = night(evening={"medicines": [{"name": "a", "time": "03:00"}, {"name": "b", "time": "08:00"}]})
    assert entry.evening.medicines is not None
    assert [medicine.time for medicine in entry.evening.medicines] == [
        instant("2026-11-22T03:00+01:00"),
        instant("2026-11-21T08:00+01:00"),
    ]


def test_validated_refuses_an_entry_that_could_not_be_read_back() -> None:
    assert validated(night(), NOW) == night()
    with pytest.raises(EntryError, match=r"hypnic_jerks\.fear: must be from 0 to 10"):
        validated(replace(night(), hypnic_jerks=HypnicJerks(fear=12)), NOW)


def test_the_first_recording_is_kept_when_an_entry_is_corrected() -> None:
    first = instant("2026-11-22T07:10+01:00")
    later = instant("2026-11-25T20:00+01:00")
    entry = recorded(night(), first)
    assert entry.recorded_at == first
    assert recorded(night(awakenings=3), later, replaces=entry).recorded_at == first
    assert recorded(night(), later, replaces=night()).recorded_at == later
    assert recorded(entry, later).recorded_at == first


def test_one_click_mends_a_slip() -> None:
    slipped = night(into_bed="10:40")
    mended = with_night(slipped, twelve_hour_slips(slipped.wake_date, slipped.night_times)[0].night)
    assert mended == night()


def test_placing_the_night_anew_replaces_what_was_told_of_it() -> None:
    entry = night(
        wake_date="2026-03-29",
        into_bed="02:30",
        tried_to_sleep="04:00",
        evening={"alcohol_last": "02:30"},
    )
    anew = place_night(entry.wake_date, {"out_of_bed": TypedClock(time(7), BERLIN)})
    changed = with_night(entry, anew)
    assert (changed.into_bed, changed.final_awakening) == (None, None)
    assert [notice.field for notice in changed.time_notices] == ["evening.alcohol_last"]
    assert all(isinstance(notice, TimeNotice) for notice in changed.time_notices)
