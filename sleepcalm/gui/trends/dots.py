"""Raw values on two sides, a dot a night, drawn with pyqtgraph."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.widgets.painting import colour, line_height

pg.setConfigOption("exitCleanup", False)  # as for the chart

_JITTER = 0.22
_JITTER_SEED = 7
_MEDIAN_REACH = 0.34


class TwoSides(QWidget):
    """Filled circles on the left, hollow triangles on the right, a bar at each median.

    The sideways place of a dot says nothing; it only keeps equal values apart, in the same way every time.
    """

    def __init__(self, names: tuple[str, str], unit: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plot = pg.PlotWidget(self, background=None)
        self.plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.plot.setMenuEnabled(False)
        self.plot.setMouseEnabled(False, False)
        self.plot.hideButtons()
        self.plot.setXRange(-0.5, 1.5, padding=0)
        for name in ("bottom", "left"):
            axis = self.plot.getAxis(name)
            axis.setPen(pg.mkPen(colour(self, theme.LINE)))
            axis.setTextPen(colour(self, theme.MUTED))
            axis.setStyle(tickFont=self.font(), tickLength=0)
        self.plot.getAxis("bottom").setTicks([list(enumerate(names))])
        self.plot.getAxis("bottom").setHeight(round(line_height(self) * 1.5))
        self.plot.getAxis("left").setLabel(unit, color=colour(self, theme.MUTED).name())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.plot)

    def sizeHint(self) -> QSize:
        line = line_height(self)
        return QSize(line * 22, line * 13)

    def minimumSizeHint(self) -> QSize:
        line = line_height(self)
        return QSize(line * 12, line * 10)

    def show_sides(
        self, left: Sequence[float], right: Sequence[float], medians: tuple[float | None, float | None]
    ) -> None:
        """Draw the values of both sides."""
        self.plot.clear()
        draw = random.Random(_JITTER_SEED)  # noqa: S311 - keeps dots apart
        filled, hollow = colour(self, theme.ACCENT, 0.85), colour(self, theme.CALM)
        size = line_height(self) * 0.5
        looks = ({"symbol": "o", "brush": pg.mkBrush(filled)}, {"symbol": "t1", "brush": pg.mkBrush(None)})
        for place, (values, look, ink) in enumerate(zip((left, right), looks, (filled, hollow), strict=True)):
            across = [place + draw.uniform(-_JITTER, _JITTER) for _ in values]
            self.plot.addItem(
                pg.ScatterPlotItem(across, list(values), size=size, pen=pg.mkPen(ink, width=1.6), **look)
            )
            middle = medians[place]
            if middle is not None:
                bar = [place - _MEDIAN_REACH, place + _MEDIAN_REACH]
                self.plot.plot(bar, [middle, middle], pen=pg.mkPen(colour(self, theme.TEXT), width=2.5))
        highest = max([*left, *right, 1.0])
        self.plot.setYRange(min([*left, *right, 0.0]), highest, padding=0.08)

    def show_pairs(self, pairs: Sequence[tuple[float, float]]) -> None:
        """Draw a line for each pair, from its left value to its right one."""
        lefts, rights = [left for left, _ in pairs], [right for _, right in pairs]
        self.show_sides(lefts, rights, (None, None))
        draw = random.Random(_JITTER_SEED)  # noqa: S311 - the same numbers as for the dots
        across = [[place + draw.uniform(-_JITTER, _JITTER) for _ in pairs] for place in (0, 1)]
        pen = pg.mkPen(colour(self, theme.MUTED, 0.6), width=1)
        for start, end, values in zip(*across, pairs, strict=True):
            line = self.plot.plot([start, end], list(values), pen=pen)
            line.setZValue(-1)
