"""The medicines of the evening before: name, dose, time, and whether one is new."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sleepcalm.diary.entry import Medicine
from sleepcalm.diary.placing import TypedClock, place_evening
from sleepcalm.gui.diary.answer_box import AnswerBox
from sleepcalm.gui.diary.chip import Chip
from sleepcalm.gui.diary.draft import NightDraft
from sleepcalm.gui.diary.editing import NightEditing
from sleepcalm.gui.diary.fields import ClockField, WordsField
from sleepcalm.gui.diary.flow import flow_of
from sleepcalm.gui.widgets.buttons import LinkButton
from sleepcalm.gui.widgets.painting import line_height


class MedicinesEditor(QWidget):
    """A row for each medicine and an empty one; "none" is an answer too."""

    def __init__(self, editing: NightEditing) -> None:
        super().__init__()
        self._editing = editing
        self._rows: list[MedicineRow] = []
        self.none = Chip(self.tr("none that evening"))
        self.none.setAccessibleName(self.none.text())
        self.none.clicked.connect(lambda: editing.set_value("evening.medicines", ()))
        line = line_height(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(round(line * 0.5))
        self._column.addLayout(flow_of(self.none, across=line, down=line))
        self.show_draft(editing.draft, anew=True)

    @property
    def rows(self) -> tuple[MedicineRow, ...]:
        return tuple(self._rows)

    def show_draft(self, draft: NightDraft, *, anew: bool) -> None:
        medicines = draft.entry.evening.medicines or ()
        self.none.setVisible(not medicines)
        while len(self._rows) < len(medicines) + 1:
            row = MedicineRow(len(self._rows) + 1)
            row.changed.connect(self._take)
            self._rows.append(row)
            self._column.addWidget(row)
        while len(self._rows) > len(medicines) + 1:
            row = self._rows.pop()
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        for row, medicine in zip(self._rows, [*medicines, None], strict=True):
            row.show_medicine(medicine, anew=anew)

    def _take(self) -> None:
        entry = self._editing.entry
        limit = entry.final_awakening or entry.out_of_bed
        medicines: list[Medicine] = []
        notices = [note for note in entry.time_notices if not note.field.startswith("evening.medicines")]
        for row in self._rows:
            medicine, clock = row.medicine, row.taken_at
            if medicine is None:
                continue
            if clock is not None:
                path = f"evening.medicines[{len(medicines)}].time"
                typed = TypedClock(clock, entry.time_zone)
                at, told = place_evening(path, typed, entry.wake_date, limit)
                medicine = replace(medicine, time=at)
                notices += told
            medicines.append(medicine)
        evening = replace(entry.evening, medicines=tuple(medicines) or None)
        changed = replace(entry, evening=evening, time_notices=tuple(notices))
        self._editing.change(lambda draft: replace(draft, entry=changed))


class MedicineRow(QWidget):
    """One medicine. It counts from the moment that it has a name."""

    changed = Signal()

    def __init__(self, number: int) -> None:
        super().__init__()

        def named(text: str) -> str:
            return self.tr("Medicine {number}, {what}").format(number=number, what=text)

        self.name = WordsField(self.tr("Medicine {number}").format(number=number), 16)
        self.dose = WordsField(self.tr("Dose"), 8)
        self.at = ClockField(self.tr("Taken at"))
        self.for_sleep = AnswerBox(self.tr("for sleep"), named(self.tr("for sleep")))
        self.is_new = AnswerBox(self.tr("new or changed"), named(self.tr("new or changed")))
        self.remove = LinkButton(self.tr("Remove"))
        self.dose.line.setAccessibleName(named(self.tr("dose")))
        self.at.line.setAccessibleName(named(self.tr("taken at")))
        self.remove.setAccessibleName(named(self.tr("remove")))
        line = line_height(self)
        self._rest = (self.dose, self.at, self.for_sleep, self.is_new, self.remove)
        self.setLayout(flow_of(self.name, *self._rest, across=round(line * 0.8), down=round(line * 0.4)))
        for control in (self.name, self.dose, self.at, self.for_sleep, self.is_new):
            control.changed.connect(self._tell)
        self.remove.clicked.connect(self._remove)

    @property
    def medicine(self) -> Medicine | None:
        """What the row says, without the time; None while it has no name."""
        if not self.name.value:
            return None
        return Medicine(
            name=self.name.value,
            dose=self.dose.value,
            for_sleep=self.for_sleep.value,
            new_or_changed=self.is_new.value,
        )

    @property
    def taken_at(self) -> time | None:
        value: time | None = self.at.value
        return value

    def show_medicine(self, medicine: Medicine | None, *, anew: bool) -> None:
        self.name.set_value(medicine.name if medicine else None, anew=anew)
        self.dose.set_value(medicine.dose if medicine else None, anew=anew)
        taken = medicine.time if medicine else None
        self.at.set_value(taken.wall.time() if taken else None, anew=anew)
        self.for_sleep.set_value(medicine.for_sleep if medicine else None)
        self.is_new.set_value(medicine.new_or_changed if medicine else None)
        for widget in self._rest:
            widget.setVisible(medicine is not None)

    def _tell(self, _value: Any) -> None:
        self.changed.emit()

    def _remove(self) -> None:
        self.name.set_value(None, anew=True)
        self.changed.emit()
