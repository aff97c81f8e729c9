"""The strips of the chart on paper: pyqtgraph's scene, painted through any painter in print colours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pyqtgraph as pg
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QResizeEvent

from sleepcalm.gui.theme import Colours, palette_of
from sleepcalm.gui.trends.chart import TrendChart
from sleepcalm.gui.trends.look import ChartLook
from sleepcalm.gui.trends.strip_figures import StripFigures, targets_of
from sleepcalm.trends.averages import mean_of
from sleepcalm.trends.buckets import buckets_of
from sleepcalm.trends.figures import NightFigures, Series
from sleepcalm.trends.periods import Period

PAPER = Colours(
    ground="#ffffff",
    card="#ffffff",
    raised="#f2f2f2",
    line="#c9c9c9",
    text="#000000",
    heading="#1d1d1d",
    muted="#555555",
    accent="#8a5a1c",
    on_accent="#ffffff",
    calm="#33587a",
    figure="#e6e6e6",
    jolt="#8f3f2c",
    sleep="#4c5787",
    intake="#37604c",
)
"""On white, each colour dark enough to stay apart from the paper where it is printed in grey."""


@dataclass(frozen=True, slots=True)
class StripsContent:
    """What a chart on paper shows."""

    nights: Sequence[NightFigures]
    period: Period
    series: Sequence[Series]
    week_starts: int
    today: date


def paper_chart(content: StripsContent, size: QSize, font: QFont) -> TrendChart:
    """The chart in print colours, laid out in `size` pixels though it was never shown.

    `font` has its size in pixels, so that the chart is the same on a device of any resolution.
    """
    chart = TrendChart(ChartLook(palette_of(PAPER), font))
    chart.resize(size)
    _lay_out(chart)
    inside = [night for night in content.nights if night.wake_date in content.period]
    chart.draw(
        buckets_of(content.period, content.nights, content.week_starts),
        content.series,
        {name: StripFigures(mean_of(name, inside), targets_of(name, inside)) for name in content.series},
        content.today,
    )
    _lay_out(chart)
    # Only now is it known how much room the dates below have.
    _lay_out(chart)
    return chart


def paint_chart(chart: TrendChart, painter: QPainter, target: QRectF) -> None:
    """Paint all of the chart into `target`, its text as text and its signs as shapes."""
    scene = chart.scene()
    items = [item for item in scene.items() if hasattr(item, "setExportMode")]
    axes = [item for item in items if isinstance(item, pg.AxisItem)]
    for item in items:
        item.setExportMode(True, {"antialias": True, "background": None, "painter": painter})
    for axis in axes:
        axis.picture = _DrawnAnew(axis)
    try:
        scene.prepareForPaint()
        scene.render(painter, target, QRectF(chart.rect()), Qt.AspectRatioMode.KeepAspectRatio)
    finally:
        for item in items:
            item.setExportMode(False)
        for axis in axes:
            axis.picture = None


class _DrawnAnew:
    """Stands for the picture that an axis keeps of itself, whose text Qt would scale by the device's dots."""

    def __init__(self, axis: pg.AxisItem) -> None:
        self._axis = axis

    def play(self, painter: QPainter) -> None:
        painter.setFont(self._axis.style["tickFont"])
        specs = self._axis.generateDrawSpecs(painter)
        if specs is not None:
            self._axis.drawPicture(painter, *specs)


def _lay_out(chart: TrendChart) -> None:
    """What Qt does for a widget only once it is shown."""
    chart.resizeEvent(QResizeEvent(chart.size(), QSize()))
    chart.centralLayout.activate()
