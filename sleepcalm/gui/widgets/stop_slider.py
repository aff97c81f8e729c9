"""A slider over a few values that are far apart, such as minutes from none to hours."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sleepcalm.gui.widgets.slider import ThinSlider


class StopSlider(ThinSlider):
    """Its places are the positions in `stops`, ascending. `chosen` carries the value of a place."""

    chosen = Signal(float)

    def __init__(self, stops: Sequence[float], parent: QWidget | None = None) -> None:
        super().__init__(0, len(stops) - 1, parent)
        self._stops = tuple(stops)
        self.setPageStep(2)
        self.valueChanged.connect(lambda place: self.chosen.emit(self._stops[place]))

    @property
    def stop(self) -> float:
        """The value of the present place."""
        return self._stops[self.value()]

    def show_stop(self, value: float) -> None:
        """Stand at the place nearest to `value`, without a signal."""
        was_blocked = self.blockSignals(True)
        self.setValue(min(range(len(self._stops)), key=lambda place: abs(self._stops[place] - value)))
        self.blockSignals(was_blocked)
        self.update()
