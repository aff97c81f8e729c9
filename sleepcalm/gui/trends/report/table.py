"""The table of means: every measure with its mean and the nights it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt

from sleepcalm.diary.averages import MeanClockTime
from sleepcalm.gui.diary.wording import DASH, clock_text, share_text
from sleepcalm.gui.trends.report.ink import FAINT, GREY, MM, POINT, RULE, Ink
from sleepcalm.gui.trends.report.words import tr
from sleepcalm.gui.trends.wording import duration_text, mean_text
from sleepcalm.trends.averages import Mean
from sleepcalm.trends.figures import Series
from sleepcalm.trends.report import Report

_ROW_MOST = 6.0 * MM
_TEXT_PT = 6.8
_RIGHT = Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class TableRow:
    name: str
    mean: str
    nights: int


def table_rows(report: Report) -> tuple[TableRow, ...]:
    """Top to bottom; a dash where no night has the figure."""
    return (*_of_the_night(report), *_clock_times(report), *_of_the_day(report))


def paint_table(ink: Ink, area: QRectF, report: Report) -> None:
    """Paint the table over the width of `area`, from its top, with rows no higher than is good to read."""
    rows = table_rows(report)
    row = min(_ROW_MOST, area.height() / (len(rows) + 1))
    head = QRectF(area.left(), area.top(), area.width(), row)
    ink.text(head, tr("Mean"), _TEXT_PT, bold=True)
    ink.text(head, tr("nights"), 5.8, _RIGHT, colour=GREY)
    ink.rule(head.bottomLeft(), head.bottomRight(), RULE, 0.6)
    figure_right = area.right() - 7.5 * MM
    for number, line in enumerate(rows, start=1):
        top = area.top() + number * row
        width = ink.width(line.mean, _TEXT_PT, bold=True)
        name = QRectF(area.left(), top, figure_right - area.left() - width - 2 * POINT, row)
        ink.text(name, line.name, _TEXT_PT)
        ink.text(
            QRectF(area.left(), top, figure_right - area.left(), row), line.mean, _TEXT_PT, _RIGHT, bold=True
        )
        ink.text(QRectF(area.left(), top, area.width(), row), str(line.nights), _TEXT_PT, _RIGHT, colour=GREY)
        ink.rule(QPointF(area.left(), top + row), QPointF(area.right(), top + row), FAINT, 0.3)


def _of_the_night(report: Report) -> Iterator[TableRow]:
    efficiency = report.efficiency
    yield _series(report, Series.HYPNIC_JERKS, tr("Jolts a night"))
    yield _series(report, Series.SLEEP_ONSET_LATENCY, tr("Time to fall asleep"))
    yield _minutes(tr("Awake in the night"), report.wake_after_sleep_onset_min)
    yield _series(report, Series.TOTAL_SLEEP_TIME, tr("Asleep"))
    yield _minutes(tr("In bed"), report.time_in_bed_min)
    yield TableRow(tr("Sleep efficiency"), share_text(efficiency.efficiency_pct), efficiency.nights)
    yield _series(report, Series.SLEEP_QUALITY, tr("Quality, 1 to 5"))


def _clock_times(report: Report) -> Iterator[TableRow]:
    for field, name in (
        ("into_bed", tr("Into bed")),
        ("tried_to_sleep", tr("Tried to sleep")),
        ("final_awakening", tr("Woke up")),
        ("out_of_bed", tr("Out of bed")),
    ):
        clock: MeanClockTime = report.clocks[field]
        yield TableRow(name, DASH if clock.clock is None else clock_text(clock.clock), clock.nights)


def _of_the_day(report: Report) -> Iterator[TableRow]:
    yield _series(report, Series.MAGNESIUM, tr("Magnesium"))
    yield _series(report, Series.CALCIUM, tr("Calcium"))
    yield _series(report, Series.PRACTICE, tr("Relaxation practice"))
    yield _series(report, Series.CAFFEINE, tr("Caffeine"))
    yield _series(report, Series.STRESS, tr("Stress, 0 to 10"))


def _series(report: Report, series: Series, name: str) -> TableRow:
    mean = report.means[series]
    return TableRow(name, mean_text(series, mean), 0 if mean is None else mean.nights)


def _minutes(name: str, mean: Mean | None) -> TableRow:
    if mean is None:
        return TableRow(name, DASH, 0)
    return TableRow(name, duration_text(mean.low), mean.nights)
