"""The time zones of a night on a journey."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sleepcalm.gui.diary import draft as drafting
from sleepcalm.gui.diary.draft import NightDraft
from sleepcalm.gui.diary.editing import NightEditing
from sleepcalm.gui.diary.fields import ZoneField
from sleepcalm.gui.diary.flow import flow_of
from sleepcalm.gui.widgets.labels import caption
from sleepcalm.gui.widgets.painting import line_height


class ZonesEditor(QWidget):
    """Where the night began and where it ended; clock times stay as they were typed."""

    def __init__(self, editing: NightEditing) -> None:
        super().__init__()
        self._editing = editing
        self.evening = ZoneField(self.tr("Time zone in the evening"))
        self.morning = ZoneField(self.tr("Time zone in the morning"))
        hint = caption(
            self.tr(
                "For a night away from home. Times stay as your clock showed them; other nights keep theirs."
            )
        )
        hint.setWordWrap(True)
        line = line_height(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(line * 0.4))
        column.addWidget(hint)
        column.addLayout(flow_of(self.evening, self.morning, across=line, down=round(line * 0.4)))
        self.evening.changed.connect(lambda zone: self._take(drafting.with_evening_zone, zone))
        self.morning.changed.connect(lambda zone: self._take(drafting.with_morning_zone, zone))
        self.show_draft(editing.draft, anew=True)

    def show_draft(self, draft: NightDraft, *, anew: bool) -> None:
        self.evening.set_value(draft.entry.time_zone, anew=anew)
        self.morning.set_value(draft.morning_zone, anew=anew)

    def _take(self, placed_in: Callable[[NightDraft, str], NightDraft], zone: str | None) -> None:
        """A night is always in some zone: an emptied field goes back to the one it had."""
        if zone is None:
            self.show_draft(self._editing.draft, anew=True)
        else:
            self._editing.change(lambda draft: placed_in(draft, zone))
