"""Strips of nights stacked on one time axis, drawn with pyqtgraph for a screen or for paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from math import ceil

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.trends.look import ChartLook
from sleepcalm.gui.trends.strip import Strip, TickScale
from sleepcalm.gui.trends.strip_figures import StripFigures
from sleepcalm.gui.trends.wording import tick_texts
from sleepcalm.trends.buckets import Bucket
from sleepcalm.trends.figures import Series

# At the end of the program pyqtgraph would move every item that is left into a scene; Qt needs no such help.
pg.setConfigOption("exitCleanup", False)

STRIP_LINES = 3.4
"""The least height of a strip, in heights of a line: its name, its unit, its mean, and room between."""


class TrendChart(pg.GraphicsView):  # type: ignore[misc]  # pyqtgraph has no types
    """Give it a size, call `draw`, and show it or render it. It knows no tab and reads no record."""

    buckets: tuple[Bucket, ...] = ()
    """What is drawn; Qt sends events before there is an instance to hold any."""

    def __init__(self, look: ChartLook, parent: QWidget | None = None) -> None:
        super().__init__(parent, background=None)
        self.look = look
        self._made: dict[Series, Strip] = {}
        """Made when first wanted and kept: what pyqtgraph made is not to be thrown away over and over."""
        self.strips: tuple[Strip, ...] = ()
        """From the top."""
        self._figures: Mapping[Series, StripFigures] = {}
        self._today = date.max
        self._grid = self.centralLayout
        self._grid.setColumnStretchFactor(2, 1)
        self._axis = TickScale("top")
        self.setAntialiasing(True)

    def draw(
        self,
        buckets: Sequence[Bucket],
        series: Sequence[Series],
        figures: Mapping[Series, StripFigures],
        today: date,
    ) -> None:
        """Show these buckets, a strip for each of `series` from the top; `figures` has a key for each.

        What lies after `today` is not missing yet.
        """
        self.buckets, self._figures, self._today = tuple(buckets), figures, today
        if tuple(series) != tuple(strip.series for strip in self.strips):
            self._place(tuple(series))
        self._draw()

    def wear(self, look: ChartLook) -> None:
        """Draw what is shown in another look."""
        self.look = look
        self._draw()

    def mark(self, place: int | None) -> None:
        """Light the ground behind the bucket at `place` in every strip."""
        for strip in self.strips:
            strip.mark(place, self.look)

    def place_at(self, position: QPointF) -> int | None:
        """Which bucket lies at a position of the widget."""
        room = self.marks_room()
        if not self.buckets or not room.left() <= position.x() < room.right():
            return None
        return int((position.x() - room.left()) / room.width() * len(self.buckets))

    def marks_room(self) -> QRectF:
        """Where the marks are, in pixels of the widget, from the top strip to the lowest."""
        if not self.strips:
            return QRectF()
        first, last = (strip.view.sceneBoundingRect() for strip in (self.strips[0], self.strips[-1]))
        return QRectF(first.united(last))

    def least_height(self) -> int:
        """In pixels, so that nothing is cut off."""
        return round(self.look.line * (STRIP_LINES * len(self.strips) + 1.8))

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)
        if self.buckets:
            self._show_axis()

    def _place(self, series: tuple[Series, ...]) -> None:
        """Put the strips into the grid, one below the other."""
        while self._grid.count():
            self._grid.removeAt(0)
        for strip in self.strips:
            for part in (strip.label, strip.scale, strip.view):
                part.hide()
        for name in series:
            if name not in self._made:
                self._made[name] = Strip(name)
        self.strips = tuple(self._made[name] for name in series)
        for row in range(len(Series) + 1):
            self._grid.setRowStretchFactor(row, 1 if 0 < row <= len(series) else 0)
        self._grid.addItem(self._axis, 0, 2)
        for row, strip in enumerate(self.strips, start=1):
            for column, part in enumerate((strip.label, strip.scale, strip.view)):
                self._grid.addItem(part, row, column)
                part.show()
        # Nobody can move a strip, so the same range in every one of them is all the link they need.
        if series:
            self._axis.linkToView(self.strips[0].view)

    def _draw(self) -> None:
        line = self.look.line
        self.setBackground(self.look.colour(theme.CARD))
        self._grid.setContentsMargins(0, 0, round(line * 0.5), 0)
        self._grid.setVerticalSpacing(round(line * 0.3))
        self._grid.setHorizontalSpacing(round(line * 0.2))
        for strip in self.strips:
            strip.show(self.buckets, self._figures[strip.series], self._today, self.look)
        width = max((strip.scale_width for strip in self.strips), default=0)
        for strip in self.strips:
            strip.scale.setWidth(width)
        self._show_axis()
        self._grid.activate()  # else it would be arranged after the first paint, and painted twice

    def _show_axis(self) -> None:
        """Days or dates above the strips, where they are in sight first: as many as there is room for."""
        self._axis.dress(self.look, 1.0)
        self._axis.setHeight(round(self.look.line * 1.4))
        if not self.buckets:
            self._axis.setTicks([[]])
            return
        texts = tick_texts(self.buckets)
        metrics = QFontMetrics(self.look.font)
        widest = max(map(metrics.horizontalAdvance, texts)) + self.look.line * 0.6
        room = self.marks_room().width() or self.width() * 0.7
        step = max(1, ceil(widest * len(texts) / max(room, 1.0)))
        self._axis.setTicks([[(place, texts[place]) for place in range(0, len(texts), step)]])
