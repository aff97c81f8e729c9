"""The small window in which regular medicines are ticked, with their times of day."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sleepcalm.diary.clock_text import ClockTextError, parse_clock
from sleepcalm.gui.minerals.ports import ChangingPreferences
from sleepcalm.gui.widgets.choices import TickBox
from sleepcalm.gui.widgets.labels import wrapped
from sleepcalm.gui.widgets.painting import line_height
from sleepcalm.gui.widgets.quiet_dialog import QuietDialog
from sleepcalm.gui.widgets.text_field import TextField
from sleepcalm.minerals.interactions import Medicine
from sleepcalm.preferences import RegularMedicine


class _MedicineRow(QWidget):
    """A medicine, its rule, and, once ticked, a field for its times."""

    def __init__(self, medicine: Medicine, kept: RegularMedicine | None) -> None:
        super().__init__()
        self.tick = TickBox(medicine.name)
        self.times = TextField(self.tr("times, such as 7:00"), width_lines=11)
        self.times.setAccessibleName(self.tr("{medicine}: times of day").format(medicine=medicine.name))
        self.rule = wrapped(medicine.text)
        self.tick.setAccessibleDescription(medicine.text)
        self._asks_times = bool(medicine.spacing)
        self.tick.setChecked(kept is not None)
        if kept is not None:
            self.times.setText(", ".join(kept.times))
        head = QHBoxLayout()
        head.addWidget(self.tick)
        head.addStretch(1)
        head.addWidget(self.times)
        indent = QVBoxLayout()
        indent.setContentsMargins(round(line_height(self) * 1.65), 0, 0, 0)
        indent.addWidget(self.rule)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(line_height(self) * 0.2))
        column.addLayout(head)
        column.addLayout(indent)
        self.tick.toggled.connect(lambda _checked: self.show_parts())
        self.show_parts()

    def show_parts(self) -> None:
        self.times.setVisible(self.tick.isChecked() and self._asks_times)
        self.rule.setVisible(self.tick.isChecked())

    def times_of_day(self) -> tuple[str, ...]:
        """As HH:MM, in order, each once. Raises ClockTextError."""
        parts = [part for part in self.times.text().replace(";", ",").split(",") if part.strip()]
        return tuple(sorted({f"{parse_clock(part):%H:%M}" for part in parts}))


class MedicinesDialog(QuietDialog):
    """What is ticked is kept with Done. A medicine of an older list that is unknown now stays kept."""

    def __init__(
        self, medicines: Mapping[str, Medicine], preferences: ChangingPreferences, parent: QWidget
    ) -> None:
        super().__init__(parent.tr("Medicines"), parent.tr("Done"), parent)
        self._preferences = preferences
        kept = {one.id: one for one in preferences.value.medicines}
        self._unknown = tuple(one for one in kept.values() if one.id not in medicines)
        self.rows = {id_: _MedicineRow(one, kept.get(id_)) for id_, one in medicines.items()}
        intro = self.tr(
            "Tick what you take regularly. Its rule then stands beside the evening dose; with the times of "
            "day the distance is worked out too. It stays on this computer."
        )
        self.column.addWidget(wrapped(intro))
        self.column.setSpacing(round(line_height(self) * 0.35))
        for row in self.rows.values():
            self.column.addWidget(row)
        self.column.addStretch(1)
        next(iter(self.rows.values())).tick.setFocus()

    def _finish(self) -> None:
        medicines = list(self._unknown)
        for id_, row in self.rows.items():
            if row.tick.isChecked():
                try:
                    medicines.append(RegularMedicine(id_, row.times_of_day()))
                except ClockTextError as error:
                    self.show_problem(f"{row.tick.text()}: {error}.")
                    row.times.setFocus()
                    self.area.ensureWidgetVisible(row)
                    return
        self._preferences.change(medicines=tuple(medicines))
        self.accept()
