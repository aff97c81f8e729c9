"""Seven days as a table: each day leads to its checklist."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from sleepcalm.gui import theme
from sleepcalm.gui.minerals.wording import day_text, figure_text, mineral_name, short_day_text, spoken_text
from sleepcalm.gui.widgets.buttons import FlushLink
from sleepcalm.gui.widgets.labels import label
from sleepcalm.gui.widgets.painting import line_height
from sleepcalm.minerals.intake import Mineral
from sleepcalm.minerals.totals import DayTotals


class WeekTable(QWidget):
    """Totals in mg. A day that is not recorded says so and is no zero."""

    day_wanted = Signal(object)
    """A date."""

    def __init__(self) -> None:
        super().__init__()
        self.days: list[FlushLink] = []
        self.cells: list[tuple[QLabel, QLabel]] = []
        self._dates: list[dt.date] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(round(line_height(self) * 0.6))
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        for column, mineral in enumerate(Mineral, start=1):
            title = label(mineral_name(mineral), theme.MUTED, 0.88)
            self._grid.addWidget(title, 0, column, Qt.AlignmentFlag.AlignRight)

    def show_days(self, days: Sequence[DayTotals]) -> None:
        while len(self.days) < len(days):
            self._add_row()
        self._dates = [day.date for day in days]
        for link, cells, day in zip(self.days, self.cells, days, strict=True):
            figures = (day.magnesium.total_mg, day.calcium.total_mg)
            for cell, figure in zip(cells, figures, strict=True):
                cell.setText(figure_text(figure))
                cell.setForegroundRole(theme.MUTED if figure is None else theme.TEXT)
            link.setText(short_day_text(day.date))
            spoken = [spoken_text(m, figure) for m, figure in zip(Mineral, figures, strict=True)]
            known = ", ".join(spoken) if day.recorded else self.tr("not recorded")
            link.setAccessibleName(f"{day_text(day.date)}: {known}")

    def _add_row(self) -> None:
        row, link = len(self.days) + 1, FlushLink()
        link.clicked.connect(lambda: self.day_wanted.emit(self._dates[row - 1]))
        cells = (label(size=0.95), label(size=0.95))
        self._grid.addWidget(link, row, 0, Qt.AlignmentFlag.AlignLeft)
        for column, cell in enumerate(cells, start=1):
            self._grid.addWidget(cell, row, column, Qt.AlignmentFlag.AlignRight)
        self.days.append(link)
        self.cells.append(cells)
