"""What the strips draw: numbers, bands, zeros, gaps, nights that do not add up, odd nights."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from diary.fake_record import BERLIN
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sleepcalm.diary.civil_time import Instant
from sleepcalm.diary.entry import Entry
from sleepcalm.diary.practice import Practice
from sleepcalm.gui.trends.chart import TrendChart
from sleepcalm.gui.trends.look import ChartLook
from sleepcalm.gui.trends.scale import top_of
from sleepcalm.gui.trends.strip import Strip
from sleepcalm.gui.trends.strip_figures import strip_figures
from sleepcalm.minerals.checklist import add
from sleepcalm.minerals.intake import DayIntake, Item, MineralContent, Source
from sleepcalm.minerals.reference_intakes import Profile, Region, Sex, load_reference_tables
from sleepcalm.minerals.totals import DayTotals, day_totals
from sleepcalm.shipped_files import shipped_folder
from sleepcalm.trends.buckets import buckets_of
from sleepcalm.trends.figures import Series, night_figures
from sleepcalm.trends.periods import Period, Span, period_around
from trends.trends_in_memory import TODAY, night, week

WEEK = period_around(Span.WEEK, TODAY)
JOLTS, ONSET, ASLEEP = Series.HYPNIC_JERKS, Series.SLEEP_ONSET_LATENCY, Series.TOTAL_SLEEP_TIME


class Drawn:
    """A chart of nights, and what its strips hold."""

    def __init__(self, qtbot: QtBot, qapp: QApplication) -> None:
        self._look = ChartLook(qapp.palette(), qapp.font())
        self._qtbot = qtbot

    def __call__(
        self,
        entries: list[Entry],
        period: Period = WEEK,
        totals: Mapping[date, DayTotals] | None = None,
        practice: tuple[Practice, ...] = (),
        today: date = TODAY,
    ) -> Drawn:
        by_date = {entry.wake_date: entry for entry in entries}
        nights = night_figures(by_date, totals or {}, practice, period.first, period.last)
        self.chart = TrendChart(self._look)
        self._qtbot.addWidget(self.chart)
        self.chart.resize(800, 700)
        series = list(Series)
        self.chart.draw(buckets_of(period, nights), series, strip_figures(nights, period, series), today)
        self.chart.grab()
        return self

    def strip(self, series: Series) -> Strip:
        return next(strip for strip in self.chart.strips if strip.series is series)

    def bars(self, series: Series, name: str = "bars") -> dict[int, tuple[float, float]]:
        """From and to of each bar, by place."""
        item = self.strip(series)._items.get(name)
        if item is None or not item.isVisible():
            return {}
        opts: dict[str, Any] = item.opts
        return {
            x: (low, low + height)
            for x, low, height in zip(opts["x"], opts["y0"], opts["height"], strict=True)
        }

    def signs(self, series: Series) -> dict[int, str]:
        """The symbol at each place."""
        item = self.strip(series)._items.get("signs")
        if item is None or not item.isVisible():
            return {}
        return {round(point.pos().x()): point.symbol() for point in item.points()}


@pytest.fixture
def draw(qtbot: QtBot, qapp: QApplication) -> Drawn:
    return Drawn(qtbot, qapp)


def test_zero_is_a_line_at_the_bottom_and_a_gap_is_a_small_dash(draw: Drawn) -> None:
    drawn = draw(week(16, hypnic_jerks={"count": 0}) + week(17, hypnic_jerks={"count": 3}))
    assert drawn.bars(JOLTS) == {0: (0, 0), 1: (0, 3)}
    assert drawn.signs(JOLTS) == dict.fromkeys(range(2, 7), "_")
    pen = drawn.strip(JOLTS)._items["bars"].opts["pen"]
    assert pen.color() == drawn.chart.look.series(JOLTS)


def test_a_zero_can_be_seen_and_a_gap_looks_different(draw: Drawn) -> None:
    zero = draw(week(16, 17, hypnic_jerks={"count": 0})).chart.grab().toImage()
    gap = draw(week(16, 17, hypnic_jerks=None)).chart.grab().toImage()
    assert zero != gap


def test_bands_float_and_an_open_one_points_upwards(draw: Drawn) -> None:
    drawn = draw(
        week(16, hypnic_jerks={"count": "1-2"})
        + week(17, hypnic_jerks={"count": "3-5"})
        + week(18, hypnic_jerks={"count": "6+"})
        + week(19, hypnic_jerks={"count": "unknown"})
    )
    assert drawn.bars(JOLTS) == {}
    bands = drawn.bars(JOLTS, "bands")
    assert (bands[0], bands[1]) == ((1, 2), (3, 5))
    assert bands[2][0] == 6
    assert bands[2][1] > 6
    signs = drawn.signs(JOLTS)
    assert (signs[2], signs[3]) == ("t1", "_")
    assert "3.3 or more" in drawn.strip(JOLTS).label.text


def test_a_night_that_does_not_add_up_has_a_cross_and_no_sleep(draw: Drawn) -> None:
    drawn = draw(week(16) + week(17, sleep_onset_latency_min=400, wake_after_sleep_onset_min=400))
    assert drawn.signs(ASLEEP)[1] == "x"
    assert drawn.signs(ONSET)[1] == "x"
    assert drawn.signs(Series.MAGNESIUM)[1] == "_"
    assert set(drawn.bars(ASLEEP)) == {0}
    assert set(drawn.bars(ASLEEP, "behind")) == {0}


def test_time_in_bed_stands_behind_the_sleep(draw: Drawn) -> None:
    drawn = draw(week(16))
    assert drawn.bars(ASLEEP, "behind") == {0: (0, 500)}
    assert drawn.bars(ASLEEP) == {0: (0, 411)}


@pytest.mark.parametrize(("wake_date", "in_bed"), [("2026-10-25", 540), ("2026-03-29", 420)])
def test_the_nights_of_a_clock_change_are_as_long_as_they_were(
    draw: Drawn, wake_date: str, in_bed: int
) -> None:
    changed = night(wake_date, into_bed="23:00", tried_to_sleep="23:10", final_awakening="06:50")
    drawn = draw([changed], period_around(Span.WEEK, changed.wake_date))
    assert drawn.bars(ASLEEP, "behind") == {6: (0, in_bed)}


def test_a_night_after_a_flight_is_as_long_as_it_was(draw: Drawn) -> None:
    flown = night("2026-11-17", time_zone="America/New_York")
    assert draw([*week(16), flown]).bars(ASLEEP, "behind") == {0: (0, 500), 1: (0, 500)}


def test_another_sleep_of_the_same_date_is_not_drawn(draw: Drawn) -> None:
    other = [{"started": "13:00", "ended": "15:00", "sleep_min": 90}]
    assert draw(week(16, other_sleeps=other)).bars(ASLEEP) == draw(week(16)).bars(ASLEEP) == {0: (0, 411)}


def test_a_week_without_a_night_has_gaps_alone(draw: Drawn) -> None:
    drawn = draw([])
    for series in Series:
        assert drawn.bars(series) == {}
        assert drawn.signs(series) == dict.fromkeys(range(7), "_")


def test_nights_to_come_are_no_gaps(draw: Drawn) -> None:
    drawn = draw(week(16), today=date(2026, 11, 17))
    assert drawn.signs(JOLTS) == {1: "_"}


def test_what_is_answered_on_a_scale_is_a_sign_on_it(draw: Drawn) -> None:
    drawn = draw(week(16, evening={"stress": 0}, sleep_quality="very_good"))
    assert drawn.bars(Series.STRESS) == {}
    assert drawn.signs(Series.STRESS)[0] == "o"
    assert drawn.signs(Series.SLEEP_QUALITY)[0] == "d"


def test_weeks_have_whiskers_and_a_single_night_has_none(draw: Drawn) -> None:
    days = [date(2026, 9, 1) + timedelta(days=n) for n in range(60)]
    period = period_around(Span.THREE_MONTHS, TODAY)
    drawn = draw([night(day, sleep_onset_latency_min=10 + n % 3 * 10) for n, day in enumerate(days)], period)
    spread = drawn.strip(ONSET)._items["spread"].opts
    assert len(spread["x"]) == 9
    assert (spread["y"] + spread["top"]).max() == 30
    assert "spread" not in draw(week(16)).strip(ONSET)._items


def totals_of(day: date, milligrams: float, sex: Sex | None) -> DayTotals:
    tables = load_reference_tables(shipped_folder("seeds") / "reference_intakes.toml")
    reference = tables.reference_for(Region("us"), Profile(sex=sex, age_years=40))
    item = Item("a", "A", "1", Source.SUPPLEMENT, magnesium=MineralContent(milligrams))
    intake = add(DayIntake(day), item)
    return day_totals(intake, reference, tables.thresholds)


@pytest.mark.parametrize(("sex", "lines"), [(Sex.FEMALE, [320, 320]), (None, [320, 320, 420, 420])])
def test_the_target_is_a_dashed_line_and_a_range_two(
    draw: Drawn, sex: Sex | None, lines: list[float]
) -> None:
    eaten = date(2026, 11, 15)
    drawn = draw(week(16), totals={eaten: totals_of(eaten, 250, sex)})
    targets = drawn.strip(Series.MAGNESIUM)._items["targets"]
    assert list(targets.yData) == lines
    assert drawn.bars(Series.MAGNESIUM) == {0: (0, 250)}
    assert targets.opts["pen"].style().name == "DashLine"


def test_practice_is_a_bar_of_its_minutes(draw: Drawn) -> None:
    started = Instant.as_written(datetime.fromisoformat("2026-11-15T22:30:00+01:00"), BERLIN)
    drawn = draw(week(16, 17), practice=(Practice("pmr-7", started, minutes_heard=12.0),))
    assert drawn.bars(Series.PRACTICE) == {0: (0, 12), 1: (0, 0)}


def test_every_mark_of_a_number_lies_inside_its_strip(draw: Drawn) -> None:
    drawn = draw(week(16, sleep_onset_latency_min=170, hypnic_jerks={"count": 43}))
    for series in Series:
        top = drawn.strip(series).view.viewRange()[1][1]
        assert all(high <= top for _low, high in drawn.bars(series).values())


def test_a_scale_ends_at_a_round_figure() -> None:
    assert top_of(ONSET, ()) == 30
    assert top_of(ONSET, (), (31,)) == 40
    assert top_of(JOLTS, (), (43,)) == 50
    assert top_of(ASLEEP, ()) == 480
    assert top_of(Series.STRESS, ()) == 10
