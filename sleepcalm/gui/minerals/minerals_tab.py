"""The Minerals tab: joins the checklist, the totals and what is good to know, in the room there is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from sleepcalm.gui import theme
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
from sleepcalm.gui.widgets.scroll import QuietScrollArea
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
        self._is_wide = True
        self._side = QWidget()
        self._side_area = QuietScrollArea(self._side)
        self._content = QWidget()
        self._page = QuietScrollArea(self._content)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(0)
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whatever comes, goes or wraps anew in a card changes the heights."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._settle.start()
        return super().eventFilter(watched, event)

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
        self.checklist.warnings.show_notes([] if self._is_wide else warnings)
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
        self._settle.timeout.connect(self._keep_heights)
        for part in (self._side, self.checklist, self.checklist.content):
            part.installEventFilter(self)
        self.good_to_know.medicines_wanted.connect(self.open_medicines)
        self.checklist.entries.focus_moved.connect(self._page.ensureWidgetVisible)
        self.checklist.results.focus_moved.connect(self._page.ensureWidgetVisible)

    def _fit(self) -> None:
        """Arrange the cards for the present width."""
        line = line_height(self)
        margin = round(line * (1.4 if self.height() > line * 30 else 0.8))
        self._grid.setContentsMargins(margin, margin, 0, margin)
        self._grid.setSpacing(margin)
        is_wide = self.width() >= line * WIDE_LINES
        if is_wide != self._is_wide:
            self._is_wide = is_wide
            self._arrange()
        self._keep_heights()

    def _arrange(self) -> None:
        line = line_height(self)
        self._grid.removeWidget(self._side_area)
        self._grid.addWidget(self._side_area, 0 if self._is_wide else 1, 1 if self._is_wide else 0)
        self._side_area.setMinimumWidth(round(line * _SIDE_LINES) if self._is_wide else 0)
        self._side_area.setMaximumWidth(round(line * _SIDE_LINES) if self._is_wide else 100_000)
        self.checklist.summary.setVisible(not self._is_wide)
        self._show_sums()

    def _keep_heights(self) -> None:
        """In a wide window list and totals scroll apart; in a narrow one the page scrolls as a whole."""
        self.checklist.show_list_whole(is_whole=not self._is_wide)
        layout, width = self._side.layout(), self._side_area.viewport().width()
        whole = layout.totalHeightForWidth(width) if layout is not None and width > 0 else 0
        self._side_area.setMinimumHeight(line_height(self) * 8 if self._is_wide else whole)
        self._side.setMinimumHeight(whole)

    def _lay_out(self) -> None:
        line = line_height(self)
        self.setAccessibleName(self.tr("Minerals"))
        self.setAccessibleDescription(
            self.tr(
                "Space checks, Control Z undoes, Control F finds, Alt with left and right changes the day."
            )
        )
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(line)
        side.addWidget(self.totals)
        side.addWidget(self.good_to_know)
        side.addStretch(1)
        self._grid = QGridLayout(self._content)
        self._grid.setColumnStretch(0, 1)
        self._grid.addWidget(self.checklist, 0, 0)
        _lay_on_ground(self._side_area, self._side)
        _lay_on_ground(self._page, self._content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._page)
        self._arrange()


def _lay_on_ground(area: QuietScrollArea, content: QWidget) -> None:
    """Between cards the scroll area shows the ground of the window, and so does its bar."""
    content.setBackgroundRole(theme.GROUND)
    bar = area.verticalScrollBar()
    palette = QPalette(bar.palette())
    palette.setColor(theme.CARD, palette.color(theme.GROUND))
    bar.setPalette(palette)
