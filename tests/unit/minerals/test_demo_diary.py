from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from sleepcalm.diary.entry import Entry
from sleepcalm.diary.entry_format import entry_from_json
from sleepcalm.diary.flags import FlagCode
from sleepcalm.diary.measures import measure
from sleepcalm.minerals.intake import ChecklistItem, DayIntake, Mineral
from sleepcalm.minerals.notes import NoteCode
from sleepcalm.minerals.reference_intakes import Profile, Region
from sleepcalm.minerals.totals import day_totals

ROOT = Path(__file__).parents[3]
FIRST, LAST = dt.date(2026, 9, 14), dt.date(2026, 11, 22)


@pytest.fixture(scope="module")
def demo():
    return json.loads((ROOT / "seeds" / "demo_diary.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def nights(demo) -> dict[dt.date, Entry]:
    now = dt.datetime.fromisoformat(demo["opens_at"])
    entries = [entry_from_json(night, default_zone=demo["time_zone"], now=now) for night in demo["nights"]]
    by_date = {entry.wake_date: entry for entry in entries}
    assert len(by_date) == len(entries)
    return by_date


@pytest.fixture(scope="module")
def days(demo) -> dict[dt.date, DayIntake]:
    found = msgspec.convert(demo["intake_days"], type=tuple[DayIntake, ...])
    assert len({day.date for day in found}) == len(found)
    return {day.date: day for day in found}


def test_the_generator_writes_the_file_that_is_shipped(tmp_path):
    again = tmp_path / "again.json"
    subprocess.run(
        [sys.executable, ROOT / "packaging" / "demo" / "make_demo_diary.py", again],
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "1"},
    )
    assert again.read_bytes() == (ROOT / "seeds" / "demo_diary.json").read_bytes()


def test_the_file_says_first_of_all_that_it_is_invented(demo):
    assert next(iter(demo.items())) == ("invented", True)
    assert "Invented" in demo["notice"]


def test_ten_weeks_with_gaps_one_of_them_several_nights_long(nights):
    assert (min(nights), max(nights)) == (FIRST, LAST)
    missing = {FIRST + dt.timedelta(days=n) for n in range(70)} - set(nights)
    assert len(missing) == 9
    assert {dt.date(2026, 10, day) for day in (2, 3, 4, 5)} <= missing


def test_the_night_when_clocks_went_back_is_an_hour_longer_than_its_clock(nights):
    night = nights[dt.date(2026, 10, 25)]
    assert night.into_bed.iso() == "2026-10-24T23:00:00+02:00"
    assert night.out_of_bed.iso() == "2026-10-25T07:00:00+01:00"
    assert measure(night).time_in_bed_min == 9 * 60


def test_contradictions_unknown_minutes_and_a_night_without_sleep_are_in_it(nights):
    flags = {flag.code for entry in nights.values() for flag in measure(entry).flags}
    assert flags == {
        FlagCode.DOES_NOT_ADD_UP,
        FlagCode.AWAKENINGS_CONTRADICT,
        FlagCode.SPAN_OVER_18_H,
        FlagCode.JERKS_CONTRADICT,
        FlagCode.ENTERED_LATE,
    }
    assert any(measure(entry).missing_for("total_sleep_time_min") for entry in nights.values())
    assert [date for date, entry in nights.items() if entry.did_not_sleep] == [dt.date(2026, 10, 28)]
    assert {entry.time_zone for entry in nights.values()} == {"Europe/Berlin", "Europe/London"}


def test_the_other_nights_are_plausible(nights):
    slept = [measure(entry).total_sleep_time_min for entry in nights.values() if not entry.did_not_sleep]
    known = [minutes for minutes in slept if minutes is not None]
    assert len(known) >= 50
    assert all(4 * 60 <= minutes <= 10 * 60 for minutes in known)


def test_practice_ends_before_the_person_tries_to_sleep(demo, nights):
    tried = sorted(entry.tried_to_sleep.utc for entry in nights.values() if entry.tried_to_sleep)
    assert len(demo["practice"]) >= 20
    for played in demo["practice"]:
        started, ended = (dt.datetime.fromisoformat(played[key]) for key in ("started", "ended"))
        assert ended - started <= dt.timedelta(minutes=played["minutes_heard"] + 0.1)
        next_sleep = [moment for moment in tried if moment >= started]
        assert next_sleep[0] >= ended


def test_intake_holds_gaps_nothing_taken_an_offer_and_a_warning(days, references):
    reference = references.reference_for(Region.US, Profile())
    totals = {date: day_totals(day, reference, references.thresholds) for date, day in days.items()}
    assert len(days) < 70
    assert totals[dt.date(2026, 10, 23)].magnesium.total_mg == 0
    assert not totals[dt.date(2026, 11, 3)].recorded
    codes = {date: {note.code for note in of_day.notes} for date, of_day in totals.items()}
    warned = [date for date, found in codes.items() if NoteCode.MAGNESIUM_SUPPLEMENT_WARNING in found]
    assert warned == [dt.date(2026, 11, 10)]
    assert any(NoteCode.FIGURE_UNKNOWN in found for found in codes.values())


def test_a_corrected_label_leaves_the_days_before_as_they_were(demo, days):
    kept = msgspec.convert(demo["checklist_items"], type=tuple[ChecklistItem, ...])
    capsule = kept[0].item
    figures = {
        entry.item.per_serving_mg(Mineral.MAGNESIUM): day.date
        for day in days.values()
        for entry in day.entries
        if entry.item.id == capsule.id
    }
    assert set(figures) == {75.0, 100.0}
    assert capsule.per_serving_mg(Mineral.MAGNESIUM) == 100.0
    assert figures[75.0] < figures[100.0]
