"""The Minerals tab: joins the checklist, the totals and what is good to know, in the room there is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sleepcalm.gui.minerals.checklist_card import ChecklistCard
from sleepcalm.gui.minerals.checklist_desk import ChecklistDesk
from sleepcalm.gui.minerals.checklist_keeper import ChecklistKeeper
from sleepcalm.gui.minerals.good_to_know import GoodToKnowCard
from sleepcalm.gui.minerals.person_wording import reference_text
from sleepcalm.gui.minerals.ports import ChangingPreferences, MineralFacts, MineralRecord
from sleepcalm.gui.minerals.totals_card import TotalsCard
from sleepcalm.gui.minerals.wording import figure_text, symbol, target_text
from sleepcalm.gui.widgets.keys import press_by_space
from sleepcalm.gui.widgets.painting import line_height
from sleepcalm.gui.widgets.side_column import SideColumn
from sleepcalm.minerals.intake import Item, Mineral
from sleepcalm.minerals.notes import Severity
from sleepcalm.person import profile_of, region_of

WIDE_LINES = 46
"""From this width on, in heights of a line, the totals stand beside the checklist."""

_SIDE_LINES = 18.5


class MineralsTab(QWidget):
    """Space checks, Ctrl+Z undoes, Ctrl+F finds, Alt with arrows changes the day.

    Building it reads the facts, so build it when it is first opened.
    """

    def __init__(
        self, record: MineralRecord, load_facts: Callable[[], MineralFacts], preferences: ChangingPreferences
    ) -> None:
        """Raises what `load_facts` raises."""
        super().__init__()
        self._preferences = preferences
        self.keeper = ChecklistKeeper(record, load_facts(), preferences)
        self.checklist = ChecklistCard()
        self.desk = ChecklistDesk(self.checklist, self.keeper)
        self.totals = TotalsCard(self.keeper)
        self.good_to_know = GoodToKnowCard(self.keeper, preferences)
        self._today = record.today()
        self._columns = SideColumn(
            self.checklist, wide_lines=WIDE_LINES, side_lines=_SIDE_LINES, fit_main=self._fit_list
        )
        self._lay_out()
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Show the day as it is now."""
        self.desk.show_day()
        self._show_sums()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What no control in the tab had a use for."""
        control, alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
        actions: dict[tuple[Qt.KeyboardModifier, int], Callable[[], object]] = {
            (control, Qt.Key.Key_Z): self.keeper.undo,
            (control, Qt.Key.Key_F): self._find,
            (control, Qt.Key.Key_N): lambda: self.open_item(None, ""),
            (alt, Qt.Key.Key_Left): lambda: self.checklist.header.step(-1),
            (alt, Qt.Key.Key_Right): lambda: self.checklist.header.step(1),
            (alt, Qt.Key.Key_Home): lambda: self.desk.go_to(self.keeper.record.today()),
        }
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        action = actions.get((modifiers, event.key()))
        if action is not None:
            action()
        elif event.key() == Qt.Key.Key_Escape:
            self.desk.end_search()
        elif not press_by_space(event):
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """A tab that was left open over midnight follows to the new day."""
        super().showEvent(event)
        today = self.keeper.record.today()
        if today != self._today and self.keeper.date == self._today:
            self.keeper.go_to(today)
        self._today = today

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard starts at the checklist, or at the search where the list is empty."""
        super().focusInEvent(event)
        has_entries = self.checklist.entries.isVisible()
        (self.checklist.entries if has_entries else self.checklist.search).setFocus()

    def minimumSizeHint(self) -> QSize:
        line = line_height(self)
        return QSize(line * 26, line * 18)

    def open_item(self, item: Item | None, name: str) -> None:
        """Open the window for an item of the user's, or for a new one called `name`."""
        from sleepcalm.gui.minerals.item_dialog import ItemDialog  # noqa: PLC0415 - not at the start

        if self.keeper.can_change:
            kept = None if item is None else self.keeper.items.marks(item)
            dialog = ItemDialog(self.keeper.facts.compounds, kept, name, self)
            dialog.described.connect(self.keeper.keep_item)
            dialog.described.connect(lambda kept: self.desk.end_search(kept.item.id))
            dialog.open()

    def open_calendar(self) -> None:
        from sleepcalm.gui.minerals.calendar_dialog import CalendarDialog  # noqa: PLC0415

        dialog = CalendarDialog(self.keeper.date, self)
        dialog.picked.connect(self.desk.go_to)
        dialog.open()

    def open_person(self) -> None:
        from sleepcalm.gui.minerals.person_dialog import PersonDialog  # noqa: PLC0415

        PersonDialog(self._preferences, self.keeper.record.today(), self).open()

    def open_medicines(self) -> None:
        from sleepcalm.gui.minerals.medicines_dialog import MedicinesDialog  # noqa: PLC0415

        MedicinesDialog(self.keeper.facts.guide.medicines, self._preferences, self).open()

    def _find(self) -> None:
        self.checklist.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.checklist.search.selectAll()

    def _show_sums(self) -> None:
        preferences, date = self._preferences.value, self.keeper.date
        self.totals.show_reference(reference_text(region_of(preferences), profile_of(preferences, date)))
        self.totals.show_totals()
        self.good_to_know.show_facts()
        totals = self.keeper.totals()
        warnings = [note for note in totals.notes if note.severity is Severity.WARNING]
        # Where the totals are below the list, what matters must be seen without going there.
        self.checklist.warnings.show_notes([] if self._columns.is_wide else warnings)
        of = {Mineral.MAGNESIUM: totals.magnesium, Mineral.CALCIUM: totals.calcium}
        self.checklist.summary.setText(
            "   ".join(
                f"{symbol(mineral)} {figure_text(one.total_mg)} {target_text(one.reference.target)}"
                for mineral, one in of.items()
            )
        )

    def _connect(self) -> None:
        self.keeper.shown.connect(self._show_sums)
        self.desk.item_wanted.connect(self.open_item)
        self.checklist.header.calendar_wanted.connect(self.open_calendar)
        self.totals.references_wanted.connect(self.open_person)
        self.totals.day_wanted.connect(self.desk.go_to)
        self._columns.arranged.connect(self._arrange)
        self._columns.watch(self.checklist.content)
        self.good_to_know.medicines_wanted.connect(self.open_medicines)
        self.checklist.entries.focus_moved.connect(self._columns.show_part)
        self.checklist.results.focus_moved.connect(self._columns.show_part)

    def _arrange(self) -> None:
        self.checklist.summary.setVisible(not self._columns.is_wide)
        self._show_sums()

    def _fit_list(self, _room: int) -> None:
        """In a wide window list and totals scroll apart; in a narrow one the page scrolls as a whole."""
        self.checklist.show_list_whole(is_whole=not self._columns.is_wide)

    def _lay_out(self) -> None:
        self.setAccessibleName(self.tr("Minerals"))
        self.setAccessibleDescription(
            self.tr(
                "Space checks, Control Z undoes, Control F finds, Alt with left and right changes the day."
            )
        )
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        for card in (self.totals, self.good_to_know):
            self._columns.add_card(card)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._columns)
        self._arrange()
