"""Further sleeps on the same wake date, beside the main one."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sleepcalm.diary.entry import OtherSleep
from sleepcalm.gui.diary import draft as drafting
from sleepcalm.gui.diary.draft import NightDraft
from sleepcalm.gui.diary.editing import NightEditing
from sleepcalm.gui.diary.fields import ClockField, NumberField
from sleepcalm.gui.diary.flow import flow_of
from sleepcalm.gui.widgets.buttons import LinkButton
from sleepcalm.gui.widgets.labels import caption
from sleepcalm.gui.widgets.painting import line_height


class OtherSleepsEditor(QWidget):
    """A row for each further sleep and an empty one; what is typed there adds a sleep."""

    def __init__(self, editing: NightEditing) -> None:
        super().__init__()
        self._editing = editing
        self._rows: list[_SleepRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(round(line_height(self) * 0.4))
        hint = caption(self.tr("Another sleep that day. It is kept apart from the figures of the main one."))
        hint.setWordWrap(True)
        self._column.addWidget(hint)
        self.show_draft(editing.draft, anew=True)

    @property
    def rows(self) -> tuple[_SleepRow, ...]:
        return tuple(self._rows)

    def show_draft(self, draft: NightDraft, *, anew: bool) -> None:
        sleeps = draft.entry.other_sleeps or ()
        while len(self._rows) < len(sleeps) + 1:
            row = _SleepRow(self._editing, len(self._rows))
            self._rows.append(row)
            self._column.addWidget(row)
        while len(self._rows) > len(sleeps) + 1:
            row = self._rows.pop()
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        for row, sleep in zip(self._rows, [*sleeps, OtherSleep()], strict=True):
            row.show_sleep(sleep, anew=anew)


class _SleepRow(QWidget):
    """One further sleep."""

    def __init__(self, editing: NightEditing, index: int) -> None:
        super().__init__()
        self._editing = editing
        self._index = index
        self._sleep = OtherSleep()
        number = index + 2
        self.started = ClockField(self.tr("Sleep {number} from").format(number=number))
        self.ended = ClockField(self.tr("Sleep {number} until").format(number=number))
        self.minutes = NumberField(
            self.tr("Sleep {number}, minutes asleep").format(number=number), 1440, is_minutes=True
        )
        self.remove = LinkButton(self.tr("Remove"))
        self.remove.setAccessibleName(self.tr("Remove sleep {number}").format(number=number))
        line = line_height(self)
        self.setLayout(
            flow_of(self.started, self.ended, self.minutes, self.remove, across=line, down=round(line * 0.4))
        )
        for control in (self.started, self.ended, self.minutes):
            control.changed.connect(self._take)
        self.remove.clicked.connect(
            lambda: editing.change(lambda draft: drafting.without_other_sleep(draft, index))
        )

    def show_sleep(self, sleep: OtherSleep, *, anew: bool) -> None:
        self._sleep = sleep
        self.started.set_value(sleep.started.wall.time() if sleep.started else None, anew=anew)
        self.ended.set_value(sleep.ended.wall.time() if sleep.ended else None, anew=anew)
        self.minutes.set_value(sleep.sleep_min, anew=anew)
        self.remove.setVisible(sleep != OtherSleep())

    def _take(self, _value: Any) -> None:
        started, ended, minutes = self.started.value, self.ended.value, self.minutes.value
        self._editing.change(
            lambda draft: (
                drafting.without_other_sleep(draft, self._index)
                if (started, ended, minutes) == (None, None, None)
                else drafting.with_other_sleep(draft, self._index, started, ended, minutes)
            )
        )
