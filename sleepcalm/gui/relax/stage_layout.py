"""Where the parts of the stage stand: the usual way, on one that is low, and on one that is narrow."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from sleepcalm.gui.widgets.painting import line_height, scaled_font

TITLE_SIZE = 1.75
_LOW_TITLE_SIZE = 1.3
_LOW_TITLE_LINES = 2


@dataclass(frozen=True, slots=True)
class StageParts:
    """From above; `keys` stand between the two times."""

    step: QLabel
    title: QLabel
    figure: QWidget
    words: QWidget
    bar: QWidget
    keys: tuple[QWidget, QWidget, QWidget]
    elapsed: QLabel
    left: QLabel
    notice: QWidget


class StageLayout(QVBoxLayout):
    """A low stage has no figure, and the keys above the words: what is needed first is in sight. On a narrow
    one the times have a line of their own, and on one that is both the step stands between them.
    """

    def __init__(self, stage: QWidget, parts: StageParts) -> None:
        super().__init__(stage)
        self._stage, self._parts = stage, parts
        self.is_low = self._is_narrow = False
        line = line_height(stage)
        self.setContentsMargins(0, round(line * 0.2), 0, 0)
        self.setSpacing(0)
        self._keys = self._row_of_keys()
        self._times = QGridLayout()
        self._times.setHorizontalSpacing(round(line * 0.8))
        inset = round(line * 0.5)
        self._times.setContentsMargins(inset, 0, inset, 0)
        for column in (0, 2):
            self._times.setColumnStretch(column, 1)
        self._place_keys()
        self.addWidget(parts.step)
        self.addSpacing(round(line * 0.2))
        self.addWidget(parts.title)
        self.addWidget(parts.figure, 1)
        self.addSpacing(round(line * 0.3))
        self.addWidget(parts.words)
        self.addSpacing(round(line * 0.3))
        self.addWidget(parts.bar)
        self.addLayout(self._times)
        self.addSpacing(round(line * 0.2))
        self.addWidget(parts.notice)

    def set_low(self, *, is_low: bool) -> None:
        if is_low == self.is_low:
            return
        self.is_low = is_low
        parts = self._parts
        parts.figure.setVisible(not is_low)
        parts.title.setFont(scaled_font(self._stage, _LOW_TITLE_SIZE if is_low else TITLE_SIZE))
        # Titles of one line and of two follow each other, and the keys below stay where they are.
        lines = _LOW_TITLE_LINES if is_low else 0
        parts.title.setMinimumHeight(parts.title.fontMetrics().lineSpacing() * lines)
        self.removeWidget(parts.words)
        before = self.indexOf(parts.notice) if is_low else self.indexOf(parts.bar) - 1
        self.insertWidget(before, parts.words)
        self._place_step()

    def fit_width(self, width: int) -> None:
        """The stage is that many pixels wide."""
        spare = 2 * (self._times.contentsMargins().left() + self._times.horizontalSpacing())
        times = self._parts.elapsed.width() + self._parts.left.width()
        is_narrow = width < self._keys.sizeHint().width() + times + spare
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._place_keys()
            self._place_step()

    def _place_keys(self) -> None:
        top = Qt.AlignmentFlag.AlignTop
        self._times.addWidget(self._parts.elapsed, 0, 0, top | Qt.AlignmentFlag.AlignLeft)
        self._times.addWidget(self._parts.left, 0, 2, top | Qt.AlignmentFlag.AlignRight)
        self._times.removeWidget(self._keys)
        if self._is_narrow:
            self._times.addWidget(self._keys, 1, 0, 1, 3, Qt.AlignmentFlag.AlignHCenter)
        else:
            self._times.addWidget(self._keys, 0, 1)

    def _place_step(self) -> None:
        step = self._parts.step
        for layout in (self, self._times):
            layout.removeWidget(step)
        if self.is_low and self._is_narrow:
            self._times.addWidget(step, 0, 1, Qt.AlignmentFlag.AlignTop)
        else:
            self.insertWidget(self.indexOf(self._parts.title) - 1, step)

    def _row_of_keys(self) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(round(line_height(self._stage) * 0.8))
        for key in self._parts.keys:
            layout.addWidget(key)
        return row
