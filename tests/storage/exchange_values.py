"""Nights, days, items, practices and trials of every kind, for the properties of exports."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from sleepcalm.diary.civil_time import Instant
from sleepcalm.diary.entry import (
    Entry,
    Exercise,
    JerkCountBand,
    JerkStrength,
    Restedness,
    Side,
    SleepQuality,
)
from sleepcalm.diary.entry_format import entry_from_json
from sleepcalm.diary.practice import Ending, InterruptedBy, Interruption, PlaceLeft, Practice
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
from sleepcalm.storage.exchange_forms import Reading
from sleepcalm.trends.question import Question
from sleepcalm.trends.trial import LARGEST_SEED, Condition, NightKept, Outcome, Shortfall, Trial

NOW = dt.datetime(2030, 1, 1, 12, tzinfo=dt.UTC)
READING = Reading("Asia/Tokyo", NOW)

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""Whole records are large values, and the machine may be busy with something else."""

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC")
# Beside plain dates, those on which clocks change in one of the zones.
_CHANGES = (dt.date(2026, 3, 29), dt.date(2026, 10, 25), dt.date(2026, 3, 8), dt.date(2026, 4, 5))
_dates = st.sampled_from(_CHANGES) | st.dates(dt.date(1990, 1, 1), dt.date(2029, 12, 31))
_signs = st.characters(exclude_categories=["Cs"])
texts = st.text(_signs | st.sampled_from('",;\n\r\t =\0'), max_size=12)
_names = texts.filter(str.strip)
_clocks = st.builds("{:02d}:{:02d}".format, st.integers(0, 23), st.integers(0, 59))
_yes_no = st.booleans()
_minutes = st.integers(0, 1440)
_counts = st.integers(0, 999)
_scales = st.integers(0, 10)
_amounts = st.floats(0, 100)


def _words(kind: type[Any]) -> st.SearchStrategy[str]:
    return st.sampled_from([option.value for option in kind])


def _some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Objects with any of the fields, given, null or left out."""
    return st.fixed_dictionaries({}, optional={name: st.none() | value for name, value in fields.items()})


def _written_nights() -> st.SearchStrategy[dict[str, Any]]:
    medicine = st.fixed_dictionaries(
        {"name": texts},
        optional={"dose": texts, "time": _clocks, "for_sleep": _yes_no, "new_or_changed": _yes_no},
    )
    return st.fixed_dictionaries(
        {"wake_date": _dates.map(str)},
        optional={
            "time_zone": st.sampled_from(ZONES),
            **dict.fromkeys(("into_bed", "tried_to_sleep", "final_awakening", "out_of_bed"), _clocks),
            "sleep_onset_latency_min": _minutes,
            "awakenings": _counts,
            "wake_after_sleep_onset_min": _minutes,
            "minutes_trying_after_waking": _minutes,
            "woke_earlier_than_planned_min": _minutes,
            "did_not_sleep": _yes_no,
            "sleep_quality": _words(SleepQuality),
            "restedness": _words(Restedness),
            "own_estimate_total_sleep_min": _minutes,
            "other_sleeps": st.lists(_some(started=_clocks, ended=_clocks, sleep_min=_minutes), max_size=2),
            "naps": _some(count=_counts, minutes=_minutes),
            "hypnic_jerks": _some(
                count=_counts | _words(JerkCountBand),
                strongest=_words(JerkStrength),
                woke_fully=_yes_no,
                falling_sensation=_yes_no,
                sensory_only=_yes_no,
                during_practice=_yes_no,
                minutes_to_resettle=_minutes,
                fear=_scales,
                body_part=texts,
                side=_words(Side),
                seen_by_partner=_yes_no,
                unsure=_yes_no,
            ),
            "evening": _some(
                caffeine_mg=_amounts,
                caffeine_last=_clocks,
                alcohol_drinks=_amounts,
                alcohol_last=_clocks,
                nicotine=_yes_no,
                exercise=_words(Exercise),
                exercise_ended=_clocks,
                stress=_scales,
                tiredness=_scales,
                medicines=st.lists(medicine, max_size=2),
                screen_late=_yes_no,
                noise_or_light=_yes_no,
                illness=_yes_no,
            ),
            "notes": texts,
        },
    )


@st.composite
def _nights(draw: st.DrawFn) -> Entry:
    entry = entry_from_json(draw(_written_nights()), default_zone=draw(st.sampled_from(ZONES)), now=NOW)
    if draw(_yes_no):
        recorded_at = dt.datetime.combine(entry.wake_date, dt.time(7, 15), dt.UTC)
        given = {"recorded_at": Instant.from_moment(recorded_at, draw(st.sampled_from(ZONES)))}
        entry = Entry(**{name: getattr(entry, name) for name in Entry.__dataclass_fields__} | given)
    return entry


_contents = st.builds(MineralContent, st.floats(0, 5000)) | st.builds(
    lambda mg: MineralContent(mg * 16.2 / 100, "magnesium-citrate", mg, 16.2), st.floats(0, 5000)
)
items = st.builds(
    Item,
    id=_names,
    name=_names,
    serving=_names,
    source=st.sampled_from(Source),
    grams_per_serving=st.none() | st.floats(0.1, 1000),
    magnesium=st.none() | _contents,
    calcium=st.none() | _contents,
)
_times = st.none() | st.times()


@st.composite
def _days(draw: st.DrawFn) -> DayIntake:
    entries = []
    for number, item in enumerate(draw(st.lists(items, max_size=3))):
        units = list(AmountUnit) if item.grams_per_serving else [AmountUnit.SERVINGS]
        amount = Amount(draw(st.floats(0.1, 100)), draw(st.sampled_from(units)))
        entries.append(IntakeEntry(f"{item.id}/{number}", item, amount, draw(_times), draw(_yes_no)))
    nothing = not any(entry.checked for entry in entries) and draw(_yes_no)
    return DayIntake(draw(_dates), tuple(entries), nothing)


_places = st.builds(
    PlaceLeft,
    _names,
    _names,
    st.none() | _names,
    st.integers(0, 100),
    st.integers(0, 5000),
    st.none() | st.floats(0, 1),
)


@st.composite
def _practices(draw: st.DrawFn) -> Practice:
    moment = dt.datetime.combine(draw(_dates), draw(st.times()), dt.UTC)
    started = Instant.from_moment(moment, draw(st.sampled_from(ZONES)))
    ended = Instant.from_moment(
        moment + dt.timedelta(seconds=draw(st.integers(0, 5000))), draw(st.sampled_from(ZONES))
    )
    if draw(_yes_no):
        started = Instant(started.wall, started.utc_offset_s)
    later = st.builds(
        lambda seconds, zone: Instant.from_moment(moment + dt.timedelta(seconds=seconds), zone),
        st.integers(0, 5000),
        st.sampled_from(ZONES),
    )
    interruptions = st.builds(Interruption, later, st.sampled_from(InterruptedBy))
    return Practice(
        draw(_names),
        started,
        draw(st.sampled_from([ended, None])),
        draw(st.floats(0, 600)),
        draw(_yes_no),
        tuple(draw(st.lists(later, max_size=2))),
        tuple(draw(st.lists(interruptions, max_size=2))),
        draw(st.none() | st.sampled_from(Ending)),
        draw(st.none() | st.floats(0, 1)),
        draw(st.none() | _places),
    )


@st.composite
def _moments(draw: st.DrawFn) -> Instant:
    moment = dt.datetime.combine(draw(_dates), draw(st.times()), dt.UTC)
    found = Instant.from_moment(moment, draw(st.sampled_from(ZONES)))
    return found if draw(_yes_no) else Instant(found.wall, found.utc_offset_s)


@st.composite
def _trials(draw: st.DrawFn) -> Trial:
    created = draw(_moments())
    start = created.wall.date() + dt.timedelta(days=draw(st.integers(1, 400)))
    period_nights = draw(st.integers(1, 14))
    trial = Trial(
        id=draw(_names),
        factor=draw(_names),
        outcome=draw(st.sampled_from(Outcome)),
        pairs=draw(st.integers(1, 30)),
        period_nights=period_nights,
        washout_nights=draw(st.integers(0, period_nights - 1)),
        start=start,
        seed=draw(st.integers(0, LARGEST_SEED)),
        created=created,
        routine=draw(st.none() | texts),
        accepted=tuple(draw(st.lists(st.builds(Shortfall, texts, texts), max_size=2))),
    )
    last = trial.nights - 1
    kept = draw(st.lists(st.integers(0, last), max_size=3, unique=True))
    ended = draw(st.none() | st.integers(-3, last - 1))
    return replace(
        trial,
        kept=tuple(
            NightKept(start + dt.timedelta(days=night), draw(st.sampled_from(Condition))) for night in kept
        ),
        ended_early=None if ended is None else start + dt.timedelta(days=ended),
    )


trials = st.lists(_trials(), max_size=2, unique_by=lambda trial: trial.id)
questions = st.lists(
    st.builds(Question, _names, st.sampled_from(Outcome).map(str), _moments()),
    max_size=2,
    unique_by=lambda question: question.key,
)
nights = st.lists(_nights(), max_size=3, unique_by=lambda night: night.wake_date)
days = st.lists(_days(), max_size=3, unique_by=lambda day: day.date)
kept_items = st.lists(
    st.builds(ChecklistItem, items, _times, _yes_no, _yes_no), max_size=2, unique_by=lambda kept: kept.item.id
)
practices = st.lists(_practices(), max_size=2, unique_by=lambda played: played.key)
records = st.fixed_dictionaries(
    {
        "nights": nights,
        "intake_days": days,
        "checklist_items": kept_items,
        "practice": practices,
        "trials": trials,
        "questions": questions,
    }
)
