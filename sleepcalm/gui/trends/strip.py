"""One series on the time axis: its name and mean, its scale, and a mark for each night or bucket.

A number is a solid bar from zero, zero itself a line; a band such as 3-5 floats, hatched, and an open one
points upwards. What is answered on a scale is a sign on it. A gap has a small dash, a night that does not
add up a cross. Nothing is told by its colour alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QFontMetrics, QPen

from sleepcalm.gui import theme
from sleepcalm.gui.trends.look import ChartLook
from sleepcalm.gui.trends.scale import bottom_of, tick_text, top_of
from sleepcalm.gui.trends.strip_figures import StripFigures
from sleepcalm.gui.trends.strip_label import SMALL, StripLabel
from sleepcalm.gui.trends.wording import mean_text, nights_text, series_name, series_unit
from sleepcalm.trends.averages import Mean
from sleepcalm.trends.buckets import Bucket
from sleepcalm.trends.figures import Series

BAR_WIDTH = 0.62
"""Of the room that a mark has."""
_BEHIND_WIDTH = 0.78
_SIGNS = {Series.SLEEP_QUALITY: "d", Series.STRESS: "o"}
"""Points on a scale rather than amounts from zero."""
_FROM_TIMES = (Series.SLEEP_ONSET_LATENCY, Series.TOTAL_SLEEP_TIME)
"""What a night has no figure of where its times and minutes do not add up."""
_NO_PEN = pg.mkPen(None)


class TickScale(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """An axis of given ticks. It has no label, for which AxisItem would look whenever something moves."""

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation)
        self.setStyle(tickLength=0, tickAlpha=0, hideOverlappingLabels=False)
        self.setPen(_NO_PEN)

    def updateAutoSIPrefix(self) -> None:
        pass

    def setLabel(self, *_label: object, **_how: object) -> None:
        pass

    def dress(self, look: ChartLook, size: float) -> None:
        self.setStyle(tickTextOffset=round(look.line * 0.3), tickFont=look.scaled(size))
        self.setTextPen(look.colour(theme.MUTED))


@dataclass(frozen=True, slots=True)
class _Sign:
    x: float
    y: float
    symbol: str
    size: float
    brush: QBrush
    pen: QPen


class Strip:
    """The parts of one strip; the chart places them. `show` may be called any number of times."""

    def __init__(self, series: Series) -> None:
        self.series = series
        self.label = StripLabel(series_name(series), series_unit(series))
        self.scale = TickScale("left")
        self.view = pg.ViewBox(enableMouse=False, enableMenu=False, defaultPadding=0)
        self.view.disableAutoRange()
        self.view.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.scale.linkToView(self.view)
        self.scale_width = 0
        """The room that the figures beside the strip need, in pixels; the chart gives all strips the same."""
        self._items: dict[str, Any] = {}
        """What pyqtgraph draws, by what it stands for, made when there is first something of it to draw."""
        self._look: ChartLook | None = None
        self._top = 1.0
        self._places = 1

    def show(self, buckets: Sequence[Bucket], figures: StripFigures, today: date, look: ChartLook) -> None:
        """Draw the marks of `buckets` from left to right, the first at 0. Days after `today` are no gaps."""
        self._places = max(len(buckets), 1)
        self._top = top_of(self.series, buckets, figures.targets)
        nights = "" if figures.mean is None else nights_text(figures.mean.nights)
        self.label.show_mean(mean_text(self.series, figures.mean), nights, look)
        self._show_scale(look)
        self._show_behind(buckets, look)
        means = [(x, cell.mean) for x, bucket in enumerate(buckets) if (cell := bucket.cells[self.series])]
        exact = [(x, mean.low) for x, mean in means if mean.exact]
        ranged = [(x, mean) for x, mean in means if not mean.exact]
        self._show_bars([] if self.series in _SIGNS else exact, look)
        self._show_bands(ranged, look)
        self._show_targets(figures.targets, look)
        self._show_spread(buckets, look)
        self._show_signs(self._signs([b for b in buckets if b.first <= today], exact, ranged, look))

    def mark(self, place: int | None, look: ChartLook) -> None:
        """Light the ground behind one mark."""
        low, high = self._y_range()
        xs = [] if place is None else [place]
        self._set(
            "current", _bars, bool(xs),
            x=xs, y0=[low] * len(xs), height=[high - low] * len(xs), width=0.96,
            pen=_NO_PEN, brush=look.colour(theme.RAISED),
        )  # fmt: skip
        if xs:
            self._items["current"].setZValue(-1)

    def _y_range(self) -> tuple[float, float]:
        """A little more than the scale, so that a line at either end is seen whole."""
        bottom = bottom_of(self.series)
        reach = self._top - bottom
        if self.series in _SIGNS:
            return bottom - 0.16 * reach, self._top + 0.16 * reach
        return bottom - 0.05 * reach, self._top + 0.13 * reach

    def _show_scale(self, look: ChartLook) -> None:
        ends = (bottom_of(self.series), self._top)
        texts = [tick_text(self.series, end) for end in ends]
        if look is not self._look:
            self._look = look
            self.scale.dress(look, SMALL)
            self.view.setBackgroundColor(look.colour(theme.GROUND, 0.55))
        self.scale.setTicks([list(zip(ends, texts, strict=True))])
        font = QFontMetrics(look.scaled(SMALL))
        self.scale_width = max(map(font.horizontalAdvance, texts)) + round(look.line * 0.6)
        self._set(
            "hairlines", _bars, is_there=True,
            x=[(self._places - 1) / 2] * 2, y0=ends, height=[0, 0], width=self._places,
            pen=pg.mkPen(look.colour(theme.LINE)), brush=None,
        )  # fmt: skip
        self.view.setRange(xRange=(-0.5, self._places - 0.5), yRange=self._y_range(), padding=0)

    def _show_bars(self, exact: Sequence[tuple[int, float]], look: ChartLook) -> None:
        """The outline has the colour of the bar, so that one without any height is a line."""
        colour = look.series(self.series)
        self._set(
            "bars", _bars, bool(exact),
            x=[x for x, _y in exact], y0=[0] * len(exact), height=[y for _x, y in exact],
            width=BAR_WIDTH, pen=pg.mkPen(colour, width=1.6), brush=colour,
        )  # fmt: skip

    def _show_bands(self, ranged: Sequence[tuple[int, Mean]], look: ChartLook) -> None:
        colour = look.series(self.series)
        lows = [mean.low for _x, mean in ranged]
        highs = [self._top if mean.high is None else mean.high for _x, mean in ranged]
        self._set(
            "bands", _bars, bool(ranged),
            x=[x for x, _mean in ranged], y0=lows,
            height=[high - low for low, high in zip(lows, highs, strict=True)], width=BAR_WIDTH,
            pen=pg.mkPen(colour, width=1.4), brush=QBrush(colour, Qt.BrushStyle.BDiagPattern),
        )  # fmt: skip

    def _show_behind(self, buckets: Sequence[Bucket], look: ChartLook) -> None:
        if self.series is not Series.TOTAL_SLEEP_TIME:
            return
        known = [(x, b.time_in_bed.mean.low) for x, b in enumerate(buckets) if b.time_in_bed]
        self._set(
            "behind", _bars, bool(known),
            x=[x for x, _y in known], y0=[0] * len(known), height=[y for _x, y in known],
            width=_BEHIND_WIDTH, pen=pg.mkPen(look.series(self.series, 0.6)), brush=look.colour(theme.FIGURE),
        )  # fmt: skip

    def _show_targets(self, targets: Sequence[float], look: ChartLook) -> None:
        pen = pg.mkPen(look.colour(theme.HEADING), width=1.4, style=Qt.PenStyle.DashLine)
        ends = (-0.5, self._places - 0.5)
        x, y = list(ends) * len(targets), [target for target in targets for _end in ends]
        self._set("targets", _lines, bool(targets), x=x, y=y, connect="pairs", pen=pen)

    def _show_spread(self, buckets: Sequence[Bucket], look: ChartLook) -> None:
        """The middle half of a bucket's nights; a single night has no spread."""
        spread = [
            (x, cell.spread_low, self._top if cell.spread_high is None else cell.spread_high)
            for x, bucket in enumerate(buckets)
            if (cell := bucket.cells[self.series]) and bucket.first != bucket.last and cell.mean.nights > 1
        ]
        x, low, high = np.array(spread, dtype=float).reshape(-1, 3).T
        self._set(
            "spread", pg.ErrorBarItem, bool(spread),
            x=x, y=low, top=high - low, bottom=0, beam=0.22, pen=pg.mkPen(look.colour(theme.TEXT), width=1.4),
        )  # fmt: skip

    def _signs(
        self,
        buckets: Sequence[Bucket],
        exact: Sequence[tuple[int, float]],
        ranged: Sequence[tuple[int, Mean]],
        look: ChartLook,
    ) -> list[_Sign]:
        """Points on a scale, the heads of open bands, and the gaps."""
        brush, signs = pg.mkBrush(look.series(self.series)), list[_Sign]()
        if self.series in _SIGNS:
            signs += [_Sign(x, y, _SIGNS[self.series], look.line * 0.62, brush, _NO_PEN) for x, y in exact]
        signs += [
            _Sign(x, self._top, "t1", look.line * 0.5, brush, _NO_PEN)
            for x, mean in ranged
            if mean.high is None
        ]
        low, high = self._y_range()
        muted = look.colour(theme.MUTED)
        for x, bucket in enumerate(buckets):
            if bucket.cells[self.series] is None:
                sign = "x" if bucket.nights_excluded and self.series in _FROM_TIMES else "_"
                y = low + (high - low) * 0.2
                signs.append(_Sign(x, y, sign, look.line * 0.4, pg.mkBrush(muted), pg.mkPen(muted)))
        return signs

    def _show_signs(self, signs: Sequence[_Sign]) -> None:
        self._set(
            "signs", pg.ScatterPlotItem, bool(signs),
            x=[sign.x for sign in signs], y=[sign.y for sign in signs],
            symbol=[sign.symbol for sign in signs], size=[sign.size for sign in signs],
            pen=[sign.pen for sign in signs], brush=[sign.brush for sign in signs],
        )  # fmt: skip

    def _set(self, name: str, make: Callable[[], Any], is_there: bool, **drawn: Any) -> None:
        """Have an item draw this, and make it if there was none before."""
        item = self._items.get(name)
        if item is None:
            if not is_there:
                return
            item = self._items[name] = make()
            self.view.addItem(item, ignoreBounds=True)
        item.setVisible(is_there)
        if is_there:
            (item.setOpts if isinstance(item, pg.BarGraphItem) else item.setData)(**drawn)


def _bars() -> pg.BarGraphItem:
    return pg.BarGraphItem(x=[], y0=[], height=[], width=BAR_WIDTH)


def _lines() -> pg.PlotCurveItem:
    return pg.PlotCurveItem(connect="pairs")
