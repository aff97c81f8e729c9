"""Any entry survives its JSON, and any JSON gives an entry or one EntryError."""

import json
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

from diary_nights import EXAMPLE, NOW, nights, zones
from hypothesis import given
from hypothesis import strategies as st

from sleepcalm.diary.civil_time import Instant, time_zone
from sleepcalm.diary.entry import (
    Entry,
    Evening,
    Exercise,
    HypnicJerks,
    JerkCountBand,
    JerkStrength,
    Medicine,
    Naps,
    OtherSleep,
    Restedness,
    Side,
    SleepQuality,
)
from sleepcalm.diary.entry_format import entry_from_json, entry_to_json
from sleepcalm.diary.measures import measure
from sleepcalm.diary.placing import NIGHT_ORDER, NoticeKind, TimeNotice
from sleepcalm.diary.slips import twelve_hour_slips
from sleepcalm.diary.values import EntryError

flags = st.none() | st.booleans()
minutes = st.none() | st.integers(0, 1440)
scales = st.none() | st.integers(0, 10)
counts = st.none() | st.integers(0, 999)
words = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


notices = st.builds(TimeNotice, st.sampled_from(NIGHT_ORDER), st.sampled_from(NoticeKind), st.just("02:30"))


def maybe(options: type[StrEnum]) -> st.SearchStrategy[Any]:
    return st.none() | st.sampled_from(list(options))


@st.composite
def instants(draw: st.DrawFn, night: date) -> Instant:
    """A moment near the night as a clock in some zone, or in none that is known, showed it."""
    noon = datetime(night.year, night.month, night.day, 12, tzinfo=UTC)
    moment = noon + timedelta(seconds=draw(st.integers(-172_800, 86_400)))
    lived = Instant.from_moment(moment, draw(zones))
    return draw(st.sampled_from([lived, Instant(lived.wall, lived.utc_offset_s), lived]))


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    night = draw(nights)
    when = st.none() | instants(night)
    in_order = sorted((draw(instants(night)) for _ in NIGHT_ORDER), key=lambda instant: instant.utc)
    times = {field: draw(st.sampled_from([i, None])) for field, i in zip(NIGHT_ORDER, in_order, strict=True)}
    name = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
    medicines = st.builds(Medicine, name, words, when, flags, flags)
    pairs = st.lists(instants(night), min_size=2, max_size=2).map(lambda p: sorted(p, key=lambda i: i.utc))
    sleeps = st.builds(lambda pair, asleep: OtherSleep(pair[0], pair[1], asleep), pairs, minutes)
    amounts = st.none() | st.floats(0, 100)
    return Entry(
        wake_date=night,
        time_zone=draw(zones),
        **times,
        sleep_onset_latency_min=draw(minutes),
        awakenings=draw(counts),
        wake_after_sleep_onset_min=draw(minutes),
        minutes_trying_after_waking=draw(minutes),
        woke_earlier_than_planned_min=draw(minutes),
        did_not_sleep=draw(flags),
        sleep_quality=draw(maybe(SleepQuality)),
        restedness=draw(maybe(Restedness)),
        own_estimate_total_sleep_min=draw(minutes),
        other_sleeps=draw(st.none() | st.lists(sleeps, max_size=2).map(tuple)),
        naps=draw(st.builds(Naps, counts, minutes)),
        hypnic_jerks=draw(
            st.builds(
                HypnicJerks,
                count=counts | st.sampled_from(JerkCountBand),
                strongest=maybe(JerkStrength),
                woke_fully=flags,
                minutes_to_resettle=minutes,
                fear=scales,
                body_part=words,
                side=maybe(Side),
            )
        ),
        evening=draw(
            st.builds(
                Evening,
                caffeine_mg=amounts,
                caffeine_last=when,
                alcohol_drinks=amounts,
                alcohol_last=when,
                exercise=maybe(Exercise),
                exercise_ended=when,
                stress=scales,
                medicines=st.none() | st.lists(medicines, max_size=2).map(tuple),
                illness=flags,
            )
        ),
        notes=draw(words),
        recorded_at=draw(when),
        time_notices=draw(
            st.lists(
                st.builds(
                    TimeNotice, st.sampled_from(NIGHT_ORDER), st.sampled_from(NoticeKind), st.just("02:30")
                ),
                max_size=2,
            ).map(tuple)
        ),
    )


@given(entries())
def test_an_entry_survives_its_json(entry: Entry) -> None:
    written = json.loads(json.dumps(entry_to_json(entry), allow_nan=False))
    assert entry_from_json(written, default_zone="Asia/Tokyo", now=NOW) == entry
    for field, instant in entry.night_times.items():
        assert datetime.fromisoformat(written[field]) == instant.utc


@given(entries())
def test_any_entry_can_be_measured(entry: Entry) -> None:
    found = measure(entry)
    assert found.time_in_bed_min is None or found.time_in_bed_min >= 0
    assert found.total_sleep_time_min is None or found.total_sleep_time_min >= 0
    for slip in twelve_hour_slips(entry.wake_date, entry.night_times):
        assert slip.night.span <= timedelta(hours=18)


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=30)
    | st.just("2026-11-22T07:00Z"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=6,
)
SECTIONS = {
    section: list(entry_to_json(Entry(date(2026, 11, 22), "UTC"))[section])
    for section in ("naps", "hypnic_jerks", "evening")
}


@st.composite
def damaged_objects(draw: st.DrawFn) -> dict[str, Any]:
    """The example with arbitrary values in one to three fields, some of them in a section."""
    names = [*entry_to_json(Entry(date(2026, 11, 22), "UTC")), "recorded_at", "time_notices", "instant_zones"]
    changed = dict(EXAMPLE)
    for name in draw(st.lists(st.sampled_from(names), min_size=1, max_size=3)):
        inner = st.sampled_from(SECTIONS.get(name, ["started"]))
        section = st.dictionaries(inner, json_values, max_size=3)
        changed[name] = draw(json_values | section | st.lists(section, max_size=2))
    return changed


@given(damaged_objects())
def test_any_object_gives_an_entry_or_one_short_reason(value: dict[str, Any]) -> None:
    try:
        entry = entry_from_json(value, default_zone="UTC", now=NOW)
    except EntryError as error:
        said = str(error)
    else:
        assert entry_from_json(entry_to_json(entry), default_zone="UTC", now=NOW) == entry
        return
    assert said.isprintable()
    assert len(said) < 300


@given(st.text(max_size=20))
def test_any_zone_name_is_known_or_refused(name: str) -> None:
    try:
        entry_from_json(EXAMPLE | {"time_zone": name}, default_zone="UTC", now=NOW)
    except EntryError as error:
        refused = error.field
    else:
        assert time_zone(name).key == name
        return
    assert refused == "time_zone"
