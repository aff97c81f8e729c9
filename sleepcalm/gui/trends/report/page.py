"""The one page for a clinician, from its title to its small print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter

from sleepcalm.gui.trends.report import words
from sleepcalm.gui.trends.report.grid import first_hour_of, grid_height, paint_grid
from sleepcalm.gui.trends.report.ink import GREY, MM, POINT, RULE, SHADE, Ink
from sleepcalm.gui.trends.report.legend import LEGEND_HEIGHT, paint_legend
from sleepcalm.gui.trends.report.remarks import (
    foot_height,
    paint_foot,
    paint_told,
    told,
    told_height,
    wrapped,
)
from sleepcalm.gui.trends.report.strips import StripsContent, paint_chart, paper_chart
from sleepcalm.gui.trends.report.table import paint_table
from sleepcalm.gui.trends.report.words import tr
from sleepcalm.trends.figures import Series
from sleepcalm.trends.report import GRID_NIGHTS, Report

_HEADER = 15 * MM
_GAP = 3.2 * MM
_TABLE_WIDTH = 54 * MM
_LEAST_STRIPS = 58 * MM
_COLUMNS = (
    (
        Series.HYPNIC_JERKS,
        Series.SLEEP_ONSET_LATENCY,
        Series.TOTAL_SLEEP_TIME,
        Series.SLEEP_QUALITY,
        Series.STRESS,
    ),
    (Series.PRACTICE, Series.MAGNESIUM, Series.CALCIUM, Series.CAFFEINE),
)
_CHART_PT = 6.4
_DATES = 3.6 * MM


@dataclass(frozen=True, slots=True)
class PageOptions:
    """What the person ticked; neither by default, because they tell more than sleep."""

    with_medicines: bool = False
    with_notes: bool = False


def paint_report(
    painter: QPainter, page: QRectF, report: Report, options: PageOptions, *, family: str, week_starts: int
) -> Iterator[None]:
    """Paint the page into `page`, which is what lies within the margins, in dots of the ink.

    Goes on each time it is asked for more, so that a window can see to its events in between.
    """
    ink = Ink(painter, family)
    first_hour = first_hour_of(report.grid)
    _paint_header(ink, QRectF(page.left(), page.top(), page.width(), _HEADER), report)
    top = page.top() + _HEADER
    paint_grid(
        ink,
        QRectF(page.left(), top, page.width(), grid_height(len(report.grid))),
        report.grid,
        report.today,
        with_medicines=options.with_medicines,
    )
    yield
    top += grid_height(len(report.grid)) + 1 * MM
    paint_legend(
        ink, QRectF(page.left(), top, page.width(), LEGEND_HEIGHT), with_medicines=options.with_medicines
    )
    top += LEGEND_HEIGHT + _GAP
    foot = foot_height(ink, page.width(), report, first_hour=first_hour)
    room = page.bottom() - foot - _GAP - top
    texts = told(report.grid, with_medicines=options.with_medicines, with_notes=options.with_notes)
    paragraphs = wrapped(ink, page.width(), texts)
    strips = room
    if paragraphs:
        strips = max(room - told_height(ink, paragraphs) - _GAP, _LEAST_STRIPS)
        area = QRectF(page.left(), top + strips + _GAP, page.width(), room - strips - _GAP)
        paint_told(ink, area, paragraphs)
    yield from _paint_middle(ink, QRectF(page.left(), top, page.width(), strips), report, week_starts)
    rule = page.bottom() - foot - _GAP / 2
    ink.rule(QPointF(page.left(), rule), QPointF(page.right(), rule))
    paint_foot(
        ink, QRectF(page.left(), page.bottom() - foot, page.width(), foot), report, first_hour=first_hour
    )


def _paint_header(ink: Ink, area: QRectF, report: Report) -> None:
    whole = report.period.nights > GRID_NIGHTS
    title = tr("Sleep diary, {dates}").format(
        dates=words.period_text(report.period.first, report.period.last)
    )
    ink.text(QRectF(area.left(), area.top(), area.width() * 0.62, 7 * MM), title, 13, bold=True)
    if whole:
        under = tr("Grid: its last two weeks, {dates}. Strips and means: all {nights} nights.").format(
            dates=words.period_text(report.grid[0].wake_date, report.grid[-1].wake_date),
            nights=report.period.nights,
        )
    else:
        under = tr("Two weeks: grid, strips and means of the same {nights} nights.").format(
            nights=report.period.nights
        )
    ink.text(QRectF(area.left(), area.top() + 7 * MM, area.width() * 0.62, 4 * MM), under, 7, colour=GREY)
    name = QRectF(area.left() + area.width() * 0.66, area.top() + 1.5 * MM, area.width() * 0.34, 5.5 * MM)
    ink.text(name, tr("Name"), 7.5, colour=GREY)
    line = name.left() + ink.width(tr("Name"), 7.5) + 2 * MM
    ink.rule(QPointF(line, name.bottom()), QPointF(name.right(), name.bottom()), SHADE, 0.6)
    written = tr("written on {day}").format(day=words.period_text(report.today, report.today))
    below = QRectF(name.left(), area.top() + 7 * MM, name.width(), 4 * MM)
    ink.text(below, written, 7, Qt.AlignmentFlag.AlignRight, colour=GREY)


def _paint_middle(ink: Ink, area: QRectF, report: Report, week_starts: int) -> Iterator[None]:
    """Two columns of strips, and the table beside them."""
    chart_width = (area.width() - _TABLE_WIDTH - 2 * _GAP) / 2
    font = ink.font(_CHART_PT)
    most = max(map(len, _COLUMNS))
    for number, series in enumerate(_COLUMNS):
        # Strips of both columns are equally high; below each column are the dates.
        height = (area.height() - _DATES) * len(series) / most + _DATES
        content = StripsContent(report.nights, report.period, series, week_starts, report.today)
        chart = paper_chart(content, QSize(round(chart_width), round(height)), font)
        yield
        left = area.left() + number * (chart_width + _GAP)
        paint_chart(chart, ink.painter, QRectF(left, area.top(), chart_width, height))
        yield
    table = QRectF(area.right() - _TABLE_WIDTH, area.top(), _TABLE_WIDTH, area.height())
    ink.rule(
        QPointF(table.left() - _GAP / 2, table.top()),
        QPointF(table.left() - _GAP / 2, table.bottom()),
        RULE,
        0.3,
    )
    paint_table(ink, table.adjusted(POINT, 0, 0, 0), report)
