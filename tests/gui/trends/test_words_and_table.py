"""What the period says in words, what is counted beside it, and the table of the same figures."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from sleepcalm.gui.trends.table_model import TrendTableModel
from sleepcalm.trends.averages import means
from sleepcalm.trends.buckets import buckets_of
from sleepcalm.trends.figures import Series, night_figures
from sleepcalm.trends.periods import Period, Span, period_around
from trends.trends_in_memory import TODAY, Opener, night, week

WEEK_BEFORE = [night(date(2026, 11, day), hypnic_jerks={"count": 3}) for day in range(9, 14)]


def test_a_week_beside_the_one_before(open_trends: Opener) -> None:
    now = week(16, 17, 18, 20, hypnic_jerks={"count": 2}, sleep_onset_latency_min=37)
    assert open_trends([*WEEK_BEFORE, *now]).words == (
        "4 of 7 nights recorded.\n"
        "2 jolts a night (4 nights); the week before 3 (5 nights).\n"
        "Falling asleep took 37 min (4 nights); the week before 24 min (5 nights)."
    )


def test_three_nights_are_not_compared(open_trends: Opener) -> None:
    words = open_trends([*WEEK_BEFORE, *week(16, 17, 18, hypnic_jerks={"count": 1})]).words
    assert words == (
        "3 of 7 nights recorded.\n"
        "1 jolt a night (3 nights).\n"
        "Falling asleep took 24 min (3 nights).\n"
        "To compare with the week before, both need 4 nights."
    )


def test_ranges_are_said_as_ranges_and_not_judged_where_they_overlap(open_trends: Opener) -> None:
    words = open_trends([*WEEK_BEFORE, *week(16, 17, 18, 19, hypnic_jerks={"count": "3-5"})]).words
    assert "3 to 5 jolts a night (4 nights); the week before 3 (5 nights)." in words
    assert "Estimates overlap, so which was more cannot be told." in words


def test_an_open_range_is_at_least_its_low_end(open_trends: Opener) -> None:
    assert "6 jolts or more a night (1 night)." in open_trends(week(16, hypnic_jerks={"count": "6+"})).words


def test_a_week_of_nothing_but_dont_know(open_trends: Opener) -> None:
    opened = open_trends(week(16, 17, hypnic_jerks={"count": "unknown"}))
    assert "jolt" not in opened.words
    assert opened.words.startswith("2 of 7 nights recorded.")
    assert "jolts" not in opened.readout


def test_a_week_without_a_night(open_trends: Opener) -> None:
    opened = open_trends()
    assert opened.words == "No night is recorded in this time."
    assert opened.readout == "Nothing is recorded in this time."
    assert not opened.tab.words.efficiency.isVisible()
    assert not opened.tab.card.header.earlier.isEnabled()


def test_nights_that_do_not_add_up_are_counted_beside_the_chart(open_trends: Opener) -> None:
    wrong = week(17, sleep_onset_latency_min=400, wake_after_sleep_onset_min=400)
    opened = open_trends(week(16) + wrong)
    assert opened.tab.card.excluded.text() == "1 night does not add up and is left out."
    assert opened.tab.card.excluded.isVisible()
    assert opened.tab.words.efficiency.text() == "Sleep efficiency 82 % (1 night)"
    assert not open_trends(week(16)).tab.card.excluded.isVisible()


def test_the_efficiency_is_that_of_the_sums(open_trends: Opener) -> None:
    short = week(17, tried_to_sleep="03:05", into_bed="03:00", sleep_onset_latency_min=60)
    opened = open_trends(week(16) + short)
    asleep, in_bed = 411 + (215 - 60 - 20), 500 + 240
    assert (
        opened.tab.words.efficiency.text() == f"Sleep efficiency {round(100 * asleep / in_bed)} % (2 nights)"
    )


def test_definitions_are_one_click_away(open_trends: Opener) -> None:
    opened = open_trends(week(16))
    opened.tab.words.definitions.click()
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    assert dialog.windowTitle() == "What the figures mean"
    dialog.accept()


def test_the_table_holds_what_the_chart_shows_and_copies_it(open_trends: Opener) -> None:
    opened = open_trends(week(16, hypnic_jerks={"count": "3-5"}) + week(17, hypnic_jerks={"count": 0}))
    opened.tab.card.table_link.click()
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    QTest.keyClick(dialog.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    rows = [line.split("\t") for line in QApplication.clipboard().text().splitlines()]
    assert rows[0][:5] == ["Night to", "Jolts", "Time to fall asleep", "Asleep", "In bed"]
    assert rows[1][:5] == ["Mon 16 Nov 2026", "3–5", "24 min", "6 h 51", "8 h 20"]  # noqa: RUF001
    assert rows[2][1] == "0"
    assert set(rows[3][1:]) == {"–"}  # noqa: RUF001
    assert rows[8][:3] == ["Mean", "1.5 to 2.5 (2 nights)", "24 min (2 nights)"]
    dialog.accept()


def model_of(period: Period, entries: list) -> TrendTableModel:
    nights = night_figures({entry.wake_date: entry for entry in entries}, {}, (), period.first, period.last)
    model = TrendTableModel()
    model.show_buckets(buckets_of(period, nights), list(Series), dict(means(nights)))
    return model


def test_the_model_keeps_to_the_rules_of_models(qtmodeltester: ModelTester) -> None:
    model = model_of(period_around(Span.WEEK, TODAY), week(16, 18))
    qtmodeltester.check(model)
    model.show_buckets((), (), {})
    qtmodeltester.check(model)


def test_weeks_in_the_table_say_their_spread_and_their_nights(qtbot: QtBot) -> None:
    days = [date(2026, 10, 5) + timedelta(days=n) for n in range(7)]
    entries = [night(day, sleep_onset_latency_min=10 * n) for n, day in enumerate(days)]
    model = model_of(period_around(Span.THREE_MONTHS, TODAY), entries)
    assert model.index(5, 0).data() == "5 Oct 2026 – 11 Oct 2026"  # noqa: RUF001
    assert model.index(5, 2).data() == "30 min, half of them 15 min to 45 min (7 nights)"
    assert model.index(0, 2).data(Qt.ItemDataRole.AccessibleTextRole) == "Time to fall asleep: not recorded"
