"""How far a routine has gone: the step bar, and the times that have passed and are left."""

from __future__ import annotations

import math

from PySide6.QtCore import QSize, Qt

from sleepcalm.gui.relax.wording import clock_text, left_text
from sleepcalm.gui.widgets.labels import caption
from sleepcalm.gui.widgets.painting import line_height
from sleepcalm.gui.widgets.step_bar import BarStep, StepBar
from sleepcalm.relaxation.timeline import SAMPLE_RATE_HZ, Timeline


class StageProgress:
    """Keeps three widgets in step; the stage's layout places them."""

    def __init__(self) -> None:
        self.bar = StepBar()
        self.elapsed = caption()
        self.left = caption()
        self._duration_s = 0.0
        self._place_s = (0.0, 0.0)
        self._shown_seconds = (-1, -1)
        self.elapsed.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.left.setAlignment(Qt.AlignmentFlag.AlignRight)
        for text in (self.elapsed, self.left):  # opaque: what lies under them is not painted with them
            text.setAutoFillBackground(True)
        self.bar.hovered_to.connect(self._show_dragged)

    def set_timeline(self, timeline: Timeline) -> None:
        """Show the steps of another timeline; the place is its beginning."""
        self._duration_s = timeline.duration_frames / SAMPLE_RATE_HZ
        self._place_s = (0.0, self._duration_s)
        widest = left_text(self._duration_s)
        for text in (self.elapsed, self.left):  # they change every second: a fixed size stirs no layout
            text.setFixedSize(text.fontMetrics().size(0, widest) + QSize(line_height(self.bar) // 2, 2))
        self.bar.set_steps(
            [
                BarStep(step.title, step.start_frame / SAMPLE_RATE_HZ, step.end_frame / SAMPLE_RATE_HZ)
                for step in timeline.steps
            ]
        )

    def show_place(self, elapsed_s: float, left_s: float) -> None:
        self._place_s = (elapsed_s, left_s)
        self.bar.set_position(elapsed_s)
        self._show_times(elapsed_s, left_s)

    def _show_dragged(self, seconds: float | None) -> None:
        """While the bar is dragged the times tell where one would arrive."""
        if seconds is None:
            self._show_times(*self._place_s)
        else:
            self._show_times(seconds, self._duration_s - seconds)

    def _show_times(self, elapsed_s: float, left_s: float) -> None:
        seconds = (math.floor(elapsed_s), math.ceil(left_s))
        if seconds != self._shown_seconds:
            self._shown_seconds = seconds
            self.elapsed.setText(clock_text(seconds[0]))
            self.left.setText(left_text(seconds[1]))
