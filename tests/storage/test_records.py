"""Values become documents and come back the same; what is not a value is refused with field and reason."""

from __future__ import annotations

import json
import typing
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleepcalm.diary.civil_time import Instant
from sleepcalm.diary.entry import (
    Entry,
    Evening,
    HypnicJerks,
    JerkCountBand,
    JerkStrength,
    Medicine,
    Naps,
    OtherSleep,
    SleepQuality,
)
from sleepcalm.diary.placing import NoticeKind, TimeNotice
from sleepcalm.diary.practice import Practice
from sleepcalm.minerals.intake import (
    Amount,
    AmountUnit,
    ChecklistItem,
    DayIntake,
    IntakeEntry,
    Item,
    MineralContent,
    Source,
)
from sleepcalm.storage.records import (
    TABLES,
    BadRecordError,
    Recorded,
    document_from,
    key_of,
    record_from,
    table_of,
)
from sleepcalm.trends.question import Question
from sleepcalm.trends.trial import Condition, NightKept, Outcome, Shortfall, Trial

ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC", None]
instants = st.builds(
    Instant,
    st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1)),  # noqa: DTZ001 (a wall time has no zone)
    st.integers(-50_000, 50_000),
    st.sampled_from(ZONES),
)


def wall(shown: str, utc_offset_s: int, zone: str | None = None) -> Instant:
    return Instant(datetime.fromisoformat(shown), utc_offset_s, zone)


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
maybe_minutes = st.none() | st.integers(0, 1440)
yes_no_unknown = st.none() | st.booleans()
entries = st.builds(
    Entry,
    wake_date=st.dates(date(2000, 1, 1), date(2090, 1, 1)),
    time_zone=st.sampled_from(ZONES[:-1]),
    into_bed=st.none() | instants,
    sleep_onset_latency_min=maybe_minutes,
    did_not_sleep=yes_no_unknown,
    sleep_quality=st.none() | st.sampled_from(SleepQuality),
    other_sleeps=st.none()
    | st.lists(st.builds(OtherSleep, started=st.none() | instants, sleep_min=maybe_minutes), max_size=2).map(
        tuple
    ),
    naps=st.builds(Naps, maybe_minutes, maybe_minutes),
    hypnic_jerks=st.builds(
        HypnicJerks,
        count=st.none() | st.integers(0, 999) | st.sampled_from(JerkCountBand),
        strongest=st.none() | st.sampled_from(JerkStrength),
        body_part=st.none() | words,
    ),
    evening=st.builds(
        Evening,
        caffeine_mg=st.none() | st.floats(0, 5000),
        caffeine_last=st.none() | instants,
        medicines=st.none()
        | st.lists(st.builds(Medicine, words, time=st.none() | instants), max_size=2).map(tuple),
    ),
    notes=st.none() | words,
    recorded_at=st.none() | instants,
    time_notices=st.lists(
        st.builds(TimeNotice, st.just("into_bed"), st.sampled_from(NoticeKind), words), max_size=2
    ).map(tuple),
)

MAGNESIUM = Item(
    "mg-citrate",
    "Magnesium",
    "1 capsule",
    Source.SUPPLEMENT,
    grams_per_serving=1.5,
    magnesium=MineralContent(162.0, "citrate", 1000.0, 16.2),
    calcium=MineralContent(0.0),
)
DAY = DayIntake(
    date(2026, 11, 22),
    (
        IntakeEntry("a", MAGNESIUM, Amount(1), time(22, 30)),
        IntakeEntry("b", MAGNESIUM, Amount(2.5, AmountUnit.GRAMS), checked=False),
    ),
)
TRIAL = Trial(
    "t",
    "späte Bildschirmzeit 🌙",
    Outcome.SLEEP_ONSET_LATENCY,
    6,
    7,
    2,
    date(2026, 11, 23),
    2**63 - 1,
    wall("2026-11-22T07:15", 3600, "Europe/Berlin"),
    routine="pmr-7",
    accepted=(Shortfall("too_few_nights", "Three nights are recorded."),),
)
QUESTION = Question("late_caffeine", "hypnic_jerks", wall("2026-11-22T07:15", 3600))
PRACTICE = Practice("pmr-7", wall("2026-11-21T23:01", 3600, "Europe/Berlin"), None, 10.5, completed=True)


@given(entries)
def test_a_night_is_kept_as_json_and_comes_back_the_same(entry: Entry) -> None:
    document = json.loads(json.dumps(document_from(entry)))
    assert record_from(Entry, key_of(entry), document) == entry


@pytest.mark.parametrize(
    "record",
    [
        DAY,
        DayIntake(date(2026, 11, 22), nothing_taken=True),
        ChecklistItem(MAGNESIUM, time(7), daily=True),
        PRACTICE,
        TRIAL,
        replace(TRIAL, kept=(NightKept(date(2026, 11, 23), Condition.WITH),), ended_early=date(2026, 11, 1)),
        QUESTION,
    ],
    ids=["a day", "nothing taken", "an item", "a practice", "a plan", "an ended trial", "a question"],
)
def test_everything_else_comes_back_the_same(record: Any) -> None:
    document = json.loads(json.dumps(document_from(record)))
    assert record_from(type(record), key_of(record), document) == record


def test_a_document_is_short_and_readable() -> None:
    entry = Entry(
        date(2026, 11, 22),
        "Europe/Berlin",
        into_bed=wall("2026-11-21T22:40", 3600, "Europe/Berlin"),
        sleep_onset_latency_min=0,
        hypnic_jerks=HypnicJerks(count=JerkCountBand.ONE_TO_TWO),
    )
    assert document_from(entry) == {
        "wake_date": "2026-11-22",
        "time_zone": "Europe/Berlin",
        "into_bed": "2026-11-21T22:40:00+01:00[Europe/Berlin]",
        "sleep_onset_latency_min": 0,
        "naps": {},
        "hypnic_jerks": {"count": "1-2"},
        "evening": {},
        "time_notices": [],
    }


def test_zero_no_and_not_recorded_stay_three_things() -> None:
    entry = Entry(date(2026, 11, 22), "UTC", awakenings=0, did_not_sleep=False, other_sleeps=())
    back = record_from(Entry, "2026-11-22", document_from(entry))
    assert (back.awakenings, back.did_not_sleep, back.other_sleeps) == (0, False, ())
    assert (back.sleep_onset_latency_min, back.evening.medicines) == (None, None)


GOOD = {"wake_date": "2026-11-22", "time_zone": "UTC"}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"awakenings": "3"}, "awakenings"),
        ({"awakenings": 3.5}, "awakenings"),
        ({"did_not_sleep": 0}, "did_not_sleep"),
        ({"sleep_quality": "splendid"}, "sleep_quality"),
        ({"into_bed": "22:40"}, "into_bed: not a moment"),
        ({"into_bed": "2026-11-21T22:40:00"}, "into_bed: not a moment"),
        ({"into_bed": 5}, "into_bed: not a moment"),
        ({"into_bed": "2026-11-21T22:40:00+01:00["}, "into_bed: not a moment"),
        ({"into_bed": "2026-11-21T22:40:00+01:00[]"}, "into_bed: not a moment"),
        ({"into_bed": "2026-11-21T22:40:00+01:00[UTC]x"}, "into_bed: not a moment"),
        ({"into_bed": {"wall": "2026-11-21T22:40:00", "utc_offset_s": 0}}, "into_bed: not a moment"),
        ({"naps": [1]}, "naps"),
        ({"mood": "calm"}, "mood: there is no such field"),
        ({"naps": {"length": 1}}, r"naps\.length: there is no such field"),
        ({"evening": {"medicines": [{"name": "x", "time": "soon"}]}}, r"evening\.medicines\[0\]\.time"),
        ({"wake_date": "2026-11-23"}, "kept as 2026-11-22"),
        ({"wake_date": None}, "wake_date"),
    ],
)
def test_a_bad_document_is_refused_with_field_and_reason(change: dict[str, Any], reason: str) -> None:
    with pytest.raises(BadRecordError, match=reason):
        record_from(Entry, "2026-11-22", {**GOOD, **change})


def test_what_a_value_checks_of_itself_is_checked_in_reading() -> None:
    document = document_from(DAY)
    document["nothing_taken"] = True
    with pytest.raises(BadRecordError, match="nothing_taken contradicts"):
        record_from(DayIntake, "2026-11-22", document)


def test_a_value_that_would_not_read_back_is_not_written() -> None:
    with pytest.raises(BadRecordError):
        document_from(Entry(date(2026, 11, 22), "UTC", awakenings="3"))  # type: ignore[arg-type]


def test_each_kind_has_a_table_of_its_own() -> None:
    kinds = typing.get_args(Recorded)
    assert {table_of(kind) for kind in kinds} == set(TABLES)
    assert len(TABLES) == len(kinds)


def test_an_offset_of_seconds_is_kept() -> None:
    practice = Practice("pmr-7", wall("1890-01-01T00:00", 3208), wall("1890-01-01T00:09", 3208))
    assert record_from(Practice, key_of(practice), document_from(practice)) == practice
