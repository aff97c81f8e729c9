"""The nights of the real record in the Trends tab's port: read at once, read on a thread, followed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from sleepcalm.diary.civil_time import Instant
from sleepcalm.diary.practice import Practice
from sleepcalm.gui.kept_preferences import KeptPreferences
from sleepcalm.minerals.checklist import add
from sleepcalm.minerals.intake import DayIntake, Item, MineralContent, Source
from sleepcalm.program import Program, load_program
from sleepcalm.trends.figures import Series
from sleepcalm.window.diary import WindowDiary
from sleepcalm.window.minerals import WindowMinerals
from sleepcalm.window.record import WindowRecord
from sleepcalm.window.trends import Charts, WindowTrends
from trends.trends_in_memory import TODAY, night, week

NOW = datetime.fromisoformat("2026-11-22T08:00:00+01:00")
CAPSULE = Item("c", "C", "1", Source.SUPPLEMENT, magnesium=MineralContent(120.0))


@pytest.fixture
def program(tmp_path: Path) -> Program:
    program = load_program(tmp_path / "data", NOW, clock=lambda: NOW)
    with program.open_record("the test") as book:
        for entry in [night(date(2025, 1, 5)), *week(16, 17)]:
            book.save_entry(entry)
    return program


@pytest.fixture
def opened(qtbot: QtBot, program: Program) -> Iterator[tuple[WindowRecord, WindowTrends, KeptPreferences]]:
    record = WindowRecord(program)
    preferences = KeptPreferences(program.preferences, lambda _preferences: None)
    trends = WindowTrends(record, program, preferences)
    with qtbot.waitSignal(record.ready, timeout=20_000):
        record.start()
    yield record, trends, preferences
    trends.close()
    record.close()


def known(qtbot: QtBot, trends: WindowTrends) -> None:
    """Have the whole history read."""
    with qtbot.waitSignal(trends.changed, timeout=20_000):
        trends.nights(TODAY, TODAY)


def test_two_weeks_are_there_at_once_and_years_a_moment_later(qtbot: QtBot, opened: tuple) -> None:
    _record, trends, _preferences = opened
    two_weeks = trends.nights(TODAY - timedelta(days=13), TODAY)
    assert [row.wake_date.day for row in two_weeks if row.recorded] == [16, 17]
    assert not trends.is_complete
    assert trends.nights(date(2025, 1, 1), TODAY) is None
    qtbot.waitUntil(lambda: trends.is_complete, timeout=20_000)
    years = trends.nights(date(2025, 1, 1), TODAY)
    assert len(years) == (TODAY - date(2025, 1, 1)).days + 1
    assert sum(row.recorded for row in years) == 3
    assert years[-14:] == list(two_weeks)
    assert trends.recorded() == (date(2025, 1, 5), date(2026, 11, 17))


@pytest.mark.parametrize("reads_all", [True, False])
def test_saved_nights_intake_and_practice_are_followed(
    qtbot: QtBot, program: Program, opened: tuple, *, reads_all: bool
) -> None:
    record, trends, _preferences = opened
    if reads_all:
        known(qtbot, trends)
    diary, minerals = WindowDiary(record, program), WindowMinerals(record, program)
    with qtbot.waitSignal(trends.changed, timeout=20_000):
        diary.save(night(date(2026, 11, 18), hypnic_jerks={"count": 5}))
    with qtbot.waitSignal(trends.changed, timeout=20_000):
        minerals.save_day(add(DayIntake(date(2026, 11, 17)), CAPSULE))
    started = Instant.as_written(datetime.fromisoformat("2026-11-17T22:00:00+01:00"), "Europe/Berlin")
    practice = Practice("pmr-7", started, minutes_heard=11.0)
    with qtbot.waitSignal(trends.changed, timeout=20_000):
        record.save(("practices", practice.key), practice, lambda book: book.put(practice), list, str)
    (row,) = trends.nights(date(2026, 11, 18), date(2026, 11, 18))
    assert row.values[Series.HYPNIC_JERKS] == 5
    assert row.values[Series.MAGNESIUM] == 120
    assert row.values[Series.PRACTICE] == 11


def test_a_deleted_night_is_a_gap_again(qtbot: QtBot, program: Program, opened: tuple) -> None:
    record, trends, _preferences = opened
    known(qtbot, trends)
    diary = WindowDiary(record, program)
    with qtbot.waitSignal(trends.changed, timeout=20_000):
        diary.delete(date(2026, 11, 17))
    (row,) = trends.nights(date(2026, 11, 17), date(2026, 11, 17))
    assert not row.recorded


def test_another_person_has_other_targets(qtbot: QtBot, program: Program, opened: tuple) -> None:
    record, trends, preferences = opened
    minerals = WindowMinerals(record, program)
    with qtbot.waitSignal(trends.changed, timeout=20_000):
        minerals.save_day(add(DayIntake(date(2026, 11, 17)), CAPSULE))
    known(qtbot, trends)
    (before,) = trends.nights(date(2026, 11, 18), date(2026, 11, 18))
    with qtbot.waitSignal(trends.changed, timeout=20_000):
        preferences.change(sex="male", birth_year=1980)
    (after,) = trends.nights(date(2026, 11, 18), date(2026, 11, 18))
    assert before.intake.magnesium.reference.target != after.intake.magnesium.reference.target == 420


def test_the_charts_are_loaded_on_a_thread_once(qtbot: QtBot) -> None:
    charts = Charts()
    with qtbot.waitSignal(charts.loaded, timeout=60_000):
        charts.load()
        charts.load()
        assert not charts.is_loaded
    assert charts.is_loaded
    charts.close()
